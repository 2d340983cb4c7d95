"""No frame of any failure holds the secret."""

from __future__ import annotations

import traceback

import pytest
import requests

from obsdeck.client.archive_session import ArchiveSession
from obsdeck.credentials.credential import Signature
from obsdeck.tests.client.conftest import BEARER, PARAMETER, TOKEN, Hand, answer, archive_at
from obsdeck.tests.upstream import Upstream


@pytest.fixture(params=[BEARER, PARAMETER], ids=["header", "parameter"])
def hand(request: pytest.FixtureRequest) -> Hand:
    signs: Signature = request.param
    return Hand(signs=signs)


def shown_by(error: BaseException) -> str:
    """Return everything a traceback with local variables shows, below the test's own frame."""
    assert error.__traceback__ is not None
    error = error.with_traceback(error.__traceback__.tb_next)
    with_locals = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(with_locals.format())


def test_traceback_where_nobody_listens(hand: Hand) -> None:
    session = ArchiveSession(archive_at("http://127.0.0.1:9"), hand)
    with pytest.raises(requests.ConnectionError) as caught:
        session.post("http://127.0.0.1:9/tap", data={"a": "b"})
    assert TOKEN not in shown_by(caught.value)
    assert getattr(caught.value.request.headers, "signature", None) is None  # type: ignore[union-attr]


def test_traceback_where_the_socket_breaks_while_sending(
    session: ArchiveSession,
    own: Upstream,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(self: object, data: bytes) -> None:
        raise OSError(5, f"while sending {len(data)} bytes")

    monkeypatch.setattr("socket.socket.sendall", broken, raising=False)
    with pytest.raises(requests.ConnectionError) as caught:
        session.post(f"{own.origin}/tap", data={"a": "b"})
    assert "while sending" in str(caught.value)
    assert TOKEN not in shown_by(caught.value)


def test_traceback_where_the_server_is_silent(session: ArchiveSession, own: Upstream) -> None:
    own.on("/slow", answer(b"", Content_Length="5"))
    with pytest.raises(requests.RequestException) as caught:
        session.get(f"{own.origin}/slow", timeout=0.2)
    assert TOKEN not in shown_by(caught.value)


def test_traceback_of_a_circle(session: ArchiveSession, own: Upstream) -> None:
    own.on("/a", answer(status="302 Found", Location="/a"))
    with pytest.raises(requests.TooManyRedirects) as caught:
        session.get(f"{own.origin}/a")
    assert TOKEN not in shown_by(caught.value)
    assert TOKEN not in str(vars(caught.value.request))
