"""Links: what belongs to products and calibration frames, and which services take them."""

# mypy: disable-error-code=import-untyped

import io
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from astropy.io import fits
from astropy.io.votable import parse
from astropy.table import Table

from obsdeck.tests.sandbox.products import HTTP, did_of, links, one_row

_NS = "{http://www.ivoa.net/xml/VOTable/v1.3}"
_LINK_COLUMNS = ("access_url", "service_def", "error_message")


def _meanings(table: Table) -> list[str]:
    return [str(one) for one in table["semantics"]]


def _by_meaning(table: Table, semantics: str) -> Table:
    return table[[str(one) == semantics for one in table["semantics"]]]


def _described(base_url: str, *identifiers: str) -> dict[str, dict[str, ElementTree.Element]]:
    """Return the parameters of each service by its identifier."""
    answer = HTTP.get(f"{base_url}datalink/links", params={"ID": list(identifiers)})
    return {
        one.get("ID", ""): {p.get("name", ""): p for p in one.iter(f"{_NS}PARAM")}
        for one in ElementTree.fromstring(answer.content).iter(f"{_NS}RESOURCE")
        if one.get("utype") == "adhoc:service"
    }


def test_VO_38_every_row_has_exactly_one_of_the_three_link_columns(base_url: str) -> None:
    dids = [did_of(kind) for kind in ("vvv.tile", "muse.datacube", "deckx.events", "vst.raw")]
    for row in links(base_url, *dids, "ivo://nobody/x"):
        assert sum(bool(row[name]) for name in _LINK_COLUMNS) == 1


def test_an_image_has_what_belongs_to_it_in_terms_of_the_vocabulary(base_url: str) -> None:
    table = links(base_url, did_of("vvv.tile"))
    assert _meanings(table)[0] == "#this"
    assert {"#preview", "#thumbnail", "#weight", "#documentation", "#cutout", "#proc"} <= set(
        _meanings(table)
    )
    (own,) = {one for one in _meanings(table) if not one.startswith("#")}
    assert own == "http://obsdeck.example/rdf/sandbox#header_listing"
    for row in table:
        if row["access_url"] and "content=datalink" not in row["content_type"]:
            answer = HTTP.get(row["access_url"])
            assert answer.status_code == 200, row["access_url"]
            assert answer.headers["content-type"].startswith(row["content_type"].split(";")[0])
    (weight,) = _by_meaning(table, "#weight")
    assert len(HTTP.get(weight["access_url"]).content) == weight["content_length"]
    (text,) = _by_meaning(table, "#documentation")
    assert "These data are invented" in HTTP.get(text["access_url"]).text


def test_calibrations_lead_on_and_back(base_url: str) -> None:
    did = did_of("vvv.raw")
    seen: dict[str, list[str]] = {}
    waiting = [did]
    while waiting and len(seen) < 60:
        one = waiting.pop(0)
        table = links(base_url, one)
        onward = [row for row in table if "content=datalink" in row["content_type"]]
        targets = [_id_of(str(row["access_url"])) for row in onward]
        seen[one] = targets
        waiting += [target for target in targets if target not in seen and target not in waiting]
    assert not waiting
    flat = next(one for one in seen[did] if "master-flat" in one)
    bias = next(one for one in seen[did] if "master-bias" in one)
    assert bias in seen[flat]
    assert flat in seen[bias]
    # The masters of a night name one observation they were used for: that is another circle.
    assert any("calib?" not in one for one in seen[flat])


def _id_of(url: str) -> str:
    """Return the ID of the address of links."""
    return parse_qs(urlsplit(url).query)["ID"][0]


def test_a_missing_frame_is_a_row_with_an_error(base_url: str) -> None:
    flat = next(
        _id_of(row["access_url"])
        for row in links(base_url, did_of("vvv.raw"))
        if "master-flat" in row["access_url"]
    )
    frame = links(base_url, flat.replace("master-flat", "flat"))
    (missing,) = [row for row in frame if row["error_message"]]
    assert (missing["semantics"], missing["error_message"].split(":")[0]) == (
        "#calibration",
        "NotFoundFault",
    )
    this = HTTP.get(frame[0]["access_url"])
    assert this.headers["content-disposition"].endswith('.fits.Z"')
    master = HTTP.get(links(base_url, flat)[0]["access_url"])
    assert fits.open(io.BytesIO(master.content))[0].data.shape == (256, 256)


@pytest.mark.parametrize(
    ("identifier", "beginning"),
    [
        ("ivo://nobody/x", "NotFoundFault: "),
        ("no identifier", "UsageFault: "),
        ("ivo://org.obsdeck.sandbox/faults?transient", "TransientFault: "),
        ("ivo://org.obsdeck.sandbox/faults?fatal", "FatalFault: "),
        ("ivo://org.obsdeck.sandbox/faults?default", "DefaultFault something"),
        ("ivo://org.obsdeck.sandbox/faults?bare", "NotFoundFault"),
        ("ivo://org.obsdeck.sandbox/faults?odd", "The tape"),
    ],
)
def test_faults_are_rows(base_url: str, identifier: str, beginning: str) -> None:
    (row,) = links(base_url, identifier)
    assert row["error_message"].startswith(beginning)


