"""Cutouts: astropy judges where their pixels are."""

# mypy: disable-error-code=import-untyped

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from astropy import units as u
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.wcs import WCS

from obsdeck.tests.sandbox.jobs import UWS, XLINK, finished
from obsdeck.tests.sandbox.products import HTTP, cutout, did_of, one_row, opened


def _image(base_url: str) -> tuple[str, float, float, float]:
    did, ra, dec, fov = one_row(
        "obs_publisher_did, s_ra, s_dec, s_fov",
        "dataproduct_subtype = 'vvv.tile' AND s_fov IS NOT NULL",
    )
    return did, ra, dec, fov


def _places(hdu: fits.PrimaryHDU) -> SkyCoord:
    """Return the positions of all pixels."""
    y, x = np.mgrid[: hdu.data.shape[-2], : hdu.data.shape[-1]]
    return WCS(hdu.header).celestial.pixel_to_world(x, y)


def test_a_circle_is_the_same_pixels_as_in_the_whole_image(base_url: str) -> None:
    did, ra, dec, fov = _image(base_url)
    radius = fov / 8
    part = opened(cutout(base_url, did, CIRCLE=f"{ra} {dec} {radius}").content)[0]
    whole = opened(cutout(base_url, did).content)[0]
    width = part.data.shape[1]
    scale = np.abs(WCS(whole.header).proj_plane_pixel_scales()[0].to_value(u.deg))
    assert abs(width - 2 * radius / scale) <= 2
    places = _places(part)
    apart = places.separation(SkyCoord(ra, dec, unit="deg")).deg
    inside = np.isfinite(part.data)
    assert np.array_equal(inside, apart <= radius)
    across, up = WCS(whole.header).world_to_pixel(places)
    same = whole.data[np.round(up).astype(int), np.round(across).astype(int)]
    assert np.array_equal(part.data[inside], same[inside])


def test_a_polygon_may_be_hollow_and_run_either_way(base_url: str) -> None:
    did, ra, dec, fov = _image(base_url)
    # An arrow head that points to the east; its notch reaches the middle.
    reach = fov / 6
    offsets = [(reach, 0), (-reach, reach), (0, 0), (-reach, -reach)]
    east = SkyCoord(ra, dec, unit="deg").skyoffset_frame()
    corners = [SkyCoord(x * u.deg, y * u.deg, frame=east).icrs for x, y in offsets]
    for ordered in (corners, corners[::-1]):
        text = " ".join(f"{c.ra.deg:.9f} {c.dec.deg:.9f}" for c in ordered)
        (part,) = opened(cutout(base_url, did, POLYGON=text).content)
        inside = np.isfinite(part.data)
        for x, y, expected in ((0.3, 0.0, True), (-0.5, 0.0, False), (-0.8, 0.85, True)):
            place = SkyCoord(x * reach * u.deg, y * reach * u.deg, frame=east).icrs
            column, row = WCS(part.header).world_to_pixel(place)
            assert inside[round(float(row)), round(float(column))] == expected, (x, y)


def test_a_range_goes_over_zero_hours(base_url: str) -> None:
    did, ra, dec = one_row(
        "obs_publisher_did, s_ra, s_dec",
        "dataproduct_subtype = 'vst.coadd' AND (s_ra < 0.2 OR s_ra > 359.8)",
    )
    edges = (ra - 0.2) % 360, (ra + 0.2) % 360, dec - 0.1, dec + 0.1
    pos = "RANGE " + " ".join(f"{edge:.6f}" for edge in edges)
    (part,) = opened(cutout(base_url, did, POS=pos).content)
    places = _places(part)
    apart = (places.ra.deg - ra + 180) % 360 - 180
    inside = (abs(apart) <= 0.2) & (abs(places.dec.deg - dec) <= 0.1)
    assert (np.isfinite(part.data) == inside).mean() > 0.999
    assert np.isfinite(part.data).sum() > 1000


