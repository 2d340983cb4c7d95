"""Reads the pictures of the route as a page does."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tornado.httpclient import HTTPResponse

Grey = NDArray[np.uint8]


def picture_of(response: HTTPResponse) -> tuple[Grey, Grey, dict[str, Any]]:
    """Return grey and alpha, the lowest row of the image first, and the facts."""
    assert response.code == 200, response.body
    assert response.headers["Content-Type"] == "image/png"
    facts = json.loads(response.headers["X-Obsdeck-Facts"])
    pixels = np.flipud(decoded(response.body))
    assert pixels.shape[:2] == (facts["height"], facts["width"])
    return pixels[..., 0], pixels[..., 1], facts


def decoded(png: bytes) -> Grey:
    """Return grey and alpha of a PNG whose lines are not filtered."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    (_, head), *data, (last, _) = chunks(png[8:])
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", head)
    assert (depth, colour, rest, last) == (8, 4, [0, 0, 0], b"IEND")
    raw = zlib.decompress(b"".join(body for _, body in data))
    lines = np.frombuffer(raw, np.uint8).reshape(height, 1 + 2 * width)
    assert not lines[:, 0].any()
    return lines[:, 1:].reshape(height, width, 2)


def chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    while raw:
        (length,) = struct.unpack(">I", raw[:4])
        kind, body = raw[4:8], raw[8 : 8 + length]
        assert struct.unpack(">I", raw[8 + length : 12 + length]) == (zlib.crc32(kind + body),)
        yield kind, body
        raw = raw[12 + length :]
