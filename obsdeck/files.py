"""Small private files: written whole or not at all, readable by their owner only."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; afterwards it has mode 0600.

    What stands at the path is replaced and never followed, be it a link. Its folder must exist.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_prefix(path))
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:  # mkstemp made it 0600
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def unfinished(path: Path) -> Iterator[Path]:
    """Yield what writers of a file left behind that were ended while writing.

    One that is still writing is among them, so ask only while no other process can write.
    """
    return path.parent.glob(f"{_prefix(path)}*")


def set_aside(path: Path, clock: Callable[[], float] = time.time) -> Path:
    """Rename a damaged file to `….damaged-<time>`, never over another one.

    Raises
    ------
    OSError
        If it cannot be renamed.
    """
    kept = damaged_name(path, clock)
    path.replace(kept)
    return kept


def damaged_name(path: Path, clock: Callable[[], float] = time.time) -> Path:
    """Return a free name `….damaged-<time>` beside a file (Unix time in seconds)."""
    stem = f"{path.name}.damaged-{int(clock())}"
    kept, number = path.with_name(stem), 2
    while os.path.lexists(kept):
        kept, number = path.with_name(f"{stem}-{number}"), number + 1
    return kept


def sync_folder(folder: Path) -> None:
    """Let new names survive a power cut, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _prefix(path: Path) -> str:
    return f".{path.name}-"
