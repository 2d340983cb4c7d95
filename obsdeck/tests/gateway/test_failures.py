"""Every way a connection can fail ends in one sentence, or in a visibly broken answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from obsdeck.gateway.client import GatewayClient, Limits
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import Names, error_of
from obsdeck.tests.raw import Browser
from obsdeck.tests.upstream import Recorded, Upstream, answer


async def test_a_refused_connection_names_host_and_cause(
    through: Fetch, upstream: Upstream
) -> None:
    await upstream.stop()
    response = await through(f"{upstream.origin}/x")
    error = error_of(response)
    assert response.code == 502
    assert error["kind"] == "unavailable"
    place = f"127.0.0.1 port {upstream.port}"
    expected = f"Local archive: nothing listens at {place} (connection refused)."
    assert error["message"] == expected
    assert "moved" in error["hint"]


async def test_an_unknown_host_is_named(through: Fetch, names: Names) -> None:
    error = error_of(await through("https://gone.example/tap", archive="gavo"))
    assert error["kind"] == "unavailable"
    assert error["message"] == "GAVO DC: the host gone.example could not be found."


async def test_the_second_address_is_called_when_the_first_is_dead(
    through: Fetch, upstream: Upstream, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsdeck.gateway.backend.refusal", lambda address: None)
    names["two.example"] = ["127.0.0.2", "127.0.0.1"]
    response = await through(f"http://two.example:{upstream.port}/x", archive="eso")
    assert response.code == 200


async def test_silence_before_the_first_byte_ends_at_the_time_out(
    through: Fetch, upstream: Upstream, client: GatewayClient
) -> None:
    client.limits = Limits(read=0.2)

    async def silent(_request: Recorded, _writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    upstream.on("/x", silent)
    response = await through(f"{upstream.origin}/x")
    error = error_of(response)
    assert response.code == 504
    assert error["kind"] == "timeout"
    assert error["message"] == "Local archive: 127.0.0.1 stayed silent for too long."


async def test_a_slow_first_byte_within_the_time_out_is_waited_for(
    through: Fetch, upstream: Upstream
) -> None:
    async def slow(_request: Recorded, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(answer(b"late"))
        await writer.drain()

    upstream.on("/x", slow)
    assert (await through(f"{upstream.origin}/x")).body == b"late"


async def test_an_address_that_never_answers_ends_at_the_time_out(
    through: Fetch, upstream: Upstream, client: GatewayClient
) -> None:
    async def hanging(_host: str, _port: int) -> list[Any]:
        await asyncio.Event().wait()
        return []

    client.resolver = hanging
    client.limits = Limits(connect=0.2)
    error = error_of(await through("https://slow.example/tap", archive="eso"))
    assert error["kind"] == "timeout"
    assert error["message"] == "ESO: slow.example could not be reached in time."


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="closed-at-once"),
        pytest.param(b"220 smtp.example ready\r\n", id="no-http"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", id="bad-length"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n", id="2-GB-announced-none-sent"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", id="bad-chunk"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, id="endless-header"),
    ],
)
async def test_what_is_no_http_answer_is_a_bad_answer(
    through: Fetch, upstream: Upstream, raw: bytes
) -> None:
    upstream.on("/x", raw)
    response = await through(f"{upstream.origin}/x")
    error = error_of(response)
    assert response.code == 502
    assert error["kind"] == "bad-answer"
    assert error["message"].startswith("Local archive: 127.0.0.1 ")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\nabc", id="length"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", id="chunked"
        ),
    ],
)
async def test_a_truncated_answer_is_visibly_broken(
    upstream: Upstream, browser: Browser, raw: bytes
) -> None:
    upstream.on("/x", raw)
    browser.ask("GET", f"{upstream.origin}/x")
    status, answered = await browser.answer_head()
    rest = await browser.reader.read()  # to the end of the connection
    assert status == 200
    if "content-length" in answered:
        assert rest == b"abc"  # of 2 GB
    else:
        assert b"abc" in rest
        assert not rest.endswith(b"0\r\n\r\n")


class TestConfiguredLimits:
    """Where the administrator changed the time-outs."""

    @pytest.fixture
    def obsdeck_config(self) -> dict[str, Any]:
        """Set every limit."""
        return {
            "connect_timeout": 1.5,
            "read_timeout": 2.5,
            "write_timeout": 3.5,
            "max_redirects": 1,
        }

    async def test_the_gateway_keeps_to_them(self, client: GatewayClient) -> None:
        """They arrive where requests are made."""
        assert client.limits == Limits(connect=1.5, read=2.5, write=3.5, redirects=1)


async def test_two_minutes_of_silence_are_tolerated_by_default(client: GatewayClient) -> None:
    assert client.limits.read >= 150
