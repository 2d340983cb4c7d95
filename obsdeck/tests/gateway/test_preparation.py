"""What the first request needs is made once, beforehand, beside the event loop."""

from __future__ import annotations

import asyncio
import ssl
import threading

import httpcore
import pytest

from obsdeck.gateway.client import GatewayClient
from obsdeck.gateway.preparation import Preparation
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.upstream import Upstream


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the threads in which certificates were read, in order."""
    seen: list[int] = []
    read = httpcore.default_ssl_context

    def recorded() -> ssl.SSLContext:
        seen.append(threading.get_ident())
        return read()

    monkeypatch.setattr(httpcore, "default_ssl_context", recorded)
    return seen


async def test_greeting_prepares_and_asks_nobody(
    api: Fetch, client: GatewayClient, upstream: Upstream, threads: list[int]
) -> None:
    await api("hello")
    await client.close()  # waits for what was begun
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()
    assert upstream.requests == []


async def test_all_requests_share_one_preparation(
    api: Fetch, through: Fetch, upstream: Upstream, threads: list[int]
) -> None:
    for _ in range(2):
        await api("hello")
        # A pinned address of the administrator's, and one that only public ones may stand for.
        assert (await through(f"{upstream.origin}/x")).code == 200
        assert (await through("http://127.0.0.1:1/x", archive="eso")).code != 200
    assert len(threads) == 1


async def test_without_a_greeting_the_first_request_prepares(
    through: Fetch, upstream: Upstream, threads: list[int]
) -> None:
    assert (await through(f"{upstream.origin}/x")).code == 200
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


async def test_a_request_that_is_given_up_leaves_it_to_the_others(threads: list[int]) -> None:
    preparation = Preparation()
    given_up, other = (asyncio.create_task(preparation.context()) for _ in range(2))
    await asyncio.sleep(0)
    given_up.cancel()
    assert isinstance(await other, ssl.SSLContext)
    assert len(threads) == 1


async def test_what_failed_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = Preparation()
    with monkeypatch.context() as broken:
        broken.setattr(httpcore, "default_ssl_context", _unreadable)
        with pytest.raises(FileNotFoundError):
            await preparation.context()
    assert isinstance(await preparation.context(), ssl.SSLContext)


def _unreadable() -> ssl.SSLContext:
    raise FileNotFoundError("certificates.pem")
