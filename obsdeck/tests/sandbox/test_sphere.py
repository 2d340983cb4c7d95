"""Geometry on the sphere, compared with astropy and with formulas of another kind."""

# mypy: disable-error-code=import-untyped

import numpy as np
import pytest
from astropy import units as u
from astropy.coordinates import SkyCoord, SkyOffsetFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from obsdeck.sandbox.engine import shapes, sphere

longitudes = st.floats(0, 360)
latitudes = st.floats(-90, 90)


@given(longitudes, latitudes, longitudes, latitudes)
def test_separation_agrees_with_astropy(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    expected = SkyCoord(lon1, lat1, unit="deg").separation(SkyCoord(lon2, lat2, unit="deg")).deg
    found = sphere.separation(sphere.unit(lon1, lat1), sphere.unit(lon2, lat2))
    assert float(found) == pytest.approx(expected, abs=1e-9)


def _ring(lon: float, lat: float, radius: float, angles: list[float]) -> np.ndarray:
    """Return vertices on a circle: a convex polygon, made by astropy."""
    frame = SkyOffsetFrame(origin=SkyCoord(lon, lat, unit="deg"))
    turn = np.radians(sorted(angles))
    # A gnomonic ring: equal angle from the centre in every direction.
    d = np.radians(radius)
    x, y, z = np.cos(d), np.sin(d) * np.cos(turn), np.sin(d) * np.sin(turn)
    points = SkyCoord(
        np.degrees(np.arctan2(y, x)) * u.deg, np.degrees(np.arcsin(z)) * u.deg, frame=frame
    ).icrs
    return np.column_stack([points.ra.deg, points.dec.deg])


def _in_convex(points: np.ndarray, vertices: np.ndarray) -> np.ndarray:
    """Tell with half-spaces, another way than the code's, what lies in a convex polygon."""
    normals = np.cross(vertices, np.roll(vertices, -1, axis=0))
    sides = points @ normals.T
    inside: np.ndarray = np.all(sides > 0, axis=1) | np.all(sides < 0, axis=1)
    return inside


@settings(max_examples=60, deadline=None)
@given(
    longitudes,
    latitudes,
    st.floats(0.01, 60),
    st.integers(3, 9),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
def test_point_in_polygon_agrees_with_half_spaces(  # noqa: PLR0917
    lon: float, lat: float, radius: float, corners: int, clockwise: bool, seed: int
) -> None:
    ring = _ring(lon, lat, radius, list(np.linspace(0, 360, corners, endpoint=False)))
    ring = ring[::-1] if clockwise else ring
    rng = np.random.default_rng(seed)
    near = sphere.unit(lon, lat) + np.radians(radius) * rng.normal(size=(200, 3))
    points = near / np.linalg.norm(near, axis=1)[:, None]
    vertices = sphere.unit(ring[:, 0], ring[:, 1])
    expected = _in_convex(points, vertices)
    # Half-spaces all negative is the antipodal cone for one orientation.
    expected &= points @ vertices.sum(axis=0) > 0
    assert np.array_equal(sphere.in_polygon(points, vertices), expected)


def test_concave_polygon_leaves_its_notch_out() -> None:
    chevron = shapes.read_region("Polygon ICRS 10 0 12 2 14 0 12 6")
    points = sphere.unit([12.0, 12.0], [1.0, 4.0])
    assert shapes.contains_points(chevron, points).tolist() == [False, True]


@pytest.mark.parametrize("order", [1, -1])
def test_octant_has_an_eighth_of_the_sphere(order: int) -> None:
    octant = sphere.unit([0.0, 90.0, 0.0][::order], [0.0, 0.0, 90.0][::order])
    assert sphere.polygon_area(octant) == pytest.approx(129600 / np.pi / 8)


def test_cap_of_90_degrees_is_half_the_sphere() -> None:
    assert sphere.cap_area(90) == pytest.approx(129600 / np.pi / 2)


def test_centroid_of_an_octant_is_its_middle() -> None:
    lon, lat = shapes.centroid(shapes.read_region("Polygon 0 0 90 0 0 90"))
    assert (lon, lat) == pytest.approx((45.0, np.degrees(np.arctan(1 / np.sqrt(2)))))


@settings(deadline=None)
@given(longitudes, latitudes, st.floats(0.1, 20), st.floats(0, 359), st.floats(0, 60))
def test_distance_to_an_outline_agrees_with_sampling(
    lon: float, lat: float, radius: float, turn: float, away: float
) -> None:
    ring = _ring(lon, lat, radius, [0.0, 90.0, 180.0, 270.0])
    vertices = sphere.unit(ring[:, 0], ring[:, 1])
    point = sphere.unit(*_ring(lon, lat, max(away, 1e-3), [turn])[0])
    share = np.linspace(0, 1, 4001)[:, None]
    sampled = np.vstack(
        [a + share * (b - a) for a, b in zip(vertices, np.roll(vertices, -1, axis=0), strict=True)]
    )
    sampled /= np.linalg.norm(sampled, axis=1)[:, None]
    expected = float(sphere.separation(point, sampled).min())
    assert sphere.edge_distance(point, vertices) == pytest.approx(expected, abs=radius * 2e-3)
