"""A request body on its way from the page to an archive, with bounded memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

_QUEUED_CHUNKS = 4
"""Chunks (of 64 kB, Tornado's read size) that may wait for a slow archive."""

REPLAY_LIMIT = 256 * 1024
"""Bodies up to this many byte are kept, so that a 307 or 308 can repeat them."""


class RequestBody:
    """A body that arrives in chunks and is read once, or again while it is small.

    `put` waits while the archive is slower than the page (backpressure).
    """

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(_QUEUED_CHUNKS)
        self._kept: list[bytes] = []
        self._kept_size = 0
        self._ended = False
        self._abandoned = False

    @property
    def replayable(self) -> bool:
        """Whether reading it again gives the same bytes from the start."""
        return self._kept_size <= REPLAY_LIMIT

    async def put(self, chunk: bytes) -> None:
        """Add a chunk; returns at once when nobody reads any more."""
        if not self._abandoned:
            await self._queue.put(chunk)

    async def end(self) -> None:
        """Say that the body is complete."""
        if not self._abandoned:
            await self._queue.put(None)

    def abandon(self) -> None:
        """Discard what waits and what still comes, because the archive has answered or failed."""
        self._abandoned = True
        while not self._queue.empty():
            self._queue.get_nowait()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the chunks, from the start."""
        for chunk in tuple(self._kept):
            yield chunk
        while not self._ended:
            arrived = await self._queue.get()
            if arrived is None:
                self._ended = True
                return
            self._keep(arrived)
            yield arrived

    def _keep(self, chunk: bytes) -> None:
        self._kept_size += len(chunk)
        if self.replayable:
            self._kept.append(chunk)
        else:
            self._kept.clear()
