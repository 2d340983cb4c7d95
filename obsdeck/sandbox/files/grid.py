"""Pixels on the sky: the gnomonic projection of an image (FITS WCS, paper II, 5.1.3: TAN)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from obsdeck.sandbox.engine.sphere import Floats, unit

#: Degrees across where a row tells no extent.
_USUAL_EXTENT = 0.1

#: Part of a side by which corners may miss a square and still make one: they are rounded.
_SQUARE_SLACK = 0.02


@dataclass(frozen=True)
class Grid:
    """The sky of an image of ``width`` by ``height`` pixels.

    Attributes
    ----------
    ra, dec
        Reference point in degrees, ICRS.
    crpix
        Its pixel, counted from 1 (FITS).
    cd
        Degrees to the east and north for each pixel, ``((x1, x2), (y1, y2))``.
    is_round
        Whether only the circle within the image holds data.
    """

    width: int
    height: int
    ra: float
    dec: float
    crpix: tuple[float, float]
    cd: tuple[tuple[float, float], tuple[float, float]]
    is_round: bool = False

    @property
    def pixel_scale(self) -> float:
        """Size of a pixel in degrees."""
        (x1, x2), (y1, y2) = self.cd
        return float(np.sqrt(abs(x1 * y2 - x2 * y1)))

    @cached_property
    def _axes(self) -> Floats:
        """Unit vectors to the east, to the north, and to the reference point, one a row."""
        ra, dec = np.radians([self.ra, self.dec])
        return np.array(
            [
                [-np.sin(ra), np.cos(ra), 0.0],
                [-np.sin(dec) * np.cos(ra), -np.sin(dec) * np.sin(ra), np.cos(dec)],
                [np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)],
            ]
        )

    def plane(self, directions: ArrayLike) -> Floats:
        """Return tangent-plane coordinates in degrees of unit vectors; NaN beyond the horizon."""
        along = np.asarray(directions, dtype=float) @ self._axes.T
        height = np.where(along[..., 2:] > 0, along[..., 2:], np.nan)
        return np.degrees(along[..., :2] / height)

    def pixels(self, directions: ArrayLike) -> Floats:
        """Return pixels, counted from 0, of unit vectors; NaN beyond the horizon."""
        found: Floats = self.plane(directions) @ np.linalg.inv(self.cd).T
        return np.asarray(found + np.array(self.crpix) - 1)

    def directions(self) -> Floats:
        """Return the unit vector of each pixel's centre, shape ``(height, width, 3)``."""
        x, y = np.meshgrid(np.arange(self.width), np.arange(self.height))
        return self._directions(np.stack([x, y], axis=-1).astype(float))

    def _directions(self, pixels: Floats) -> Floats:
        plane = np.radians((pixels + 1 - np.array(self.crpix)) @ np.array(self.cd).T)
        whole = np.concatenate([plane, np.ones((*plane.shape[:-1], 1))], axis=-1)
        whole /= np.linalg.norm(whole, axis=-1, keepdims=True)
        return np.asarray(whole @ self._axes)

    def positions(self, pixels: ArrayLike) -> tuple[Floats, Floats]:
        """Return right ascension and declination in degrees of pixels, counted from 0."""
        found = self._directions(np.asarray(pixels, dtype=float))
        ra = np.degrees(np.arctan2(found[..., 1], found[..., 0])) % 360
        return ra, np.degrees(np.arcsin(np.clip(found[..., 2], -1, 1)))

    def part(self, columns: slice, rows: slice) -> "Grid":
        """Return the grid of a rectangle of this one."""
        return Grid(
            columns.stop - columns.start,
            rows.stop - rows.start,
            self.ra,
            self.dec,
            (self.crpix[0] - columns.start, self.crpix[1] - rows.start),
            self.cd,
            self.is_round,
        )

    def cards(self) -> dict[str, object]:
        """Return the keywords of the first two axes."""
        (x1, x2), (y1, y2) = self.cd
        return {
            "CTYPE1": "RA---TAN",
            "CTYPE2": "DEC--TAN",
            "CUNIT1": "deg",
            "CUNIT2": "deg",
            "CRVAL1": self.ra,
            "CRVAL2": self.dec,
            "CRPIX1": self.crpix[0],
            "CRPIX2": self.crpix[1],
            "CD1_1": x1,
            "CD1_2": x2,
            "CD2_1": y1,
            "CD2_2": y2,
            "RADESYS": "ICRS",
        }


