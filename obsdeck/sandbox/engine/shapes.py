"""Regions of the sky: reading STC-S text, and the relations ADQL asks for."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np

from obsdeck.sandbox.engine import sphere
from obsdeck.sandbox.engine.sphere import Floats

#: Slack of 0.1 microarcseconds: a circle contains itself in spite of rounding.
SLACK = 3e-11

_WORDS = re.compile(r"[A-Za-z][\w.]*|[-+]?[\d.]+(?:[eE][-+]?\d+)?|[()]")
_NOT_WORDS = re.compile(r"[^\s\w.()+-]")
_FRAMES = frozenset({"icrs", "j2000", "fk5"})
_IGNORED = frozenset({"geocenter", "barycenter", "topocenter", "unknownrefpos", "spherical2"})


class RegionError(ValueError):
    """A text that is not a region this service understands."""


@dataclass(frozen=True)
class Shape:
    """A circle (a point has radius 0) or a polygon, with unit vectors.

    ``vertices`` is None for circles; ``center`` and ``radius`` (degrees) always bound the shape.
    """

    kind: str
    center: Floats
    radius: float
    vertices: Floats | None = None

    @cached_property
    def area(self) -> float:
        """Area in square degrees."""
        if self.vertices is None:
            return sphere.cap_area(self.radius)
        return sphere.polygon_area(self.vertices)


@dataclass(frozen=True)
class Region:
    """One or several shapes that count as their union, inside one bounding circle."""

    shapes: tuple[Shape, ...]
    center: Floats
    radius: float


def circle(lon: float, lat: float, radius: float) -> Shape:
    """Return a circle; all in degrees."""
    if radius < 0:
        raise RegionError(f"A circle cannot have the radius {radius:g}.")
    _check_latitude(lat)
    return Shape("circle", sphere.unit(lon, lat), radius)


def position(lon: float, lat: float) -> Shape:
    """Return a point; degrees."""
    _check_latitude(lat)
    return Shape("position", sphere.unit(lon, lat), 0.0)


def polygon(numbers: list[float]) -> Shape:
    """Return a polygon from longitudes and latitudes in turn; a repeated first one is dropped."""
    if len(numbers) % 2 or len(numbers) < 6:
        raise RegionError("A polygon needs at least three vertices of two coordinates each.")
    pairs = np.array(numbers, dtype=float).reshape(-1, 2)
    if len(pairs) > 3 and np.array_equal(pairs[0], pairs[-1]):
        pairs = pairs[:-1]
    for lat in pairs[:, 1]:
        _check_latitude(float(lat))
    vertices = sphere.unit(pairs[:, 0], pairs[:, 1])
    center = vertices.sum(axis=0)
    length = np.linalg.norm(center)
    if length < 1e-9:
        raise RegionError("A polygon must fit into one hemisphere.")
    center = center / length
    return Shape("polygon", center, float(sphere.separation(center, vertices).max()), vertices)


def box(lon: float, lat: float, width: float, height: float) -> Shape:
    """Return the polygon that ADQL 2.1 (4.2.9) defines for BOX; all in degrees."""
    west, east = lon - width / 2, lon + width / 2
    south, north = max(lat - height / 2, -90.0), min(lat + height / 2, 90.0)
    return polygon([west, south, east, south, east, north, west, north])


def _check_latitude(lat: float) -> None:
    if not -90.0 <= lat <= 90.0:
        raise RegionError(f"The declination {lat:g} is outside -90 to 90 degrees.")


@lru_cache(maxsize=65536)
def read_region(text: str) -> Region:
    """Read STC-S: Position, Circle, Polygon, Box or a Union of them in ICRS.

    Raises
    ------
    RegionError
        If the text is something else.
    """
    words = _WORDS.findall(text)
    if not words or _NOT_WORDS.search(text):
        raise RegionError(f"{_shortened(text)} is not a region.")
    kind = words[0].lower()
    shapes = tuple(_read_union(words, text)) if kind == "union" else (_read_shape(words, text),)
    return _bounded(shapes)


def _read_union(words: list[str], text: str) -> list[Shape]:
    if "(" not in words or words[-1] != ")":
        raise RegionError(f"{_shortened(text)} is not a union of regions.")
    members: list[list[str]] = []
    for word in words[words.index("(") + 1 : -1]:
        if word[0].isalpha() and word.lower() not in _FRAMES | _IGNORED:
            members.append([])
        if not members:
            raise RegionError(f"{_shortened(text)} is not a union of regions.")
        members[-1].append(word)
    return [_read_shape(member, text) for member in members]


def _read_shape(words: list[str], text: str) -> Shape:
    kind, numbers = words[0].lower(), _numbers(words[1:], text)
    if kind == "position" and len(numbers) == 2:
        return position(numbers[0], numbers[1])
    if kind == "circle" and len(numbers) == 3:
        return circle(numbers[0], numbers[1], numbers[2])
    if kind == "box" and len(numbers) == 4:
        return box(numbers[0], numbers[1], numbers[2], numbers[3])
    if kind == "polygon":
        return polygon(numbers)
    raise RegionError(f"{_shortened(text)} is not a region this service understands.")


def _numbers(words: list[str], text: str) -> list[float]:
    kept = [word for word in words if word.lower() not in _FRAMES | _IGNORED]
    try:
        return [float(word) for word in kept]
    except ValueError:
        raise RegionError(
            f"{_shortened(text)} is not a region in ICRS this service understands."
        ) from None


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")


def _bounded(shapes: tuple[Shape, ...]) -> Region:
    if len(shapes) == 1:
        return Region(shapes, shapes[0].center, shapes[0].radius)
    if not shapes:
        raise RegionError("A union needs at least one member.")
    center = np.sum([shape.center for shape in shapes], axis=0)
    length = float(np.linalg.norm(center))
    if length < 1e-9:
        return Region(shapes, shapes[0].center, 180.0)
    center = center / length
    reach = [float(sphere.separation(center, s.center)) + s.radius for s in shapes]
    return Region(shapes, center, min(max(reach), 180.0))


def contains_points(region: Region, points: Floats) -> np.ndarray:
    """Tell which of the unit vectors ``(n, 3)`` lie in the region."""
    inside = np.zeros(len(points), dtype=bool)
    for shape in region.shapes:
        if shape.vertices is None:
            inside |= sphere.separation(shape.center, points) <= shape.radius + SLACK
        else:
            inside |= sphere.in_polygon(points, shape.vertices)
    return inside


def intersects(a: Region, b: Region) -> bool:
    """Tell whether two regions share a point."""
    return any(_intersect(one, two) for one, two in product(a.shapes, b.shapes))


def contains(outer: Region, inner: Region) -> bool:
    """Tell whether each shape of ``inner`` lies inside one shape of ``outer``."""
    return all(any(_contains(o, i) for o in outer.shapes) for i in inner.shapes)


def _inside(shape: Shape, point: Floats) -> bool:
    assert shape.vertices is not None  # noqa: S101 - narrows the type
    return bool(sphere.in_polygon(point[None, :], shape.vertices)[0])


def _intersect(a: Shape, b: Shape) -> bool:
    if a.vertices is None and b.vertices is None:
        return bool(sphere.separation(a.center, b.center) <= a.radius + b.radius + SLACK)
    if a.vertices is None:
        a, b = b, a
    assert a.vertices is not None  # noqa: S101 - narrows the type
    if b.vertices is None:
        near = sphere.edge_distance(b.center, a.vertices) <= b.radius + SLACK
        return near or _inside(a, b.center)
    return (
        _inside(a, b.vertices[0])
        or _inside(b, a.vertices[0])
        or sphere.edges_cross(a.vertices, b.vertices)
    )


def _contains(outer: Shape, inner: Shape) -> bool:
    if outer.vertices is None:
        if inner.vertices is None:
            apart = float(sphere.separation(outer.center, inner.center))
            return apart + inner.radius <= outer.radius + SLACK
        return bool(np.all(sphere.separation(outer.center, inner.vertices) <= outer.radius + SLACK))
    if inner.vertices is None:
        room = sphere.edge_distance(inner.center, outer.vertices) + SLACK
        return _inside(outer, inner.center) and room >= inner.radius
    return bool(sphere.in_polygon(inner.vertices, outer.vertices).all()) and not sphere.edges_cross(
        outer.vertices, inner.vertices
    )


def centroid(region: Region) -> tuple[float, float]:
    """Return longitude and latitude of the centre of mass; polygons and circles count by area."""
    if len(region.shapes) == 1 and region.shapes[0].vertices is None:
        return sphere.lonlat(region.shapes[0].center)
    moment = np.zeros(3)
    for shape in region.shapes:
        middle = shape.center if shape.vertices is None else sphere.polygon_centroid(shape.vertices)
        moment += middle / np.linalg.norm(middle) * max(shape.area, 1e-12)
    return sphere.lonlat(moment)