def test_no_overlap_is_204_and_no_error(base_url: str) -> None:
    answer = cutout(base_url, did_of("vvv.tile"), CIRCLE="10 80 0.1")
    assert (answer.status_code, answer.content) == (204, b"")
    band = cutout(base_url, did_of("muse.datacube"), BAND="1e-3 2e-3")
    assert band.status_code == 204


def test_a_band_keeps_the_planes_that_overlap_it(base_url: str) -> None:
    did, low, high, ra, dec = one_row(
        "obs_publisher_did, em_min, em_max, s_ra, s_dec",
        "dataproduct_subtype = 'muse.datacube' AND em_min IS NOT NULL AND em_max IS NOT NULL",
    )
    (whole,) = opened(cutout(base_url, did).content)
    ends = low + 0.3 * (high - low), low + 0.5 * (high - low)
    (part,) = opened(
        cutout(base_url, did, BAND=f"{ends[0]} {ends[1]}", CIRCLE=f"{ra} {dec} 0.004").content
    )
    step = (high - low) / whole.data.shape[0]
    planes = part.data.shape[0]
    assert abs(planes - 0.2 * (high - low) / step) <= 2
    waves = WCS(part.header).spectral.pixel_to_world(np.arange(planes)).to_value(u.m)
    assert waves[0] - step / 2 <= ends[0] <= waves[0] + step / 2
    assert waves[-1] - step / 2 <= ends[1] <= waves[-1] + step / 2
    assert part.data.shape[1] < whole.data.shape[1]
    for open_ended, count in ((f"-Inf {ends[1]}", 60), (f"{ends[1]} +Inf", 60)):
        (half,) = opened(cutout(base_url, did, BAND=open_ended).content)
        assert abs(half.data.shape[0] - count) <= 1


def test_polarization_states_are_chosen(base_url: str) -> None:
    did = did_of("mm.cube")
    (whole,) = opened(cutout(base_url, did).content)
    (part,) = opened(cutout(base_url, did, POL=["Q", "U"]).content)
    assert whole.data.shape[0] == 4
    assert np.array_equal(part.data, whole.data[1:3], equal_nan=True)
    assert WCS(part.header).wcs_pix2world([[0, 0, 0, 0]], 0)[0][3] == 2


def test_tables_are_cut_by_place_and_time(base_url: str) -> None:
    did, ra, dec, start, end = one_row(
        "obs_publisher_did, s_ra, s_dec, t_min, t_max", "dataproduct_subtype = 'deckx.events'"
    )
    middle = (start + end) / 2
    answer = cutout(base_url, did, CIRCLE=f"{ra} {dec} 0.1", TIME=f"{start} {middle}")
    events = opened(answer.content)[1].data
    apart = SkyCoord(events["RA"], events["DEC"], unit="deg").separation(
        SkyCoord(ra, dec, unit="deg")
    )
    assert 500 < len(events) < 20_000
    assert apart.deg.max() <= 0.1
    assert events["TIME"].max() <= middle


def test_extensions_without_any_of_it_are_left_out(base_url: str) -> None:
    did, ra, dec = one_row("obs_publisher_did, s_ra, s_dec", "dataproduct_subtype = 'vst.raw'")
    chips = opened(cutout(base_url, did).content)
    corner = _places(chips[1])[50, 50]
    part = opened(cutout(base_url, did, CIRCLE=f"{corner.ra.deg} {corner.dec.deg} 0.01").content)
    assert [hdu.name for hdu in part] == ["PRIMARY", "CHIP1"]
    all_chips = opened(cutout(base_url, did, CIRCLE=f"{ra} {dec} 0.1").content)
    assert len(all_chips) == 5


