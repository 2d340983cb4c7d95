"""The queue on disk: lines are only ever added, so that a crash loses at most the last one."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from obsdeck.files import write_private

Record = dict[str, Any]
"""What one line says; see `obsdeck.downloads.queue`."""


@dataclass
class Journal:
    """A file with mode 0600 whose lines are `<CRC-32> <JSON>`.

    All methods block; one thread at a time may call them.

    Attributes
    ----------
    path
        The file; its folder must exist.
    lines
        How many lines it has.
    damaged
        How many lines could not be read.
    """

    path: Path
    lines: int = 0
    damaged: int = 0
    _handle: int | None = field(default=None, repr=False)

    def read(self) -> Iterator[Record]:
        """Yield the records; a line that was torn or damaged is left out and counted.

        Raises
        ------
        OSError
            When the file is there and cannot be read.
        """
        try:
            found = self.path.open("rb")
        except FileNotFoundError:
            return
        with found:
            for ended in found:
                line = ended.removesuffix(b"\n")
                if not line:
                    continue
                self.lines += 1
                record = _parsed(line)
                if record is None:
                    self.damaged += 1
                else:
                    yield record

    def append(self, records: Iterable[Record], *, safely: bool = False) -> None:
        """Add lines in one write.

        Parameters
        ----------
        records
            What they say.
        safely
            Whether they have to survive a power cut, not only the end of this process.

        Raises
        ------
        OSError
        """
        written = [_line(record) for record in records]
        try:
            handle = self._opened()
            _write_whole(handle, b"".join(written))
            if safely:
                os.fsync(handle)
        except OSError:
            self.close()  # what was torn is ended when the file is opened again
            raise
        self.lines += len(written)

    def rewrite(self, records: Iterable[Record]) -> None:
        """Replace the file in one step by these lines.

        Raises
        ------
        OSError
        """
        written = [_line(record) for record in records]
        self.close()
        write_private(self.path, b"".join(written).decode("utf-8"))
        self.lines, self.damaged = len(written), 0

    def close(self) -> None:
        """Let the file go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _opened(self) -> int:
        if self._handle is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
            self._handle = os.open(self.path, flags, 0o600)
            if hasattr(os, "fchmod"):
                os.fchmod(self._handle, 0o600)
            _end_line(self._handle)
        return self._handle


def _line(record: Record) -> bytes:
    text = json.dumps(record, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _parsed(line: bytes) -> Record | None:
    checksum, _, text = line.partition(b" ")
    with contextlib.suppress(ValueError, RecursionError):
        if int(checksum, 16) == zlib.crc32(text):
            record = json.loads(text)
            return record if isinstance(record, dict) else None
    return None


def _end_line(handle: int) -> None:
    """End a line that a crash tore, so that the next one is not lost with it."""
    size = os.fstat(handle).st_size
    if size and os.pread(handle, 1, size - 1) != b"\n":
        _write_whole(handle, b"\n")


def _write_whole(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
