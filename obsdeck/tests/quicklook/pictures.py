"""Reads the pictures of the route as a page does."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tornado.httpclient import HTTPResponse


def picture_of(response: HTTPResponse) -> tuple[NDArray[Any], NDArray[Any], dict[str, Any]]:
    """Return grey and alpha, the lowest row of the image first, and the facts."""
    assert response.code == 200, response.body
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(response.body)) as image:
        assert image.mode == "LA"
        pixels = np.flipud(np.asarray(image))
    return pixels[..., 0], pixels[..., 1], json.loads(response.headers["X-Obsdeck-Facts"])
