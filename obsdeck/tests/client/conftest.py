"""Fixtures: archives on loopback that record, and an account that a test holds in its hand."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.client.archive_session import ArchiveSession
from obsdeck.client.errors import SignInError
from obsdeck.client.holder import Standing
from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.tests.upstream import Upstream
from obsdeck.tests.upstream import answer as upstream_answer

TOKEN = "invented+token/of~tests=="
"""Holds the characters that look different once they are URL-encoded."""

BEARER = Signature(headers={"Authorization": Secret(f"Bearer {TOKEN}")})
PARAMETER = Signature(parameters={"token": Secret(TOKEN)})


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return a complete answer that says, as it is, that the connection closes."""
    return upstream_answer(body, status, **{"Connection": "close", **headers})


@contextmanager
def running(upstream: Upstream) -> Iterator[Upstream]:
    """Run a recording archive beside a client that blocks."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    upstream.on("", answer(b"ok"))
    asyncio.run_coroutine_threadsafe(upstream.start(), loop).result(30)
    if upstream.tls is not None:
        asyncio.run_coroutine_threadsafe(upstream.restart(), loop).result(30)
    try:
        yield upstream
    finally:
        asyncio.run_coroutine_threadsafe(upstream.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


@pytest.fixture
def own() -> Iterator[Upstream]:
    """Give the archive."""
    with running(Upstream()) as upstream:
        yield upstream


@pytest.fixture
def foreign() -> Iterator[Upstream]:
    """Give a host that is none of the archive's business."""
    with running(Upstream()) as upstream:
        yield upstream


def archive_at(origin: str, **more: Any) -> Archive:
    """Return an administrator's definition of an archive on loopback."""
    definition = {
        "id": "local",
        "name": "Local archive",
        "kind": "ivoa",
        "description": "On loopback, for tests.",
        "services": {"tap": [{"url": f"{origin}/tap", "title": "Local"}]},
        "signIn": {"kind": "bearer"},
        "origins": [origin],
        "rank": 5,
        **more,
    }
    return Archive(definition, "administrator", trusted=True)


@dataclass
class Hand:
    """A holder whose account the test decides on."""

    signs: Signature | None = BEARER
    standings: dict[str, Standing] = field(default_factory=dict)
    error: SignInError | None = None
    refusals: int = 0

    def __reduce__(self) -> tuple[type[Hand], tuple[()]]:
        return Hand, ()

    def archives(self) -> list[Archive]:
        """Return all of them."""
        return [standing.archive for standing in self.standings.values()]

    def archive(self, archive_id: str) -> Archive:
        """Return the one with this id."""
        return self.standings[archive_id].archive

    def signature(self, archive: Archive) -> Signature | None:
        """Return what the test put there."""
        if self.error is not None:
            raise self.error
        return self.signs

    def refused(self, archive: Archive) -> None:
        """Count."""
        self.refusals += 1

    def standing(self, archive: Archive) -> Standing:
        """Return `signed-in`, if the test says nothing else."""
        return self.standings.get(archive.id) or Standing(archive, "signed-in", "ASTRO1")


@pytest.fixture
def hand() -> Hand:
    """Give the account."""
    return Hand()


@pytest.fixture
def session(own: Upstream, hand: Hand) -> Iterator[ArchiveSession]:
    """Give a session signed in to the archive."""
    with ArchiveSession(archive_at(own.origin), hand) as session:
        yield session
