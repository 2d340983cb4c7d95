"""Quick looks at files: a few warm processes, each with one file open."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from obsdeck.quicklook.copies import Copies
from obsdeck.quicklook.limits import QuickLookLimits
from obsdeck.quicklook.reader import Answered, Reader
from obsdeck.quicklook.source import Source, source_of

_MOST_READERS = 4
"""Files that are open at a time; each costs about 120 MB of memory."""


class QuickLook:
    """Answers questions about files.

    Parameters
    ----------
    limits
        What each process may take.
    """

    def __init__(self, limits: QuickLookLimits) -> None:
        self._limits = limits
        self._copies = Copies(2 * limits.uncompressed, limits.kept)
        self._readers: dict[str, Reader] = {}
        """By the keys of their files."""
        self._changed = asyncio.Condition()
        self._sweeping: asyncio.Task[None] | None = None

    async def ask(
        self, root: Path, shown: str, question: dict[str, str]
    ) -> tuple[Source, Answered]:
        """Return the file that a path of the page leads to, and what it holds.

        Parameters
        ----------
        root
            Jupyter's root folder.
        shown
            Path below it.
        question
            `what`, and its parameters.

        Raises
        ------
        ObsdeckError
            When the path leads to no file, or the file is not what was asked for.
        """
        source = await asyncio.to_thread(source_of, root, shown)
        reader = await self._reader(source)
        try:
            return source, await reader.ask(question)
        finally:
            async with self._changed:
                self._changed.notify_all()

    async def stop(self) -> None:
        """End all processes and remove all copies."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        for reader in list(self._readers.values()):
            await reader.stop()
        self._readers.clear()
        await asyncio.to_thread(self._copies.remove)

    async def _reader(self, source: Source) -> Reader:
        """Return the process that has the file open, or a new one as soon as there may be one."""
        if self._sweeping is None:
            self._sweeping = asyncio.create_task(self._sweep())
        async with self._changed:
            while source.key not in self._readers and len(self._readers) >= _MOST_READERS:
                if not await self._end_longest_idle():
                    await self._changed.wait()
            reader = self._readers.get(source.key)
            if reader is None:
                copy = await asyncio.to_thread(self._copies.place, source.key)
                self._readers[source.key] = reader = Reader(source, copy, self._limits)
            return reader

    async def _sweep(self) -> None:
        """End what nobody uses any more, for ever."""
        while True:
            await asyncio.sleep(self._limits.idle / 2)
            async with self._changed:
                for key, reader in list(self._readers.items()):
                    if reader.idle > self._limits.idle:
                        await self._end(key, reader)
                with contextlib.suppress(OSError):
                    await asyncio.to_thread(self._copies.tidy, list(self._readers))

    async def _end_longest_idle(self) -> bool:
        key, reader = max(self._readers.items(), key=lambda item: item[1].idle)
        if reader.busy:
            return False
        await self._end(key, reader)
        return True

    async def _end(self, key: str, reader: Reader) -> None:
        del self._readers[key]
        await reader.stop()
        await asyncio.to_thread(self._copies.leave, key)
        self._changed.notify_all()
