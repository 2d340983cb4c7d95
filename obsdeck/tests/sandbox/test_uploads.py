"""Tables that come with a query."""

import json
from typing import Any

import httpx
import pytest

from obsdeck.tests.sandbox.jobs import finished, text
from obsdeck.tests.sandbox.serving import error_of, rows, sync
from obsdeck.tests.sandbox.signing import HTTP
from obsdeck.tests.sandbox.tables import HEAD, field, votable, written

NUMBERS = votable(n=[1, 2, 3])


def ask(
    base_url: str, query: str, upload: str = "t,param:t", **parts: bytes | str
) -> httpx.Response:
    """Send a query with tables."""
    data = {"LANG": "ADQL", "QUERY": query, "UPLOAD": upload, "FORMAT": "json"}
    files = {name: (f"{name}.xml", content) for name, content in parts.items()}
    return HTTP.post(f"{base_url}tap/sync", data=data, files=files)


def found(answer: httpx.Response) -> list[list[Any]]:
    """Return the rows of an answer."""
    assert answer.status_code == 200, answer.text
    listed: list[list[Any]] = answer.json()["data"]
    return listed


@pytest.mark.parametrize("serialization", ["tabledata", "binary", "binary2"])
def test_a_table_is_joined_with_ours(base_url: str, serialization: str) -> None:
    known = rows("SELECT TOP 20 obs_publisher_did, s_ra, s_dec FROM ivoa.ObsCore ORDER BY obs_id")
    targets = votable(
        serialization,
        label=[did for did, _, _ in known],
        ra=[ra for _, ra, _ in known],
        dec=[dec for _, _, dec in known],
    )
    query = (
        "SELECT DISTINCT t.label FROM TAP_UPLOAD.targets AS t JOIN ivoa.ObsCore AS o "
        "ON 1 = CONTAINS(POINT('ICRS', o.s_ra, o.s_dec), CIRCLE('ICRS', t.ra, t.dec, 0.001)) "
        "WHERE o.obs_publisher_did = t.label"
    )
    answer = ask(base_url, query, "targets,param:part-1", **{"part-1": targets})
    assert {label for (label,) in found(answer)} == {did for did, _, _ in known}


def test_a_thousand_targets_are_joined_in_an_instant(base_url: str) -> None:
    """Without ranges of latitude the engine would look at eight million pairs here."""
    known = rows("SELECT TOP 1000 s_ra, s_dec FROM ivoa.ObsCore ORDER BY obs_publisher_did")
    targets = votable(ra=[ra for ra, _ in known], dec=[dec for _, dec in known])
    query = (
        "SELECT COUNT(*) AS n FROM ivoa.ObsCore AS o, TAP_UPLOAD.t AS t "
        "WHERE CONTAINS(POINT(o.s_ra, o.s_dec), CIRCLE(t.ra, t.dec, 0.01)) = 1"
    )
    ((pairs,),) = found(ask(base_url, query, t=targets))
    assert pairs >= 1000
    overlapping = (
        "SELECT COUNT(*) AS n FROM TAP_UPLOAD.t AS t JOIN ivoa.ObsCore AS o "
        "ON INTERSECTS(o.s_region, CIRCLE('ICRS', t.ra, t.dec, 0.01)) = 1"
    )
    ((more,),) = found(ask(base_url, overlapping, t=targets))
    assert more >= pairs


#: In the middle of a field, over RA 0, at both poles, and where nothing is.
PLACES: dict[str, Any] = {
    "ra": [55.75, 204.2538, 0.0, 359.999, 12.0, 77.0, 120.0],
    "dec": [-32.29, -29.8658, 2.0, 1.9, 90.0, -89.99, 45.0],
}


@pytest.mark.parametrize(
    "relation",
    [
        "INTERSECTS(o.s_region, CIRCLE('ICRS', t.ra, t.dec, 0.2))",
        "INTERSECTS(CIRCLE('ICRS', t.ra, t.dec, 0.2), o.s_region)",
        "INTERSECTS(POINT('ICRS', t.ra, t.dec), o.s_region)",
        "INTERSECTS(o.s_region, POINT('ICRS', t.ra, t.dec))",
        "CONTAINS(POINT('ICRS', t.ra, t.dec), o.s_region)",
        "CONTAINS(POINT('ICRS', o.s_ra, o.s_dec), CIRCLE('ICRS', t.ra, t.dec, 0.3))",
    ],
)
def test_ranges_that_make_a_join_fast_lose_no_pair(base_url: str, relation: str) -> None:
    """A comparison with 0 is not rewritten and looks at every pair."""
    query = "SELECT o.obs_publisher_did AS o, t.ra AS r FROM ivoa.ObsCore AS o, TAP_UPLOAD.t AS t "
    targets = votable(**PLACES)
    fast = found(ask(base_url, f"{query} WHERE 1 = {relation}", t=targets))
    plain = found(ask(base_url, f"{query} WHERE {relation} > 0", t=targets))
    assert sorted(map(str, fast)) == sorted(map(str, plain))
    assert len({ra for _, ra in fast}) >= 4


