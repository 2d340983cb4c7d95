"""The journal, written off the event loop, many records at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from obsdeck.downloads.journal import Journal, Record

_log = logging.getLogger("obsdeck")

_LINES_FOR_EACH = 6
_LINES_ALWAYS = 2_000
"""A journal with more lines than these is written anew."""


class Keeper:
    """Takes records at once and writes them soon.

    Parameters
    ----------
    journal
        The file; used by one thread at a time.
    live
        Gives how many records a journal written anew has, and these records.
    """

    def __init__(self, journal: Journal, live: Callable[[], tuple[int, Iterable[Record]]]) -> None:
        self._journal = journal
        self._live = live
        self._threads = ThreadPoolExecutor(1, "obsdeck-journal")
        self._pending: dict[str, Record | None] = {}
        self._writing: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()
        self.failure = ""

    def put(self, item: str, record: Record) -> None:
        """Have the state of a file written, in place of one that was not written yet."""
        self._pending[item] = record
        self._begin()

    def drop(self, items: Iterable[str]) -> None:
        """Have it written that files are gone."""
        self._pending.update(dict.fromkeys(items))
        self._begin()

    async def settle(self) -> None:
        """Wait until all records are where a power cut does not reach them.

        Raises
        ------
        OSError
            When they cannot be written; they stay pending.
        """
        if self._writing is not None:
            await asyncio.wait([self._writing])
        await self._write(safely=True)

    async def close(self) -> None:
        """Write what is pending and let the file go."""
        if self._writing is not None:
            await asyncio.wait([self._writing])
        await self._drain(safely=True)
        await self._apart(self._journal.close)
        self._threads.shutdown(wait=False)

    def _begin(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._drain(safely=False))

    async def _drain(self, *, safely: bool) -> None:
        try:
            while self._pending:
                await self._write(safely=safely)
        except OSError as error:
            self.failure = error.strerror or "unknown cause"
            _log.warning("obsdeck: the list of downloads cannot be written (%s)", self.failure)

    async def _write(self, *, safely: bool) -> None:
        # In turn: what failed is written again before what came later, which it would undo.
        async with self._one_at_a_time:
            await self._write_pending(safely=safely)

    async def _write_pending(self, *, safely: bool) -> None:
        taken, self._pending = self._pending, {}
        count, live = self._live()
        try:
            if self._journal.lines + len(taken) > _LINES_FOR_EACH * count + _LINES_ALWAYS:
                await self._apart(self._journal.rewrite, list(live))
            else:
                records = _records(taken)
                await self._apart(lambda: self._journal.append(records, safely=safely))
        except OSError:
            self._pending = taken | self._pending
            raise
        self.failure = ""

    async def _apart(self, function: Callable[..., None], *args: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)


def _records(taken: dict[str, Record | None]) -> list[Record]:
    gone = [item for item, record in taken.items() if record is None]
    kept: list[Record] = [{"put": record} for record in taken.values() if record is not None]
    return [*kept, *([{"drop": gone}] if gone else [])]
