"""Files that lie, for tests."""

from __future__ import annotations

import io

import numpy as np
from astropy.io import fits

BLOCK = 2880


def cards(*lines: str, end: bool = True) -> bytes:
    """Return a header block of lines as they are given."""
    text = "".join(line.ljust(80) for line in (*lines, *(["END"] if end else [])))
    return text.ljust(-(-len(text) // BLOCK) * BLOCK).encode("latin-1")


def head(bitpix: int, *axes: int, end: bool = True, more: tuple[str, ...] = ()) -> bytes:
    """Return the header of an image."""
    lines = [f"NAXIS{i + 1}  = {length:>20}" for i, length in enumerate(axes)]
    return cards(
        "SIMPLE  =                    T",
        f"BITPIX  = {bitpix:>20}",
        f"NAXIS   = {len(axes):>20}",
        *lines,
        *more,
        end=end,
    )


def image(*shape: int) -> bytes:
    """Return a FITS file with an image of random numbers."""
    out = io.BytesIO()
    fits.PrimaryHDU(np.random.default_rng(6).normal(size=shape).astype("f4")).writeto(out)
    return out.getvalue()


def compressed(data: bytes) -> bytes:
    """Return what UNIX `compress -b 16` makes of bytes."""
    codes = {bytes([value]): value for value in range(256)}
    out, bits, count, in_group, width = bytearray(b"\x1f\x9d\x90"), 0, 0, 0, 9

    def emit(code: int) -> None:
        nonlocal bits, count, in_group
        bits |= code << count
        count += width
        in_group = (in_group + 1) % 8
        while count >= 8:
            out.append(bits & 255)
            bits, count = bits >> 8, count - 8

    word = b""
    for value in data:
        longer = word + bytes([value])
        if longer in codes:
            word = longer
            continue
        emit(codes[word])
        if len(codes) < 65535:
            codes[longer] = len(codes) + 1  # 256 is the code that clears
            if len(codes) + 1 > 1 << width and width < 16:
                while in_group:
                    emit(0)
                width += 1
        word = longer[-1:]
    emit(codes[word])
    return bytes(out) + (bytes([bits & 255]) if count else b"")