def grid_of(row: Mapping[str, object], width: int, height: int) -> Grid:
    """Return the grid of an observation, so that its edges are those of ``s_region``.

    Parameters
    ----------
    row
        A row of ObsCore with ``s_ra`` and ``s_dec``; ``s_region`` decides about extent and
        rotation: a square is taken as it is, of a circle the square around it, and of anything
        else the box around its vertices. Without one, ``s_fov`` does.
    width, height
        Pixels.
    """
    ra, dec = number(row, "s_ra") or 0.0, number(row, "s_dec") or 0.0
    kind, numbers = _region(str(row.get("s_region") or ""))
    center = Grid(1, 1, ra, dec, (1.0, 1.0), ((-1.0, 0.0), (0.0, 1.0)))
    crpix = ((width + 1) / 2, (height + 1) / 2)
    if kind == "polygon":
        corners = center.plane(unit(numbers[0::2], numbers[1::2]))
        cd, middle = _fitted(corners, width, height)
        shift = np.linalg.solve(np.array(cd), middle)
        return Grid(width, height, ra, dec, (crpix[0] - shift[0], crpix[1] - shift[1]), cd)
    radius = numbers[2] if kind == "circle" else (number(row, "s_fov") or _USUAL_EXTENT) / 2
    side = 2 * float(np.degrees(np.tan(np.radians(min(radius, 30.0)))))
    cd = ((-side / width, 0.0), (0.0, side / height))
    return Grid(width, height, ra, dec, crpix, cd, kind == "circle")


def number(row: Mapping[str, object], name: str) -> float | None:
    """Return a number of a row, None where it has none."""
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else None


def _region(text: str) -> tuple[str, list[float]]:
    """Return kind and numbers of a simple region of STC-S; nothing for others."""
    words = text.split()
    kind = words[0].lower() if words else ""
    if kind not in ("polygon", "circle"):
        return "", []
    return kind, [float(word) for word in words[2:]]


def _fitted(
    corners: Floats, width: int, height: int
) -> tuple[tuple[tuple[float, float], tuple[float, float]], Floats]:
    """Return the CD matrix and the middle of a polygon in the tangent plane, in degrees."""
    if np.isnan(corners).any():
        corners = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    if not _is_square(corners):
        low, high = corners.min(axis=0), corners.max(axis=0)
        corners = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
    # Squares begin in the south-west and go on to the south-east; rows of pixels run westwards.
    across, up = corners[0] - corners[1], corners[3] - corners[0]
    x, y = across / width, up / height
    middle: Floats = corners.mean(axis=0)
    return ((float(x[0]), float(y[0])), (float(x[1]), float(y[1]))), middle


def _is_square(corners: Floats) -> bool:
    if len(corners) != 4:
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(sides, axis=1)
    slack = _SQUARE_SLACK * lengths.max()
    turned = sides[0][0] * sides[1][1] - sides[0][1] * sides[1][0]
    return bool(
        np.ptp(lengths) < slack and abs(sides[0] @ sides[1]) < slack * lengths.max() and turned > 0
    )


def polygon_mask(grid: Grid, vertices: Floats) -> NDArray[np.bool_]:
    """Tell which pixels have their centre within a polygon: its sides are straight in TAN.

    Parameters
    ----------
    grid
        The image.
    vertices
        Unit vectors, shape ``(n, 3)``.

    Raises
    ------
    ValueError
        If a vertex lies beyond the horizon of the image.
    """
    corners = grid.pixels(vertices)
    if np.isnan(corners).any():
        raise ValueError("A vertex is more than 90 degrees away from the image.")
    x, y = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    inside = np.zeros(x.shape, dtype=bool)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        crosses = (y1 > y) != (y2 > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            inside ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return inside
