"""Make ``skygrid.json``: grids of positions and what astropy says between their nodes.

Run by hand: ``python test/vectors/skygrid.py > test/vectors/skygrid.json``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from astropy.wcs import WCS
from astropy.wcs.utils import pixel_to_skycoord
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """An image: its projection, centre, degrees per pixel, turn in degrees."""

    name: str
    projection: str
    shape: tuple[int, int]
    centre: tuple[float, float]
    scale: float
    turn: float
    #: Nodes a side.
    nodes: int = 17


CASES = [
    Case("TAN, a field of 14 arcmin, turned", "TAN", (4096, 4096), (55.75, -32.3), 5.6e-5, 37.0),
    Case("TAN around the pole", "TAN", (2000, 2000), (10.0, 89.9), 2e-4, 0.0),
    Case("SIN across 0 h", "SIN", (1000, 800), (0.01, 12.0), 1e-4, -12.0),
    Case("CAR, the whole sky", "CAR", (3600, 1800), (180.0, 0.0), 0.1, 0.0, 33),
    Case("AIT, the whole sky, empty corners", "AIT", (3600, 1800), (0.0, 0.0), 0.09, 0.0, 33),
    Case("ZEA, 40 degrees", "ZEA", (900, 900), (83.6, 22.0), 0.045, 5.0),
]


def wcs_of(case: Case) -> WCS:
    """Return a WCS with east to the left, turned."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = [f"RA---{case.projection}", f"DEC--{case.projection}"]
    wcs.wcs.crpix = [(size + 1) / 2 for size in case.shape]
    wcs.wcs.crval = case.centre
    wcs.wcs.radesys = "ICRS"
    cosine, sine = np.cos(np.radians(case.turn)), np.sin(np.radians(case.turn))
    wcs.wcs.bounds_check(True, True)
    wcs.wcs.cd = case.scale * np.array([[-cosine, sine], [sine, cosine]])
    return wcs


def directions(wcs: WCS, x: Numbers, y: Numbers) -> Numbers:
    """Return unit vectors of pixels; NaN outside of the projection."""
    sky = pixel_to_skycoord(x, y, wcs).icrs
    vectors: Numbers = np.moveaxis(sky.cartesian.xyz.value, 0, -1)
    return vectors


def vectors_of(case: Case) -> dict[str, Any]:
    """Return a grid of nodes, and probes between them."""
    wcs = wcs_of(case)
    x, y = (np.linspace(-0.5, size - 0.5, case.nodes) for size in case.shape)
    vectors = directions(wcs, *np.meshgrid(x, y))
    random = np.random.default_rng(7)
    probes: list[list[float]] = []
    while len(probes) < 12:
        at = random.uniform(0, np.array(case.shape) - 1)
        if np.isfinite(directions(wcs, at[:1], at[1:])).all():
            sky = pixel_to_skycoord(at[0], at[1], wcs).icrs
            probes.append([*map(float, at), float(sky.ra.deg), float(sky.dec.deg)])
    return {
        "name": case.name,
        "scale": case.scale,
        "x": x.tolist(),
        "y": y.tolist(),
        "vectors": [round(v, 13) if np.isfinite(v) else None for v in vectors.ravel().tolist()],
        "probes": probes,
    }


if __name__ == "__main__":
    json.dump([vectors_of(case) for case in CASES], sys.stdout, separators=(",", ":"))
