"""ESO's rows, links and files: who sees what, and until when."""

# mypy: disable-error-code=import-untyped

import io

import pytest
from astropy.io.votable import parse
from astropy.table import Table

from obsdeck.tests.sandbox.jobs import finished, made
from obsdeck.tests.sandbox.serving import serving
from obsdeck.tests.sandbox.signing import (
    HTTP,
    Clock,
    bearer,
    count,
    eso_sign_in,
    eso_token,
    tap,
)

_FUTURE = "release_date > '2026-11-22'"


def _cells(base: str, query: str, name: str | None = None) -> list[list[str]]:
    headers = bearer(eso_token(base, name)) if name else {}
    answer = tap(base, "eso/tap", query, headers=headers)
    assert answer.status_code == 200, answer.text
    return [line.split(",") for line in answer.text.splitlines()[1:]]


def _links(base: str, identifier: str, name: str | None = None) -> Table:
    headers = bearer(eso_token(base, name)) if name else {}
    answer = HTTP.get(f"{base}eso/datalink/links", params={"ID": identifier}, headers=headers)
    return parse(io.BytesIO(answer.content)).get_first_table().to_table()


@pytest.mark.parametrize("name", [None, "student", "astronomer"])
def test_rows_of_ddt_programmes_wait_for_their_release(base_url: str, name: str | None) -> None:
    query = f"SELECT prog_id FROM dbo.raw WHERE prog_type = 'DDT' AND {_FUTURE}"
    letters = {cells[0].split(".")[1][0] for cells in _cells(base_url, query, name)}
    assert letters == ({"A", "B"} if name == "astronomer" else set())


def test_other_reserved_frames_are_listed_to_all(base_url: str) -> None:
    query = f"SELECT COUNT(*) AS n FROM dbo.raw WHERE prog_type <> 'DDT' AND {_FUTURE}"
    assert count(tap(base_url, "eso/tap", query)) > 100


HIDING_PLACES = [
    "SELECT COUNT(*) AS n FROM dbo.raw AS r WHERE r.prog_type = 'DDT' AND r.release_date > '2027'",
    "SELECT COUNT(*) AS n FROM (SELECT * FROM dbo.raw) AS r "
    "WHERE prog_type = 'DDT' AND release_date > '2027'",
    "WITH r AS (SELECT * FROM dbo.raw) SELECT COUNT(*) AS n FROM r "
    "WHERE prog_type = 'DDT' AND release_date > '2027'",
    "SELECT COUNT(*) AS n FROM ivoa.ObsCore AS o JOIN dbo.raw AS r ON 1 = 1 "
    "WHERE o.dp_id = (SELECT MIN(dp_id) FROM ivoa.ObsCore) "
    "AND r.prog_type = 'DDT' AND r.release_date > '2027'",
    "SELECT COUNT(*) AS n FROM ivoa.ObsCore WHERE EXISTS "
    "(SELECT 1 FROM dbo.raw WHERE prog_type = 'DDT' AND release_date > '2027')",
    "SELECT COUNT(*) AS n FROM \"dbo\".\"RAW\" WHERE prog_type = 'DDT' AND release_date > '2027'",
    "SELECT COUNT(*) AS n FROM (SELECT dp_id FROM dbo.raw WHERE prog_type = 'DDT' AND "
    "release_date > '2027' UNION ALL SELECT dp_id FROM dbo.raw WHERE 1 = 0) AS u",
]


@pytest.mark.parametrize("query", HIDING_PLACES)
def test_no_form_of_query_shows_reserved_rows(base_url: str, query: str) -> None:
    assert count(tap(base_url, "eso/tap", query)) == 0
    assert count(tap(base_url, "eso/tap", query, headers=bearer(eso_token(base_url)))) > 0


def test_rows_appear_with_their_release() -> None:
    clock = Clock(1_700_000_000.0)
    with serving(clock=clock, rows=500) as url:
        before = count(tap(url, "eso/tap"))
        clock.now += 40 * 365 * 86_400
        assert count(tap(url, "eso/tap")) > before


def test_another_seed_gives_other_rows(base_url: str) -> None:
    query = "SELECT TOP 5 dp_id, prog_id FROM dbo.raw ORDER BY dp_id"
    with serving(seed=7, rows=500) as url:
        assert _cells(url, query) != _cells(base_url, query)


