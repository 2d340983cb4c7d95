"""Geometry functions the engine lacks, added as vectorised functions over STC-S text.

Each takes and returns Arrow arrays; NULL in any argument gives NULL.
"""

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from duckdb.func import FunctionNullHandling, PythonUDFType

from obsdeck.sandbox.engine import shapes, sphere
from obsdeck.sandbox.engine.pairs import intersecting

#: Degrees that bounding circles are made wider by, so that rounding never costs a match.
_ROUNDING = 1e-6

Signature = tuple[Callable[..., pa.Array], list[Any], str]
Regions = Sequence[shapes.Region]
Relation = Callable[[Regions, Regions], np.ndarray]


def region_contains_point(lon: pa.Array, lat: pa.Array, region: pa.Array) -> pa.Array:
    """1 where the point is in the region, else 0; each distinct region is handled at once."""
    valid = _all_valid(lon, lat, region)
    points = sphere.unit(_floats(lon), _floats(lat))
    encoded = _joined(region).dictionary_encode()
    regions = [shapes.read_region(text) for text in encoded.dictionary.to_pylist()]
    codes = np.asarray(encoded.indices.fill_null(-1))
    answer = np.zeros(len(region), dtype=np.int32)
    rows = np.flatnonzero(valid)
    rows = rows[_near(points[rows], regions, codes[rows])]
    for code in np.unique(codes[rows]):
        own = rows[codes[rows] == code]
        answer[own] = shapes.contains_points(regions[code], points[own])
    return _nullable(answer, valid)


def _near(points: np.ndarray, regions: list[shapes.Region], codes: np.ndarray) -> np.ndarray:
    """Tell which points lie in the bounding circle of their region."""
    if not len(codes):
        return np.zeros(0, dtype=bool)
    centers = np.array([region.center for region in regions])[codes]
    radii = np.array([region.radius for region in regions])[codes]
    near: np.ndarray = sphere.separation(points, centers) <= radii + _ROUNDING
    return near


def region_intersects(a: pa.Array, b: pa.Array) -> pa.Array:
    """1 where two regions share a point, else 0."""
    return _related(a, b, intersecting)


def region_contains(inner: pa.Array, outer: pa.Array) -> pa.Array:
    """1 where the first region lies inside the second, else 0."""
    return _related(inner, outer, _containing)


def _related(a: pa.Array, b: pa.Array, relation: Relation) -> pa.Array:
    """Apply a relation, after a vectorised test of the bounding circles."""
    valid = _all_valid(a, b)
    rows = np.flatnonzero(valid)
    first = [shapes.read_region(text) for text in _joined(a).take(pa.array(rows)).to_pylist()]
    second = [shapes.read_region(text) for text in _joined(b).take(pa.array(rows)).to_pylist()]
    answer = np.zeros(len(a), dtype=np.int32)
    near = np.flatnonzero(_may_touch(first, second))
    answer[rows[near]] = relation([first[i] for i in near], [second[i] for i in near])
    return _nullable(answer, valid)


def _containing(inner: Regions, outer: Regions) -> np.ndarray:
    return np.array([shapes.contains(o, i) for i, o in zip(inner, outer, strict=True)], dtype=bool)


def _may_touch(first: list[shapes.Region], second: list[shapes.Region]) -> np.ndarray:
    if not first:
        return np.zeros(0, dtype=bool)
    centers = [np.array([region.center for region in side]) for side in (first, second)]
    radii = [np.array([region.radius for region in side]) for side in (first, second)]
    touching: np.ndarray = sphere.separation(*centers) <= radii[0] + radii[1] + _ROUNDING
    return touching


def region_area(region: pa.Array) -> pa.Array:
    """Area in square degrees; the parts of a union are added up."""
    return _each(region, lambda r: sum(shape.area for shape in r.shapes), pa.float64())


def region_centroid(region: pa.Array) -> pa.Array:
    """Centre of a region as a Position."""
    return _each(region, _centroid_text, pa.string())


def _centroid_text(region: shapes.Region) -> str:
    lon, lat = shapes.centroid(region)
    return f"Position ICRS {lon!r} {lat!r}"


def region_longitude(region: pa.Array) -> pa.Array:
    """First coordinate, in degrees, of a Position."""
    return _each(region, lambda r: _point(r)[0], pa.float64())


def region_latitude(region: pa.Array) -> pa.Array:
    """Second coordinate, in degrees, of a Position."""
    return _each(region, lambda r: _point(r)[1], pa.float64())


def _point(region: shapes.Region) -> tuple[float, float]:
    if region.shapes[0].kind != "position":
        raise shapes.RegionError("COORD1, COORD2 and DISTANCE take points.")
    return sphere.lonlat(region.shapes[0].center)


def _each(
    texts: pa.Array, compute: Callable[[shapes.Region], object], kind: pa.DataType
) -> pa.Array:
    values = [None if t is None else compute(shapes.read_region(t)) for t in texts.to_pylist()]
    return pa.array(values, kind)


def _joined(array: pa.Array) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _all_valid(*arrays: pa.Array) -> np.ndarray:
    valid: np.ndarray = np.logical_and.reduce([np.asarray(pc.is_valid(array)) for array in arrays])
    return valid


def _floats(array: pa.Array) -> np.ndarray:
    return np.asarray(pc.fill_null(array, 0.0), dtype=float)


def _nullable(values: np.ndarray, valid: np.ndarray) -> pa.Array:
    return pa.array(values, pa.int32(), mask=~valid)


#: The haversine formula as plain SQL. LEAST would drop a NULL instead of passing it on.
_MACROS = (
    "CREATE MACRO at_most_one(x) AS CASE WHEN x > 1 THEN 1.0 ELSE x END",
    "CREATE MACRO sphere_distance(lon1, lat1, lon2, lat2) AS degrees(2 * asin(sqrt(at_most_one("
    "power(sin(radians(lat2 - lat1) / 2), 2) + cos(radians(lat1)) * cos(radians(lat2)) * "
    "power(sin(radians(lon2 - lon1) / 2), 2)))))",
)


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the functions to an engine under the names that ``adql.geometry`` uses."""
    for macro in _MACROS:
        connection.execute(macro)
    text, number, flag = "VARCHAR", "DOUBLE", "INTEGER"
    signatures: list[Signature] = [
        (region_contains_point, [number, number, text], flag),
        (region_intersects, [text, text], flag),
        (region_contains, [text, text], flag),
        (region_area, [text], number),
        (region_centroid, [text], text),
        (region_longitude, [text], number),
        (region_latitude, [text], number),
    ]
    for function, arguments, result in signatures:
        connection.create_function(
            function.__name__,
            function,
            arguments,
            result,
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )
