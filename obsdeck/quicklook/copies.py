"""The folder of the plain copies of compressed files, bounded in size and age."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path

_PREFIX = "obsdeck-quicklook-"
_FORGOTTEN = 2 * 86_400.0
"""Seconds without a change, after which a folder of copies is nobody's; a server that lives
makes another when it needs one."""


class Copies:
    """Files named by the key of what they are a copy of.

    Parameters
    ----------
    most
        Bytes of all that no process uses.
    kept
        Seconds that one is kept after its last use.
    clock
        Unix time in seconds.
    """

    def __init__(self, most: int, kept: float, clock: Callable[[], float] = time.time) -> None:
        self._most = most
        self._kept = kept
        self._clock = clock
        self._folder: Path | None = None

    def place(self, key: str) -> Path:
        """Return where the copy for a key is, or shall be."""
        if self._folder is None or not self._folder.is_dir():
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # mode 0700
            self._remove_forgotten()
        return self._folder / key

    def leave(self, key: str) -> None:
        """Note that a process used a copy until now, and remove what it did not finish."""
        place = self.place(key)
        place.with_suffix(".part").unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            os.utime(place, (self._clock(), self._clock()))

    def tidy(self, used: Collection[str]) -> None:
        """Remove the oldest until bounds are kept, except those that are used."""
        if self._folder is None:
            return
        total = 0
        for modified, size, path in sorted(self._unused(used), reverse=True):
            total += size
            if total > self._most or self._clock() - modified > self._kept:
                with contextlib.suppress(OSError):
                    path.unlink()

    def remove(self) -> None:
        """Remove all."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _remove_forgotten(self) -> None:
        """Remove what servers left behind that were killed."""
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                if folder != self._folder and self._clock() - folder.stat().st_mtime > _FORGOTTEN:
                    shutil.rmtree(folder)

    def _unused(self, used: Collection[str]) -> list[tuple[float, int, Path]]:
        found = []
        for path in self._folder.iterdir() if self._folder else ():
            if path.stem not in used:
                with contextlib.suppress(OSError):
                    facts = path.stat()
                    found.append((facts.st_mtime, facts.st_size, path))
        return found
