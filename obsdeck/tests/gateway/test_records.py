"""Encrypted answers are handed on by what has arrived, not by the record."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path
from typing import Any

import httpcore
import pytest

from obsdeck.gateway.records import GatheringStream
from obsdeck.tests.certificates import needs_openssl
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import Names
from obsdeck.tests.upstream import Upstream, answer

RECORD = 16384
"""Bytes a TLS record holds at most (RFC 8446 §5.1)."""


class Session:
    """Records that have arrived; behind them the network has nothing yet, or a failure."""

    def __init__(self, *records: bytes, then: Exception | None = None) -> None:
        self.records = list(records)
        self.then = then or ssl.SSLWantReadError()

    def read(self, most: int) -> bytes:
        """Give from one record, as OpenSSL does."""
        if not self.records:
            raise self.then
        record = self.records.pop(0)
        if record[most:]:
            self.records.insert(0, record[most:])
        return record[:most]


class Connection(httpcore.AsyncNetworkStream):
    """An encrypted connection as httpcore makes it: one record at a time."""

    def __init__(self, session: Session | None, plain: tuple[bytes, ...] = ()) -> None:
        self.session = session
        self.plain = list(plain)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Give what is there, else say that the other side has ended."""
        if self.session is None:
            return self.plain.pop(0)
        return self.session.read(max_bytes) if self.session.records else b""

    def get_extra_info(self, info: str) -> Any:
        """Give the session."""
        return {"ssl_object": self.session}[info]


async def test_records_that_are_there_come_together() -> None:
    stream = GatheringStream(Connection(Session(b"a" * RECORD, b"b" * RECORD, b"c")))
    assert await stream.read(1 << 16) == b"a" * RECORD + b"b" * RECORD + b"c"


async def test_never_more_than_asked_for() -> None:
    stream = GatheringStream(Connection(Session(b"a" * 10, b"b" * 10, b"c" * 10)))
    assert await stream.read(15) == b"a" * 10 + b"b" * 5
    assert await stream.read(15) == b"b" * 5 + b"c" * 10
    assert await stream.read(15) == b""


async def test_the_end_of_the_session_is_an_end() -> None:
    stream = GatheringStream(Connection(Session(b"all", b"")))
    assert await stream.read(100) == b"all"
    assert await stream.read(100) == b""


async def test_a_record_that_was_tampered_with_is_no_end() -> None:
    """What was whole before it still comes; then there is a failure, and not "complete"."""
    failure = ssl.SSLError(1, "decryption failed or bad record mac")
    stream = GatheringStream(Connection(Session(b"good", b"good", then=failure)))
    assert await stream.read(100) == b"goodgood"
    for _ in range(2):
        with pytest.raises(httpcore.ReadError, match="bad record mac"):
            await stream.read(100)


async def test_a_connection_without_encryption_is_read_as_it_comes() -> None:
    stream = GatheringStream(Connection(None, (b"one", b"two")))
    assert [await stream.read(100), await stream.read(100)] == [b"one", b"two"]


@needs_openssl
async def test_a_long_encrypted_answer_arrives_whole(
    through: Fetch,
    upstream: Upstream,
    names: Names,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = b"".join(hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(1 << 15))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    upstream.tls = context
    await upstream.restart()
    upstream.on("/long", answer(body))
    names["tls.example"] = ["127.0.0.1"]
    monkeypatch.setattr("obsdeck.gateway.backend.refusal", lambda address: None)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    response = await through(f"https://tls.example:{upstream.port}/long", archive="eso")
    assert response.code == 200
    assert hashlib.sha256(response.body).digest() == hashlib.sha256(body).digest()
