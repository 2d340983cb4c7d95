"""Geometry on the unit sphere with great-circle edges; degrees outside, unit vectors inside.

Vectors are arrays of shape ``(3,)`` or ``(n, 3)``. A polygon is the smaller of the two parts that
its edges cut the sphere into and must fit into one hemisphere; its vertices may run either way.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

#: Slack for comparisons on unit vectors: 1e-12 rad is 0.2 microarcseconds.
_EPSILON = 1e-12


def unit(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Return unit vectors for longitudes and latitudes in degrees, stacked on the last axis."""
    lon_rad, lat_rad = np.radians(lon), np.radians(lat)
    cos_lat = np.cos(lat_rad)
    return np.stack(
        [cos_lat * np.cos(lon_rad), cos_lat * np.sin(lon_rad), np.sin(lat_rad)], axis=-1
    )


def lonlat(vector: Floats) -> tuple[float, float]:
    """Return longitude in [0, 360) and latitude in degrees of one vector of any length."""
    x, y, z = (float(part) for part in vector)
    return float(np.degrees(np.arctan2(y, x)) % 360.0), float(
        np.degrees(np.arctan2(z, np.hypot(x, y)))
    )


def separation(a: Floats, b: Floats) -> Floats:
    """Return the angle in degrees between unit vectors; accurate at 0 and 180 degrees."""
    cross = np.linalg.norm(np.cross(a, b), axis=-1)
    angle: Floats = np.degrees(np.arctan2(cross, np.sum(a * b, axis=-1)))
    return angle


def in_polygon(points: Floats, vertices: Floats) -> NDArray[np.bool_]:
    """Tell which points lie inside a polygon.

    The azimuths of the vertices as seen from a point inside add up to one full turn. The antipode
    of an inner point sees a full turn too, hence the second condition.

    Parameters
    ----------
    points
        Unit vectors, shape ``(n, 3)``.
    vertices
        Unit vectors of the vertices, shape ``(m, 3)``, m >= 3.
    """
    return in_polygons(points, np.broadcast_to(vertices, (len(points), *vertices.shape)))


def in_polygons(points: Floats, vertices: Floats) -> NDArray[np.bool_]:
    """Tell which points lie inside their polygon, of shape ``(n, m, 3)``; see ``in_polygon``."""
    following = np.roll(vertices, -1, axis=1)
    to_first, to_second = _products(points, vertices), _products(points, following)
    sine = _products(points, np.cross(vertices, following))
    cosine = np.sum(vertices * following, axis=2) - to_first * to_second
    turn = np.abs(np.arctan2(sine, cosine).sum(axis=1))
    same_side = np.sum(points * vertices.sum(axis=1), axis=1) > 0
    inside: NDArray[np.bool_] = (turn > np.pi) & same_side
    return inside


def edge_distance(point: Floats, vertices: Floats) -> float:
    """Return the angle in degrees from a point to the nearest point of a polygon's outline."""
    return float(edge_distances(point[None], vertices[None])[0])


def edge_distances(points: Floats, vertices: Floats) -> Floats:
    """Return the angle of each point to the outline of its polygon, of shape ``(n, m, 3)``."""
    following = np.roll(vertices, -1, axis=1)
    normals = np.cross(vertices, following)
    lengths = np.linalg.norm(normals, axis=2)
    is_edge = lengths > _EPSILON
    normals = normals / np.where(is_edge, lengths, 1.0)[..., None]
    # The foot of the perpendicular counts only where it falls between the two ends.
    height = _products(points, normals)
    foot = points[:, None] - height[..., None] * normals
    between = (np.sum(np.cross(vertices, foot) * normals, axis=2) >= 0) & (
        np.sum(np.cross(foot, following) * normals, axis=2) >= 0
    )
    to_circle = np.degrees(np.arcsin(np.clip(np.abs(height), 0.0, 1.0)))
    to_ends = separation(points[:, None], vertices).min(axis=1)
    nearest: Floats = np.where(is_edge & between, to_circle, 180.0).min(axis=1)
    nearest = np.minimum(nearest, to_ends)
    return nearest


def _products(points: Floats, vectors: Floats) -> Floats:
    """Return the scalar products of each point with its vectors."""
    products: Floats = np.einsum("nk,nmk->nm", points, vectors)
    return products


def edges_cross(a: Floats, b: Floats) -> bool:
    """Tell whether any edge of polygon ``a`` properly crosses any edge of polygon ``b``."""
    a_next, b_next = np.roll(a, -1, axis=0), np.roll(b, -1, axis=0)
    a_normal, b_normal = np.cross(a, a_next), np.cross(b, b_next)
    split_b = (a_normal @ b.T) * (a_normal @ b_next.T) < -(_EPSILON**2)
    split_a = (b_normal @ a.T) * (b_normal @ a_next.T) < -(_EPSILON**2)
    # Great circles meet in two antipodal points; both edges must lie on the same side.
    middle_a, middle_b = a + a_next, b + b_next
    return bool(np.any(split_b & split_a.T & (middle_a @ middle_b.T > 0)))


def cap_area(radius: float) -> float:
    """Return the area in square degrees of a circle of ``radius`` degrees."""
    return float(2.0 * np.pi * (1.0 - np.cos(np.radians(radius))) * np.degrees(1.0) ** 2)


def polygon_area(vertices: Floats) -> float:
    """Return the area of a polygon in square degrees, as a sum of signed triangles."""
    pole = vertices.sum(axis=0)
    pole = pole / np.linalg.norm(pole)
    following = np.roll(vertices, -1, axis=0)
    volume = np.cross(vertices, following) @ pole
    closeness = 1.0 + vertices @ pole + following @ pole + np.sum(vertices * following, axis=1)
    excess = 2.0 * np.arctan2(volume, closeness)
    return float(abs(excess.sum()) * np.degrees(1.0) ** 2)


def polygon_centroid(vertices: Floats) -> Floats:
    """Return the vector to the centre of mass of a polygon (exact: half the sum over the edges)."""
    following = np.roll(vertices, -1, axis=0)
    normals = np.cross(vertices, following)
    lengths = np.linalg.norm(normals, axis=1)
    keep = lengths > _EPSILON
    angles = np.radians(separation(vertices, following))[keep]
    moment: Floats = (normals[keep] / lengths[keep, None] * angles[:, None]).sum(axis=0)
    return moment if moment @ vertices.sum(axis=0) > 0 else -moment
