"""The HDUs of a FITS file: where their headers and data lie (FITS 4.0, §3).

The file is walked here and not by astropy, which reads a header without END to the end of the
file, and takes sizes for true that the file does not have.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from astropy.io import fits

from obsdeck.errors import ObsdeckError

_BLOCK = 2880
_CARD = 80
_MOST_BLOCKS = 10_000
"""Of one header: 360,000 cards."""
_MOST_HDUS = 5_000
_BITPIX = frozenset({8, 16, 32, 64, -32, -64})
_END = b"END".ljust(_CARD)


@dataclass(frozen=True)
class Hdu:
    """One header with its data.

    Attributes
    ----------
    index
        Place in the file, from 0.
    header
        Its cards; their values may still turn out to be unreadable.
    offset
        Byte in the file at which its data begin.
    size
        Bytes of data that the header promises, without padding.
    there
        Bytes of them that the file has.
    raw
        The cards of the header as they are in the file, without END.
    fault
        Why nothing can be read from it; empty when it can.
    """

    index: int
    header: fits.Header
    offset: int
    size: int
    there: int
    raw: bytes
    fault: str = ""

    @property
    def cut(self) -> bool:
        """Whether a part of its data is missing."""
        return self.there < self.size


def walk(file: BinaryIO, length: int, name: str) -> list[Hdu]:
    """Find all HDUs, as far as the file goes.

    Parameters
    ----------
    file
        Open for reading.
    length
        Its bytes.
    name
        For messages.

    Raises
    ------
    ObsdeckError
        `rejected`, when it is no FITS file.
    """
    found: list[Hdu] = []
    offset = 0
    while offset < length and len(found) < _MOST_HDUS:
        hdu = _hdu_at(file, length, offset, len(found))
        if hdu is None:  # special records may follow the last HDU (§3.5)
            break
        found.append(hdu)
        if hdu.fault or hdu.cut:
            break
        offset = hdu.offset + math.ceil(hdu.size / _BLOCK) * _BLOCK
    if not found:
        raise _no_fits(file, name)
    return found


def _hdu_at(file: BinaryIO, length: int, offset: int, index: int) -> Hdu | None:
    file.seek(offset)
    raw = bytearray()
    for _ in range(_MOST_BLOCKS):
        block = file.read(_BLOCK)
        if not raw and not _begins(block, index):
            return None
        end = _end_of(block)
        raw += block[:end]
        if end < len(block):
            return _described(bytes(raw), length, file.tell(), index)
        if len(block) < _BLOCK:
            break
    cards = bytes(raw[: len(raw) // _CARD * _CARD])
    return Hdu(index, _parsed(cards), length, 0, 0, cards, "Its header has no END.")


def _begins(block: bytes, index: int) -> bool:
    keyword = block[:10]
    return keyword == (b"XTENSION= " if index else b"SIMPLE  = ")


def _end_of(block: bytes) -> int:
    """Return where the END card of a block begins; its length when there is none."""
    for start in range(0, len(block), _CARD):
        if block[start : start + _CARD] == _END:
            return start
    return len(block)


def _described(raw: bytes, length: int, offset: int, index: int) -> Hdu:
    header = _parsed(raw)
    try:
        size = _data_size(header)
    except (KeyError, ValueError, TypeError, fits.VerifyError):
        fault = "Its header does not say how large its data are."
        return Hdu(index, header, offset, 0, 0, raw, fault)
    return Hdu(index, header, offset, size, max(0, min(size, length - offset)), raw)


def _parsed(raw: bytes) -> fits.Header:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fits.Header.fromstring(raw.decode("latin-1"))


def _data_size(header: fits.Header) -> int:
    """Return the bytes of the data (§4.4.1, equation 2; §6.1 for random groups)."""
    if header["BITPIX"] not in _BITPIX:
        raise ValueError("BITPIX")
    axes = axes_of(header)
    if not axes:
        return 0
    if axes[0] == 0 and header.get("GROUPS") is True:
        axes = axes[1:]
    elements = math.prod(axes) + _count(header, "PCOUNT", 0)
    return abs(int(header["BITPIX"])) // 8 * _count(header, "GCOUNT", 1) * elements


def axes_of(header: fits.Header, prefix: str = "") -> list[int]:
    """Return the lengths of the axes, the quickest first.

    Parameters
    ----------
    header
        Of an HDU.
    prefix
        `Z` for those of the image in a compressed one.

    Raises
    ------
    KeyError, ValueError, TypeError
        When they are not said.
    """
    number = header[f"{prefix}NAXIS"]
    if type(number) is not int or not 0 <= number <= 999:
        raise ValueError("NAXIS")
    return [_count(header, f"{prefix}NAXIS{axis}") for axis in range(1, number + 1)]


def _count(header: fits.Header, keyword: str, default: int | None = None) -> int:
    value = header[keyword] if default is None else header.get(keyword, default)
    if type(value) is not int or value < 0:
        raise ValueError(keyword)
    return value


def _no_fits(file: BinaryIO, name: str) -> ObsdeckError:
    file.seek(0)
    start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        message = f"{name} is empty."
    elif start.startswith((b"<!doctype html", b"<html")):
        message = f"{name} is a web page, not a FITS file."
    else:
        message = f"{name} is not a FITS file."
    return ObsdeckError("rejected", message, status=422)
