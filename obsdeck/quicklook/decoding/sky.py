"""Positions on the sky all over an image, as a coarse grid: `what=sky`."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from astropy.coordinates import SkyCoord
from astropy.wcs import WCS
from astropy.wcs.utils import proj_plane_pixel_scales, wcs_to_celestial_frame
from numpy.typing import NDArray

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.answers import Answer, finite, json_answer
from obsdeck.quicklook.decoding.pixels import Shape

_FEWEST, _MOST = 8, 256
"""Cells along the longer side."""

_WANTED_PIXELS = 0.02
"""Error of linear interpolation; better than a tenth of a pixel between the places tried, too."""

_DIGITS = 12

Vectors = NDArray[np.float64]
"""Unit vectors (ICRS) along the last axis; NaN where the projection reaches no sky."""


def sky(wcs: WCS | None, shape: Shape) -> Answer:
    """Return a grid of directions over an image, from edge to edge of its outer pixels.

    The document is `{nx, ny, x, y, vectors, error, frame, axes, corners, centre, pixelScale}`:
    `x` and `y` are the pixel coordinates of the nodes (the centre of the first pixel is 0),
    `vectors` the unit vectors `[x, y, z]` (ICRS) row by row from the lowest y, null where there
    is no sky; `error` how far linear interpolation and scaling to length 1 goes astray at
    most, in pixels, null when no cell is whole; `corners` and `centre` are `[ra, dec]` in
    degrees, `pixelScale` is in arcseconds.

    Raises
    ------
    ObsdeckError
        `not-found`, when the header has no celestial coordinates.
    """
    if wcs is None or not wcs.has_celestial:
        raise ObsdeckError("not-found", "The header has no positions on the sky.", status=404)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        plane = _Plane(wcs)
        grid = _grid(plane, shape)
        return json_answer({**_told(grid), **_about(plane, shape)})


class _Plane:
    """The celestial part of coordinates, at the first plane of a cube."""

    def __init__(self, wcs: WCS) -> None:
        self._wcs = wcs
        celestial = wcs.celestial
        self.frame = wcs_to_celestial_frame(celestial)
        self.scales = [scale * 3600 for scale in proj_plane_pixel_scales(celestial)]
        self.axes = [wcs.wcs.lng, wcs.wcs.lat]

    @property
    def names(self) -> list[str]:
        """CTYPE of longitude and latitude."""
        return [str(self._wcs.wcs.ctype[axis]) for axis in self.axes]

    def directions(self, x: Vectors, y: Vectors) -> Vectors:
        """Return ICRS unit vectors of pixels, NaN where there is none."""
        rest = [np.zeros_like(x)] * (self._wcs.naxis - 2)
        world = self._wcs.pixel_to_world_values(x, y, *rest)
        longitude, latitude = (np.asarray(world[axis], "f8") for axis in self.axes)
        there = np.isfinite(longitude) & np.isfinite(latitude) & (np.abs(latitude) <= 90)
        found = SkyCoord(
            np.where(there, longitude, 0),
            np.where(there, latitude, 0),
            unit="deg",
            frame=self.frame,
        ).icrs
        vectors = np.moveaxis(found.represent_as("unitspherical").to_cartesian().xyz.value, 0, -1)
        return np.where(there[..., None], vectors, np.nan)


@dataclass(frozen=True)
class _Grid:
    x: Vectors
    y: Vectors
    vectors: Vectors
    error: float


def _grid(plane: _Plane, shape: Shape) -> _Grid:
    """Return the coarsest grid that is exact enough, or the finest that is sent."""
    cells = _FEWEST
    while True:
        grid = _grid_of(plane, shape, cells)
        if grid.error <= _WANTED_PIXELS or cells >= _MOST:
            return grid
        cells *= 2


def _grid_of(plane: _Plane, shape: Shape, cells: int) -> _Grid:
    longest = max(shape.nx, shape.ny)
    x, y = (
        np.linspace(-0.5, length - 0.5, max(2, math.ceil(cells * length / longest)) + 1)
        for length in (shape.nx, shape.ny)
    )
    vectors = plane.directions(*np.meshgrid(x, y))
    return _Grid(x, y, vectors, _error(plane, x, y, vectors))


def _error(plane: _Plane, x: Vectors, y: Vectors, nodes: Vectors) -> float:
    """Return the largest error, in the middle of cells and of their sides.

    It is in pixels of the middle of the image: at the poles of a map they have no width.
    """
    pixel = math.radians(math.sqrt(math.prod(plane.scales)) / 3600)
    errors = []
    for dx, dy in ((0.5, 0.5), (0.5, 0.0), (0.0, 0.5)):
        at = np.meshgrid(x[:-1] + dx * np.diff(x), y[:-1] + dy * np.diff(y))
        apart = np.linalg.norm(plane.directions(*at) - _interpolated(nodes, dx, dy), axis=-1)
        errors.append(apart[np.isfinite(apart)] / pixel)
    found = np.concatenate(errors)
    return float(found.max()) if found.size else math.inf


def _interpolated(nodes: Vectors, dx: float, dy: float) -> Vectors:
    low = (1 - dx) * nodes[:-1, :-1] + dx * nodes[:-1, 1:]
    high = (1 - dx) * nodes[1:, :-1] + dx * nodes[1:, 1:]
    between: Vectors = (1 - dy) * low + dy * high
    return np.asarray(between / np.linalg.norm(between, axis=-1, keepdims=True))


def _told(grid: _Grid) -> dict[str, Any]:
    rounded = np.round(grid.vectors.reshape(-1, 3), _DIGITS)
    there = np.isfinite(rounded[:, 0])
    return {
        "nx": len(grid.x),
        "ny": len(grid.y),
        "x": grid.x.tolist(),
        "y": grid.y.tolist(),
        "vectors": [
            vector.tolist() if is_there else None
            for vector, is_there in zip(rounded, there, strict=True)
        ],
        "error": finite(grid.error),
    }


def _about(plane: _Plane, shape: Shape) -> dict[str, Any]:
    right, top = shape.nx - 0.5, shape.ny - 0.5
    x = np.array([-0.5, right, right, -0.5, (shape.nx - 1) / 2])
    y = np.array([-0.5, -0.5, top, top, (shape.ny - 1) / 2])
    positions = [_position(vector) for vector in plane.directions(x, y)]
    return {
        "frame": plane.frame.name,
        "axes": plane.names,
        "corners": positions[:4],
        "centre": positions[4],
        "pixelScale": [finite(scale) for scale in plane.scales],
    }


def _position(vector: Vectors) -> list[float] | None:
    if not np.isfinite(vector).all():
        return None
    x, y, z = vector
    ra = math.degrees(math.atan2(y, x)) % 360
    return [ra, math.degrees(math.atan2(z, math.hypot(x, y)))]
