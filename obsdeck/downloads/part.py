"""The file while it arrives: always a true beginning of it, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from obsdeck.downloads.outcomes import DiskError, NoRoomError

_WRITTEN_AT_ONCE = 1 << 21
"""Bytes; large enough that a thread is worth it, small enough that little is lost."""

_WRITTEN_AFTER_SECONDS = 1.0
"""What arrives slowly is written more often, so that being killed costs a second of it."""

_READ_AT_ONCE = 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_USUAL = "sha-256"


class _Sums:
    """Checksums of all that was written."""

    def __init__(self, algorithms: Iterable[str]) -> None:
        self._running = {name: hashlib.new(name.replace("-", "")) for name in algorithms}

    def add(self, data: bytes) -> None:
        for running in self._running.values():
            running.update(data)

    def all(self) -> dict[str, str]:
        return {name: running.hexdigest() for name, running in self._running.items()}


@dataclass
class Part:
    """A partial file that is open for writing at its end.

    Bytes are gathered and written in a thread; while it writes, the next ones arrive.

    Attributes
    ----------
    path
        The file.
    threads
        Where it is written.
    monotonic
        Seconds since some moment, never set back.
    size
        Bytes that were taken; once it is closed, bytes of the file.
    """

    path: Path
    threads: Executor
    monotonic: Callable[[], float] = time.monotonic
    size: int = 0
    _handle: int = -1
    _sums: _Sums = field(default_factory=lambda: _Sums([_USUAL]))
    _waiting: list[bytes] = field(default_factory=list)
    _waiting_size: int = 0
    _waiting_since: float = 0.0
    _writing: asyncio.Task[None] | None = None
    _is_broken: bool = False

    def open(self, keep: int, algorithms: Iterable[str] = ()) -> None:
        """Open the file, made if it is not there (blocking: what is kept is read for checksums).

        Parameters
        ----------
        keep
            Bytes of its beginning to go on from; 0 begins anew.
        algorithms
            Of published checksums, to be computed beside SHA-256.

        Raises
        ------
        DiskError
            As all methods but `close`; `NoRoomError` when the disk is full.
        """
        self._sums = _Sums([_USUAL, *algorithms])
        with _told():
            self._open(keep)

    async def begin_anew(self, algorithms: Iterable[str] = ()) -> None:
        """Throw away what there is."""
        self._waiting, self._waiting_size = [], 0
        await self._written()
        self._sums = _Sums([_USUAL, *algorithms])
        await self._apart(self._clear)
        self.size, self._is_broken = 0, False

    async def add(self, chunk: bytes) -> None:
        """Take bytes."""
        if not self._waiting:
            self._waiting_since = self.monotonic()
        self._waiting.append(chunk)
        self._waiting_size += len(chunk)
        self.size += len(chunk)
        has_waited = self.monotonic() - self._waiting_since >= _WRITTEN_AFTER_SECONDS
        if has_waited or self._waiting_size >= _WRITTEN_AT_ONCE:
            await self._written()
            self._write()

    async def flush(self) -> None:
        """Write all that was taken."""
        await self._written()
        if self._waiting:
            self._write()
            await self._written()

    def sums(self) -> dict[str, str]:
        """Return the checksums by algorithm, hexadecimal; call it after `flush`."""
        return self._sums.all()

    async def close(self) -> None:
        """Write what can be written and let the file go; never fails."""
        with contextlib.suppress(DiskError, NoRoomError):
            await self.flush()
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            with contextlib.suppress(DiskError):
                await self._apart(self._close, handle)

    def _open(self, keep: int) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        self._handle = os.open(self.path, flags, 0o666)
        kept = min(keep, os.fstat(self._handle).st_size)
        os.ftruncate(self._handle, kept)
        while data := os.read(self._handle, _READ_AT_ONCE):
            self._sums.add(data)
        self.size = kept

    def _close(self, handle: int) -> None:
        self.size = os.fstat(handle).st_size
        os.close(handle)

    def _clear(self) -> None:
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)

    def _write(self) -> None:
        pieces, self._waiting, self._waiting_size = self._waiting, [], 0
        self._writing = asyncio.ensure_future(self._apart(self._put, pieces))

    async def _written(self) -> None:
        writing = self._writing
        if writing is not None:
            try:
                await asyncio.shield(writing)
            finally:
                if writing.done():  # else somebody who waits was cancelled, not the writing
                    self._writing = None

    def _put(self, pieces: list[bytes]) -> None:
        data = b"".join(pieces)
        rest = memoryview(data)
        # After a failure nothing may follow: it would stand where the lost bytes belong.
        was_broken, self._is_broken = self._is_broken, True
        while rest and not was_broken:
            rest = rest[os.write(self._handle, rest) :]
        self._is_broken = was_broken
        self._sums.add(data)

    async def _apart(self, function: Callable[..., object], *args: object) -> None:
        loop = asyncio.get_running_loop()
        with _told():
            await loop.run_in_executor(self.threads, function, *args)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Say of the system's errors what the queue needs to know."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoomError from None
        raise DiskError(error.strerror or "unknown cause") from None


def size_of(path: Path) -> int:
    """Return the bytes of a partial file, 0 where there is none (blocking)."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