def test_several_tables_and_both_ways_to_name_them(base_url: str) -> None:
    query = "SELECT a.n + b.n AS s FROM TAP_UPLOAD.a AS a, tap_upload.B AS b WHERE a.n = 1"
    together = ask(base_url, query, "a,param:x;b,param:y", x=NUMBERS, y=votable(n=[10]))
    assert found(together) == [[11]]
    data = {"LANG": "ADQL", "QUERY": query, "UPLOAD": ["a,param:x", "b,param:y"], "FORMAT": "json"}
    files = {"x": ("x", NUMBERS), "y": ("y", votable(n=[10]))}
    assert found(HTTP.post(f"{base_url}tap/sync", data=data, files=files)) == [[11]]


def test_a_table_is_there_for_its_request_only(base_url: str) -> None:
    assert found(ask(base_url, "SELECT COUNT(*) AS n FROM TAP_UPLOAD.t", t=NUMBERS)) == [[3]]
    assert "Unknown table" in error_of(
        HTTP.get(f"{base_url}tap/sync?LANG=ADQL&QUERY=SELECT+*+FROM+TAP_UPLOAD.t")
    )


@pytest.mark.parametrize("serialization", ["td", "b", "b2"])
def test_every_datatype_comes_back(base_url: str, serialization: str) -> None:
    """A table with every datatype of VOTable, nulls and extremes goes out and in again."""
    columns = 'id, size, "Mixed Case", flag, bits, tiny, small, medium, big, single, precise, '
    columns += "words, moment, wave, amplitude, triple, series, matrix, place, outline"
    sent = sync(f"SELECT {columns} FROM obsdeck.odd ORDER BY id", FORMAT=f"votable/{serialization}")
    answer = ask(base_url, "SELECT * FROM TAP_UPLOAD.t ORDER BY id", t=sent.content)
    kept = sync(f"SELECT {columns} FROM obsdeck.odd ORDER BY id", FORMAT="json").json()
    described = {one["name"]: one for one in answer.json()["metadata"]}
    for one in kept["metadata"]:
        assert described[one["name"]]["datatype"] == one["datatype"]
    for row, wanted in zip(found(answer), kept["data"], strict=True):
        for cell, other, one in zip(row, wanted, kept["metadata"], strict=True):
            assert blank(cell) == blank(other), one["name"]


def blank(cell: Any) -> Any:
    """Return a cell without the differences that VOTables do not show."""
    if isinstance(cell, list) and not any(element is not None for element in cell):
        return None
    # The parser of the sandbox trims the cells of TABLEDATA.
    return cell.strip() or None if isinstance(cell, str) else cell


def test_values_units_and_nulls_survive(base_url: str) -> None:
    fields = (
        field("big", "long")
        + field("text", "unicodeChar", "*")
        + field("flag", "boolean")
        + field("pair", "double", "2")
        + field("many", "short", "*")
        + field("wave", "floatComplex")
        + '<FIELD name="size of" datatype="float" unit="deg" ucd="phys.angSize"/>'
    )
    cells = "<TD>9223372036854775807</TD><TD>é &lt;</TD><TD>true</TD><TD>1 2</TD><TD>3 4 5</TD>"
    full = f"<TR>{cells}<TD>1 2</TD><TD>0.5</TD></TR>"
    empty = "<TR><TD/><TD/><TD/><TD/><TD/><TD/><TD/></TR>"
    answer = ask(
        base_url,
        'SELECT t.*, "size of" AS s FROM TAP_UPLOAD.t AS t',
        t=written(fields, full + empty),
    )
    first, second = json.loads(answer.text)["data"]
    assert first == [2**63 - 1, "é <", True, [1, 2], [3, 4, 5], [1, 2], 0.5, 0.5]
    assert second[1:5] == [None, None, None, None]
    described = {one["name"]: one for one in answer.json()["metadata"]}
    assert (described["size of"]["unit"], described["s"]["ucd"]) == ("deg", "phys.angSize")


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        ("t,http://127.0.0.1:1/t.xml", "fetches nothing from elsewhere"),
        ("t,https://example.org/t", "fetches nothing from elsewhere"),
        ("t,file:///etc/passwd", "fetches nothing from elsewhere"),
        ("t,vos:a/b", "fetches nothing from elsewhere"),
        ("t", "must be a name and a URI"),
        ("t,", "must be a name and a URI"),
        ("t,param:other", "has no part other"),
        ("t,param:t;T,param:t", "more than once"),
        ("1t,param:t", "no name for an uploaded table"),
        ("a b,param:t", "no name for an uploaded table"),
        ('t" (x INTEGER) --,param:t', "no name for an uploaded"),
        ("TAP_UPLOAD.t,param:t", "no name for an uploaded table"),
        ("select,param:t", "no name for an uploaded table"),
        ("ü,param:t", "no name for an uploaded table"),
        (f"{'t' * 65},param:t", "no name for an uploaded table"),
        (";".join(f"t{n},param:t" for n in range(9)), "9 tables, but 8 is the most"),
    ],
)
def test_names_and_places_that_are_refused(base_url: str, upload: str, reason: str) -> None:
    answer = ask(base_url, "SELECT 1 AS x", upload, t=NUMBERS)
    assert answer.status_code == 400
    assert reason in error_of(answer)


