"""Statements of the VO and ESO contracts that the sandbox, as a server, has to bear out."""

# mypy: disable-error-code=import-untyped

import io
from urllib.parse import urlencode

import httpx
import pytest
import pyvo
from astropy.io.votable import parse

from obsdeck.tests.sandbox.serving import error_of, rows, shared_url, sync


@pytest.fixture(scope="module")
def base_url() -> str:
    return shared_url()


def _status(answer: httpx.Response) -> tuple[str, int]:
    votable = parse(io.BytesIO(answer.content))
    return votable.resources[0].infos[-1].value, len(votable.get_first_table().array)


@pytest.mark.parametrize("slash", ["", "/"])
def test_VO_1_a_trailing_slash_does_not_matter(base_url: str, slash: str) -> None:
    service = pyvo.dal.TAPService(f"{base_url}tap{slash}")
    assert len(service.run_sync("SELECT TOP 3 obs_id FROM ivoa.ObsCore")) == 3
    assert "ivoa.ObsCore" in service.tables.keys()  # noqa: SIM118 - pyvo's own mapping


@pytest.mark.parametrize("name", ["FORMAT", "RESPONSEFORMAT"])
@pytest.mark.parametrize("request_name", [{}, {"REQUEST": "doQuery"}])
def test_VO_2_either_format_name_is_taken_with_and_without_request(
    base_url: str, name: str, request_name: dict[str, str]
) -> None:
    given = {"LANG": "ADQL", "QUERY": "SELECT 1 AS x", "MAXREC": "5", name: "csv", **request_name}
    assert httpx.post(f"{base_url}tap/sync", data=given).text == "x\n1\n"


TEXTS = [
    "it's",
    '"double"',
    "100 % sure %41 %%",
    "a+b c",
    "a&b=c;d",
    "# no comment",
    "-- no comment",
    "two\nlines\tand a tab",
    "é ß Ω 銀河",
    "🔭 \U0001d49c",
    "<b>&amp;</b>",
    "\\ backslash",
    " blanks ",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "votable/td", "votable/b2"])
def test_VO_3_a_query_arrives_unchanged(base_url: str, text: str, method: str, form: str) -> None:
    query = "SELECT '" + text.replace("'", "''") + "' AS echo FROM obsdeck.odd WHERE id = 1"
    given = urlencode({"LANG": "ADQL", "QUERY": query, "FORMAT": form})
    url = f"{base_url}tap/sync"
    if method == "GET":
        answer = httpx.get(f"{url}?{given}")
    else:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = httpx.post(url, content=given, headers=kind)
    if form == "json":
        assert answer.json()["data"] == [[text]]
    else:
        # astropy's reader strips the blanks around text cells of TABLEDATA.
        found = parse(io.BytesIO(answer.content)).get_first_table().array["echo"][0]
        assert found == text or found == text.strip()


@pytest.mark.parametrize("count", [1, 39])
def test_VO_5_maxrec_overflow_is_marked_and_cuts_at_maxrec(count: int) -> None:
    assert _status(sync("SELECT id FROM obsdeck.odd", MAXREC=count)) == ("OVERFLOW", count)


def test_VO_6_top_below_maxrec_does_not_overflow() -> None:
    assert _status(sync("SELECT TOP 10 id FROM obsdeck.odd", MAXREC=20)) == ("OK", 10)
    assert _status(sync("SELECT TOP 20 id FROM obsdeck.odd", MAXREC=10)) == ("OVERFLOW", 10)


def test_VO_53_awkward_names_and_quotes_in_values() -> None:
    query = (
        'SELECT id, "size", "Mixed Case", "has ""quotes""" FROM obsdeck.odd '
        'WHERE "has ""quotes""" = \'it\'\'s "quoted"\''
    )
    assert rows(query) == [[0, 2**63 - 1, -0.0, 'it\'s "quoted"']]


def test_VO_54_names_of_tap_schema_come_quoted_and_work_as_they_are() -> None:
    names = [
        row[0]
        for row in rows(
            "SELECT column_name FROM TAP_SCHEMA.columns WHERE table_name = 'obsdeck.odd' "
            "ORDER BY column_index"
        )
    ]
    assert names[1:4] == ['"size"', '"Mixed Case"', '"has ""quotes"""']
    assert len(rows(f"SELECT {', '.join(names)} FROM obsdeck.odd")) == 40


def test_VO_55_pyvo_reads_the_capabilities(base_url: str) -> None:
    service = pyvo.dal.TAPService(f"{base_url}tap")
    tap = service.get_tap_capability()
    assert (tap.standardid, service.maxrec, service.hardlimit) == (
        "ivo://ivoa.net/std/TAP",
        20_000,
        1_000_000,
    )
    assert [model.ivo_id for model in tap.datamodels] == ["ivo://ivoa.net/std/ObsCore#core-1.1"]
    features = tap.get_adql().get_feature_list("ivo://ivoa.net/std/TAPRegExt#features-adqlgeo")
    assert {"POINT", "CIRCLE", "POLYGON", "CONTAINS", "INTERSECTS", "DISTANCE"} <= {
        feature.form for feature in features
    }


def test_VO_56_no_security_method_and_no_challenge_means_anonymous(base_url: str) -> None:
    answer = httpx.get(f"{base_url}tap/capabilities")
    assert "securityMethod" not in answer.text
    assert "www-authenticate" not in answer.headers
    service = pyvo.dal.TAPService(f"{base_url}tap")
    assert [m for i in service.get_tap_capability().interfaces for m in i.securitymethods] == []


def test_ESO_15_a_bad_query_is_an_error_votable_with_status_400() -> None:
    answer = sync("SELECT nothing FROM ivoa.ObsCore")
    assert answer.status_code == 400
    assert "nothing" in error_of(answer)


def test_ESO_56_a_doubled_quote_finds_the_target() -> None:
    query = "SELECT target_name FROM ivoa.ObsCore WHERE target_name = 'O''Brien''s star'"
    assert rows(query) == [["O'Brien's star"]]
    assert sync(query.replace("''", "'")).status_code == 400