def test_a_token_ends(timed_url: str, clock: Clock) -> None:
    headers = bearer(eso_token(timed_url, "expires-30"))
    clock.now += 29
    assert tap(timed_url, "eso/tap", headers=headers).status_code == 200
    clock.now += 1
    refused = tap(timed_url, "eso/tap", headers=headers)
    assert (refused.status_code, refused.text) == (401, "Unauthorized")


def test_tokens_of_another_sandbox_and_unsigned_ones_are_refused(
    base_url: str, timed_url: str
) -> None:
    forged = eso_token(base_url).rpartition(".")[0] + "."
    for token in (eso_token(timed_url), forged, "a.b.c", "é"):
        answer = tap(base_url, "eso/tap", headers={"Authorization": f"Bearer {token}".encode()})
        assert answer.status_code == 401, token


def test_a_token_must_be_in_a_bearer_header(base_url: str) -> None:
    token = eso_token(base_url)
    for scheme in ("Token", "Basic"):
        headers = {"Authorization": f"{scheme} {token}"}
        assert tap(base_url, "eso/tap", headers=headers).status_code == 401
    query = {"Authorization": f"Bearer {token}", "token": token}
    answer = HTTP.get(f"{base_url}eso/dataPortal/file/none", params=query)
    assert answer.status_code == 404


def test_a_public_frame_has_a_file_and_notes_on_another_host(base_url: str) -> None:
    query = "SELECT TOP 1 dp_id, datalink_url, access_url FROM dbo.raw WHERE dp_cat = 'CALIB'"
    dp_id, links_url, file_url = _cells(base_url, query)[0]
    this, *_, notes = [
        row
        for row in _links(base_url, f"ivo://eso.org/ID?{dp_id}")
        if row["semantics"] != "#derivation"
    ]
    assert links_url.startswith(f"{base_url}eso/datalink/links?ID=ivo%3A%2F%2Feso.org%2FID%3F")
    assert this["access_url"] == file_url
    origins = HTTP.get(f"{base_url}foreign/address").json()
    assert notes["access_url"].startswith(origins[0])
    file = HTTP.get(this["access_url"])
    assert (file.status_code, len(file.content)) == (200, this["content_length"])
    name = file.headers["content-disposition"].removeprefix("attachment; filename=").strip('"')
    assert name in {f"{dp_id}{end}" for end in (".fits", ".fits.Z", ".fits.fz")}


@pytest.mark.parametrize("who", [None, "student", "astronomer"])
def test_a_reserved_file_is_for_members_of_its_programme(base_url: str, who: str | None) -> None:
    query = (
        "SELECT TOP 1 dp_id FROM dbo.raw WHERE prog_type <> 'DDT' "
        f"AND prog_id LIKE '%.A-%' AND {_FUTURE}"
    )
    dp_id = _cells(base_url, query)[0][0]
    rows = _links(base_url, f"ivo://eso.org/ID?{dp_id}", who)
    headers = bearer(eso_token(base_url, who)) if who else {}
    file = HTTP.get(f"{base_url}eso/dataPortal/file/{dp_id}", headers=headers)
    if who == "astronomer":
        assert (rows[0]["semantics"], file.status_code) == ("#this", 200)
        assert len(rows) > 4
        return
    assert len(rows) == 1
    assert "no permission" in rows[0]["error_message"]
    assert not rows[0]["access_url"]
    assert file.status_code == 401
    assert file.headers["www-authenticate"] == 'Basic realm="ESO"'


def test_an_unknown_file_looks_like_a_reserved_one(base_url: str) -> None:
    hidden = _cells(
        base_url,
        "SELECT TOP 1 dp_id FROM dbo.raw WHERE prog_type = 'DDT' AND prog_id LIKE '%.A-%' "
        f"AND {_FUTURE}",
        "astronomer",
    )[0][0]
    messages = {
        str(_links(base_url, f"ivo://eso.org/ID?{dp_id}")[0]["error_message"])
        for dp_id in (hidden, "NONE.2020-01-01T00:00:00.000", "'; DROP TABLE dbo.raw; --")
    }
    assert len(messages) == 1
    assert HTTP.get(f"{base_url}eso/dataPortal/file/{hidden}").status_code == 404


def test_reduced_data_are_linked_by_their_dp_id(base_url: str) -> None:
    query = "SELECT TOP 1 dp_id, obs_publisher_did, access_url FROM ivoa.ObsCore"
    dp_id, did, url = _cells(base_url, query)[0]
    assert did == f"ivo://eso.org/ID?{dp_id}"
    table = parse(io.BytesIO(HTTP.get(url).content)).get_first_table()
    assert [field.name for field in table.fields][8:] == [
        "eso_origfile",
        "eso_category",
        "eso_datalink",
    ]
    file = HTTP.get(table.to_table()[0]["access_url"])
    assert file.status_code == 200