MANY = "".join(f"<TR><TD>{n}</TD></TR>" for n in range(10_001))
DOCTYPE = '<!DOCTYPE v [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
STREAM = f"{HEAD}<RESOURCE><TABLE>{field('n')}<DATA><BINARY2><STREAM %s/></BINARY2></DATA>"
STREAM += "</TABLE></RESOURCE></VOTABLE>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no well-formed XML"),
        (b"id,ra\n1,2\n", "no well-formed XML"),
        (b"<html/>", "no VOTable"),
        (NUMBERS[:-30], "no well-formed XML"),
        (f"{DOCTYPE}{HEAD}</VOTABLE>".encode(), "document type declaration"),
        ((DOCTYPE + HEAD.replace("/>", ">") + "&b;</VOTABLE>").encode(), "document type"),
        (b'<!DOCTYPE v SYSTEM "file:///etc/passwd"><v/>', "document type declaration"),
        (written(""), "has no columns"),
        (written(field("n") + field("N")), "called n"),
        (written(field("", "int")), "no usable name"),
        (written(field("a&#10;b")), "no usable name"),
        (written(field("n" * 129)), "no usable name"),
        (written(field("n", "varchar")), "no datatype that VOTables have"),
        (written(field("n", "char", "3x*")), "array of texts"),
        (written(field("n"), MANY), "more than 10000 rows"),
        (written("".join(field(f"n{n}") for n in range(501))), "more than 500 columns"),
        (written(field("n", "double", "999999999999")), "more than 2000 elements"),
        (written(field("n", "double", "2000x2000")), "more than 2000 elements"),
        (("<a>" * 50 + "</a>" * 50).encode(), "nested too deeply"),
        ((STREAM % 'href="http://127.0.0.1:1/"').encode(), "fetches nothing"),
        ((STREAM % 'href="file:///etc/passwd"').encode(), "fetches nothing"),
        ((STREAM % 'encoding="gzip"').encode(), "not encoded as base64"),
        (b"\x1f\x8b" + b"\x00" * 40, "no well-formed XML"),
        (b" " * (16 * 2**20 + 1), "16777216 is the most"),
    ],
)
def test_tables_that_are_refused(base_url: str, content: bytes, reason: str) -> None:
    answer = ask(base_url, "SELECT COUNT(*) AS n FROM TAP_UPLOAD.t", t=content)
    assert answer.status_code == 400
    message = error_of(answer)
    assert message.startswith("The uploaded table t cannot be read: ")
    assert reason in message
    assert rows("SELECT 1 AS x") == [[1]]


def test_names_of_columns_cannot_break_out(base_url: str) -> None:
    name = "x&quot;); DROP TABLE ivoa.obscore; --"
    answer = ask(
        base_url, "SELECT * FROM TAP_UPLOAD.t", t=written(field(name), "<TR><TD>1</TD></TR>")
    )
    assert answer.json()["metadata"][0]["name"] == 'x"); DROP TABLE ivoa.obscore; --'
    assert rows("SELECT COUNT(*) AS n FROM ivoa.ObsCore") == [[8000]]


def test_a_job_takes_tables_as_well(base_url: str) -> None:
    data = {
        "LANG": "ADQL",
        "QUERY": "SELECT SUM(n) AS s FROM TAP_UPLOAD.t",
        "UPLOAD": "t,param:t",
        "FORMAT": "csv",
    }
    url = HTTP.post(f"{base_url}tap/async", data=data, files={"t": ("t", NUMBERS)}).headers[
        "location"
    ]
    assert finished(url) == "COMPLETED"
    assert text(f"{url}/results/result") == "s\n6\n"
    refused = HTTP.post(f"{base_url}tap/async", data=data, files={"t": ("t", b"<html/>")})
    url = refused.headers["location"]
    assert finished(url) == "ERROR"
    assert "no VOTable" in text(f"{url}/error")
