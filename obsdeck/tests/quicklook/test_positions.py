"""`what=sky`: directions that a page interpolates, against those of astropy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.wcs import WCS
from astropy.wcs.utils import proj_plane_pixel_scales
from numpy.typing import NDArray

from obsdeck.tests.quicklook.conftest import Look, Tell

SIP = {
    "A_ORDER": 2,
    "B_ORDER": 2,
    "A_2_0": 2e-6,
    "A_0_2": -1e-6,
    "B_1_1": 3e-6,
    "B_2_0": 1e-6,
}


def header(projection: str, ra: float, dec: float, scale: float, **more: Any) -> fits.Header:
    """Return celestial coordinates around a centre; `scale` in degrees per pixel."""
    cards = fits.Header()
    longitude, latitude = more.pop("axes", ("RA--", "DEC-"))
    cards.update(
        CTYPE1=f"{longitude}-{projection}",
        CTYPE2=f"{latitude}-{projection}",
        CRVAL1=ra,
        CRVAL2=dec,
        CRPIX1=150.5,
        CRPIX2=100.5,
        CDELT1=-scale,
        CDELT2=scale,
        **more,
    )
    return cards


HEADERS = {
    "TAN": header("TAN", 83.6, 22.0, 5e-5),
    "TAN, coarse": header("TAN", 83.6, 22.0, 0.02),
    "TAN across 0 h": header("TAN", 0.0, -5.0, 0.01),
    "TAN at the pole": header("TAN", 40.0, 89.9, 0.005),
    "TAN at the south pole": header("TAN", 200.0, -90.0, 0.005),
    "SIP": header("TAN-SIP", 150.1, 2.2, 1e-4, **SIP),
    "SIN": header("SIN", 187.7, 12.4, 0.01),
    "CAR": header("CAR", 0.0, 0.0, 0.2),
    "CAR, off the equator": header("CAR", 359.9, 60.0, 0.01),
    "ZEA": header("ZEA", 0.0, 90.0, 0.1),
    "galactic": header("TAN", 0.0, 0.0, 0.01, axes=("GLON", "GLAT")),
    "FK5 of another year": header("TAN", 10.0, 10.0, 0.001, RADESYS="FK5", EQUINOX=1975.0),
    "FK4": header("TAN", 10.0, 10.0, 0.001, RADESYS="FK4", EQUINOX=1950.0),
}


def directions(wcs: WCS, x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    found: SkyCoord = wcs.pixel_to_world(x, y)
    vectors: NDArray[Any] = found.icrs.represent_as("unitspherical").to_cartesian().xyz.value.T
    return vectors


def interpolated(told: dict[str, Any], x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """Return directions by linear interpolation between four nodes."""
    nodes = np.array([vector or [np.nan] * 3 for vector in told["vectors"]])
    grid = nodes.reshape(told["ny"], told["nx"], 3)
    (i, u), (j, v) = cell(told["x"], x), cell(told["y"], y)
    low = (1 - u) * grid[j, i] + u * grid[j, i + 1]
    high = (1 - u) * grid[j + 1, i] + u * grid[j + 1, i + 1]
    found = (1 - v) * low + v * high
    vectors: NDArray[Any] = found / np.linalg.norm(found, axis=-1, keepdims=True)
    return vectors


def cell(nodes: list[float], at: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the node before each place, and how far it is to the next one."""
    before = np.clip(np.searchsorted(nodes, at) - 1, 0, len(nodes) - 2)
    start, end = np.array(nodes)[before], np.array(nodes)[before + 1]
    return before, ((at - start) / (end - start))[:, None]


def errors_of(told: dict[str, Any], cards: fits.Header) -> NDArray[Any]:
    """Return how far interpolation goes astray at random places of the sky, in pixels."""
    random = np.random.default_rng(4)
    x, y = random.uniform(-0.5, 299.5, 3000), random.uniform(-0.5, 199.5, 3000)
    wcs = WCS(cards)
    pixel = np.radians(np.sqrt(np.prod(proj_plane_pixel_scales(wcs))))
    errors = np.linalg.norm(directions(wcs, x, y) - interpolated(told, x, y), axis=-1) / pixel
    known: NDArray[Any] = errors[np.isfinite(errors)]
    assert len(known) > 1000
    return known


