"""MMODA wants its token among the parameters; nobody else gets to see it there."""

from __future__ import annotations

from urllib.parse import parse_qs, quote

import pytest
import requests

from obsdeck.client.archive_session import ArchiveSession
from obsdeck.tests.client.conftest import PARAMETER, TOKEN, Hand, answer
from obsdeck.tests.upstream import Upstream


@pytest.fixture
def hand() -> Hand:
    return Hand(signs=PARAMETER)


def test_MMODA_8_parameter_goes_into_the_query_of_a_get(
    session: ArchiveSession, own: Upstream
) -> None:
    response = session.get(f"{own.origin}/run?b=2")
    assert parse_qs(own.requests[0].target.partition("?")[2]) == {"token": [TOKEN], "b": ["2"]}
    assert response.url == response.request.url == f"{own.origin}/run?b=2"


def test_MMODA_8_parameter_goes_into_the_form_of_a_post(
    session: ArchiveSession, own: Upstream
) -> None:
    session.post(f"{own.origin}/run", data={"b": "2"})
    assert own.requests[0].target == "/run"
    assert parse_qs(own.requests[0].body.decode()) == {"token": [TOKEN], "b": ["2"]}


def test_MMODA_8_parameter_goes_into_the_parts_of_an_upload(
    session: ArchiveSession, own: Upstream
) -> None:
    session.post(f"{own.origin}/run", data={"b": "2"}, files={"f": b"\x00\xff"})
    body = own.requests[0].body
    assert f'name="token"\r\n\r\n{TOKEN}\r\n'.encode() in body
    assert b"\x00\xff" in body and body.endswith(b"--\r\n")


def test_parameter_goes_into_the_query_of_other_uploads(
    session: ArchiveSession, own: Upstream
) -> None:
    session.post(f"{own.origin}/json", json={"b": 2})
    session.put(f"{own.origin}/stream", data=iter([b"one", b"two"]))
    session.request("DELETE", f"{own.origin}/parts", files={"f": b"x"})
    for request in own.requests:
        assert parse_qs(request.target.partition("?")[2]) == {"token": [TOKEN]}
        assert TOKEN.encode() not in request.body
    assert own.requests[1].body == b"onetwo"


def test_parameter_is_not_seen_where_a_server_sends_it_back(
    session: ArchiveSession, own: Upstream, foreign: Upstream
) -> None:
    quoted = quote(TOKEN, safe="")
    own.on("/leave", answer(status="302 Found", Location=f"{foreign.origin}/l?token={quoted}&c=3"))
    response = session.get(f"{own.origin}/leave")
    assert foreign.requests[0].target == "/l?c=3"
    assert TOKEN not in response.url and quoted not in response.url
    assert quoted not in str(response.history[0].headers)


def test_parameter_is_masked_in_messages(session: ArchiveSession, own: Upstream) -> None:
    own.on("/run", answer(f"token {TOKEN} is bad".encode(), f"403 No {TOKEN}", X_Echo=TOKEN))
    for stream in (False, True):
        response = session.get(f"{own.origin}/run", stream=stream)
        with pytest.raises(requests.HTTPError) as caught:
            response.raise_for_status()
        assert TOKEN not in f"{caught.value} {response.headers} {response.reason}"
        shown = response.raw.read() if stream else response.content
        assert shown == b"token " + b"*" * len(TOKEN) + b" is bad"


def test_parameter_is_masked_in_texts_that_repeat_it(
    session: ArchiveSession, own: Upstream
) -> None:
    own.on("/run", answer(f'{{"sent": "{TOKEN}"}}'.encode(), Content_Type="application/json"))
    assert session.get(f"{own.origin}/run").json() == {"sent": "*" * len(TOKEN)}


def test_data_is_never_touched(session: ArchiveSession, own: Upstream) -> None:
    data = b"SIMPLE  =" + bytes(range(256)) + b"token=1"
    own.on("/run", answer(data, Content_Type="application/fits"))
    assert session.get(f"{own.origin}/run").content == data
    assert session.get(f"{own.origin}/run", stream=True).raw.read() == data
