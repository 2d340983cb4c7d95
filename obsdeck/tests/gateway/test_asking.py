"""Questions about a sign-in: to named addresses only, without a trace, and not followed."""

from __future__ import annotations

import gzip
import json
import logging
from typing import Any

import pytest

from obsdeck.archives import sources
from obsdeck.archives.archive import Archive
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.asking import Asker
from obsdeck.gateway.client import GatewayClient
from obsdeck.tests.gateway.leaks import World, holds
from obsdeck.tests.gateway.test_redirects import redirect
from obsdeck.tests.upstream import Upstream, answer

PASSWORD = "Invented/pass+word 1&2"


@pytest.fixture
def asker(client: GatewayClient) -> Asker:
    return Asker(client)


@pytest.fixture
def archive(local_archive: dict[str, Any], upstream: Upstream) -> Archive:
    sign_in = {"kind": "oidc-password", "tokenUrl": f"{upstream.origin}/token?v=1"}
    return Archive({**local_archive, "signIn": sign_in}, "administrator", trusted=True)


@pytest.fixture
def eso() -> Archive:
    shipped = sources.checked(sources.shipped(), "shipped", [])
    return next(archive for archive in shipped if archive.id == "eso")


async def test_a_query_carries_secrets_that_show_nowhere(
    asker: Asker, archive: Archive, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fields: dict[str, str | Secret] = {"username": "alice", "password": Secret(PASSWORD)}
    answered = await asker(archive, "GET", f"{upstream.origin}/token?v=1", query=fields)
    (request,) = upstream.requests
    assert request.target == "/token?username=alice&password=Invented%2Fpass%2Bword+1%262&v=1"
    assert answered.body == b"ok"
    assert not holds(caplog.text, PASSWORD)


async def test_forms_and_documents_are_sent_as_such(
    asker: Asker, archive: Archive, upstream: Upstream
) -> None:
    url = f"{upstream.origin}/api"
    secret = Secret(PASSWORD)
    await asker(archive, "POST", url, form={"password": secret})
    await asker(archive, "POST", url, json={"login": {"password": secret}, "x": 1})
    form, document = upstream.requests
    assert form.body == b"password=Invented%2Fpass%2Bword+1%262"
    assert form.headers["content-type"] == "application/x-www-form-urlencoded"
    assert json.loads(document.body) == {"login": {"password": PASSWORD}, "x": 1}
    assert document.headers["content-type"] == "application/json"
    assert "cookie" not in document.headers


async def test_headers_are_sent_and_those_of_the_answer_come_back(
    asker: Asker, archive: Archive, upstream: Upstream
) -> None:
    raw = (
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nX-VO-Bearer: abc\r\n"
        b"WWW-Authenticate: Basic\r\nWWW-Authenticate: Bearer\r\n\r\nno"
    )
    upstream.on("/api", raw)
    line = {"Authorization": Secret("Bearer invented-token-1")}
    answered = await asker(archive, "GET", f"{upstream.origin}/api", headers=line)
    assert upstream.requests[0].headers["authorization"] == "Bearer invented-token-1"
    assert (answered.status, answered.text()) == (401, "no")
    assert answered.headers["x-vo-bearer"] == "abc"
    assert answered.headers["www-authenticate"] == "Basic, Bearer"
    assert "abc" not in repr(answered)


async def test_ESO_6_a_redirect_is_not_followed(
    asker: Asker, archive: Archive, upstream: Upstream
) -> None:
    """It would take the password along."""
    upstream.on("/token", redirect(f"{upstream.origin}/elsewhere"))
    url = f"{upstream.origin}/token?v=1"
    answered = await asker(archive, "POST", url, form={"password": Secret(PASSWORD)})
    assert answered.status == 303
    assert len(upstream.requests) == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.eso.org/other", "definition does not name it"),
        ("https://www.eso.org.evil.example/sso/oidc/token", "definition does not name it"),
        ("https://www.eso.org/sso/oidc/../token", "definition does not name it"),
        ("https://www.eso.org/UserPortal", "definition does not name it"),
        ("http://www.eso.org/sso/oidc/token", "not encrypted"),
        ("http://127.0.0.1:1/token", "not encrypted"),
        ("https://alice@www.eso.org/sso/oidc/token", "user name or password"),
    ],
)
async def test_VO_59_other_addresses_get_no_password(
    world: World, asker: Asker, eso: Archive, url: str, reason: str
) -> None:
    with pytest.raises(ObsdeckError) as refused:
        await asker(eso, "GET", url, query={"password": Secret(PASSWORD)})
    assert refused.value.kind == "refused-address"
    assert reason in refused.value.message
    assert world.secure.connections == world.plain.connections == 0


async def test_the_named_address_gets_it(world: World, asker: Asker, eso: Archive) -> None:
    url = "https://www.eso.org/sso/oidc/token"
    answered = await asker(eso, "GET", url, query={"password": Secret(PASSWORD)})
    assert answered.status == 200
    assert world.secure.requests[0].headers["host"] == "www.eso.org"


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\nb", "é", ""])
async def test_what_fits_into_no_header_line_is_refused(
    asker: Asker, archive: Archive, upstream: Upstream, text: str
) -> None:
    line = {"Authorization": Secret(text)}
    with pytest.raises(ObsdeckError) as refused:
        await asker(archive, "GET", f"{upstream.origin}/api", headers=line)
    assert refused.value.kind == "rejected"
    assert upstream.connections == 0


async def test_more_than_a_mebibyte_is_not_read(
    asker: Asker, archive: Archive, upstream: Upstream
) -> None:
    upstream.on("/api", answer(bytes((1 << 20) + 1)))
    with pytest.raises(ObsdeckError) as refused:
        await asker(archive, "GET", f"{upstream.origin}/api")
    assert refused.value.kind == "bad-answer"
    assert "1 MiB" in refused.value.message


async def test_an_answer_that_breaks_off_is_a_typed_error(
    asker: Asker, archive: Archive, upstream: Upstream
) -> None:
    upstream.on("/api", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
    with pytest.raises(ObsdeckError) as broken:
        await asker(archive, "GET", f"{upstream.origin}/api?token=abcdef")
    assert broken.value.kind == "bad-answer"
    assert "abcdef" not in broken.value.message


async def test_no_encoding_is_asked_for(asker: Asker, archive: Archive, upstream: Upstream) -> None:
    await asker(archive, "GET", f"{upstream.origin}/api")
    assert upstream.requests[0].headers["accept-encoding"] == "identity"


async def test_a_compressed_answer_is_read_all_the_same(
    asker: Asker, archive: Archive, upstream: Upstream
) -> None:
    """Some servers compress whatever one asks for."""
    packed = gzip.compress(b'{"id_token": "abc"}')
    upstream.on("/api", answer(packed, Content_Encoding="gzip"))
    answered = await asker(archive, "GET", f"{upstream.origin}/api")
    assert answered.body == b'{"id_token": "abc"}'
