"""PNG of 8-bit grey with alpha (PNG specification, third edition)."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY_ALPHA = 4
_LEVEL = 1
"""Of compression: the way to the page is short."""


def png_of(grey: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> bytes:
    """Return a picture.

    Parameters
    ----------
    grey, alpha
        Values of the pixels, the uppermost row first.
    """
    height, width = grey.shape
    lines = np.zeros((height, 1 + 2 * width), np.uint8)  # the first byte: no filter
    lines[:, 1::2], lines[:, 2::2] = grey, alpha
    head = struct.pack(">IIBBBBB", width, height, 8, _GREY_ALPHA, 0, 0, 0)
    data = zlib.compress(lines.tobytes(), _LEVEL)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