@pytest.mark.parametrize("name", HEADERS)
async def test_interpolation_errs_less_than_a_tenth_of_a_pixel(
    tell: Tell, jp_root_dir: Path, name: str
) -> None:
    fits.PrimaryHDU(np.zeros((200, 300), "u1"), HEADERS[name]).writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "sky")
    assert errors_of(told, HEADERS[name]).max() < 0.1
    assert told["error"] <= 0.02


async def test_where_no_grid_is_fine_enough_its_error_is_told(
    tell: Tell, jp_root_dir: Path
) -> None:
    """At the limb of a map of the whole sky directions change without bounds."""
    cards = header("AIT", 0.0, 0.0, 0.9, axes=("GLON", "GLAT"))
    fits.PrimaryHDU(np.zeros((200, 300), "u1"), cards).writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "sky")
    errors = errors_of(told, cards)
    assert np.percentile(errors, 99) < 0.1
    assert errors.max() < told["error"] < 0.5


async def test_edges_corners_and_scale(tell: Tell, jp_root_dir: Path) -> None:
    fits.PrimaryHDU(np.zeros((200, 300), "u1"), HEADERS["TAN"]).writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "sky")
    assert (told["x"][0], told["x"][-1], told["y"][-1]) == (-0.5, 299.5, 199.5)
    assert len(told["vectors"]) == told["nx"] * told["ny"]
    assert told["pixelScale"] == pytest.approx([0.18, 0.18])
    assert told["centre"] == pytest.approx([83.6, 22.0])
    expected = WCS(HEADERS["TAN"]).wcs_pix2world([[-0.5, -0.5], [299.5, -0.5]], 0)
    assert told["corners"][0] == pytest.approx(expected[0])
    assert told["corners"][1] == pytest.approx(expected[1])
    assert (told["axes"], told["frame"]) == (["RA---TAN", "DEC--TAN"], "icrs")


async def test_beyond_the_sky_there_is_nothing(tell: Tell, jp_root_dir: Path) -> None:
    cards = header("SIN", 0.0, 0.0, 1.0)
    fits.PrimaryHDU(np.zeros((200, 300), "u1"), cards).writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "sky")
    assert told["vectors"][0] is None
    assert told["corners"] == [None] * 4
    assert told["centre"] == pytest.approx([0, 0])


async def test_compressed_images_and_cubes_have_positions(tell: Tell, jp_root_dir: Path) -> None:
    image = fits.CompImageHDU(np.zeros((200, 300), "i2"), HEADERS["TAN"])
    cube = fits.ImageHDU(np.zeros((4, 200, 300), "u1"), HEADERS["TAN"])
    cube.header.update(CTYPE3="WAVE", CUNIT3="nm", CRVAL3=500.0, CDELT3=1.0, CRPIX3=1.0)
    fits.HDUList([fits.PrimaryHDU(), image, cube]).writeto(jp_root_dir / "a.fits")
    assert [hdu["hasSky"] for hdu in (await tell("a.fits"))["hdus"]] == [False, True, True]
    for hdu in (1, 2):
        assert (await tell("a.fits", "sky", hdu=hdu))["centre"] == pytest.approx([83.6, 22.0])


@pytest.mark.parametrize(
    "cards",
    [{}, {"CTYPE1": "RA---XXX", "CTYPE2": "DEC--XXX"}, {"CTYPE1": "RA---TAN", "CTYPE2": "LINEAR"}],
)
async def test_images_without_positions(
    look: Look, tell: Tell, jp_root_dir: Path, cards: dict[str, str]
) -> None:
    hdu = fits.PrimaryHDU(np.zeros((5, 5)))
    hdu.header.update(cards)
    hdu.writeto(jp_root_dir / "a.fits")
    assert (await tell("a.fits"))["hdus"][0]["hasSky"] is False
    response = await look("a.fits", "sky")
    assert (response.code, b"no positions on the sky" in response.body) == (404, True)
