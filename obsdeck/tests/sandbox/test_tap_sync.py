"""``/tap/sync`` over HTTP."""

# mypy: disable-error-code=import-untyped

import io
import socket
import threading

import httpx
import pytest
from astropy.io.votable import parse

from obsdeck.sandbox import app
from obsdeck.sandbox.web.tap_sync import BUSY
from obsdeck.tests.sandbox.serving import error_of, rows, serving, sync

CROSS = "SELECT COUNT(*) FROM ivoa.ObsCore a, ivoa.ObsCore b, ivoa.ObsCore c WHERE a.s_ra * b.s_ra > c.s_ra"  # noqa: E501


def _statuses(answer: httpx.Response) -> list[str]:
    infos = parse(io.BytesIO(answer.content)).resources[0].infos
    return [info.value for info in infos if info.name == "QUERY_STATUS"]


@pytest.mark.parametrize("method", ["GET", "POST", "multipart"])
def test_get_form_and_multipart_mean_the_same(base_url: str, method: str) -> None:
    given = {
        "REQUEST": "doQuery",
        "LANG": "ADQL",
        "QUERY": "SELECT 'a + b & c' AS x",
        "FORMAT": "csv",
    }
    url = f"{base_url}tap/sync"
    if method == "GET":
        answer = httpx.get(url, params=given)
    elif method == "POST":
        answer = httpx.post(url, data=given)
    else:
        answer = httpx.post(url, files={name: (None, value) for name, value in given.items()})
    assert answer.text == "x\na + b & c\n"
    assert answer.headers["content-type"] == "text/csv"


def test_parameter_names_ignore_case_and_values_do_not(base_url: str) -> None:
    url = f"{base_url}tap/sync"
    answer = httpx.get(url, params={"lang": "ADQL", "Query": "SELECT 1 AS x", "format": "csv"})
    assert answer.text == "x\n1\n"
    refused = httpx.get(url, params={"LANG": "adql", "QUERY": "SELECT 1 AS x"})
    assert refused.status_code == 400
    assert "LANG 'adql' is not known" in error_of(refused)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"LANG": "ADQL"}, "QUERY is missing"),
        ({"LANG": "ADQL", "QUERY": "  "}, "QUERY is missing or empty"),
        ({"QUERY": "SELECT 1"}, "LANG is missing: give one of ADQL"),
        ({"LANG": "PQL", "QUERY": "SELECT 1"}, "LANG 'PQL' is not known"),
        ({"LANG": "ADQL", "QUERY": "SELECT 1", "MAXREC": "-1"}, "MAXREC must be a whole number"),
        ({"LANG": "ADQL", "QUERY": "SELECT 1", "MAXREC": "ten"}, "MAXREC must be a whole number"),
        ({"LANG": "ADQL", "QUERY": "SELECT 1", "MAXREC": "\u0663"}, "MAXREC must be"),
        ({"LANG": "ADQL", "QUERY": "SELECT 1", "FORMAT": "fits"}, "give one of votable"),
        ({"LANG": "ADQL", "QUERY": "SELECT 1", "REQUEST": "getThing"}, "REQUEST must be doQuery"),
        (
            {"LANG": "ADQL", "QUERY": "SELECT 1", "UPLOAD": "t,http://x/"},
            "fetches nothing from elsewhere",
        ),
        ({"LANG": "ADQL", "QUERY": "SELECT 'a\x07b'"}, "control characters"),
        ({"LANG": "ADQL", "QUERY": "SELECT nope FROM ivoa.ObsCore"}, "Unknown column nope"),
        ({"LANG": "ADQL", "QUERY": "SELECT CAST('x' AS INTEGER)"}, "Could not convert"),
    ],
)
def test_mistakes_give_an_error_votable(base_url: str, given: dict[str, str], reason: str) -> None:
    answer = httpx.post(f"{base_url}tap/sync", data=given)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/x-votable+xml")
    assert reason in error_of(answer)


def test_a_parameter_given_twice_is_refused(base_url: str) -> None:
    answer = httpx.get(f"{base_url}tap/sync?LANG=ADQL&QUERY=SELECT+1&query=SELECT+2")
    assert "QUERY is given 2 times" in error_of(answer)


def test_both_format_names_at_once_are_refused(base_url: str) -> None:
    answer = sync("SELECT 1", FORMAT="csv", RESPONSEFORMAT="csv")
    assert "RESPONSEFORMAT or FORMAT is given 2 times" in error_of(answer)


def test_bytes_that_are_no_utf8_are_refused(base_url: str) -> None:
    answer = httpx.get(f"{base_url}tap/sync?LANG=ADQL&QUERY=SELECT+%27%FF%27")
    assert "not UTF-8" in error_of(answer)


