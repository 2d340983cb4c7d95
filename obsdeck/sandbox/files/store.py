"""Files that were made, kept on disk for the next who asks."""

import hashlib
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: Bytes kept; the file used longest ago goes first.
_ROOM = 400 * 2**20

_TRIES = 3


@dataclass(frozen=True)
class StoredFile:
    """A file on disk.

    Attributes
    ----------
    path
        Where it is; it may go at any time, but stays readable for whoever has opened it.
    size
        Bytes.
    sha256, md5
        Digests of its content.
    """

    path: Path
    size: int
    sha256: bytes
    md5: bytes

    @property
    def etag(self) -> str:
        """Validator that depends on the content alone, so that it outlives the process."""
        return f'"{self.sha256.hex()[:24]}"'


def file_at(path: Path) -> StoredFile:
    """Return a file that something else keeps; blocks, raises FileNotFoundError."""
    return _described(path, path.read_bytes())


def _described(path: Path, content: bytes) -> StoredFile:
    md5 = hashlib.md5(content, usedforsecurity=False).digest()
    return StoredFile(path, len(content), hashlib.sha256(content).digest(), md5)


def open_file(provide: Callable[[], StoredFile]) -> tuple[StoredFile, BinaryIO]:
    """Return a file and the open one; it may be removed between being made and being opened.

    Raises
    ------
    FileNotFoundError
        If it is gone again and again.
    """
    for _ in range(_TRIES):
        stored = provide()
        with suppress(FileNotFoundError):
            return stored, stored.path.open("rb")
    raise FileNotFoundError(stored.path.name)


class FileStore:
    """Makes files once; the least used ones are made again later. Every method blocks.

    Parameters
    ----------
    room
        Bytes kept on disk.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._files: OrderedDict[Hashable, StoredFile] = OrderedDict()
        self._folder: Path | None = None
        self._count = 0

    def get(self, key: Hashable, make: Callable[[], bytes]) -> StoredFile:
        """Return a file, made by ``make`` unless it is there; two never make the same one."""
        with self._lock:
            own = self._locks.setdefault(key, threading.Lock())
        with own:
            with self._lock:
                found = self._files.get(key)
                if found is not None:
                    self._files.move_to_end(key)
                    return found
            return self._keep(key, make())

    def close(self) -> None:
        """Remove everything."""
        with self._lock:
            self._files.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _keep(self, key: Hashable, content: bytes) -> StoredFile:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="obsdeck-sandbox-files-"))
            self._count += 1
            path = self._folder / f"{self._count}"
        path.write_bytes(content)
        made = _described(path, content)
        with self._lock:
            self._files[key] = made
            self._make_room()
        return made

    def _make_room(self) -> None:
        used = sum(file.size for file in self._files.values())
        while used > self._room and len(self._files) > 1:
            key, oldest = self._files.popitem(last=False)
            self._locks.pop(key, None)
            oldest.path.unlink(missing_ok=True)
            used -= oldest.size
