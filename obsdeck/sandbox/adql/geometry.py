"""Geometry functions of ADQL 2.1 (section 4.2) as expressions of the engine.

A geometry value is STC-S text inside the engine, as ``s_region`` columns are. Points and circles
written in the query never become text when only their distance matters: that is plain SQL and
fast.
"""

from collections.abc import Callable, Sequence

from sqlglot import exp

from obsdeck.sandbox.adql.bounds import guarded, near
from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.adql.functions import call, check_count, double

Arguments = Sequence[exp.Expr]

_FRAMES = frozenset({"", "ICRS"})
_CONSTRUCTORS = {"POINT": 2, "CIRCLE": 3, "BOX": 4}

#: Degrees by which ranges are made wider, so that rounding never costs a match.
_ROUNDING = "1e-9"

#: Names of the geometry functions, as the capabilities list them.
NAMES = (
    "AREA", "BOX", "CENTROID", "CIRCLE", "CONTAINS", "COORD1", "COORD2", "COORDSYS", "DISTANCE",
    "INTERSECTS", "POINT", "POLYGON", "REGION",
)  # fmt: skip


def translate(name: str, arguments: Arguments) -> exp.Expr:
    """Return the expression of the engine for one geometry function.

    Parameters
    ----------
    name
        One of ``NAMES``.
    arguments
        Arguments as parsed; geometry calls among them are still calls.

    Raises
    ------
    QueryError
        For a wrong number of arguments, an unknown frame or a wrong kind of argument.
    """
    return _TRANSLATORS[name](arguments)


def condition(name: str, arguments: Arguments) -> exp.Expr | None:
    """Return a geometry function that is to be 1 as a condition, None where there is no own form.

    What touches a circle is near its centre: the engine joins and filters by ranges of latitude
    without looking at every pair.
    """
    if name not in ("CONTAINS", "INTERSECTS") or len(arguments) != 2:
        return None
    first, second = arguments
    if name == "INTERSECTS" and _name(first) in ("", "POLYGON", "BOX", "REGION"):
        first, second = second, first
    if _name(first) == "POINT" and _name(second) == "CIRCLE":
        return _point_in_circle(_numbers(first), _numbers(second))
    if _name(first) == "POINT":
        lon, lat = _numbers(first)
        ranges = near(second, lon, lat, exp.Literal.number(0))
    elif name == "INTERSECTS" and _name(first) == "CIRCLE":
        ranges = near(second, *_numbers(first))
    else:
        return None
    touches = exp.EQ(this=translate(name, (first, second)), expression=exp.Literal.number(1))
    return guarded(ranges, touches) if ranges else None


def _point_in_circle(point: Arguments, circle: Arguments) -> exp.Expr:
    (lon, lat), (lon2, lat2, radius) = point, circle
    return exp.paren(exp.and_(*_near(lat, lat2, radius), _within((lon, lat), (lon2, lat2), radius)))


def is_geometry(node: exp.Expr) -> bool:
    """Tell whether a node is a call of a geometry function."""
    return isinstance(node, exp.Anonymous) and str(node.this).upper() in NAMES


def value_xtype(node: exp.Expr) -> str | None:
    """Return the xtype of a geometry value: ``adql:POINT``, ``adql:REGION`` or None."""
    name = str(node.this).upper() if isinstance(node, exp.Anonymous) else ""
    if name in ("POINT", "CENTROID"):
        return "adql:POINT"
    return "adql:REGION" if name in ("CIRCLE", "POLYGON", "BOX", "REGION") else None


def _name(node: exp.Expr) -> str:
    return str(node.this).upper() if is_geometry(node) else ""


def _without_frame(name: str, arguments: Arguments) -> list[exp.Expr]:
    """Drop the deprecated first argument that names the frame."""
    if not arguments or not arguments[0].is_string:
        return list(arguments)
    frame = arguments[0].name
    if frame.strip().upper() not in _FRAMES:
        raise QueryError(
            f"{name} uses the frame '{frame}', but this service only knows ICRS: "
            "write 'ICRS', '' or leave the frame out."
        )
    return list(arguments[1:])


def _numbers(node: exp.Expr) -> list[exp.Expr]:
    """Return the coordinates of a call of POINT, CIRCLE or BOX."""
    return _coordinates_of(_name(node), node.args["expressions"])


def _coordinates_of(name: str, arguments: Arguments) -> list[exp.Expr]:
    """Return the arguments as doubles; a POINT may stand for the first two (ADQL 2.1, 4.2.10)."""
    plain = _without_frame(name, arguments)
    if plain and _name(plain[0]) == "POINT":
        plain = _numbers(plain[0]) + plain[1:]
    count = _CONSTRUCTORS[name]
    check_count(name, plain, count, count)
    return [_number(name, argument) for argument in plain]


def _number(name: str, node: exp.Expr) -> exp.Expr:
    if is_geometry(node) and value_xtype(node):
        raise QueryError(f"{name} needs numbers, not a {_name(node)}.")
    if node.is_string:
        raise QueryError(f"{name} needs numbers, not the text '{node.name}'.")
    return double(node.copy())


def _text(*parts: exp.Expr | str) -> exp.Expr:
    """Join parts to a string; NULL in any part makes NULL."""
    nodes = [exp.Literal.string(part) if isinstance(part, str) else part for part in parts]
    joined = nodes[0]
    for node in nodes[1:]:
        joined = exp.DPipe(this=joined, expression=node, safe=True)
    return exp.Paren(this=joined)


def _spaced(word: str, numbers: Arguments) -> exp.Expr:
    parts: list[exp.Expr | str] = [word]
    for number in numbers:
        parts += [" ", exp.Cast(this=number, to=exp.DataType.build("VARCHAR"))]
    return _text(*parts)


