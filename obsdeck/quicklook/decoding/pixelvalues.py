"""Single pixels of an image: `what=value`."""

from __future__ import annotations

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.answers import Answer, finite, json_answer
from obsdeck.quicklook.decoding.asked import Asked
from obsdeck.quicklook.decoding.image import Image
from obsdeck.quicklook.decoding.shrinking import Region

_MOST = 64
"""Pixels along each side of a block."""


def value(image: Image, asked: Asked) -> Answer:
    """Return `{x, y, plane, values, unit}`: rows of values, the lowest first; null for none.

    Parameters
    ----------
    image
        Whose pixels they are.
    asked
        `plane`; `x`, `y` of the lower left pixel; `nx`, `ny` pixels, one if not said.

    Raises
    ------
    ObsdeckError
        `rejected`, when the pixel is outside of the image.
    """
    nx, ny = image.shape.nx, image.shape.ny
    x, y = asked.integer("x", 0, -1, nx), asked.integer("y", 0, -1, ny)
    if not (0 <= x < nx and 0 <= y < ny):
        raise ObsdeckError("rejected", "The pixel is outside of the image.")
    region = Region(
        x,
        y,
        min(x + asked.integer("nx", 1, 1, _MOST), nx),
        min(y + asked.integer("ny", 1, 1, _MOST), ny),
    )
    plane = image.plane(asked)
    rows = [[finite(pixel) for pixel in row] for row in image.values(plane, region)]
    return json_answer({"x": x, "y": y, "plane": plane, "values": rows, "unit": image.unit})
