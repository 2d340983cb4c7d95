"""Coordinates along one axis: of the planes of a cube, of the values of a spectrum."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from astropy import units
from astropy.io import fits
from astropy.wcs import WCS
from numpy.typing import NDArray

from obsdeck.quicklook.decoding.answers import finite
from obsdeck.quicklook.decoding.pixels import Shape
from obsdeck.quicklook.decoding.values import text_of

_MOST = 20_000
"""Planes whose coordinates are told one by one."""

Line = tuple[str, str, NDArray[np.float64]]
"""Name, unit and values."""


def plane_axis(wcs: WCS | None, header: fits.Header, shape: Shape) -> dict[str, Any] | None:
    """Return `{name, unit, values}` of what tells the planes of a cube apart; None if unknown."""
    line = plane_line(wcs, header, shape)
    if line is None:
        return None
    name, unit, values = line
    return {"name": name, "unit": unit, "values": [finite(value) for value in values]}


def plane_line(wcs: WCS | None, header: fits.Header, shape: Shape) -> Line | None:
    """Return the coordinate of the middle of each plane; None where there is none."""
    if wcs is None or wcs.naxis < 3:
        return None
    planes = np.arange(min(shape.planes, _MOST))
    further = np.unravel_index(planes, shape.further, order="F")
    middle = [np.full(len(planes), (length - 1) / 2) for length in (shape.nx, shape.ny)]
    return _line(wcs, header, _world_axis(wcs, shape), [*middle, *further][: wcs.naxis])


def row_line(wcs: WCS | None, header: fits.Header, shape: Shape) -> Line | None:
    """Return the coordinate along the longer axis of an image of one row or column."""
    if wcs is None:
        return None
    along = 0 if shape.nx >= shape.ny else 1
    if along >= wcs.naxis:
        return None
    pixels: list[NDArray[Any]] = [np.zeros(max(shape.nx, shape.ny))] * wcs.naxis
    pixels[along] = np.arange(max(shape.nx, shape.ny))
    return _line(wcs, header, along, pixels)


def _world_axis(wcs: WCS, shape: Shape) -> int:
    """Return the spectral axis, else the longest one that is none of a plane."""
    if wcs.wcs.spec >= 0:
        return int(wcs.wcs.spec)
    return 2 + int(np.argmax(shape.further[: wcs.naxis - 2]))


def _line(wcs: WCS, header: fits.Header, axis: int, pixels: list[NDArray[Any]]) -> Line | None:
    if not any(f"{keyword}{axis + 1}" in header for keyword in ("CTYPE", "CRVAL")):
        return None  # wcslib would count pixels from 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            world = wcs.pixel_to_world_values(*pixels)
            values = np.asarray(world if wcs.naxis == 1 else world[axis], "f8")
    except Exception:  # wcslib raises many kinds at odd headers
        return None
    name = str(wcs.wcs.ctype[axis]).strip()
    unit = str(wcs.world_axis_units[axis])
    wished = text_of(header, f"CUNIT{axis + 1}")
    factor = _factor(unit, wished)
    return (name, unit, values) if factor is None else (name, wished, values * factor)


def _factor(unit: str, wished: str) -> float | None:
    """Return what turns wcslib's SI units into those that the header uses; None if nothing."""
    if not unit or not wished or unit == wished:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return float(units.Unit(unit).to(units.Unit(wished)))
    except (ValueError, TypeError, units.UnitsError):
        return None
