"""A region of an image as a picture of a size that a page can show."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.answers import Answer
from obsdeck.quicklook.decoding.asked import Asked
from obsdeck.quicklook.decoding.cuts import INTERVALS, STRETCHES, grey_of
from obsdeck.quicklook.decoding.image import Image
from obsdeck.quicklook.decoding.png import png_of
from obsdeck.quicklook.decoding.shrinking import Region

_MOST_PIXELS = 4_000_000
"""Of one picture."""
_LONGEST = 8192
_USUAL = 1024


def picture(image: Image, asked: Asked) -> Answer:
    """Return a PNG, 8-bit grey with alpha, of a region of a plane.

    Its uppermost row shows the largest y: pixel (i, j) counted from its upper left corner is
    the mean of `x0 + i·factor ≤ x < x0 + (i+1)·factor` and
    `y0 + (height-1-j)·factor ≤ y < y0 + (height-j)·factor`, as far as the region goes.
    Pixels without a value are transparent.

    Parameters
    ----------
    image
        What is shown.
    asked
        `plane`; `x0`, `y0`, `x1`, `y1`; at most `width` by `height`; `interval` (`of`
        the whole image, or of the region), or `low` and `high`; `stretch`.

    Raises
    ------
    ObsdeckError
        `rejected` for parameters that make no picture.
    """
    plane = image.plane(asked)
    region = image.region(asked)
    factor = _factor(region, asked)
    values = image.shrunk(plane, region, factor)
    interval, limits = _limits(image, plane, region, asked)
    stretch = asked.choice("stretch", STRETCHES)
    grey = grey_of(values, *(limits or (0.0, 1.0)), stretch)
    alpha = np.where(np.isfinite(values), 255, 0).astype(np.uint8)
    facts: dict[str, Any] = {
        "plane": plane,
        "region": asdict(region),
        "factor": factor,
        "width": values.shape[1],
        "height": values.shape[0],
        "shape": [image.shape.nx, image.shape.ny, *image.shape.further],
        "unit": image.unit,
        "interval": interval,
        "stretch": stretch,
        "low": limits[0] if limits else None,
        "high": limits[1] if limits else None,
    }
    return Answer("image/png", png_of(np.flipud(grey), np.flipud(alpha)), facts)


def _factor(region: Region, asked: Asked) -> int:
    """Return the least factor by which the picture is as small as it was asked for."""
    width = asked.integer("width", _USUAL, 1, _LONGEST)
    height = asked.integer("height", _USUAL, 1, _LONGEST)
    factor = max(math.ceil(region.width / width), math.ceil(region.height / height), 1)
    while math.ceil(region.width / factor) * math.ceil(region.height / factor) > _MOST_PIXELS:
        factor += 1
    return factor


def _limits(
    image: Image, plane: int, region: Region, asked: Asked
) -> tuple[str, tuple[float, float] | None]:
    interval = asked.choice("interval", INTERVALS)
    low, high = asked.number("low"), asked.number("high")
    if low is not None and high is not None:
        if low > high:
            raise ObsdeckError("rejected", "The lower limit is above the upper one.")
        return "manual", (low, high)
    if interval == "manual":
        raise ObsdeckError("rejected", "Manual limits need low and high.")
    chosen_from = region if asked.choice("of", ("image", "region")) == "region" else image.whole
    return interval, image.limits(plane, chosen_from, interval)
