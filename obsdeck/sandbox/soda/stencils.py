"""Shapes on the sky that cut out: circles, polygons, ranges (SODA 1.0, 3.3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from obsdeck.sandbox.engine.sphere import Floats, in_polygon, unit
from obsdeck.sandbox.files.grid import Grid, polygon_mask
from obsdeck.sandbox.soda.errors import SodaError

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Stencil:
    """A shape.

    Attributes
    ----------
    text
        As it was asked for, with the name of the shape.
    contains
        Tells which of unit vectors are in it.
    on_grid
        Tells which pixels of an image have their centre in it, where that is quicker.
    """

    text: str
    contains: Callable[[Floats], Mask]
    on_grid: Callable[[Grid], Mask] | None = None

    def mask(self, grid: Grid) -> Mask:
        """Tell which pixels of an image have their centre in the shape."""
        return self.on_grid(grid) if self.on_grid else self.contains(grid.directions())


def stencil(name: str, value: str) -> Stencil:
    """Return the shape of a parameter.

    Parameters
    ----------
    name
        CIRCLE, POLYGON, RANGE or POS, whose value begins with one of the others.
    value
        Its numbers in degrees, with blanks between.

    Raises
    ------
    SodaError
        If it is none.
    """
    if name == "POS":
        shape, _, numbers = value.strip().partition(" ")
        if shape not in _SHAPES:
            raise SodaError(f"POS must begin with CIRCLE, RANGE or POLYGON, not '{shape}'.")
        return _SHAPES[shape](_numbers("POS", numbers))
    return _SHAPES[name](_numbers(name, value))


def _circle(numbers: Sequence[float]) -> Stencil:
    if len(numbers) != 3:
        raise SodaError(f"CIRCLE takes three numbers, not {len(numbers)}.")
    ra, dec, radius = numbers
    _check_position(ra, dec)
    if not 0 < radius <= 180:
        raise SodaError("The radius of CIRCLE must be more than 0 and at most 180 degrees.")
    # Chords, because the cosine of a small angle has lost most of its digits.
    center, chord = unit(ra, dec), 2 * np.sin(np.radians(radius) / 2)
    return Stencil(
        _text("CIRCLE", numbers),
        lambda places: ((places - center) ** 2).sum(axis=-1) <= chord**2,
    )


def _polygon(numbers: Sequence[float]) -> Stencil:
    if len(numbers) < 6 or len(numbers) % 2:
        raise SodaError("POLYGON takes at least three vertices of two numbers each.")
    vertices = list(zip(numbers[0::2], numbers[1::2], strict=True))
    for vertex in vertices:
        _check_position(*vertex)
    corners = unit(numbers[0::2], numbers[1::2])
    return Stencil(
        _text("POLYGON", numbers),
        lambda places: in_polygon(places, corners),
        lambda grid: polygon_mask(grid, corners),
    )


def _range(numbers: Sequence[float]) -> Stencil:
    if len(numbers) != 4:
        raise SodaError(f"RANGE takes four numbers, not {len(numbers)}.")
    west, east, south, north = numbers
    if south > north:
        raise SodaError("The latitudes of RANGE must be in order.")

    is_open = not (np.isfinite(west) and np.isfinite(east)) or east - west >= 360

    def contains(places: Floats) -> Mask:
        lat = np.degrees(np.arcsin(np.clip(places[..., 2], -1, 1)))
        inside = (lat >= south) & (lat <= north)
        if is_open:
            return np.asarray(inside)
        lon = np.degrees(np.arctan2(places[..., 1], places[..., 0]))
        # From the first longitude eastwards, so that 359 to 1 goes over 0.
        return np.asarray(inside & ((lon - west) % 360 <= (east - west) % 360))

    return Stencil(_text("RANGE", numbers), contains)


_SHAPES: dict[str, Callable[[Sequence[float]], Stencil]] = {
    "CIRCLE": _circle,
    "POLYGON": _polygon,
    "RANGE": _range,
}


def interval(name: str, value: str) -> tuple[float, float]:
    """Return the ends of BAND or TIME, which may be infinite; raises SodaError."""
    numbers = _numbers(name, value)
    if len(numbers) != 2:
        raise SodaError(f"{name} takes two numbers, not {len(numbers)}.")
    low, high = numbers
    if not low <= high:
        raise SodaError(f"The numbers of {name} must be in order.")
    return low, high


def _numbers(name: str, value: str) -> list[float]:
    try:
        numbers = [float(word) for word in value.split()]
    except ValueError:
        raise SodaError(f"{name} takes numbers with blanks between, not '{value}'.") from None
    if any(np.isnan(number) for number in numbers):
        raise SodaError(f"{name} takes no NaN.")
    return numbers


def _check_position(lon: float, lat: float) -> None:
    if not (0 <= lon <= 360 and -90 <= lat <= 90):
        raise SodaError(f"{lon:g} {lat:g} is no position in degrees.")


def _text(name: str, numbers: Sequence[float]) -> str:
    return " ".join([name, *(f"{number:.12g}" for number in numbers)])
