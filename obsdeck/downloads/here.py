"""Which files are on disk already, so that none is fetched twice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from obsdeck.downloads.item import Item
from obsdeck.downloads.manifest import Entry
from obsdeck.downloads.names import safe_name, unpacked_name

COMPARED = 65_536
"""Bytes of the beginning in which two files of one size differ, if they do: the header is there."""

_ROUNDED = 1_024
"""Archives tell sizes in kilobytes."""


@dataclass(frozen=True)
class Here:
    """A file that was found: its name in the folder, and its bytes."""

    name: str
    size: int


def found(item: Item, folder: Path, entry: Entry | None) -> Here | None:
    """Return the file that a request is for, if it is on disk (blocking).

    Parameters
    ----------
    item
        What is asked for.
    folder
        Where it would be put.
    entry
        What the manifest says of the same address.
    """
    if entry is not None:
        name = entry.path.rpartition("/")[2]
        size = size_of(folder / name)
        return Here(name, size) if size == entry.size else None
    identifier = safe_name(item.request.observation or "")
    if not identifier or identifier not in item.name:
        return None  # other files may be called alike
    for name in filter(None, (item.name, unpacked_name(item.name))):
        size = size_of(folder / name)
        if size and _fits(item, size, is_unpacked=name != item.name):
            return Here(name, size)
    return None


def is_same(path: Path, size: int, beginning: bytes) -> bool:
    """Return whether a file on disk is the one that begins to arrive (blocking)."""
    if not beginning or size_of(path) != size:
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(len(beginning)) == beginning
    except OSError:
        return False


def _fits(item: Item, size: int, *, is_unpacked: bool) -> bool:
    said = item.request.size
    return is_unpacked or said is None or abs(said - size) <= _ROUNDED


def size_of(path: Path) -> int | None:
    """Return the bytes of a file, None where there is none (blocking); links are none."""
    try:
        return path.stat().st_size if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None
