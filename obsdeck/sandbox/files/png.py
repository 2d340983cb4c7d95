"""Pictures of pixels: PNG (ISO 15948) in grey, without a library for it."""

import struct
import zlib

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"

#: Grey, eight bits.
_DEPTH, _GREY = 8, 0


def png(grey: np.ndarray) -> bytes:
    """Return a picture of ``(height, width)``, 0 black and 255 white, the first row at the top."""
    height, width = grey.shape
    lines = np.zeros((height, width + 1), dtype=np.uint8)
    lines[:, 1:] = grey
    head = struct.pack(">IIBBBBB", width, height, _DEPTH, _GREY, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines.tobytes())), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
