"""What changed since a page was told the last time: at most one entry for each file."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass
class Feed:
    """One page that listens; a slow one gets fewer and newer messages, never more."""

    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    is_reordered: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def change(self, item: str) -> None:
        """Note that a file changed."""
        self.changed.add(item)
        self._news.set()

    def remove(self, item: str) -> None:
        """Note that a file is gone."""
        self.changed.discard(item)
        self.removed.add(item)
        self._news.set()

    def reorder(self) -> None:
        """Note that the order changed."""
        self.is_reordered = True
        self._news.set()

    def stir(self) -> None:
        """Note that only the totals changed."""
        self._news.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for news; False when there were none for so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    def take(self) -> Feed:
        """Return what is new, and begin anew."""
        taken = Feed(self.changed, self.removed, self.is_reordered)
        self.changed, self.removed, self.is_reordered = set(), set(), False
        self._news.clear()
        return taken