def test_the_address_of_the_download_scripts_tells_by_its_status(base_url: str) -> None:
    url = f"{base_url}eso/sso/oidc/accessToken?grant_type=password&client_id=clientid"
    pair = {"username": "student", "password": "sandbox-student"}
    assert HTTP.post(url, data=pair).status_code == 200
    assert HTTP.post(url, data={**pair, "password": "x"}).status_code == 401
    assert HTTP.get(url, params=pair).status_code == 405


def test_each_sign_in_gives_tokens_of_its_own(base_url: str) -> None:
    one, other = (eso_sign_in(base_url).json() for _ in range(2))
    assert one["id_token"] != other["id_token"]
    assert one["access_token"] != other["access_token"]


#: Of ``eso.md``, 3: what a raw frame tells.
RAW_COLUMNS = """
dp_id origfile instrument telescope prog_id prog_title prog_type pi_coi period ob_id ob_name
obs_mode dp_cat dp_type dp_tech ins_mode filter_path gris_path grat_path slit_path lambda_min
lambda_max tpl_id tpl_name tpl_nexp tpl_expno tpl_seqno tpl_start object target ra dec ra_pnt
dec_pnt gal_lon gal_lat ecl_lon ecl_lat s_region date_obs exp_start mjd_obs exposure release_date
last_mod_date access_url datalink_url access_estsize
"""


def test_raw_frames_have_all_columns(base_url: str) -> None:
    names = RAW_COLUMNS.split()
    answer = tap(base_url, "eso/tap", f"SELECT TOP 1 {', '.join(names)} FROM dbo.raw")
    assert answer.status_code == 200, answer.text
    assert answer.text.splitlines()[0].split(",") == names


def test_ESO_55_kinds_and_techniques_have_commas_and_several_lines(base_url: str) -> None:
    query = {"LANG": "ADQL", "QUERY": "SELECT dp_type, dp_tech FROM dbo.raw", "FORMAT": "json"}
    found = HTTP.post(f"{base_url}eso/tap/sync", data=query).json()["data"]
    assert any("\n" in kind and "," in kind for kind, _ in found)
    assert any(technique == "IMAGE,DUAL,CORONOGRAPHY" for _, technique in found)
    assert any("\n" in technique for _, technique in found)


def test_signing_in_adds_rows(base_url: str) -> None:
    query = "SELECT COUNT(*) AS n FROM dbo.raw"
    mine = bearer(eso_token(base_url))
    assert count(tap(base_url, "eso/tap", query)) < count(
        tap(base_url, "eso/tap", query, headers=mine)
    )


def test_ESO_14_missing_values_of_jobs_are_nil(base_url: str) -> None:
    url = made(f"{base_url}eso/tap")
    document = HTTP.get(url).text
    assert '<job xmlns="http://www.ivoa.net/xml/UWS/v1.0"' in document
    for name in ("ownerId", "quote", "startTime", "endTime"):
        assert f'\t<{name} xsi:nil="true" />' in document
    assert "<executionDuration>60</executionDuration>" in document


def test_ESO_12_the_duration_is_set_before_the_job_runs(base_url: str) -> None:
    url = made(f"{base_url}eso/tap")
    for given, kept in (("600", "600"), ("99999", "3600")):
        HTTP.post(f"{url}/executionduration", data={"EXECUTIONDURATION": given})
        assert HTTP.get(f"{url}/executionduration").text == kept
    assert finished(url) == "COMPLETED"
    HTTP.post(f"{url}/executionduration", data={"EXECUTIONDURATION": "20"})
    assert HTTP.get(f"{url}/executionduration").text == "3600"


def test_jobs_of_nobody_are_not_listed(base_url: str) -> None:
    url = made(f"{base_url}eso/tap")
    assert url.rpartition("/")[2] not in HTTP.get(f"{base_url}eso/tap/async").text


def test_a_job_shows_the_rows_of_its_owner(base_url: str) -> None:
    mine = bearer(eso_token(base_url))
    query = "SELECT COUNT(*) AS n FROM dbo.raw"
    url = made(f"{base_url}eso/tap", query, headers=mine)
    assert finished(url, headers=mine) == "COMPLETED"
    answer = HTTP.get(f"{url}/results/result", headers=mine)
    assert count(answer) > count(tap(base_url, "eso/tap", query))
    assert HTTP.get(f"{url}/results/result").status_code == 401
