"""The sky of the sandbox: the same sources wherever and however often one looks.

Space around the unit sphere is cut into cubes; the number of a cube is the seed of the sources in
it. So images of one field agree with each other, in every band and from every instrument.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from obsdeck.sandbox.engine.sphere import Floats, unit

#: Sources that a cube holds before those that lie off the sphere are left out.
_IN_A_CUBE = 6

#: Share of sources that are no points.
_EXTENDED = 0.15

#: Cubes along the field of view.
_CUBES_ACROSS = 5


@dataclass(frozen=True)
class Sources:
    """Sources of a field: unit vectors, brightness of at least 1, and size of at least 1."""

    directions: Floats
    fluxes: Floats
    sizes: Floats


def sources(ra: float, dec: float, fov: float) -> Sources:
    """Return the sources of a field.

    Parameters
    ----------
    ra, dec, fov
        Centre and diameter in degrees. Wide fields show few sources for each square degree: cubes
        have one of the sizes 2^-n, so that fields of about the same size show the same ones.
    """
    level = int(np.ceil(-np.log2(np.radians(fov) / _CUBES_ACROSS)))
    side = 2.0**-level
    center = unit(ra, dec) / side
    reach = np.radians(fov) / 2 / side + 1
    low, high = np.floor(center - reach).astype(int), np.floor(center + reach).astype(int)
    found = [np.empty((0, 5))]
    for cube in product(*(range(a, b + 1) for a, b in zip(low, high, strict=True))):
        if abs(np.linalg.norm(np.array(cube) + 0.5) * side - 1) > side:
            continue
        rng = np.random.default_rng([level, *(index + 2**31 for index in cube)])
        points = (rng.random((_IN_A_CUBE, 3)) + cube) * side
        extended = np.where(rng.random(_IN_A_CUBE) < _EXTENDED, rng.uniform(2, 5, _IN_A_CUBE), 1)
        found.append(np.column_stack([points, rng.pareto(1.2, _IN_A_CUBE) + 1, extended]))
    table = np.concatenate(found)
    length = np.linalg.norm(table[:, :3], axis=1)
    near = abs(length - 1) < side / 2
    table, length = table[near], length[near]
    return Sources(table[:, :3] / length[:, None], table[:, 3], table[:, 4])
