"""The code that "Insert as cell" writes for links and cutouts, run against the sandbox."""

# mypy: disable-error-code=import-untyped

from __future__ import annotations

from typing import Any

import pytest
import pyvo
import requests
from astropy.wcs import WCS
from pyvo.dal.adhoc import DatalinkResults

from ..sandbox.serving import shared_url
from .test_inserted_cell import run
from .test_link_cells import cell
from .test_oracle import needs_our_reader

pytestmark = [*needs_our_reader, pytest.mark.filterwarnings("ignore")]


def links_of(product: str) -> DatalinkResults:
    """Return the links of an observation of that type."""
    query = (
        "SELECT TOP 1 access_url FROM ivoa.ObsCore WHERE access_format LIKE '%datalink'"
        f" AND dataproduct_type = '{product}' ORDER BY obs_publisher_did"
    )
    (row,) = pyvo.dal.TAPService(f"{shared_url()}tap").search(query)
    return DatalinkResults.from_result_url(row["access_url"])


def ran(
    links: DatalinkResults, kind: str, description: str, given: dict[str, str]
) -> dict[str, Any]:
    """Run the cell for the link of that description; returns its names."""
    place = [str(text) for text in links.to_table()["description"]].index(description)
    document = requests.get(links._url, timeout=30).text
    return run(cell(kind, url=links._url, document=document, place=place, given=given))


def values_of(links: DatalinkResults, name: str) -> Any:
    """Return the domain of a parameter of the services."""
    for service in links.iter_adhocservices():
        for group in service.groups:
            for param in group.entries:
                if getattr(param, "name", "") == name:
                    return param.values
    raise AssertionError


def planes_of(hdus: Any) -> int:
    """Return how many wavelengths the first cube has."""
    return next(int(hdu.data.shape[-3]) for hdu in hdus if hdu.data is not None)


@pytest.mark.parametrize("how", ["Cut out of the product", "Cut out of the product as a job"])
def test_a_cell_cuts_out_of_an_image(how: str) -> None:
    links = links_of("image")
    ra, dec, radius = map(float, values_of(links, "CIRCLE").max)
    (image, *_) = ran(links, "service", how, {"CIRCLE": f"{ra} {dec} {radius / 4}"})["hdus"]
    rows, columns = image.data.shape[-2:]
    middle = WCS(image.header).celestial.pixel_to_world((columns - 1) / 2, (rows - 1) / 2)
    assert middle.ra.deg == pytest.approx(ra, abs=radius / 20)
    assert middle.dec.deg == pytest.approx(dec, abs=radius / 20)


def test_a_cell_cuts_wavelengths_out_of_a_cube() -> None:
    links = links_of("cube")
    band = values_of(links, "BAND")
    middle = (float(band.min) + float(band.max)) / 2
    whole = ran(links, "link", "The product (cube)", {})["hdus"]
    given = {"BAND": f"-Inf {middle}"}
    cut = ran(links, "service", "Cut out of the product", given)["hdus"]
    assert 0 < planes_of(cut) < planes_of(whole)


def test_a_cell_prints_what_another_service_answers(capsys: pytest.CaptureFixture[str]) -> None:
    ran(links_of("image"), "service", "Numbers of the pixels", {})
    assert "mean" in capsys.readouterr().out.lower()
