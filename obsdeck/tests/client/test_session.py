"""What a session sends where, and what it keeps to itself."""

from __future__ import annotations

import copy
import http.client
import logging
import pickle
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from obsdeck.client.archive_session import ArchiveSession
from obsdeck.client.errors import SignInError
from obsdeck.tests.client.conftest import PARAMETER, TOKEN, Hand, answer, archive_at
from obsdeck.tests.upstream import Upstream


def test_VO_59_ESO_46_signs_at_the_archive_and_nowhere_else(
    session: ArchiveSession, own: Upstream, foreign: Upstream
) -> None:
    session.get(f"{own.origin}/tap/sync")
    session.get(f"{foreign.origin}/tap/sync")
    assert own.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in foreign.requests[0].headers


def test_ESO_10_anonymous_session_signs_nothing(own: Upstream, hand: Hand) -> None:
    ArchiveSession(archive_at(own.origin), hand, as_me=False).get(own.origin)
    assert "authorization" not in own.requests[0].headers


def test_new_sign_in_holds_from_the_next_request_on(
    session: ArchiveSession, own: Upstream, hand: Hand
) -> None:
    hand.error = SignInError("not-signed-in", "Not signed in to Local archive.", archive="local")
    with pytest.raises(SignInError, match="Not signed in to Local archive"):
        session.get(own.origin)
    assert own.requests == []
    hand.error = None
    assert session.get(own.origin).ok


@pytest.mark.parametrize(
    "path", ["/users/ada/tokens", "/x/../users", "/x/..//USERS;x", "/refresh?a"]
)
def test_token_is_not_fetched_into_a_notebook(own: Upstream, hand: Hand, path: str) -> None:
    sign_in = {
        "kind": "bearer",
        "refreshUrl": f"{own.origin}/refresh",
        "issuers": [f"{own.origin}/users"],
    }
    session = ArchiveSession(archive_at(own.origin, signIn=sign_in), hand)
    own.on("/go", answer(status="302 Found", Location=path))
    for url in (f"{own.origin}{path}", f"{own.origin}/go"):
        with pytest.raises(SignInError, match="where tokens are handed out"):
            session.post(url)
    assert [request.target for request in own.requests] == ["/go"]
    assert ArchiveSession(session.archive, hand, as_me=False).get(f"{own.origin}/users").ok


@pytest.mark.parametrize("host", ["evil.example", b"evil.example", "evil.example:443", "a b"])
def test_another_site_of_the_same_server_gets_no_credential(
    session: ArchiveSession, own: Upstream, host: str
) -> None:
    session.get(own.origin, headers={"Host": host})
    assert "authorization" not in own.requests[0].headers
    session.get(own.origin, headers={"Host": own.origin.removeprefix("http://")})
    assert own.requests[1].headers["authorization"] == f"Bearer {TOKEN}"


def test_an_echo_is_nowhere_among_the_header_lines(session: ArchiveSession, own: Upstream) -> None:
    own.on("/x", answer(b"", X_Echo=TOKEN, Set_Cookie=f"session={TOKEN}"))
    response = session.get(f"{own.origin}/x")
    assert response.headers["X-Echo"] == "***"
    received = response.raw._original_response.headers
    assert TOKEN not in f"{response.headers} {response.raw.headers} {received}"


def test_token_in_a_header_of_an_answer_is_dropped(session: ArchiveSession, own: Upstream) -> None:
    lines = {"X-VO-Bearer": "invented-new-token", "Authorization": "Bearer invented-new-token"}
    own.on("/login", answer(b"", **{k.replace("-", "_"): v for k, v in lines.items()}))
    response = session.get(f"{own.origin}/login")
    assert own.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert "invented-new-token" not in f"{response.headers} {response.raw.headers}"


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
def test_ESO_47_redirect_to_a_foreign_host_loses_the_credential(
    session: ArchiveSession, own: Upstream, foreign: Upstream, status: str
) -> None:
    own.on("/leave", answer(status=status, Location=f"{foreign.origin}/landed"))
    session.get(f"{own.origin}/leave")
    assert [r.target for r in foreign.requests] == ["/landed"]
    assert "authorization" not in foreign.requests[0].headers


def test_redirect_within_the_archive_is_signed_again(
    session: ArchiveSession, own: Upstream
) -> None:
    own.on("/from", answer(status="303 See Other", Location="/to"))
    session.post(f"{own.origin}/from", data={"QUERY": "SELECT 1"})
    assert own.requests[1].method == "GET"
    assert own.requests[1].headers["authorization"] == f"Bearer {TOKEN}"


