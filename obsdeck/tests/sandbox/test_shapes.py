"""Reading STC-S, and relations between regions."""

import pytest

from obsdeck.sandbox.engine import shapes
from obsdeck.sandbox.engine.shapes import RegionError, read_region


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Position ICRS 10 20", ["position"]),
        ("CIRCLE J2000 10 20 0.5", ["circle"]),
        ("circle icrs geocenter 10.0 -2e1 .5", ["circle"]),
        ("Polygon 1 2 3 4 5 6 1 2", ["polygon"]),
        ("Box ICRS 10 20 2 2", ["polygon"]),
        ("UNION ICRS ( Circle 1 2 3 Position 4 5 )", ["circle", "position"]),
        ("Union ICRS (Polygon 1 2 3 4 5 6 Circle ICRS 1 2 3)", ["polygon", "circle"]),
    ],
)
def test_forms_of_stcs(text: str, kinds: list[str]) -> None:
    assert [shape.kind for shape in read_region(text).shapes] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo",
        "Circle ICRS 1 2",
        "Circle GALACTIC 1 2 3",
        "Circle ICRS 1 95 3",
        "Circle ICRS 1 2 -3",
        "Polygon ICRS 1 2 3 4",
        "Polygon ICRS 0 0 90 0 180 0 270 0",
        "Union ICRS ()",
        "Union ICRS (1 2)",
        "Position ICRS 1.2.3 4",
        "Position ICRS 1 2; DROP",
    ],
)
def test_what_is_no_region_is_refused_with_a_text(text: str) -> None:
    with pytest.raises(RegionError, match=r"\.$"):
        read_region(text)


SEAM = "Polygon ICRS 359.5 1.5 0.5 1.5 0.5 2.5 359.5 2.5"
NORTH = "Polygon ICRS 0 89 90 89 180 89 270 89"


@pytest.mark.parametrize(
    ("a", "b", "touch"),
    [
        (SEAM, "Circle 0 2 0.1", True),
        (SEAM, "Circle 359.2 2 0.4", True),
        (SEAM, "Circle 180 2 5", False),
        (SEAM, "Position 0.2 2", True),
        (NORTH, "Circle 45 90 0.1", True),
        (NORTH, "Position 200 89.9", True),
        (NORTH, "Circle 0 -90 1", False),
        (SEAM, "Polygon 0.4 0 0.6 0 0.6 9 0.4 9", True),
        (SEAM, "Polygon 0.6 0 0.8 0 0.8 9 0.6 9", False),
        # A cross: neither has a vertex inside the other.
        ("Polygon 8 -1 12 -1 12 1 8 1", "Polygon 9 -3 11 -3 11 3 9 3", True),
        # The same cross with one bar on the other side of the sky.
        ("Polygon 8 -1 12 -1 12 1 8 1", "Polygon 189 -3 191 -3 191 3 189 3", False),
        # A polygon whose outline stays outside the circle, but which contains it.
        ("Polygon 0 -20 20 -20 20 20 0 20", "Circle 10 0 1", True),
        ("Circle 10 0 1", "Circle 12 0 1", True),
        ("Circle 10 0 1", "Circle 12.001 0 1", False),
    ],
)
def test_intersection_is_symmetric(a: str, b: str, touch: bool) -> None:
    assert shapes.intersects(read_region(a), read_region(b)) is touch
    assert shapes.intersects(read_region(b), read_region(a)) is touch


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("Circle 0 90 2", NORTH, True),
        (NORTH, "Circle 0 90 0.5", True),
        (NORTH, "Circle 0 90 0.9", False),
        (SEAM, "Circle 0 2 0.4", True),
        (SEAM, "Circle 0 2 0.6", False),
        (SEAM, "Polygon 359.8 1.8 0.2 1.8 0.2 2.2", True),
        ("Circle 10 0 1", "Circle 10 0 1", True),
        ("Circle 10 0 1", "Circle 10.5 0 0.6", False),
        # All vertices inside, but an arm of the concave polygon is cut by the notch.
        ("Polygon 10 0 12 2 14 0 12 6", "Polygon 10.3 0.4 13.7 0.4 12 5", False),
        ("Union (Circle 0 0 1 Circle 10 0 1)", "Union (Circle 0 0 0.5 Position 10 0)", True),
    ],
)
def test_containment(outer: str, inner: str, inside: bool) -> None:
    assert shapes.contains(read_region(outer), read_region(inner)) is inside


def test_union_is_bounded_by_one_circle() -> None:
    union = read_region("Union (Circle 359 0 1 Circle 1 0 2)")
    assert union.radius == pytest.approx(3.0)
    assert shapes.intersects(union, read_region("Position 2.9 0"))
