"""From the last byte to a file under its name: checked, safe on the disk, never over another."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import new as new_hash
from pathlib import Path

from obsdeck.downloads.item import Item
from obsdeck.downloads.names import numbered

_AT_ONCE = 1 << 20
_GZIP_OR_ZLIB = 47


@dataclass(frozen=True)
class Whole:
    """A partial file with all its bytes.

    Attributes
    ----------
    item
        The file.
    folder
        Where it is and stays.
    sums
        Checksums of the bytes, by algorithm.
    size
        Bytes of the file; what arrived may have been packed.
    """

    item: Item
    folder: Path
    sums: dict[str, str]
    size: int = 0

    @property
    def part(self) -> Path:
        """The partial file."""
        return self.folder / self.item.part_name


class DamagedError(Exception):
    """The bytes are not those that were published; the text says what does not fit."""


def misfit(whole: Whole) -> str:
    """Return which checksum does not fit, empty if all do that there are."""
    wrong = (name for name, value in whole.item.digests if whole.sums[name] != value)
    return next(wrong, "")


def is_checked(item: Item) -> bool:
    """Return whether there was a checksum, which a finished file has passed."""
    return bool(item.published or item.request.digest)


def unpack(whole: Whole, most: int) -> Whole:
    """Undo the connection's compression on disk (blocking).

    Parameters
    ----------
    whole
        What arrived.
    most
        Bytes that the file may become: a small answer can unfold to more than any disk has.

    Raises
    ------
    DamagedError
        When it cannot be undone.
    OSError
    """
    packed = whole.part
    plain = packed.with_suffix(".plain")
    digest = whole.item.request.digest
    names = dict.fromkeys(["sha-256", *([digest.algorithm] if digest else [])])
    running = {name: new_hash(name.replace("-", "")) for name in names}
    try:
        with packed.open("rb") as source, plain.open("wb") as target:
            for piece in _unpacked(source.read, most):
                target.write(piece)
                for each in running.values():
                    each.update(piece)
            target.flush()
            os.fsync(target.fileno())
        plain.replace(packed)
    except BaseException:
        plain.unlink(missing_ok=True)
        raise
    sums = {name: each.hexdigest() for name, each in running.items()}
    if digest is not None and sums[digest.algorithm] != digest.value:
        raise DamagedError(f"it does not fit its checksum ({digest.algorithm})")
    return replace(whole, sums=sums)


def take_name(whole: Whole) -> None:
    """Give the file its name, another one where somebody took it meanwhile (blocking).

    Raises
    ------
    OSError
    """
    item, part = whole.item, whole.part
    while True:
        final = whole.folder / item.name
        try:
            os.link(part, final)
        except FileExistsError:
            if _is_same(part, final):
                break
            item.name = numbered(item.name, lambda name: os.path.lexists(whole.folder / name))
            continue
        except OSError:  # a file system without second names
            if os.path.lexists(final):
                item.name = numbered(item.name, lambda name: os.path.lexists(whole.folder / name))
                continue
            part.rename(final)
            return
        break
    part.unlink()


def found_again(item: Item, folder: Path) -> bool:
    """Return whether a file that only lacked its name when the server ended has it (blocking).

    What is missing of that is done here: its bytes are on the disk and were checked.
    """
    part, final = folder / item.part_name, folder / item.name
    with suppress(OSError):
        if part.exists():
            if part.stat().st_size != item.received:
                return False
            take_name(Whole(item, folder, {}))
            return True
        return final.is_file() and final.stat().st_size == item.received
    return False


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) and not other.is_symlink()
    except FileNotFoundError:
        return False


def _unpacked(read: Callable[[int], bytes], most: int) -> Iterator[bytes]:
    decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
    count = 0
    try:
        while data := read(_AT_ONCE):
            while data:
                piece = decoder.decompress(data, _AT_ONCE)
                count += len(piece)
                if count > most:
                    raise DamagedError("it unfolds to more than the disk has")
                yield piece
                data = decoder.unconsumed_tail
                if decoder.eof and decoder.unused_data:
                    data, decoder = decoder.unused_data, zlib.decompressobj(_GZIP_OR_ZLIB)
    except zlib.error:
        raise DamagedError("its compression is damaged") from None
    if not decoder.eof:
        raise DamagedError("its compression ends too early")
