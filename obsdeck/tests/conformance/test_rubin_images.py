"""Links, cutouts and signed addresses of the sandbox's Rubin platform (``rubin.md``, 4, 5, 7)."""

# mypy: disable-error-code=import-untyped

import io
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import httpx
import numpy as np
import pytest
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.io.votable import parse
from astropy.wcs import WCS

from obsdeck.sandbox.foreign.storage import LIFETIME
from obsdeck.tests.sandbox.jobs import finished
from obsdeck.tests.sandbox.serving import serving
from obsdeck.tests.sandbox.signing import HTTP, Clock, bearer, desk, tap

_NS = "{http://www.ivoa.net/xml/VOTable/v1.3}"
_LINKS, _CUTOUT = "rubin/api/datalink/links", "rubin/api/cutout"
_COADD, _RAW = "lsst.deepCoadd_calexp", "lsst.raw"


@pytest.fixture(scope="module")
def own(clock: Clock) -> Iterator[str]:
    """Return a sandbox whose foreign host nobody else uses."""
    with serving(rows=500, clock=clock) as url:
        yield url


@pytest.fixture
def mine(own: str) -> dict[str, str]:
    """Return the header of a token that may see images."""
    return bearer(desk(own, "rubin/auth/tokens"))


class Image:
    """A row of the platform."""

    def __init__(self, base: str, headers: dict[str, str], subtype: str, number: int = 0) -> None:
        query = (
            f"SELECT obs_publisher_did, s_ra, s_dec FROM ivoa.ObsCore "
            f"WHERE dataproduct_subtype = '{subtype}' AND access_url IS NOT NULL"
        )
        lines = tap(base, "rubin/api/tap", query, headers=headers).text.splitlines()
        self.did, ra, dec = lines[1 + number].replace('"', "").split(",")
        self.ra, self.dec = float(ra), float(dec)

    def circle(self, radius: float) -> str:
        """Return a circle around its centre."""
        return f"{self.ra} {self.dec} {radius}"


def _links(base: str, headers: dict[str, str], *identifiers: str) -> httpx.Response:
    answer = HTTP.post(f"{base}{_LINKS}", data={"ID": list(identifiers)}, headers=headers)
    assert answer.status_code == 200
    return answer


def _cut(
    base: str, headers: dict[str, str], parameters: dict[str, str | list[str]]
) -> httpx.Response:
    return HTTP.get(f"{base}{_CUTOUT}/sync", params=parameters, headers=headers)


def _rows(answer: httpx.Response) -> list[dict[str, str]]:
    top = ElementTree.fromstring(answer.content)
    names = [field.get("name", "") for field in top.iter(f"{_NS}FIELD")]
    return [
        dict(zip(names, [cell.text or "" for cell in row], strict=True))
        for row in top.iter(f"{_NS}TR")
    ]


def test_RUBIN_19_an_identifier_with_reserved_characters_is_one_value(
    own: str, mine: dict[str, str]
) -> None:
    image = Image(own, mine, _COADD)
    assert "?repo=dp1&id=" in image.did
    whole, cut = (_rows(_links(own, mine, one)) for one in (image.did, image.did.split("&")[0]))
    assert {row["ID"] for row in whole} == {image.did}
    assert cut[0]["error_message"].startswith("UsageFault")


def test_RUBIN_20_the_description_stands_before_the_meaning(own: str, mine: dict[str, str]) -> None:
    answer = _links(own, mine, Image(own, mine, _COADD).did)
    table = parse(io.BytesIO(answer.content)).get_first_table()
    names = [field.name for field in table.fields]
    assert names.index("description") + 1 == names.index("semantics")
    assert [info.value for info in table.infos] == ["ivo://ivoa.net/std/DataLink#links-1.1"]
    assert b"QUERY_STATUS" not in answer.content
    assert answer.headers["cache-control"] == "max-age=3600"


def test_RUBIN_21_22_descriptors_have_the_names_of_rows_and_their_inputs_first(
    own: str, mine: dict[str, str]
) -> None:
    answer = _links(own, mine, Image(own, mine, _COADD).did)
    resources = [
        one
        for one in ElementTree.fromstring(answer.content).iter(f"{_NS}RESOURCE")
        if one.get("type") == "meta"
    ]
    named = [row["service_def"] for row in _rows(answer) if row["service_def"]]
    assert [one.get("ID") for one in resources] == named
    for resource in resources:
        assert next(child.tag.removeprefix(_NS) for child in resource) == "GROUP"


def test_RUBIN_23_24_25_the_identifier_of_one_is_fixed_and_of_several_it_is_the_row_s(
    own: str, mine: dict[str, str]
) -> None:
    dids = [Image(own, mine, _COADD, number).did for number in (0, 1)]
    for asked in (dids[:1], dids):
        top = ElementTree.fromstring(_links(own, mine, *asked).content)
        params = [one for one in top.iter(f"{_NS}PARAM") if one.get("name") == "ID"]
        assert len(params) == 3
        for one in params:
            assert (one.get("value"), one.get("ref")) == (
                (dids[0], None) if len(asked) == 1 else ("", "ID")
            )
        details = [one for one in top.iter(f"{_NS}PARAM") if one.get("name") == "CUTOUTDETAIL"]
        assert [one.get("value") for one in details] == ["Image", "MaskedImage", "Exposure"]
        options = [[o.get("value") for o in one.iter(f"{_NS}OPTION")] for one in details]
        assert options == [["Image", "MaskedImage", "Exposure"], [], []]


