"""`what=rows`, `spectrum`, `header` and `value`: numbers, not pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io import fits

from obsdeck.quicklook.decoding.spectra import envelope
from obsdeck.tests.quicklook.conftest import Look, Tell

COLUMNS = [
    fits.Column("id", "K", array=[1, 2**60, -5]),
    fits.Column("flag", "L", array=[True, False, True]),
    fits.Column("mag", "E", "mag", array=[1.5, np.nan, np.inf]),
    fits.Column("name", "8A", array=["a", "b\tc", ""]),
    fits.Column("count", "J", null=-1, array=[7, -1, 9]),
    fits.Column("u", "I", bzero=32768, array=np.array([0, 40000, 65535], "u2")),
    fits.Column("vector", "20D", array=np.arange(60.0).reshape(3, 20)),
    fits.Column("list", "PE()", array=[np.arange(2.0), np.array([]), np.arange(30.0)]),
]


async def test_rows_of_every_kind_of_column(tell: Tell, jp_root_dir: Path) -> None:
    fits.BinTableHDU.from_columns(COLUMNS, name="CAT").writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "rows", hdu=1)
    assert (told["start"], told["total"]) == (0, 3)
    assert told["columns"][2] == {"name": "mag", "unit": "mag", "format": "E"}
    by_column = dict(
        zip([c["name"] for c in told["columns"]], zip(*told["rows"], strict=True), strict=True)
    )
    assert by_column["id"] == (1, str(2**60), -5)
    assert by_column["flag"] == (True, False, True)
    assert by_column["mag"] == (1.5, None, None)
    assert by_column["name"] == ("a", "b\\x09c", "")
    assert by_column["count"] == (7, None, 9)
    assert by_column["u"] == (0, 40000, 65535)
    assert by_column["vector"][1] == {"length": 20, "first": list(np.arange(20.0, 28))}
    assert by_column["list"][2] == {"length": 30, "first": list(np.arange(8.0))}
    assert by_column["list"][1] == {"length": 0, "first": []}


async def test_some_rows_in_the_middle(tell: Tell, jp_root_dir: Path) -> None:
    column = fits.Column("n", "J", array=np.arange(100_000))
    fits.BinTableHDU.from_columns([column]).writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "rows", hdu=1, start=99_990, count=500)
    assert [row[0] for row in told["rows"]] == list(range(99_990, 100_000))
    told = await tell("a.fits", "rows", hdu=1, start=500_000)
    assert told["rows"] == []
    assert len((await tell("a.fits", "rows", hdu=1, count=9999))["rows"]) == 500


async def test_tables_of_text(tell: Tell, jp_root_dir: Path) -> None:
    columns = [
        fits.Column("a", "F8.3", array=[1.5, 2.25]),
        fits.Column("b", "A3", array=["x", "y"]),
    ]
    fits.TableHDU.from_columns(columns).writeto(jp_root_dir / "a.fits")
    assert (await tell("a.fits", "rows"))["rows"] == [[1.5, "x"], [2.25, "y"]]


async def test_a_file_of_tables_has_no_image(look: Look, tell: Tell, jp_root_dir: Path) -> None:
    tables = [fits.BinTableHDU.from_columns(COLUMNS[:2]) for _ in range(2)]
    fits.HDUList([fits.PrimaryHDU(), *tables]).writeto(jp_root_dir / "a.fits")
    assert (await tell("a.fits"))["best"] == 1
    response = await look("a.fits", "picture")
    assert response.code == 422
    assert "This file has no image: 2 tables." in response.body.decode()


WAVE = np.linspace(4000, 9000, 5000)
FLUX = np.sin(WAVE / 300)


def one_row() -> fits.BinTableHDU:
    """Return a spectrum as ESO's data products keep it: arrays in one row."""
    columns = [
        fits.Column("WAVE", "5000D", "angstrom", array=WAVE[None]),
        fits.Column("FLUX", "5000E", "erg/s/cm2/A", array=FLUX[None]),
        fits.Column("ERR", "5000E", array=np.full((1, 5000), 0.1)),
    ]
    return fits.BinTableHDU.from_columns(columns, name="SPECTRUM")


def many_rows() -> fits.BinTableHDU:
    columns = [
        fits.Column("flux", "E", "erg/s/cm2/A", array=FLUX),
        fits.Column("lambda", "D", "angstrom", array=WAVE),
        fits.Column("flux_err", "E", array=np.full(5000, 0.1)),
    ]
    return fits.BinTableHDU.from_columns(columns)


def of_variable_length() -> fits.BinTableHDU:
    columns = [
        fits.Column("wavelength", "PD()", "angstrom", array=[WAVE]),
        fits.Column("flux", "QE()", "erg/s/cm2/A", array=[FLUX]),
        fits.Column("err", "PE()", array=[np.full(5000, 0.1)]),
    ]
    return fits.BinTableHDU.from_columns(columns)


@pytest.mark.parametrize("make", [one_row, many_rows, of_variable_length])
async def test_spectra_in_tables(tell: Tell, jp_root_dir: Path, make: Any) -> None:
    fits.HDUList([fits.PrimaryHDU(), make()]).writeto(jp_root_dir / "a.fits")
    info = await tell("a.fits")
    assert (info["best"], info["hdus"][1]["kind"]) == (1, "spectrum")
    told = await tell("a.fits", "spectrum", width=9000)
    assert told["count"] == 5000
    assert told["x"]["values"] == pytest.approx(WAVE)
    assert told["y"][0]["values"] == pytest.approx(FLUX, abs=1e-6)
    assert told["error"]["values"][0] == pytest.approx(0.1)
    assert (told["x"]["unit"], told["y"][0]["unit"]) == ("angstrom", "erg/s/cm2/A")