@pytest.mark.parametrize(
    ("parameters", "beginning"),
    [
        ({"CIRCLE": "1 2"}, "UsageError: CIRCLE takes three numbers, not 2."),
        ({"CIRCLE": "1 2 x"}, "UsageError: CIRCLE takes numbers"),
        ({"CIRCLE": "1 2 -3"}, "UsageError: The radius"),
        ({"CIRCLE": "1 99 3"}, "UsageError: 1 99 is no position"),
        ({"CIRCLE": "1 2 NaN"}, "UsageError: CIRCLE takes no NaN"),
        ({"POLYGON": "1 2 3 4"}, "UsageError: POLYGON"),
        ({"POS": "circle 1 2 3"}, "UsageError: POS must begin"),
        ({"POS": "RANGE 1 2 4 3"}, "UsageError: The latitudes"),
        ({"BAND": "5e-7"}, "UsageError: BAND takes two numbers"),
        ({"BAND": "4e-7 5e-7"}, "UsageError: This product has no axis for BAND"),
        ({"TIME": "1 2"}, "UsageError: This product has no axis of time"),
        ({"POL": "Z"}, "UsageError: POL must be one of"),
        ({"CIRCLE": ["1 2 3", "2 3 4"]}, "MultiValuedParamNotSupported: "),
        ({"CIRCLE": "1 2 3", "POS": "CIRCLE 1 2 3"}, "MultiValuedParamNotSupported: "),
    ],
)
def test_errors_begin_with_the_words_of_the_standard(
    base_url: str, parameters: dict[str, str | list[str]], beginning: str
) -> None:
    answer = cutout(base_url, did_of("vvv.tile"), **parameters)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (400, "text/plain")
    assert answer.text.startswith(beginning), answer.text


def test_unknown_products_and_missing_identifiers(base_url: str) -> None:
    unknown = cutout(base_url, "ivo://nobody/x", CIRCLE="1 2 3")
    assert (unknown.status_code, unknown.text.split(":")[0]) == (404, "UsageError")
    missing = HTTP.post(f"{base_url}soda/sync", data={"CIRCLE": "1 2 3"})
    assert (missing.status_code, missing.text) == (400, "UsageError: ID is missing.\n")


def test_a_job_has_a_result_for_each_combination_and_text_where_there_are_no_pixels(
    base_url: str,
) -> None:
    did, ra, dec, fov = _image(base_url)
    circles = [f"{ra} {dec} {fov / 20}", "10 80 0.1", f"{ra} {dec} {fov / 30}"]
    asked = {"ID": did, "CIRCLE": circles}
    made = HTTP.post(f"{base_url}soda/async", data=asked)
    url = made.headers["location"]
    assert finished(url) == "COMPLETED"
    results = ElementTree.fromstring(HTTP.get(f"{url}/results").content).findall(f"{UWS}result")
    assert [one.get("mime-type") for one in results] == [
        "application/fits",
        "text/plain",
        "application/fits",
    ]
    answers = [HTTP.get(one.get(f"{XLINK}href", "")) for one in results]
    assert answers[1].text == "No pixels within CIRCLE 10 80 0.1.\n"
    first, last = (fits.open(io.BytesIO(answers[n].content))[0].data for n in (0, 2))
    assert first.shape[0] > last.shape[0] > 10
    assert [int(one.get("size", "0")) for one in results] == [len(a.content) for a in answers]


def test_a_job_with_a_bad_parameter_fails_with_its_reason(base_url: str) -> None:
    asked = {"ID": did_of("vvv.tile"), "CIRCLE": "1 2", "PHASE": "RUN"}
    url = HTTP.post(f"{base_url}soda/async", data=asked).headers["location"]
    assert finished(url) == "ERROR"
    assert "CIRCLE takes three numbers" in HTTP.get(f"{url}/error").text


def test_the_capabilities_name_both_ways(base_url: str) -> None:
    top = ElementTree.fromstring(HTTP.get(f"{base_url}soda/capabilities").content)
    found = {one.get("standardID"): one.findtext("interface/accessURL") for one in top}
    assert found["ivo://ivoa.net/std/SODA#sync-1.0"] == f"{base_url}soda/sync"
    assert found["ivo://ivoa.net/std/SODA#async-1.0"] == f"{base_url}soda/async"