def test_RUBIN_26_two_meanings_are_addresses(own: str, mine: dict[str, str]) -> None:
    rows = _rows(_links(own, mine, Image(own, mine, _COADD).did))
    assert [row["semantics"] for row in rows] == [
        "#this",
        "#cutout",
        "https://rsp.lsst.io/guides/api/soda.html#MaskedImage",
        "https://rsp.lsst.io/guides/api/soda.html#Exposure",
    ]
    raw = _rows(_links(own, mine, Image(own, mine, _RAW).did))
    assert [row["semantics"] for row in raw] == ["#this"]


def test_RUBIN_27_28_errors_are_rows_and_nothing_is_an_empty_table(
    own: str, mine: dict[str, str]
) -> None:
    unknown = "butler://dp02/ac691f52-c1a0-4199-b049-182cf403dc37"
    known = Image(own, mine, _RAW).did
    rows = _rows(_links(own, mine, unknown, known, "nonsense"))
    assert rows[0]["error_message"] == f"NotFoundFault: Unknown dataset ID '{unknown}'"
    assert rows[1]["access_url"]
    assert rows[2]["error_message"].startswith("UsageFault")
    assert _rows(_links(own, mine)) == []
    asked = {"ID": known, "RESPONSEFORMAT": "json"}
    assert HTTP.get(f"{own}{_LINKS}", params=asked, headers=mine).status_code == 422


def test_RUBIN_37_38_a_signed_address_works_for_an_hour_and_as_it_is(
    own: str, mine: dict[str, str], clock: Clock
) -> None:
    this = _rows(_links(own, mine, Image(own, mine, _COADD).did))[0]
    address = this["access_url"]
    assert urlsplit(address).netloc != urlsplit(own).netloc
    answer = HTTP.get(address)
    assert (answer.status_code, len(answer.content)) == (200, int(this["content_length"]))
    part = HTTP.get(address, headers={"Range": "bytes=0-2879", "If-Range": answer.headers["etag"]})
    assert (part.status_code, part.content) == (206, answer.content[:2880])
    assert HTTP.get(address.replace("Signature=", "Signature=0")).status_code == 403
    assert HTTP.head(address).status_code == 403
    clock.now += LIFETIME
    late = HTTP.get(address)
    assert (late.status_code, "<Code>ExpiredToken</Code>" in late.text) == (400, True)


def test_RUBIN_31_32_33_34_40_a_cutout_is_of_one_image_and_one_good_shape(
    own: str, mine: dict[str, str]
) -> None:
    image = Image(own, mine, _COADD)
    circle = image.circle(0.02)
    multi, usage = "MultiValuedParamNotSupported: ", "UsageError: "
    cases: list[tuple[dict[str, str | list[str]], str]] = [
        ({"CIRCLE": circle}, "UsageError\n\n1 validation error"),
        ({"ID": [image.did, image.did], "CIRCLE": circle}, f"{multi}Only one ID"),
        ({"ID": image.did, "CIRCLE": [circle, circle]}, f"{multi}Only one stencil"),
        ({"ID": image.did, "CIRCLE": circle, "POS": f"CIRCLE {circle}"}, f"{multi}Only one"),
        ({"ID": image.did}, usage),
        ({"ID": image.did, "CIRCLE": "1 1"}, f"{usage}Invalid cutout parameter: CIRCLE 1 1: not"),
        ({"ID": image.did, "CIRCLE": "400 1 1"}, usage),
        ({"ID": image.did, "CIRCLE": "1,5 1 1"}, usage),
        ({"ID": image.did, "CIRCLE": "10 10 0"}, usage),
        ({"ID": image.did, "POLYGON": "1 1 2 2"}, usage),
        ({"ID": image.did, "POS": "RANGE 1 2 3 4"}, usage),
        ({"ID": image.did, "POS": f"circle {circle}"}, usage),
        ({"ID": image.did, "CIRCLE": circle, "CUTOUTDETAIL": "image"}, "UsageError\n\n1 valid"),
        ({"ID": image.did, "CIRCLE": "10 80 0.1"}, f"{usage}The cutout region lies outside"),
        ({"ID": "butler://dp02/none", "CIRCLE": circle}, f"{usage}Unknown dataset"),
    ]
    for parameters, beginning in cases:
        answer = _cut(own, mine, parameters)
        assert (answer.status_code, answer.headers["content-type"]) == (
            422,
            "text/plain; charset=utf-8",
        ), parameters
        assert answer.text.startswith(beginning), (parameters, answer.text)


