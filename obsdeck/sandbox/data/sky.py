"""Where the invented observations lie, and footprints on the sphere."""

# mypy: disable-error-code=import-untyped

from dataclasses import dataclass

import numpy as np
from astropy.coordinates import SkyCoord
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Field:
    """A part of the sky with many observations: degrees, ICRS; ``spread`` is one sigma."""

    target: str
    ra: float
    dec: float
    spread: float


FIELDS = {
    "dc2": Field("DC2", 55.75, -32.29, 0.6),
    "m83": Field("M 83", 204.2538, -29.8658, 0.08),
    "sgra": Field("Sgr A*", 266.4168, -29.0078, 0.35),
    "m31": Field("M 31", 10.6847, 41.2688, 0.5),
    "ngc1068": Field("NGC 1068", 40.6696, -0.0133, 0.02),
    "border": Field("Zero hours", 0.0, 2.0, 0.4),
    "north": Field("North pole", 0.0, 90.0, 0.5),
    "south": Field("South pole", 0.0, -90.0, 0.5),
}


def offset(ra: ArrayLike, dec: ArrayLike, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Move from a position by tangent-plane offsets; exact at the poles and over RA 0.

    Parameters
    ----------
    ra, dec
        Position in degrees.
    x, y
        Offsets to the east and north in degrees (gnomonic).

    Returns
    -------
    tuple
        Right ascension in [0, 360) and declination, in degrees.
    """
    ra_rad, dec_rad, xi, eta = (np.radians(value) for value in (ra, dec, x, y))
    along = np.cos(dec_rad) - eta * np.sin(dec_rad)
    up = np.sin(dec_rad) + eta * np.cos(dec_rad)
    moved_ra = np.degrees(ra_rad + np.arctan2(xi, along)) % 360.0
    moved_dec = np.degrees(np.arctan2(up, np.hypot(xi, along)))
    return np.round(moved_ra, 6) % 360.0, np.round(moved_dec, 6)


def galactic(ra: ArrayLike, dec: ArrayLike) -> tuple[Floats, Floats]:
    """Return galactic longitudes and latitudes of positions, all in degrees."""
    position = SkyCoord(ra, dec, unit="deg").galactic
    return np.round(position.l.deg, 6), np.round(position.b.deg, 6)


def squares(ra: Floats, dec: Floats, side: float, angles: Floats) -> list[str]:
    """Return the STC-S polygons of squares on the sky.

    Parameters
    ----------
    ra, dec
        Centres, shape ``(n,)``, degrees.
    side
        Length of a side in degrees.
    angles
        Rotation of each square in degrees.
    """
    turn = np.radians(angles)[:, None] + np.radians([225.0, 315.0, 45.0, 135.0])
    reach = side / np.sqrt(2)
    corner_ra, corner_dec = offset(
        ra[:, None], dec[:, None], reach * np.cos(turn), reach * np.sin(turn)
    )
    corners = np.stack([corner_ra, corner_dec], axis=-1).reshape(len(ra), 8)
    return [_polygon_text(numbers) for numbers in corners.tolist()]


def _polygon_text(numbers: list[float]) -> str:
    return "Polygon ICRS " + " ".join(f"{number:.6f}" for number in numbers)


def circle_text(ra: float, dec: float, radius: float) -> str:
    """Return a circle as STC-S."""
    return f"Circle ICRS {ra:.6f} {dec:.6f} {radius:.6f}"
