"""Calling a checked address does not weaken TLS: the certificate must carry the name."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest

from obsdeck.tests.certificates import needs_openssl
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import Names, error_of
from obsdeck.tests.upstream import Upstream, answer

pytestmark = needs_openssl


@pytest.fixture
def port(
    certificate: Path, upstream: Upstream, names: Names, monkeypatch: pytest.MonkeyPatch
) -> int:
    """Let the recording archive speak TLS, under two names."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    upstream.tls = context
    names["tls.example"] = names["other.example"] = ["127.0.0.1"]
    monkeypatch.setattr("obsdeck.gateway.backend.refusal", lambda address: None)
    return upstream.port


async def test_a_trusted_certificate_with_the_right_name_is_accepted(
    through: Fetch,
    upstream: Upstream,
    port: int,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    await upstream.restart()
    response = await through(f"https://tls.example:{port}/x", archive="eso")
    assert response.code == 200
    assert upstream.requests[0].headers["host"] == f"tls.example:{port}"


async def test_a_certificate_for_another_name_is_refused(
    through: Fetch,
    upstream: Upstream,
    port: int,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    await upstream.restart()
    error = error_of(await through(f"https://other.example:{port}/x", archive="eso"))
    assert error["kind"] == "unavailable"
    assert error["message"].startswith("ESO: the certificate of other.example is not valid (")
    assert upstream.requests == []


async def test_an_untrusted_certificate_is_refused(
    through: Fetch, upstream: Upstream, port: int
) -> None:
    await upstream.restart()
    error = error_of(await through(f"https://tls.example:{port}/x", archive="eso"))
    assert "certificate of tls.example is not valid" in error["message"]


async def test_a_server_without_tls_is_named(
    through: Fetch, upstream: Upstream, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answer(b"", "400 Bad Request"))
        await writer.drain()
        writer.close()

    await upstream.replace(plain)
    names["tls.example"] = ["127.0.0.1"]
    monkeypatch.setattr("obsdeck.gateway.backend.refusal", lambda address: None)
    error = error_of(await through(f"https://tls.example:{upstream.port}/x", archive="eso"))
    assert error["kind"] == "unavailable"
    assert error["message"].startswith("ESO: no secure connection to tls.example (")