def test_redirect_that_comes_back_stays_anonymous(
    session: ArchiveSession, own: Upstream, foreign: Upstream
) -> None:
    own.on("/leave", answer(status="302 Found", Location=f"{foreign.origin}/back"))
    foreign.on("/back", answer(status="302 Found", Location=f"{own.origin}/delete-everything"))
    session.get(f"{own.origin}/leave")
    assert own.requests[-1].target == "/delete-everything"
    assert "authorization" not in own.requests[-1].headers


def test_upload_is_not_passed_on_to_a_foreign_host(
    session: ArchiveSession, own: Upstream, foreign: Upstream
) -> None:
    own.on("/leave", answer(status="307 Temporary Redirect", Location=foreign.origin))
    with pytest.raises(SignInError, match="the upload would be passed on"):
        session.post(f"{own.origin}/leave", data={"QUERY": "SELECT 1"})
    assert foreign.requests == []


def test_netrc_never_replaces_the_credential(
    session: ArchiveSession, own: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n", "utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    session.trust_env = True
    session.get(own.origin)
    assert own.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_plain_request_with_credential_avoids_the_proxy(
    session: ArchiveSession, own: Upstream, foreign: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", foreign.origin)
    monkeypatch.setenv("no_proxy", "")
    session.get(f"{own.origin}/tap")
    assert foreign.requests == []
    session.get("http://elsewhere.invalid/file")
    assert [r.target for r in foreign.requests] == ["http://elsewhere.invalid/file"]
    assert "authorization" not in foreign.requests[0].headers


def test_certificates_must_be_checked(hand: Hand) -> None:
    session = ArchiveSession(archive_at("https://127.0.0.1:9"), hand)
    with pytest.raises(SignInError, match="certificate is not checked"):
        session.get("https://127.0.0.1:9/tap", verify=False)


def test_other_transports_are_refused(session: ArchiveSession) -> None:
    with pytest.raises(TypeError, match="max_retries"):
        session.mount("https://", requests.adapters.HTTPAdapter())


def test_ESO_48_http_address_of_an_https_archive_becomes_https(hand: Hand) -> None:
    session = ArchiveSession(archive_at("https://archive.invalid"), hand)
    request = session.prepare_request(requests.Request("GET", "http://archive.invalid/file?a=b"))
    with pytest.raises(requests.ConnectionError):
        session.send(request)
    assert request.url == "https://archive.invalid/file?a=b"


def test_cookies_are_not_kept(session: ArchiveSession, own: Upstream) -> None:
    own.on("/", answer(Set_Cookie="session=a-token-by-another-name"))
    response = session.get(own.origin)
    session.get(own.origin)
    assert not session.cookies and not response.cookies
    assert "cookie" not in own.requests[1].headers
    assert "Set-Cookie" not in response.headers


def test_credential_of_the_caller_is_left_alone(session: ArchiveSession, own: Upstream) -> None:
    session.get(own.origin, headers={"authorization": "Bearer my-own-choice"})
    assert own.requests[0].headers["authorization"] == "Bearer my-own-choice"


def test_session_shows_its_state_and_no_secret(session: ArchiveSession, own: Upstream) -> None:
    response = session.get(own.origin)
    assert repr(session) == (
        "<obsdeck session: Local archive, signed in as ASTRO1, sends its credential to "
        f"{own.origin.removeprefix('http://')}>"
    )
    shown = [repr(session), repr(vars(session)), repr(session.headers), repr(session.auth)]
    shown += [repr(vars(response)), repr(vars(response.request)), repr(vars(response.raw))]
    assert TOKEN not in " ".join(shown)


def test_copies_hold_no_secret(session: ArchiveSession, own: Upstream) -> None:
    session.get(own.origin)
    copied = pickle.dumps(session)
    assert TOKEN.encode() not in copied
    for another in (copy.copy(session), pickle.loads(copied)):
        another.get(own.origin)
        assert own.requests[-1].headers["authorization"] == f"Bearer {TOKEN}"


def test_nothing_is_printed_or_logged(
    own: Upstream,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 1)
    hand = Hand()
    session = ArchiveSession(archive_at(own.origin), hand)
    with caplog.at_level(logging.DEBUG):
        session.get(f"{own.origin}/tap")
        hand.signs = PARAMETER
        session.get(f"{own.origin}/run")
    assert "GET /run" in caplog.text
    assert TOKEN in own.requests[0].headers["authorization"]
    for form in (TOKEN, quote(TOKEN, safe="")):
        assert form not in caplog.text + capsys.readouterr().out
