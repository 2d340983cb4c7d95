"""Who was last: sign-ins and sign-outs of one account that overlap."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from obsdeck.archives.archive import Archive
from obsdeck.signin.faults import overtaken
from obsdeck.signin.identity import Identity

_Key = tuple[str, str]


@dataclass
class Turns:
    """Numbers the changes of each account, so that only the last one begun takes effect."""

    _last: dict[_Key, int] = field(default_factory=dict)
    _locks: dict[_Key, asyncio.Lock] = field(default_factory=dict)

    def take(self, identity: Identity, archive: str) -> int:
        """Begin a change; every one begun before is overtaken."""
        key = (identity.key, archive)
        self._last[key] = turn = self._last.get(key, 0) + 1
        return turn

    def current(self, identity: Identity, archive: str) -> int:
        """Return the last change begun, for what gives way to any change."""
        return self._last.get((identity.key, archive), 0)

    def check(self, identity: Identity, archive: Archive, turn: int) -> None:
        """Let only the last change begun go on.

        Raises
        ------
        ObsdeckError
            `cancelled`.
        """
        if self.current(identity, archive.id) != turn:
            raise overtaken(archive)

    def lock(self, identity: Identity, archive: str) -> asyncio.Lock:
        """Return what is held while a change is written."""
        return self._locks.setdefault((identity.key, archive), asyncio.Lock())