@pytest.mark.parametrize(
    ("detail", "names"),
    [
        ("Image", ["PRIMARY", "IMAGE"]),
        ("MaskedImage", ["PRIMARY", "IMAGE", "MASK", "VARIANCE"]),
        ("Exposure", ["PRIMARY", "IMAGE", "MASK", "VARIANCE"]),
    ],
)
def test_RUBIN_35_36_a_cutout_is_behind_a_redirect_to_a_store_that_wants_no_name(
    own: str, mine: dict[str, str], detail: str, names: list[str]
) -> None:
    image = Image(own, mine, _COADD)
    answer = _cut(
        own, mine, {"id": image.did, "circle": image.circle(0.02), "CUTOUTDETAIL": detail}
    )
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert "X-Amz-Signature" in parse_qs(urlsplit(address).query)
    double = HTTP.get(address, headers=mine)
    assert (double.status_code, "Only one auth mechanism allowed" in double.text) == (400, True)
    hdus = fits.open(io.BytesIO(HTTP.get(address).content))
    assert [hdu.name for hdu in hdus] == names
    cutout = hdus["IMAGE"]
    height, width = cutout.data.shape
    center = WCS(cutout.header).pixel_to_world((width - 1) / 2, (height - 1) / 2)
    scale = WCS(cutout.header).proj_plane_pixel_scales()[0].to_value("deg")
    assert center.separation(SkyCoord(image.ra, image.dec, unit="deg")).deg < scale
    assert abs(width * scale - 0.04) < 2 * scale
    # Corners lie outside of the circle; elsewhere there are numbers.
    assert np.isnan(cutout.data[0, 0])
    assert np.isfinite(cutout.data[height // 2]).all()


def test_RUBIN_38_a_cutout_that_ended_is_refused_as_another_store_says_it(
    own: str, mine: dict[str, str], clock: Clock
) -> None:
    image = Image(own, mine, _COADD)
    address = _cut(own, mine, {"ID": image.did, "CIRCLE": image.circle(0.01)}).headers["location"]
    clock.now += LIFETIME
    late = HTTP.get(address)
    assert (late.status_code, "Request has expired" in late.text) == (403, True)


def test_RUBIN_41_42_a_job_signs_its_result_anew_and_errors_have_no_resource(
    own: str, mine: dict[str, str]
) -> None:
    image = Image(own, mine, _COADD)
    jobs = f"{own}{_CUTOUT}/jobs"
    asked = {"ID": image.did, "CIRCLE": image.circle(0.02), "PHASE": "RUN"}
    made = HTTP.post(jobs, data=asked, headers=mine)
    assert made.status_code == 303
    url = made.headers["location"]
    assert url.startswith(f"{jobs}/")
    assert finished(url, headers=mine) == "COMPLETED"
    addresses = [_result(HTTP.get(url, headers=mine)) for _ in range(2)]
    assert addresses[0] != addresses[1]
    for name, mime, address in addresses:
        assert (name, mime) == ("cutout", "application/fits")
        assert fits.open(io.BytesIO(HTTP.get(address).content))["IMAGE"].data.size
    assert HTTP.get(f"{url}/error", headers=mine).status_code == 404
    failed = HTTP.post(jobs, data={**asked, "CIRCLE": "10 80 1"}, headers=mine).headers["location"]
    assert finished(failed, headers=mine) == "ERROR"
    error = ElementTree.fromstring(HTTP.get(f"{failed}/error", headers=mine).content)
    assert [child.tag for child in error] == [f"{_NS}INFO"]
    assert (error[0].text or "").startswith("UsageError: ")
    deleted = HTTP.delete(url, headers=mine)
    assert (deleted.status_code, HTTP.get(url, headers=mine).status_code) == (303, 404)


def _result(answer: httpx.Response) -> tuple[str | None, str | None, str]:
    (one,) = [e for e in ElementTree.fromstring(answer.content).iter() if e.tag.endswith("}result")]
    return one.get("id"), one.get("mime-type"), one.get("{http://www.w3.org/1999/xlink}href", "")


def test_RUBIN_43_the_capabilities_have_their_two_defects(own: str) -> None:
    top = ElementTree.fromstring(HTTP.get(f"{own}{_CUTOUT}/capabilities").content)
    assert top.tag == "capabilities"
    lower = {one.get("standardid"): one.findtext("interface/accessURL") for one in top}
    assert lower["ivo://ivoa.net/std/SODA#sync-1.0"] == f"{own}{_CUTOUT}/sync"
    assert lower["ivo://ivoa.net/std/SODA#async-1.0"] == f"{own}{_CUTOUT}/jobs"


def test_images_need_a_token_with_their_scope(own: str) -> None:
    few = bearer(desk(own, "rubin/auth/tokens", scopes="read:tap"))
    for path in (_LINKS, f"{_CUTOUT}/sync", f"{_CUTOUT}/jobs"):
        assert HTTP.get(f"{own}{path}").status_code == 401
        assert HTTP.get(f"{own}{path}", headers=few).status_code == 403
