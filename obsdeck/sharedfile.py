"""A private file that all servers of a user read and write, one at a time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from obsdeck.files import unfinished, write_private
from obsdeck.locks import locked

HAS_MODES = os.name != "nt"
"""On Windows the user's profile folder is what keeps others out."""

Stamp = tuple[int, int, int, int]
"""Inode, time of change in ns, size and mode: a file that was touched differs in one."""


@dataclass(frozen=True)
class SharedFile:
    """A text file with mode 0600 in a folder with mode 0700, with a lock beside it.

    Attributes
    ----------
    path
        The file; its folder is made when something is stored.
    """

    path: Path

    def stamp(self) -> Stamp:
        """Return what changes whenever the file is written.

        Raises
        ------
        OSError
            `FileNotFoundError` when nothing is stored.
        """
        found = self.path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode

    def read(self) -> tuple[bytes, bool]:
        """Return the file's bytes, and whether others could read them until now.

        Raises
        ------
        OSError
            `FileNotFoundError` when nothing is stored.
        """
        with self.path.open("rb") as stream:
            was_open = bool(stat.S_IMODE(os.fstat(stream.fileno()).st_mode) & 0o077)
            if HAS_MODES and was_open:
                os.fchmod(stream.fileno(), 0o600)
            return stream.read(), HAS_MODES and was_open

    def write(self, text: str) -> None:
        """Replace the file in one step; call it within `alone`."""
        for left in unfinished(self.path):
            left.unlink(missing_ok=True)
        write_private(self.path, text)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other server write during the block, and make the folder.

        Raises
        ------
        OSError
            When the folder cannot be made, or another process held the lock for 10 s.
        """
        self._make_folder()
        with locked(self.path.with_suffix(".lock")):
            yield

    def _make_folder(self) -> None:
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if HAS_MODES and stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)


def name_of(identity: str) -> str:
    """Return an identity as part of a file name: people choose user names, we do not."""
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