async def test_other_columns_on_demand(look: Look, tell: Tell, jp_root_dir: Path) -> None:
    many_rows().writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "spectrum", x="lambda", y="flux_err", width=9000)
    assert told["y"][0]["name"] == "flux_err"
    response = await look("a.fits", "spectrum", x="nothing", y="flux")
    assert (response.code, b"no column nothing" in response.body) == (400, True)


@pytest.mark.parametrize("shape", [(5000,), (1, 5000), (5000, 1)])
async def test_images_of_one_row_are_spectra(
    tell: Tell, jp_root_dir: Path, shape: tuple[int, ...]
) -> None:
    hdu = fits.PrimaryHDU(FLUX.reshape(shape).astype("f4"))
    along = 2 if shape[-1] == 1 else 1
    hdu.header.update(BUNIT="Jy")
    for number in range(1, len(shape) + 1):
        is_it = number == along
        hdu.header[f"CTYPE{number}"] = "WAVE" if is_it else "LINEAR"
        hdu.header[f"CRPIX{number}"] = 1.0
        hdu.header[f"CRVAL{number}"] = 4000.0 if is_it else 0.0
        hdu.header[f"CDELT{number}"] = 2.0 if is_it else 1.0
        if is_it:
            hdu.header[f"CUNIT{number}"] = "Angstrom"
    hdu.writeto(jp_root_dir / "a.fits")
    assert (await tell("a.fits"))["hdus"][0]["kind"] == "spectrum"
    told = await tell("a.fits", "spectrum", width=9000)
    assert told["x"]["values"] == pytest.approx(4000 + 2 * np.arange(5000))
    assert (told["x"]["name"], told["x"]["unit"]) == ("WAVE", "Angstrom")
    assert told["y"][0]["values"] == pytest.approx(FLUX, abs=1e-6)


async def test_a_spectrum_through_a_cube(tell: Tell, jp_root_dir: Path) -> None:
    data = np.random.default_rng(5).normal(size=(40, 6, 7)).astype("f4")
    data[3, 2, 1] = np.nan
    fits.PrimaryHDU(data).writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "spectrum", x=1, y=2)
    values = [None if np.isnan(value) else value for value in data[:, 2, 1].astype(float)]
    assert told["y"][0]["values"] == pytest.approx(values)
    assert (told["x"]["unit"], told["x"]["values"]) == ("pixel", list(range(40)))


def test_thinning_keeps_every_line() -> None:
    values = np.zeros(1_000_000)
    values[123_456], values[654_321], values[:10_000] = 5, -3, np.nan
    places = envelope(values, 500)
    assert len(places) <= 500
    assert {123_456, 654_321} <= set(places.tolist())
    assert np.isnan(values[places[0]])
    assert (np.diff(places) > 0).all()
    assert len(envelope(np.full(1000, np.nan), 100)) <= 100


async def test_cards_as_they_are(tell: Tell, jp_root_dir: Path) -> None:
    hdu = fits.PrimaryHDU()
    hdu.header["OBJECT"] = ("M 42", "the target")
    hdu.header["HIERARCH ESO DET CHIP1 GAIN"] = (1.25, "gain")
    hdu.header["LONG"] = "x" * 300
    hdu.header["WORKS"] = True
    hdu.header["NOTHING"] = None
    hdu.header.add_history("reduced")
    raw = bytearray(hdu.header.tostring().encode())
    raw[raw.index(b"M 42") : raw.index(b"M 42") + 4] = b"M\x07\x1b2"
    (jp_root_dir / "a.fits").write_bytes(raw)
    cards = (await tell("a.fits", "header"))["cards"]
    by_keyword = {card["keyword"]: card for card in cards}
    assert by_keyword["ESO DET CHIP1 GAIN"] == {
        "keyword": "ESO DET CHIP1 GAIN",
        "value": "1.25",
        "comment": "gain",
    }
    assert by_keyword["LONG"]["value"] == "x" * 300
    assert (by_keyword["WORKS"]["value"], by_keyword["NOTHING"]["value"]) == ("T", "")
    assert by_keyword["HISTORY"]["value"] == "reduced"
    assert "M\\x07\\x1b2" in by_keyword["OBJECT"]["value"]


async def test_values_of_pixels(look: Look, tell: Tell, jp_root_dir: Path) -> None:
    data = np.arange(12, dtype="f4").reshape(3, 4)
    data[1, 2] = np.nan
    hdu = fits.PrimaryHDU(data)
    hdu.header["BUNIT"] = "adu"
    hdu.writeto(jp_root_dir / "a.fits")
    told = await tell("a.fits", "value", x=3, y=2)
    assert (told["values"], told["unit"]) == ([[11]], "adu")
    block = await tell("a.fits", "value", x=2, y=1, nx=9, ny=9)
    assert block["values"] == [[None, 7], [10, 11]]
    response = await look("a.fits", "value", x=4, y=0)
    assert (response.code, b"outside of the image" in response.body) == (400, True)