def test_VO_42_43_44_descriptors_have_fixed_bound_and_free_parameters(base_url: str) -> None:
    did = did_of("vvv.tile")
    services = _described(base_url, did)
    cutout, rebin = services["soda-shape"], services["rebin"]
    assert cutout["ID"].get("value") == did
    assert (rebin["ID"].get("value"), rebin["ID"].get("ref")) == ("", "ID")
    assert (cutout["CIRCLE"].get("value"), cutout["CIRCLE"].get("xtype")) == ("", "circle")
    assert rebin["accessURL"].get("value") == f"{base_url}services/rebin?edge=cut"
    options = [one.get("value") for one in rebin["FACTOR"].iter(f"{_NS}OPTION")]
    assert options == ["2", "4", "8"]
    largest = next(cutout["CIRCLE"].iter(f"{_NS}MAX")).get("value", "").split()
    ra, dec, fov = one_row("s_ra, s_dec, s_fov", f"obs_publisher_did = '{did}'")
    found = [float(number) for number in largest]
    assert found == pytest.approx([ra, dec, fov / 2], rel=1e-3)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("muse.datacube", {"ID", "CIRCLE", "POLYGON", "POS", "BAND"}),
        ("mm.cube", {"ID", "CIRCLE", "POLYGON", "POS", "BAND", "POL"}),
        ("harps.s1d", {"ID", "BAND"}),
        ("deckx.events", {"ID", "CIRCLE", "POLYGON", "POS", "TIME"}),
        ("deck.lightcurve", {"ID", "TIME"}),
    ],
)
def test_a_descriptor_offers_what_a_product_can_be_cut_by(
    base_url: str, kind: str, parameters: set[str]
) -> None:
    services = _described(base_url, did_of(kind))
    (name,) = [one for one in services if one.startswith("soda-") and "async" not in one]
    about = {"standardID", "accessURL", "contentType"}
    assert set(services[name]) - about == parameters
    assert set(services[name.replace("soda-", "soda-async-")]) - about == parameters


def test_several_identifiers_share_descriptors_that_refer_to_their_row(base_url: str) -> None:
    services = _described(base_url, did_of("vvv.tile"), did_of("deck.mosaic"), did_of("muse.deep"))
    assert {"soda-shape", "soda-shape-band"} <= set(services)
    for name in ("soda-shape", "soda-shape-band"):
        assert (services[name]["ID"].get("value"), services[name]["ID"].get("ref")) == ("", "ID")
        assert not list(services[name]["CIRCLE"].iter(f"{_NS}MAX"))


def test_more_identifiers_than_are_answered_overflow_between_two(base_url: str) -> None:
    dids = [did_of("vvv.tile"), did_of("deck.mosaic"), did_of("muse.deep")]
    answer = HTTP.post(f"{base_url}faults/links/late,MOST=2/datalink/links", data={"ID": dids})
    votable = parse(io.BytesIO(answer.content))
    table = votable.get_first_table().to_table()
    assert list(dict.fromkeys(table["ID"])) == dids[:2]
    assert len(table) == len(links(base_url, *dids[:2]))
    assert votable.resources[0].infos[-1].value == "OVERFLOW"


def test_the_format_of_the_answer_can_be_chosen(base_url: str) -> None:
    did = did_of("vvv.tile")
    usual = links(base_url, did)
    for wanted in ("votable", "application/x-votable+xml;serialization=binary2"):
        table = links(base_url, did, RESPONSEFORMAT=wanted)
        assert list(table["access_url"]) == list(usual["access_url"])
    refused = HTTP.get(f"{base_url}datalink/links", params={"ID": did, "RESPONSEFORMAT": "csv"})
    assert (refused.status_code, refused.text[:10]) == (400, "UsageFault")


def test_described_services_answer_with_what_they_say(base_url: str) -> None:
    did = did_of("vvv.tile")
    asked = {"ID": did, "FACTOR": "4", "STATISTIC": "median", "edge": "cut"}
    answer = HTTP.get(f"{base_url}services/rebin", params=asked)
    (hdu,) = fits.open(io.BytesIO(answer.content))
    assert hdu.data.shape == (375, 375)
    bad = HTTP.get(f"{base_url}services/rebin", params={"ID": did, "FACTOR": "3"})
    assert (bad.status_code, bad.text) == (
        400,
        "UsageError: FACTOR must be one of 2, 4, 8, not '3'.\n",
    )
    text = HTTP.get(f"{base_url}services/statistics", params={"ID": did})
    assert text.headers["content-type"].startswith("text/plain")
    assert text.text.startswith("HDU 0 PRIMARY: 2250000 pixels")
    cube, ra, dec = one_row(
        "obs_publisher_did, s_ra, s_dec", "dataproduct_subtype = 'muse.datacube'"
    )
    spectrum = HTTP.get(
        f"{base_url}services/extract", params={"ID": cube, "CIRCLE": f"{ra} {dec} 0.002"}
    )
    table = parse(io.BytesIO(spectrum.content)).get_first_table().to_table()
    assert len(table) == 120


CASES = ["many,COUNT=500", "lacking", "hostile", "contrary", "deep", "getonly", "late,MS=20"]


@pytest.mark.parametrize("case", CASES)
def test_fault_links_are_documents_that_astropy_reads(base_url: str, case: str) -> None:
    answer = HTTP.get(f"{base_url}faults/links/{case}/datalink/links", params={"ID": "ivo://a/b"})
    assert answer.status_code == 200
    table = parse(io.BytesIO(answer.content)).get_first_table().to_table()
    assert len(table) == (500 if case.startswith("many") else len(table))
    assert len(table) >= 1


@pytest.mark.parametrize(("case", "status"), [("page500", 500), ("fault400", 400)])
def test_fault_links_that_are_none(base_url: str, case: str, status: int) -> None:
    answer = HTTP.get(f"{base_url}faults/links/{case}/datalink/links", params={"ID": "ivo://a/b"})
    assert answer.status_code == status
    refused = HTTP.post(f"{base_url}faults/links/getonly/datalink/links", data={"ID": "ivo://a/b"})
    assert refused.status_code == 405
