"""`GET api/downloads/events`: the queue as it changes, a line of JSON at a time."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from tornado import web
from tornado.iostream import StreamClosedError

from obsdeck.downloads.feed import Feed
from obsdeck.downloads.item import Item
from obsdeck.downloads.queue import Queue
from obsdeck.routes.downloads import DownloadsBase

PAUSE_SECONDS = 0.25
"""Between two lines."""

SILENCE_SECONDS = 15.0
"""After which an empty line says that the connection lives."""

_AT_ONCE = 200
"""Files that are written before the connection has to have taken them."""


class DownloadEventsHandler(DownloadsBase):
    """Tells the whole state, then what changes; a slow page is told less often."""

    _telling: asyncio.Task[None] | None = None

    @web.authenticated
    async def get(self) -> None:
        """Answer NDJSON until the page goes away."""
        queue = (await self.desk()).queue
        self.set_header("Content-Type", "application/x-ndjson")
        self.set_header("X-Accel-Buffering", "no")
        feed = queue.listen()
        self._telling = asyncio.create_task(self._tell(queue, feed))
        try:
            await asyncio.wait([self._telling])
        finally:
            queue.leave(feed)
        if not self._telling.cancelled():
            self._telling.result()

    def on_connection_close(self) -> None:
        """Stop telling when nobody listens."""
        super().on_connection_close()
        if self._telling is not None:
            self._telling.cancel()

    async def _tell(self, queue: Queue, feed: Feed) -> None:
        try:
            feed.take()
            await self._write({"items": queue.roster.all(), "totals": queue.totals()})
            while True:
                if not await feed.wait(SILENCE_SECONDS):
                    self.write("\n")
                    await self.flush()
                    continue
                await self._write(_news(queue, feed.take()))
                await asyncio.sleep(PAUSE_SECONDS)
        except StreamClosedError:
            return

    async def _write(self, message: dict[str, Any]) -> None:
        """Write one line, long lists in pieces, as fast as the page takes them."""
        joint = "{"
        for name, value in message.items():
            self.write(f'{joint}"{name}":')
            joint = ","
            if name not in {"items", "changed"}:
                self.write(json.dumps(value))
                continue
            for start in range(0, max(1, len(value)), _AT_ONCE):
                self.write(("," if start else "[") + _joined(value[start : start + _AT_ONCE]))
                await self.flush()
            self.write("]")
        self.write("}\n")
        await self.flush()


def _news(queue: Queue, news: Feed) -> dict[str, Any]:
    order = {"order": [item.id for item in queue.roster.all()]} if news.is_reordered else {}
    changed = [item for item in queue.roster.all() if item.id in news.changed]
    removed = sorted(news.removed)
    return {"changed": changed, "removed": removed, **order, "totals": queue.totals()}


def _joined(items: list[Item]) -> str:
    return json.dumps([item.to_page() for item in items])[1:-1]
