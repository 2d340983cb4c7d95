"""Links, files and cutouts of the sandbox's ESO portal (``eso.md``, 4, 7 and 9)."""

# mypy: disable-error-code=import-untyped

import base64
import hashlib
import io

import numpy as np
import pytest
from astropy.io import fits
from astropy.io.votable import parse
from astropy.table import Table
from astropy.wcs import WCS

from obsdeck.tests.sandbox.signing import HTTP, bearer, eso_token, tap

_VOCABULARY = "http://archive.eso.org/rdf/datalink/eso#"
_ID = "ivo://eso.org/ID?"


def _raw(base_url: str, instrument: str) -> str:
    query = (
        f"SELECT TOP 1 dp_id FROM dbo.raw WHERE instrument = '{instrument}' "
        "AND release_date < '2026-01-01' ORDER BY dp_id"
    )
    return tap(base_url, "eso/tap", query).text.splitlines()[1]


def _product(base_url: str, kind: str, columns: str = "dp_id") -> list[str]:
    query = (
        f"SELECT TOP 1 {columns} FROM ivoa.ObsCore WHERE dataproduct_subtype = '{kind}' "
        "AND obs_release_date < '2026-01-01' AND s_fov IS NOT NULL AND em_min IS NOT NULL"
    )
    return tap(base_url, "eso/tap", query).text.splitlines()[1].split(",")


def _links(base_url: str, dp_id: str) -> tuple[Table, bytes]:
    answer = HTTP.get(f"{base_url}eso/datalink/links", params={"ID": f"{_ID}{dp_id}"})
    return parse(io.BytesIO(answer.content)).get_first_table().to_table(), answer.content


def _file(base_url: str, dp_id: str) -> bytes:
    answer = HTTP.get(f"{base_url}eso/dataPortal/file/{dp_id}")
    assert answer.status_code == 200
    return answer.content


def test_ESO_18_columns_are_those_of_the_archive_in_its_order(base_url: str) -> None:
    table, _ = _links(base_url, _raw(base_url, "FORS2"))
    assert table.colnames == [
        "ID", "access_url", "service_def", "error_message", "semantics", "description",
        "content_type", "content_length", "eso_origfile", "eso_category", "eso_datalink",
    ]  # fmt: skip


def test_ESO_19_no_access_is_one_row_whatever_the_cause(base_url: str) -> None:
    query = (
        "SELECT TOP 1 dp_id FROM dbo.raw WHERE prog_type <> 'DDT' AND prog_id LIKE '%.A-%' "
        "AND release_date > '2026-12-31'"
    )
    reserved = tap(base_url, "eso/tap", query).text.splitlines()[1]
    for dp_id in (reserved, "NONE.2020-01-01T00:00:00.000", f"{reserved}.NL"):
        (row,) = _links(base_url, dp_id)[0]
        assert row["error_message"].startswith("NotFoundFault: the requested file does not exist")
        assert not row["access_url"]
    mine = bearer(eso_token(base_url))
    log = f"{base_url}eso/dataPortal/file/{reserved}.NL"
    assert HTTP.get(log).status_code == 401
    assert HTTP.get(log, headers=mine).status_code == 200


def test_ESO_20_a_raw_frame_has_meanings_of_the_vocabulary_and_one_of_none(base_url: str) -> None:
    table, _ = _links(base_url, _raw(base_url, "FORS2"))
    assert list(table["semantics"]) == [
        "#this",
        f"{_VOCABULARY}calSelector_raw2raw",
        f"{_VOCABULARY}calSelector_raw2master",
        f"{_VOCABULARY}night_log",
        f"{_VOCABULARY}ambient_conditions",
        "#derivation",
        "#derivation",
    ]
    log = HTTP.get(table["access_url"][3])
    assert log.headers["content-type"].startswith("text/plain")
    assert log.headers["content-disposition"].endswith('.NL.txt"')
    assert "NIGHT LOG" in log.text
    tree = HTTP.get(table["access_url"][1])
    (row,) = parse(io.BytesIO(tree.content)).get_first_table().to_table()
    assert row["error_message"].startswith("TransientFault")


@pytest.mark.parametrize(
    ("kind", "inputs", "category"),
    [
        ("vvv.tile", ["ID", "CIRCLE"], "SCIENCE.IMAGE"),
        ("muse.datacube", ["ID", "CIRCLE", "BAND"], "SCIENCE.CUBE.IFS"),
        ("harps.s1d", ["ID", "CIRCLE", "BAND"], "SCIENCE.SPECTRUM"),
    ],
)
def test_ESO_21_22_a_product_is_cut_by_what_its_descriptor_has(
    base_url: str, kind: str, inputs: list[str], category: str
) -> None:
    (dp_id,) = _product(base_url, kind)
    table, document = _links(base_url, dp_id)
    (cutout,) = table[table["semantics"] == "#cutout"]
    assert (cutout["service_def"], cutout["access_url"]) == (f"{dp_id}_soda", "")
    assert table["eso_category"][0] == category
    resource = parse(io.BytesIO(document)).resources[1]
    (group,) = resource.groups
    assert [entry.name for entry in group.entries] == inputs
    assert group.entries[0].value == f"{_ID}{dp_id}"
    assert (cutout["service_def"], resource.ID) == (f"{dp_id}_soda", resource.ID)


