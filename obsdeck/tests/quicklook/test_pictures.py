"""`what=picture`: which pixel is where, how bright, and from how many."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.visualization import AsinhStretch, ZScaleInterval

from obsdeck.tests.quicklook.conftest import Look, Tell
from obsdeck.tests.quicklook.pictures import picture_of

LINEAR = {"stretch": "linear", "interval": "minmax"}


async def test_the_first_row_of_fits_is_the_lowest(look: Look, jp_root_dir: Path) -> None:
    data = np.zeros((3, 5), "f4")
    data[0, 4] = 1
    fits.PrimaryHDU(data).writeto(jp_root_dir / "a.fits")
    response = await look("a.fits", "picture", **LINEAR)
    grey, alpha, facts = picture_of(response)
    assert np.argwhere(grey == 255).tolist() == [[0, 4]]
    assert (alpha == 255).all()
    assert (facts["shape"], facts["factor"], facts["low"], facts["high"]) == ([5, 3], 1, 0, 1)


@pytest.mark.parametrize("kind", ["f4", "f8", "u1", "i2", "u2", "i4", "i8"])
async def test_blocks_are_means_at_every_edge(look: Look, jp_root_dir: Path, kind: str) -> None:
    """Sizes that are no multiples of the factor."""
    data = np.random.default_rng(1).integers(0, 200, (37, 53)).astype(kind)
    fits.PrimaryHDU(data).writeto(jp_root_dir / "a.fits")
    region = {"x0": 3, "y0": 2, "x1": 50, "y1": 36}
    response = await look(
        "a.fits", "picture", width=12, height=12, low=0, high=255, stretch="linear", **region
    )
    grey, _, facts = picture_of(response)
    assert facts["factor"] == 4
    part = data[2:36, 3:50].astype("f8")
    expected = [
        [part[y : y + 4, x : x + 4].mean() for x in range(0, 47, 4)] for y in range(0, 34, 4)
    ]
    assert np.abs(grey - np.array(expected)).max() <= 0.51


async def test_missing_values_are_transparent_and_count_for_nothing(
    look: Look, jp_root_dir: Path
) -> None:
    data = np.full((4, 4), 100, "f4")
    data[:2, :2] = np.nan
    data[2, 2], data[3, 3] = np.inf, 200
    fits.PrimaryHDU(data).writeto(jp_root_dir / "a.fits")
    response = await look("a.fits", "picture", width=2, low=0, high=255, stretch="linear")
    grey, alpha, _ = picture_of(response)
    assert alpha.tolist() == [[0, 255], [255, 255]]
    assert grey[0, 1] == 100
    assert grey[1, 1] == round(400 / 3)


async def test_integers_with_blank_and_zero_point(look: Look, jp_root_dir: Path) -> None:
    data = np.array([[0, 40000], [65535, 7]], "u2")
    hdu = fits.PrimaryHDU(data)
    hdu.header["BLANK"] = 7 - 32768
    hdu.writeto(jp_root_dir / "a.fits")
    grey, alpha, facts = picture_of(await look("a.fits", "picture", **LINEAR))
    assert (facts["low"], facts["high"]) == (0, 65535)
    assert alpha.tolist() == [[255, 255], [255, 0]]
    assert grey[0, 1] == round(255 * 40000 / 65535)


async def test_zscale_and_asinh_are_those_of_astropy(look: Look, jp_root_dir: Path) -> None:
    data = np.random.default_rng(2).normal(1000, 10, (200, 200)).astype("f4")
    data[50, 60] = 60000
    fits.PrimaryHDU(data).writeto(jp_root_dir / "a.fits")
    grey, _, facts = picture_of(await look("a.fits", "picture"))
    low, high = ZScaleInterval(n_samples=10_000).get_limits(data)
    assert facts["low"] == pytest.approx(low)
    assert facts["high"] == pytest.approx(high)
    normal = np.clip((data - facts["low"]) / (facts["high"] - facts["low"]), 0, 1)
    assert np.abs(grey - 255 * AsinhStretch()(normal)).max() <= 0.51


async def test_limits_are_of_the_image_unless_the_region_is_asked(
    look: Look, jp_root_dir: Path
) -> None:
    data = np.arange(100, dtype="f4").reshape(10, 10)
    fits.PrimaryHDU(data).writeto(jp_root_dir / "a.fits")
    low_rows = {"y0": 0, "y1": 2, "interval": "minmax"}
    *_, whole = picture_of(await look("a.fits", "picture", **low_rows))
    *_, part = picture_of(await look("a.fits", "picture", of="region", **low_rows))
    assert (whole["high"], part["high"]) == (99, 19)


@pytest.mark.parametrize("stretch", ["asinh", "linear", "log", "sqrt", "power"])
async def test_stretches_keep_both_ends(look: Look, jp_root_dir: Path, stretch: str) -> None:
    fits.PrimaryHDU(np.arange(9, dtype="f4").reshape(3, 3)).writeto(jp_root_dir / "a.fits")
    grey, *_ = picture_of(await look("a.fits", "picture", interval="minmax", stretch=stretch))
    shown = grey.ravel().astype(int)
    assert (shown[0], shown[-1]) == (0, 255)
    assert (np.diff(shown) > 0).all()


@pytest.mark.parametrize("value", [np.nan, 7.0, 1e30])
async def test_pictures_of_one_value(look: Look, jp_root_dir: Path, value: float) -> None:
    fits.PrimaryHDU(np.full((20, 20), value, "f4")).writeto(jp_root_dir / "a.fits")
    for interval in ("zscale", "minmax", "99"):
        grey, alpha, facts = picture_of(await look("a.fits", "picture", interval=interval))
        if np.isnan(value):
            assert (facts["low"], alpha.max()) == (None, 0)
        else:
            assert facts["low"] == facts["high"] == pytest.approx(value)
            assert (grey == 128).all()


async def test_planes_of_a_cube(look: Look, tell: Tell, jp_root_dir: Path) -> None:
    data = np.arange(2 * 3 * 4 * 5, dtype="f4").reshape(2, 3, 4, 5)
    hdu = fits.PrimaryHDU(data)
    hdu.header.update(CTYPE1="RA---TAN", CTYPE2="DEC--TAN", CTYPE3="WAVE", CUNIT3="Angstrom")
    hdu.header.update(CRVAL3=4750.0, CDELT3=1.25, CRPIX3=1.0, CTYPE4="STOKES", CRVAL4=1.0)
    hdu.writeto(jp_root_dir / "cube.fits")
    [told] = (await tell("cube.fits"))["hdus"]
    assert (told["kind"], told["shape"], told["hasSky"]) == ("cube", [5, 4, 3, 2], True)
    axis = told["planes"]["axis"]
    assert (told["planes"]["count"], axis["name"], axis["unit"]) == (6, "WAVE", "Angstrom")
    assert axis["values"] == pytest.approx([4750, 4751.25, 4752.5] * 2)
    *_, facts = picture_of(await look("cube.fits", "picture", plane=4, interval="minmax"))
    assert (facts["low"], facts["high"]) == (data[1, 1].min(), data[1, 1].max())


@pytest.mark.parametrize("codec", ["RICE_1", "GZIP_2", "HCOMPRESS_1"])
async def test_compressed_images_are_images(
    look: Look, tell: Tell, jp_root_dir: Path, codec: str
) -> None:
    data = np.random.default_rng(3).integers(0, 255, (60, 80)).astype("i2")
    hdu = fits.CompImageHDU(data, compression_type=codec, tile_shape=(20, 30), name="SCI")
    fits.HDUList([fits.PrimaryHDU(), hdu]).writeto(jp_root_dir / "a.fits.fz")
    told = await tell("a.fits.fz")
    assert [hdu["kind"] for hdu in told["hdus"]] == ["empty", "image"]
    assert (told["best"], told["hdus"][1]["shape"], told["hdus"][1]["name"]) == (1, [80, 60], "SCI")
    response = await look("a.fits.fz", "picture", x0=10, y0=15, low=0, high=255, stretch="linear")
    grey, *_ = picture_of(response)
    assert (grey == data[15:, 10:]).all()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("x0", "1e3"), ("plane", "one"), ("low", "nan"), ("interval", "best"), ("stretch", "<b>")],
)
async def test_parameters_that_are_none(
    look: Look, jp_root_dir: Path, name: str, wrong: str
) -> None:
    fits.PrimaryHDU(np.zeros((4, 4))).writeto(jp_root_dir / "a.fits")
    response = await look("a.fits", "picture", **{name: wrong})
    assert response.code == 400
    assert name.encode() in response.body
    assert wrong.encode() not in response.body


async def test_no_picture_has_more_than_4_megapixels(look: Look, jp_root_dir: Path) -> None:
    fits.PrimaryHDU(np.zeros((3000, 3000), "u1")).writeto(jp_root_dir / "a.fits")
    response = await look("a.fits", "picture", width=99999, height=99999)
    grey, _, facts = picture_of(response)
    assert (facts["factor"], grey.shape) == (2, (1500, 1500))
