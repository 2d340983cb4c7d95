"""Many pairs of regions at once: most of them are a circle and a polygon."""

from collections.abc import Sequence

import numpy as np

from obsdeck.sandbox.engine import shapes, sphere
from obsdeck.sandbox.engine.shapes import Region, Shape

#: A circle, a polygon, and where in the answer their pair belongs.
_Pair = tuple[Shape, Shape, int]


def intersecting(first: Sequence[Region], second: Sequence[Region]) -> np.ndarray:
    """Tell which pairs of regions share a point; see ``shapes.intersects``."""
    answer = np.zeros(len(first), dtype=bool)
    by_vertices: dict[int, list[_Pair]] = {}
    for index, (one, other) in enumerate(zip(first, second, strict=True)):
        pair = _circle_and_polygon(one, other)
        if pair is None:
            answer[index] = shapes.intersects(one, other)
            continue
        circle, polygon = pair
        assert polygon.vertices is not None  # noqa: S101 - narrows the type
        by_vertices.setdefault(len(polygon.vertices), []).append((circle, polygon, index))
    for pairs in by_vertices.values():
        answer[[index for _, _, index in pairs]] = _meet(pairs)
    return answer


def _circle_and_polygon(one: Region, other: Region) -> tuple[Shape, Shape] | None:
    if len(one.shapes) != 1 or len(other.shapes) != 1:
        return None
    a, b = one.shapes[0], other.shapes[0]
    if (a.vertices is None) == (b.vertices is None):
        return None
    return (a, b) if a.vertices is None else (b, a)


def _meet(pairs: Sequence[_Pair]) -> np.ndarray:
    centers = np.array([circle.center for circle, _, _ in pairs])
    radii = np.array([circle.radius for circle, _, _ in pairs])
    vertices = np.array([polygon.vertices for _, polygon, _ in pairs])
    near = sphere.edge_distances(centers, vertices) <= radii + shapes.SLACK
    met: np.ndarray = near | sphere.in_polygons(centers, vertices)
    return met
