"""The code that "Insert as cell" writes for links and cutouts, run against real services."""

# mypy: disable-error-code=import-untyped

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import requests
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.wcs import WCS
from pyvo.dal.adhoc import DatalinkResults

from .test_inserted_cell import run
from .test_oracle import ROOT, needs_our_reader
from .test_same_rows import DACHS, NO_DACHS

pytestmark = [
    *needs_our_reader,
    pytest.mark.skipif(NO_DACHS != "", reason=f"DaCHS: {NO_DACHS}"),
    pytest.mark.filterwarnings("ignore::astropy.wcs.FITSFixedWarning"),
]

IMAGE = ("dl", "ivo://x-obsdeck/ID?ADP.2020-12-17T21:36:00.000")
CUBE = ("dlcube", "ivo://x-obsdeck/ID?ADP.2021-04-16T04:48:00.000")
CENTRE = SkyCoord(40.66976889, -0.01341889, unit="deg")


@dataclass
class Links:
    """A document of links, as its service sent it."""

    url: str
    document: str

    @classmethod
    def of(cls, what: tuple[str, str]) -> Links:
        """Ask DaCHS."""
        path, did = what
        answer = requests.get(f"{DACHS}/obsdeck/q/{path}/dlmeta", {"ID": did}, timeout=30)
        answer.raise_for_status()
        return cls(answer.url, answer.text)

    def cell(self, kind: str, semantics: str, **more: Any) -> str:
        """Write a cell for the first link of a meaning."""
        table = DatalinkResults.from_result_url(self.url).to_table()
        place = [str(term) for term in table["semantics"]].index(semantics)
        return cell(kind, url=self.url, document=self.document, place=place, **more)


def cell(kind: str, **what: Any) -> str:
    """Write a cell."""
    done = subprocess.run(
        ["node", str(ROOT / "test" / "support" / "linkcell.mjs"), kind],
        input=json.dumps(what),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def cut(what: tuple[str, str], **given: str) -> Any:
    """Run the cell of a cutout; returns the image with its header."""
    (image, *_) = run(Links.of(what).cell("service", "#proc", given=given))["hdus"]
    return image


def test_a_cell_shows_the_links_of_a_row_as_a_table() -> None:
    links = Links.of(IMAGE)
    names = run(cell("links", url=links.url, document=links.document))
    assert "#this" in [str(term) for term in names["links"].to_table()["semantics"]]


def test_a_cell_opens_the_file_of_a_link() -> None:
    assert run(Links.of(IMAGE).cell("link", "#this"))["hdus"][0].data.shape == (256, 256)


def test_a_cell_prints_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    run(Links.of(IMAGE).cell("link", "#documentation"))
    assert "all values are synthetic" in capsys.readouterr().out


def test_a_cell_tells_two_links_of_one_meaning_apart() -> None:
    assert run(Links.of(IMAGE).cell("link", "#calibration"))["link"].content_type == "image/fits"


def test_a_cell_cuts_a_circle_out_of_an_image() -> None:
    image = cut(IMAGE, CIRCLE="40.66976889 -0.01341889 0.003")
    rows, columns = image.data.shape
    middle = WCS(image.header).pixel_to_world((columns - 1) / 2, (rows - 1) / 2)
    assert middle.separation(CENTRE).arcsec < 1
    assert rows == columns == 44


@pytest.mark.parametrize(
    "given",
    [
        {"POLYGON": "40.666 -0.016 40.672 -0.016 40.672 -0.011 40.666 -0.011"},
        {"POS": "RANGE 40.666 40.672 -0.016 -0.011"},
    ],
)
def test_a_cell_cuts_a_rectangle_out_of_an_image(given: dict[str, str]) -> None:
    image = cut(IMAGE, **given)
    corners = WCS(image.header).calc_footprint()
    assert image.data.shape == (37, 45)
    assert corners.min(axis=0) == pytest.approx([40.666, -0.016], abs=2e-4)


@pytest.mark.parametrize(("band", "planes"), [("5e-07 6e-07", 34), ("5e-07 +Inf", 114)])
def test_a_cell_cuts_wavelengths_out_of_a_cube(band: str, planes: int) -> None:
    image = cut(CUBE, BAND=band)
    assert image.data.shape == (planes, 48, 48)
    assert np.isfinite(image.data).any()


def test_VO_45_a_cell_says_that_there_are_no_pixels() -> None:
    with pytest.raises(LookupError, match="No pixels there"):
        cut(IMAGE, CIRCLE="100 10 0.003")


def test_a_cell_looks_at_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(tmp_path / name) for name in ('a "b".fits', "é.fits.gz")]
    for path in paths:
        fits.PrimaryHDU(np.zeros((3, 4))).writeto(path)
    assert run(cell("files", paths=paths))["paths"] == paths
    assert capsys.readouterr().out.count("(4, 3)") == 2