@pytest.mark.parametrize(
    ("query", "maxrec", "count", "statuses"),
    [
        ("SELECT id FROM obsdeck.odd", 10, 10, ["OK", "OVERFLOW"]),
        ("SELECT id FROM obsdeck.odd", 39, 39, ["OK", "OVERFLOW"]),
        ("SELECT id FROM obsdeck.odd", 40, 40, ["OK"]),
        ("SELECT id FROM obsdeck.odd", 41, 40, ["OK"]),
        ("SELECT TOP 5 id FROM obsdeck.odd", 10, 5, ["OK"]),
        ("SELECT TOP 5 id FROM obsdeck.odd", 5, 5, ["OK"]),
        ("SELECT TOP 10 id FROM obsdeck.odd", 5, 5, ["OK", "OVERFLOW"]),
        ("SELECT id FROM obsdeck.odd", 0, 0, ["OK", "OVERFLOW"]),
        ("SELECT obs_id FROM ivoa.ObsCore", 2048, 2048, ["OK", "OVERFLOW"]),
        ("SELECT obs_id FROM ivoa.ObsCore", 4096, 4096, ["OK", "OVERFLOW"]),
        ("SELECT obs_id FROM ivoa.ObsCore", 8000, 8000, ["OK"]),
    ],
)
def test_maxrec_and_top(query: str, maxrec: int, count: int, statuses: list[str]) -> None:
    answer = sync(query, MAXREC=maxrec)
    assert _statuses(answer) == statuses
    assert len(parse(io.BytesIO(answer.content)).get_first_table().array) == count


def test_without_maxrec_20000_rows_come() -> None:
    query = "SELECT a.id FROM ivoa.ObsCore, obsdeck.odd AS a"
    answer = sync(query, FORMAT="csv")
    assert len(answer.text.splitlines()) == 20_001
    assert _statuses(sync(query)) == ["OK", "OVERFLOW"]


def test_a_slow_query_ends_with_an_error_and_the_server_answers_meanwhile() -> None:
    with serving(rows=2000, time_limit=0.5) as base:
        answer = sync(CROSS, base=base)
        assert answer.status_code == 400
        assert error_of(answer) == "The query was stopped: it took more than 0.5 seconds."
        assert rows("SELECT 1 AS x", base=base) == [[1]]


def test_other_requests_are_answered_while_a_query_runs() -> None:
    with serving(rows=2000, time_limit=20) as base:
        with httpx.Client(timeout=0.5) as client, pytest.raises(httpx.ReadTimeout):
            client.post(f"{base}tap/sync", data={"LANG": "ADQL", "QUERY": CROSS})
        assert httpx.get(f"{base}tap/availability").status_code == 200


def test_a_query_stops_when_its_client_goes_away() -> None:
    """With every worker taken by queries of clients that left, another is answered soon."""
    with serving(rows=2000, time_limit=600) as base:
        for _ in range(6):
            with httpx.Client(timeout=0.3) as client, pytest.raises(httpx.ReadTimeout):
                client.post(f"{base}tap/sync", data={"LANG": "ADQL", "QUERY": CROSS})
        assert rows("SELECT 1 AS x", base=base) == [[1]]


def test_a_query_is_told_that_the_sandbox_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "_SLOTS", 1)
    monkeypatch.setattr(app, "_PATIENCE", 0.1)
    with serving(rows=2000, time_limit=3) as base:
        slow = threading.Thread(target=sync, args=(CROSS,), kwargs={"base": base})
        slow.start()
        answer = sync("SELECT 1 AS x", base=base)
        while answer.status_code == 200 and slow.is_alive():
            answer = sync("SELECT 1 AS x", base=base)
        assert (answer.status_code, error_of(answer)) == (503, BUSY)
        assert httpx.get(f"{base}tap/tables").status_code == 200
        slow.join()
        assert rows("SELECT 1 AS x", base=base) == [[1]]


def test_a_client_that_reads_nothing_does_not_hold_up_others(base_url: str) -> None:
    """The first rows come at once; then the answer waits, and the worker serves others."""
    host, port = base_url.removeprefix("http://").rstrip("/").split(":")
    body = "LANG=ADQL&MAXREC=1000000&QUERY=SELECT+a.*+FROM+ivoa.ObsCore+a,obsdeck.odd+b"
    request = (
        f"POST /tap/sync HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"
    )
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request.encode())
        start = connection.recv(65536)
        assert start.startswith(b"HTTP/1.1 200 OK")
        for _ in range(6):
            assert rows("SELECT 1 AS x") == [[1]]
