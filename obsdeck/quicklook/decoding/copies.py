"""The plain copy of a compressed file, made once and bounded."""

from __future__ import annotations

import bz2
import gzip
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from obsdeck.errors import ObsdeckError

_CHUNK = 1 << 20
_SPARE_BYTES = 500_000_000
"""What is left free on the disk, for everybody else."""

_BROKEN = (OSError, EOFError, zlib.error, ValueError, IndexError)
"""What the readers raise at data that are damaged or cut off."""


def _lzw(file: BinaryIO) -> BinaryIO:
    import uncompresspy  # noqa: PLC0415 - few files need it

    return cast(BinaryIO, uncompresspy.LZWFile(file, warn_truncation=False))


def _gzip(file: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, gzip.GzipFile(fileobj=file))


def _bzip2(file: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, bz2.BZ2File(file))


_READERS: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x9d": _lzw,
    b"\x1f\x8b": _gzip,
    b"BZ": _bzip2,
}
"""By the first two bytes, as names lie: UNIX compress, gzip, bzip2."""


def plain(file: BinaryIO, copy: Path, most: int, name: str) -> BinaryIO:
    """Return the file itself, or a copy that is not compressed.

    What can be read of a damaged file is used; what is missing shows in its HDUs.

    Parameters
    ----------
    file
        Open for reading.
    copy
        Where the copy is, or shall be; nobody else writes there.
    most
        Bytes that it may have.
    name
        For messages.

    Raises
    ------
    ObsdeckError
        `overflow` (413) when it gets too large, `rejected` (507) when the disk does not take it.
    """
    file.seek(0)
    reader = _READERS.get(file.read(2))
    file.seek(0)
    if reader is None:
        return file
    if not copy.exists():
        _unpack(reader, file, copy, most, name)
    return copy.open("rb")


def _unpack(
    reader: Callable[[BinaryIO], BinaryIO], file: BinaryIO, copy: Path, most: int, name: str
) -> None:
    part = copy.with_suffix(".part")
    room = max(shutil.disk_usage(copy.parent).free - _SPARE_BYTES, 0)
    try:
        with part.open("xb") as out:
            for chunk in _chunks(reader, file):
                out.write(chunk)
                if out.tell() > most:
                    raise _too_large(name, most)
                if out.tell() > room:
                    raise _no_room(name, room)
        part.replace(copy)
    except OSError:  # of the disk: those of the data end the chunks
        raise _no_room(name, room) from None
    finally:
        part.unlink(missing_ok=True)


def _chunks(reader: Callable[[BinaryIO], BinaryIO], file: BinaryIO) -> Iterator[bytes]:
    """Yield what is in it, up to where it is damaged."""
    try:
        source = reader(file)
        # Where there is a `read1`, `read` would lose what came before the damage.
        read = getattr(source, "read1", source.read)
        while chunk := read(_CHUNK):
            yield chunk
    except _BROKEN:
        return


def _too_large(name: str, most: int) -> ObsdeckError:
    return ObsdeckError(
        "overflow",
        f"{name} has more than {most / 1e6:,.0f} MB when it is uncompressed.",
        hint="Uncompress it yourself; large plain files can be shown.",
        status=413,
    )


def _no_room(name: str, room: int) -> ObsdeckError:
    return ObsdeckError(
        "rejected",
        f"The disk has no room to uncompress {name}: {room / 1e6:,.0f} MB are left.",
        hint="Make room for temporary files on the Jupyter server's disk.",
        status=507,
    )
