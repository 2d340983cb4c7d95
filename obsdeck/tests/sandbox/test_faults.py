"""The broken services are broken in just the way they say."""

# mypy: disable-error-code=import-untyped

import io
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from astropy.io.votable import parse
from astropy.io.votable.exceptions import VOTableSpecError
from tornado.log import access_log, app_log, gen_log

from obsdeck.sandbox.faults.handlers import HANDLERS
from obsdeck.tests.sandbox.serving import error_of

QUERY = {"LANG": "ADQL", "QUERY": "SELECT TOP 1 obs_id FROM ivoa.ObsCore"}


def _ask(base_url: str, case: str, **settings: str) -> httpx.Response:
    path = case + "".join(f",{name}={value}" for name, value in settings.items())
    return httpx.post(f"{base_url}faults/{path}/tap/sync", data=QUERY, timeout=30)


@pytest.mark.parametrize("case", [*HANDLERS, "slow,PAUSE=2"])
def test_only_the_queries_are_broken(base_url: str, case: str) -> None:
    base = f"{base_url}faults/{case}/tap"
    assert f">{base}</accessURL>" in httpx.get(f"{base}/capabilities").text
    assert "ivoa.ObsCore" in httpx.get(f"{base}/tables?detail=min").text


def test_the_list_names_every_case(base_url: str) -> None:
    listed = httpx.get(f"{base_url}faults/").text
    assert all(f"{base_url}faults/{case}/tap - " in listed for case in HANDLERS)


def test_html200(base_url: str) -> None:
    answer = _ask(base_url, "html200")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<title>Down for maintenance</title>" in answer.text


def test_notfound(base_url: str) -> None:
    answer = _ask(base_url, "notfound")
    assert (answer.status_code, answer.text) == (404, "No such service.\n")


def test_truncated_ends_inside_the_stream_but_the_transfer_is_whole(base_url: str) -> None:
    answer = _ask(base_url, "truncated")
    assert answer.headers["transfer-encoding"] == "chunked"
    assert b"<BINARY2><STREAM" in answer.content
    assert b"</STREAM>" not in answer.content
    with pytest.raises((VOTableSpecError, ValueError, EOFError, IndexError)):
        parse(io.BytesIO(answer.content)).get_first_table()


def test_notxml(base_url: str) -> None:
    answer = _ask(base_url, "notxml")
    assert answer.headers["content-type"] == "application/x-votable+xml"
    assert not answer.content.startswith(b"<")


def test_zerocolumns_and_zerorows(base_url: str) -> None:
    assert b"<FIELD" not in _ask(base_url, "zerocolumns").content
    table = parse(io.BytesIO(_ask(base_url, "zerorows").content)).get_first_table()
    assert (len(table.fields), len(table.array)) == (3, 0)


def test_biglength_promises_two_gigabytes_and_hangs_up(base_url: str) -> None:
    url = f"{base_url}faults/biglength,STALL=0.1/tap/sync"
    received = 0
    with (
        httpx.stream("POST", url, data=QUERY) as answer,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        assert answer.headers["content-length"] == str(2**31)
        for piece in answer.iter_bytes():
            received += len(piece)
    assert 0 < received < 10_000


def test_error200(base_url: str) -> None:
    answer = _ask(base_url, "error200")
    assert answer.status_code == 200
    assert "killed after 60 seconds" in error_of(answer)


def test_overflow0(base_url: str) -> None:
    votable = parse(io.BytesIO(_ask(base_url, "overflow0").content))
    assert [info.value for info in votable.resources[0].infos] == ["OK", "OVERFLOW"]
    assert len(votable.get_first_table().array) == 0


def test_slow_sends_piece_by_piece_what_was_asked(base_url: str) -> None:
    pace = {"DELAY": "0", "PAUSE": "0.01", "ROWS": "7", "BATCHES": "3"}
    array = parse(io.BytesIO(_ask(base_url, "slow", **pace).content)).get_first_table().array
    assert list(array["obs_id"]) == [f"fault-{number:06d}" for number in range(21)]
    assert _ask(base_url, "slow", DELAY="soon").status_code == 400
    assert _ask(base_url, "slow", DELAY="-1").status_code == 400
    assert _ask(base_url, "slow", DELAY="nan").status_code == 400


def test_redirect_leads_to_the_service_that_works(base_url: str) -> None:
    answer = _ask(base_url, "redirect")
    assert answer.status_code == 303
    assert answer.next_request is not None
    assert answer.next_request.method == "GET"
    followed = httpx.Client().send(answer.next_request)
    assert len(parse(io.BytesIO(followed.content)).get_first_table().array) == 1


def test_twovotables(base_url: str) -> None:
    body = _ask(base_url, "twovotables").content
    assert body.count(b"<?xml ") == body.count(b"</VOTABLE>") == 2
    assert body.index(b"<?xml ", 10) < body.index(b"</TABLEDATA>")


@pytest.mark.parametrize("case", ["slow,DELAY=0,PAUSE=0.02,BATCHES=500", "biglength,STALL=0.2"])
def test_a_client_that_leaves_is_no_error(base_url: str, case: str) -> None:
    with _logged(access_log) as accesses, _logged(app_log, gen_log) as complaints:
        with httpx.stream("POST", f"{base_url}faults/{case}/tap/sync", data=QUERY) as answer:
            next(answer.iter_raw())
        deadline = time.monotonic() + 30
        if case.startswith("slow"):
            while not accesses and time.monotonic() < deadline:
                time.sleep(0.02)
            assert accesses
    worrying = [one for one in (*accesses, *complaints) if one.levelno >= logging.WARNING]
    assert [one.getMessage() for one in worrying] == []


@contextmanager
def _logged(*loggers: logging.Logger) -> Iterator[list[logging.LogRecord]]:
    """Collect what Tornado logs, whatever names and levels other tests gave its loggers."""
    handler = _Collector(logging.INFO)
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        yield handler.records
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
