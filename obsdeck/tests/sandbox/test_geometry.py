"""ADQL geometry over the rows of ObsCore, compared with astropy."""

# mypy: disable-error-code=import-untyped

import numpy as np
import pytest
from astropy.coordinates import SkyCoord

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Archive
from obsdeck.tests.sandbox.querying import one, run

CONES = [
    (55.75, -32.29, 0.5),
    (0.0, 2.0, 0.6),
    (0.0, 90.0, 0.7),
    (123.0, -90.0, 0.7),
    (204.2538, -29.8658, 0.1),
]


def _all(archive: Archive) -> tuple[list[str], SkyCoord]:
    found = run(archive, "SELECT obs_publisher_did, s_ra, s_dec FROM ivoa.ObsCore")[1]
    ids, ra, dec = zip(*found, strict=True)
    return list(ids), SkyCoord(list(ra), list(dec), unit="deg")


@pytest.mark.parametrize(("ra", "dec", "radius"), CONES)
@pytest.mark.parametrize("form", ["1 = {}", "{} = 1", "NOT {} = 0"])
def test_cone_finds_what_astropy_finds(
    archive: Archive, ra: float, dec: float, radius: float, form: str
) -> None:
    ids, places = _all(archive)
    near = places.separation(SkyCoord(ra, dec, unit="deg")).deg <= radius
    expected = {identifier for identifier, is_near in zip(ids, near, strict=True) if is_near}
    contains = f"CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('', {ra}, {dec}, {radius}))"
    where = form.format(contains)
    found = run(archive, f"SELECT obs_publisher_did FROM ivoa.ObsCore WHERE {where}")[1]
    assert {row[0] for row in found} == expected
    assert len(expected) >= 10


def test_outside_a_cone_is_the_complement(archive: Archive) -> None:
    contains = "CONTAINS(POINT(s_ra, s_dec), CIRCLE(0, 2, 1))"
    counts = [
        one(archive, f"(SELECT COUNT(*) FROM ivoa.ObsCore WHERE {contains} = {flag})")
        for flag in (0, 1)
    ]
    assert sum(counts) == one(archive, "(SELECT COUNT(*) FROM ivoa.ObsCore)")
    assert min(counts) > 0


@pytest.mark.parametrize(("ra", "dec"), [(0.0, 2.0), (359.95, 2.05), (77.0, 90.0), (10.0, -89.9)])
def test_footprints_at_the_seam_and_the_poles_contain_their_points(
    archive: Archive, ra: float, dec: float
) -> None:
    found = run(
        archive,
        f"SELECT s_region, s_ra, s_dec, CONTAINS(POINT({ra}, {dec}), s_region) FROM ivoa.ObsCore "
        "WHERE dataproduct_subtype IN ('vst.coadd', 'deck.polar')",
    )[1]
    regions, s_ra, s_dec, inside = (list(column) for column in zip(*found, strict=True))
    numbers = np.array([region.split()[2:] for region in regions], dtype=float).reshape(-1, 4, 2)
    centers = SkyCoord(s_ra, s_dec, unit="deg")
    corners = SkyCoord(numbers[..., 0], numbers[..., 1], unit="deg")
    # The corners of a square are farthest away, the middles of its sides nearest.
    far = corners.separation(centers[:, None]).deg.max(axis=1)
    apart = SkyCoord(ra, dec, unit="deg").separation(centers).deg
    flags = np.array(inside) == 1
    assert flags.any()
    assert np.all(apart[flags] <= far[flags] + 1e-6)
    assert np.all(apart[~flags] >= far[~flags] / np.sqrt(2) - 1e-3)


def test_intersects_agrees_with_contains_for_points(archive: Archive) -> None:
    for ra, dec in [(0.0, 2.0), (204.25, -29.87)]:
        point = f"POINT({ra}, {dec})"
        differing = one(
            archive,
            f"(SELECT COUNT(*) FROM ivoa.ObsCore WHERE INTERSECTS(s_region, {point}) <> "
            f"CONTAINS({point}, s_region))",
        )
        assert differing == 0


def test_a_footprint_intersects_every_circle_around_its_centre(archive: Archive) -> None:
    missed = run(
        archive,
        "SELECT s_region FROM (SELECT TOP 600 s_region, s_ra, s_dec FROM ivoa.ObsCore "
        "WHERE obs_collection <> 'ODD') AS few "
        "WHERE INTERSECTS(s_region, CIRCLE(s_ra, s_dec, 0.001)) = 0",
    )[1]
    assert missed == []


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("DISTANCE(POINT(0, 0), POINT(0, 90))", 90.0),
        ("DISTANCE(359.5, 0, 0.5, 0)", 1.0),
        ("DISTANCE(POINT('ICRS', 10, 0), POINT('', 190, 0))", 180.0),
        ("COORD1(POINT(12.5, -3))", 12.5),
        ("COORD2(POINT('ICRS', 12.5, -3))", -3.0),
        ("COORD1(CENTROID(CIRCLE(30, 40, 1)))", 30.0),
        ("AREA(CIRCLE('ICRS', 10, 20, 90))", 129600 / np.pi / 2),
        ("AREA(POLYGON(0, 0, 90, 0, 0, 90))", 129600 / np.pi / 8),
        ("CONTAINS(POINT(0, 0), POLYGON(POINT(359, -1), POINT(1, -1), POINT(0, 1)))", 1),
        ("CONTAINS(POINT(25.4, -20), BOX('ICRS', 25.4, -20.0, 10, 10))", 1),
        ("CONTAINS(CIRCLE(1, 1, 1), CIRCLE(POINT(1, 1), 2))", 1),
        ("CONTAINS(POINT(NULL, 1), CIRCLE(0, 0, 1))", None),
        ("INTERSECTS(CIRCLE(0, 0, 1), CIRCLE(1.5, 0, 1))", 1),
        ("INTERSECTS(REGION('Circle ICRS 0 0 1'), BOX(5, 5, 1, 1))", 0),
    ],
)
def test_geometry_values(archive: Archive, expression: str, expected: float | None) -> None:
    found = one(archive, expression)
    assert found == (expected if expected is None else pytest.approx(expected))


def test_geometry_results_carry_their_xtype(archive: Archive) -> None:
    fields, found = run(
        archive, "SELECT POINT(1, 2) AS p, CIRCLE('', 1, 2, 3) AS c, COORDSYS(POINT(1, 2)) AS f"
    )
    assert [field.xtype for field in fields] == ["adql:POINT", "adql:REGION", None]
    assert found == [("Position ICRS 1.0 2.0", "Circle ICRS 1.0 2.0 3.0", "ICRS")]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("POINT('GALACTIC', 1, 2)", "only knows ICRS"),
        ("CIRCLE(1, 2)", "CIRCLE takes 3"),
        ("POLYGON(1, 2, 3, 4)", "at least three vertices"),
        ("CONTAINS(1, CIRCLE(1, 2, 3))", "needs a shape"),
        ("CONTAINS(POINT(1, 2))", "CONTAINS takes 2"),
        ("DISTANCE(POINT(1, 2), CIRCLE(1, 2, 3))", "take points"),
        ("AREA(REGION('nonsense'))", "'nonsense' is not a region"),
        ("CIRCLE('x', 'y', 2)", "only knows ICRS"),
        ("CIRCLE(CIRCLE(1, 2, 3), 2, 3)", "needs numbers, not a CIRCLE"),
        ("AREA(CIRCLE(1, 95, 3))", "outside -90 to 90"),
    ],
)
def test_wrong_geometry_is_explained(archive: Archive, expression: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        one(archive, expression)
