"""Over https: certificates are checked as the environment says, and a proxy sees hosts only."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import requests

from obsdeck.client.archive_session import ArchiveSession
from obsdeck.tests.certificates import needs_openssl
from obsdeck.tests.client.conftest import TOKEN, Hand, answer, archive_at, running
from obsdeck.tests.upstream import Upstream

pytestmark = needs_openssl


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the environment trust it."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))


@pytest.fixture
def session(hand: Hand, proxy: Proxy) -> ArchiveSession:
    """Give a session whose requests cannot hang."""
    session = ArchiveSession(archive_at("https://tls.example"), hand)
    session.request = partial(session.request, timeout=30)  # type: ignore[method-assign]
    return session


@pytest.fixture
def tls(certificate: Path) -> Iterator[Upstream]:
    """Give an archive that speaks TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    with running(Upstream(tls=context)) as upstream:
        yield upstream


class Proxy:
    """A proxy that knows one host, and writes down what it could read."""

    def __init__(self, behind: int) -> None:
        self.seen = b""
        self._behind = behind

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Open a tunnel; what goes through is not for us to read."""
        self.seen += await reader.readuntil(b"\r\n\r\n")
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._behind)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@pytest.fixture
def proxy(tls: Upstream, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """Let the environment name a proxy."""
    made, loop = Proxy(tls.port), asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    starting = asyncio.run_coroutine_threadsafe(
        asyncio.start_server(made.serve, "127.0.0.1", 0), loop
    )
    port = starting.result(30).sockets[0].getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    yield made
    loop.call_soon_threadsafe(loop.stop)


@pytest.mark.usefixtures("trusted")
def test_proxy_of_the_environment_sees_the_host_only(
    session: ArchiveSession, tls: Upstream, proxy: Proxy
) -> None:
    tls.on("/from", answer(status="303 See Other", Location="/to"))
    assert session.get("https://tls.example/from?object=M31").ok
    arrived = [(request.target, request.headers["authorization"]) for request in tls.requests]
    assert arrived == [("/from?object=M31", f"Bearer {TOKEN}"), ("/to", f"Bearer {TOKEN}")]
    assert b"CONNECT tls.example:443" in proxy.seen
    assert b"M31" not in proxy.seen and TOKEN.encode() not in proxy.seen
    assert b"uthorization" not in proxy.seen


def test_nothing_is_sent_to_a_server_with_an_unknown_certificate(
    session: ArchiveSession, tls: Upstream
) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        session.get("https://tls.example/from")
    assert tls.requests == []


@pytest.mark.usefixtures("trusted")
def test_redirect_from_https_to_http_is_not_followed(
    session: ArchiveSession, tls: Upstream, own: Upstream
) -> None:
    tls.on("/from", answer(status="302 Found", Location=f"{own.origin}/to"))
    with pytest.raises(requests.RequestException, match="redirects from https to http"):
        session.get("https://tls.example/from")
    assert own.requests == []


@pytest.mark.usefixtures("trusted")
def test_redirect_to_the_http_form_of_the_archive_stays_https(
    session: ArchiveSession, tls: Upstream
) -> None:
    tls.on("/from", answer(status="303 See Other", Location="http://tls.example/async/1"))
    assert session.post("https://tls.example/from").url == "https://tls.example/async/1"
    assert tls.requests[1].headers["authorization"] == f"Bearer {TOKEN}"