def test_a_cutout_of_a_cube_has_the_wavelengths_and_the_place_asked_for(base_url: str) -> None:
    dp_id, ra, dec, low, high = _product(
        base_url, "muse.datacube", "dp_id, s_ra, s_dec, em_min, em_max"
    )
    middle = (float(low) + float(high)) / 2
    asked = {"ID": f"{_ID}{dp_id}", "CIRCLE": f"{ra} {dec} 0.003", "BAND": f"{low} {middle}"}
    answer = HTTP.get(f"{base_url}eso/dataPortal/soda/sync", params=asked)
    (cube,) = fits.open(io.BytesIO(answer.content))
    assert abs(cube.data.shape[0] - 60) <= 1
    sky = WCS(cube.header).celestial
    center = sky.pixel_to_world((cube.data.shape[2] - 1) / 2, (cube.data.shape[1] - 1) / 2)
    assert abs(center.dec.deg - float(dec)) < 0.001
    assert np.isnan(cube.data[0, 0, 0])


def test_a_spectrum_is_a_point_for_a_circle(base_url: str) -> None:
    dp_id, ra, dec = _product(base_url, "harps.s1d", "dp_id, s_ra, s_dec")
    url = f"{base_url}eso/dataPortal/soda/sync"
    here = HTTP.get(url, params={"ID": f"{_ID}{dp_id}", "CIRCLE": f"{ra} {dec} 0.01"})
    assert here.status_code == 200
    elsewhere = (float(ra) + 180) % 360
    away = HTTP.get(url, params={"ID": f"{_ID}{dp_id}", "CIRCLE": f"{elsewhere} 0 0.01"})
    assert away.status_code == 204


def test_ESO_53_raw_frames_are_packed_as_unix_compress_has_it(base_url: str) -> None:
    uncompresspy = pytest.importorskip("uncompresspy", reason="uncompresspy is not installed")
    dp_id = _raw(base_url, "FORS2")
    table, _ = _links(base_url, dp_id)
    content = _file(base_url, dp_id)
    assert content[:2] == b"\x1f\x9d"
    assert table["content_length"][0] == len(content)
    assert table["eso_origfile"][0] == f"{dp_id}.fits.Z"
    hdus = fits.open(io.BytesIO(uncompresspy.LZWFile(io.BytesIO(content)).read()))
    assert hdus[0].data.shape == (400, 400)
    mosaic = fits.open(io.BytesIO(_file(base_url, _raw(base_url, "MUSE"))))
    assert [type(hdu).__name__ for hdu in mosaic[1:]] == ["CompImageHDU"] * 4


def test_ESO_49_a_file_has_its_name_its_parts_and_its_checksum(base_url: str) -> None:
    dp_id = _raw(base_url, "SPHERE")
    url = f"{base_url}eso/dataPortal/file/{dp_id}"
    whole = HTTP.get(url)
    assert whole.headers["content-disposition"] == f'attachment; filename="{dp_id}.fits"'
    digest = hashlib.md5(whole.content, usedforsecurity=False).digest()
    assert whole.headers["content-md5"] == base64.b64encode(digest).decode()
    part = HTTP.get(url, headers={"Range": "bytes=2880-", "If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, whole.content[2880:])


def test_ESO_51_52_what_portals_answer_in_place_of_a_file(base_url: str) -> None:
    url = f"{base_url}eso/dataPortal/file/{_raw(base_url, 'SPHERE')}"
    page = HTTP.get(url, params={"FAULT": "login"})
    assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/html")
    redirect = HTTP.get(url, params={"FAULT": "elsewhere"})
    assert redirect.status_code == 302
    target = redirect.headers["location"]
    assert target.startswith(HTTP.get(f"{base_url}foreign/address").json()[0])
    assert HTTP.get(target).content == HTTP.get(url).content
    refused = HTTP.get(target, headers=bearer(eso_token(base_url)))
    assert refused.status_code == 400


def test_links_as_json_and_ways_to_jump(base_url: str) -> None:
    dp_id = _raw(base_url, "FORS2")
    url = f"{base_url}eso/datalink/links"
    rows = HTTP.get(url, params={"ID": f"{_ID}{dp_id}", "RESPONSEFORMAT": "json"}).json()
    assert rows[0]["semantics"] == "#this"
    assert set(rows[0]) >= {"id", "access_url", "service_def", "eso_origfile", "science"}
    jump = HTTP.get(url, params={"ID": f"{_ID}{dp_id}", "eso_download": "file"})
    assert jump.headers["location"].endswith(f"/dataPortal/file/{dp_id.replace(':', '%3A')}")


def test_previews_and_weights_of_products(base_url: str) -> None:
    table, _ = _links(base_url, _product(base_url, "vvv.tile")[0])
    (picture,) = table[table["semantics"] == "#preview"]
    assert HTTP.get(picture["access_url"]).content[:4] == b"\x89PNG"
    (weight,) = table[table["semantics"] == "#auxiliary"]
    assert weight["eso_category"] == "ANCILLARY.WEIGHTMAP"
    assert len(HTTP.get(weight["access_url"]).content) == weight["content_length"]