def _constructor(name: str, word: str) -> Callable[[Arguments], exp.Expr]:
    return lambda arguments: _spaced(f"{word} ICRS", _coordinates_of(name, arguments))


def _polygon(arguments: Arguments) -> exp.Expr:
    plain = _without_frame("POLYGON", arguments)
    if plain and all(_name(node) == "POINT" for node in plain):
        plain = [number for node in plain for number in _numbers(node)]
    if len(plain) % 2 or len(plain) < 6:
        raise QueryError("POLYGON takes at least three vertices of two coordinates each.")
    return _spaced("Polygon ICRS", [_number("POLYGON", node) for node in plain])


def _region(arguments: Arguments) -> exp.Expr:
    check_count("REGION", arguments, 1, 1)
    return arguments[0].copy()


def _shape(node: exp.Expr, user: str) -> exp.Expr:
    """Return the STC-S text of any geometry value."""
    if is_geometry(node):
        if value_xtype(node) is None:
            raise QueryError(f"{user} needs a shape, not the number that {_name(node)} gives.")
        return translate(_name(node), node.args["expressions"])
    if isinstance(node, exp.Literal):
        raise QueryError(
            f"{user} needs a shape, such as POINT, CIRCLE, POLYGON or a region column."
        )
    return node.copy()


def _separation(a: Arguments, b: Arguments) -> exp.Expr:
    """Angle in degrees between two positions in degrees."""
    return call("sphere_distance", *a, *b)


def _within(a: Arguments, b: Arguments, radius: exp.Expr) -> exp.Expr:
    return exp.LTE(this=_separation(a, b), expression=radius)


def _near(lat: exp.Expr, center: exp.Expr, radius: exp.Expr) -> list[exp.Expr]:
    """Return conditions that every point within a radius fulfils, whatever its longitude."""
    reach = exp.Paren(this=exp.Add(this=radius, expression=exp.Literal.number(_ROUNDING)))
    lowest = exp.Sub(this=center, expression=reach)
    highest = exp.Add(this=center.copy(), expression=reach.copy())
    return [
        exp.GTE(this=lat.copy(), expression=exp.Paren(this=lowest)),
        exp.LTE(this=lat.copy(), expression=exp.Paren(this=highest)),
    ]


def _flag(condition: exp.Expr) -> exp.Expr:
    return exp.Cast(this=exp.Paren(this=condition), to=exp.DataType.build("INT"))


def _contains(arguments: Arguments) -> exp.Expr:
    check_count("CONTAINS", arguments, 2, 2)
    inner, outer = arguments
    if _name(inner) == "POINT":
        lon, lat = _numbers(inner)
        if _name(outer) == "CIRCLE":
            lon2, lat2, radius = _numbers(outer)
            return _flag(_within((lon, lat), (lon2, lat2), radius))
        return call("region_contains_point", lon, lat, _shape(outer, "CONTAINS"))
    return call("region_contains", _shape(inner, "CONTAINS"), _shape(outer, "CONTAINS"))


def _intersects(arguments: Arguments) -> exp.Expr:
    check_count("INTERSECTS", arguments, 2, 2)
    first, second = arguments
    # ADQL 2.1, 4.2.13: with a point, INTERSECTS is CONTAINS.
    if _name(first) == "POINT":
        return _contains((first, second))
    if _name(second) == "POINT":
        return _contains((second, first))
    return call("region_intersects", _shape(first, "INTERSECTS"), _shape(second, "INTERSECTS"))


def _distance(arguments: Arguments) -> exp.Expr:
    if len(arguments) == 4:
        numbers = [_number("DISTANCE", argument) for argument in arguments]
        return _separation(numbers[:2], numbers[2:])
    check_count("DISTANCE", arguments, 2, 2)
    return _separation(_coordinates(arguments[0]), _coordinates(arguments[1]))


def _coordinates(node: exp.Expr) -> list[exp.Expr]:
    if _name(node) == "POINT":
        return _numbers(node)
    text = _shape(node, "DISTANCE")
    return [call("region_longitude", text), call("region_latitude", text.copy())]


def _coord(index: int) -> Callable[[Arguments], exp.Expr]:
    name = f"COORD{index + 1}"

    def build(arguments: Arguments) -> exp.Expr:
        check_count(name, arguments, 1, 1)
        return _coordinates(arguments[0])[index]

    return build


def _area(arguments: Arguments) -> exp.Expr:
    check_count("AREA", arguments, 1, 1)
    return call("region_area", _shape(arguments[0], "AREA"))


def _centroid(arguments: Arguments) -> exp.Expr:
    check_count("CENTROID", arguments, 1, 1)
    return call("region_centroid", _shape(arguments[0], "CENTROID"))


def _coordsys(arguments: Arguments) -> exp.Expr:
    check_count("COORDSYS", arguments, 1, 1)
    # Everything here is ICRS, but NULL has no frame.
    shape = _shape(arguments[0], "COORDSYS")
    return exp.Case(
        ifs=[exp.If(this=shape.is_(exp.null()).not_(), true=exp.Literal.string("ICRS"))]
    )


_TRANSLATORS: dict[str, Callable[[Arguments], exp.Expr]] = {
    "AREA": _area,
    "BOX": _constructor("BOX", "Box"),
    "CENTROID": _centroid,
    "CIRCLE": _constructor("CIRCLE", "Circle"),
    "CONTAINS": _contains,
    "COORD1": _coord(0),
    "COORD2": _coord(1),
    "COORDSYS": _coordsys,
    "DISTANCE": _distance,
    "INTERSECTS": _intersects,
    "POINT": _constructor("POINT", "Position"),
    "POLYGON": _polygon,
    "REGION": _region,
}
