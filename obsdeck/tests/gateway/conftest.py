"""Fixtures of the gateway's tests."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPResponse

from obsdeck.addresses.network import IPAddress
from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.gateway.backend import NameNotFoundError
from obsdeck.gateway.client import GatewayClient
from obsdeck.routes.base import SETTING
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.leaks import Internet, World, lead_everything_here, make_certificate
from obsdeck.tests.gateway.wallets import TOKEN, FakeWallet
from obsdeck.tests.raw import Browser
from obsdeck.tests.upstream import Upstream

Names = dict[str, list[str]]

AS_ME = {"X-Obsdeck-As": "me"}


@pytest.fixture
def client(jp_serverapp: ServerApp) -> GatewayClient:
    """Give the server's gateway client."""
    services = jp_serverapp.web_app.settings[SETTING]
    gateway: GatewayClient = services.client
    return gateway


@pytest.fixture
def names(client: GatewayClient) -> Names:
    """Give a name service to fill, `{host: [address…]}`, in place of the real one."""
    known: Names = {}

    async def look_up(host: str, _port: int) -> list[IPAddress]:
        if host not in known:
            raise NameNotFoundError(host)
        return [ip_address(text) for text in known[host]]

    client.resolver = look_up
    return known


@pytest.fixture
def browser(
    http_server: object,
    http_server_port: tuple[socket.socket, int],
    jp_base_url: str,
    jp_auth_header: dict[str, str],
    jp_asyncio_loop: asyncio.AbstractEventLoop,
) -> Iterator[Browser]:
    """Give a signed-in connection to the gateway for the recording archive."""
    path = f"{jp_base_url}obsdeck/api/gateway/local"
    connecting = Browser.open(http_server_port[1], path, jp_auth_header)
    connection = jp_asyncio_loop.run_until_complete(connecting)
    yield connection
    connection.close()


def error_of(response: HTTPResponse) -> dict[str, Any]:
    """Return the `error` member of a JSON error answer."""
    assert response.headers["X-Obsdeck-Error"] == "1"
    error: dict[str, Any] = json.loads(response.body)["error"]
    assert set(error) == {"kind", "message", "hint", "status", "archive"}
    return error


@pytest.fixture
def wallet(jp_serverapp: ServerApp) -> FakeWallet:
    """Give the wallet that requests "as me" are signed from; it holds a bearer token."""
    held = FakeWallet(Signature(headers={"Authorization": Secret(f"Bearer {TOKEN}")}))
    settings = jp_serverapp.web_app.settings
    held.replaced = settings[SETTING].accounts
    settings[SETTING] = replace(settings[SETTING], accounts=held)
    return held


@pytest.fixture(scope="session")
def certificate_of_all(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """Make the certificate of all hosts of the leak matrix."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the test certificate, is missing")
    folder = tmp_path_factory.mktemp("certificate")
    return make_certificate(folder), folder / "cert.pem"


@pytest.fixture
def internet(
    certificate_of_all: tuple[ssl.SSLContext, Path],
    upstream: Upstream,
    second_upstream: Upstream,
    client: GatewayClient,
    monkeypatch: pytest.MonkeyPatch,
) -> Internet:
    """Let all names lead to two recording servers."""
    upstream.tls, certificate = certificate_of_all
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    lead_everything_here(client, upstream, second_upstream, monkeypatch)
    return Internet(upstream, second_upstream)


@pytest.fixture
def world(
    internet: Internet,
    through: Fetch,
    wallet: FakeWallet,
    caplog: pytest.LogCaptureFixture,
    jp_asyncio_loop: asyncio.AbstractEventLoop,
) -> Iterator[World]:
    """Give the internet and somebody who is signed in; look for leaks when a case is over."""
    jp_asyncio_loop.run_until_complete(internet.secure.restart())
    caplog.set_level(logging.DEBUG)
    made = World(internet.secure, internet.plain, through, wallet)
    yield made
    format_ = logging.Formatter().format
    made.judge("\n".join(map(format_, caplog.get_records("call"))))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases of the leak matrix held."""
    found = {
        outcome: {
            report.nodeid
            for report in terminalreporter.stats.get(outcome, [])
            if "test_leak_matrix" in getattr(report, "nodeid", "")
        }
        for outcome in ("passed", "failed", "error")
    }
    broken = found["failed"] | found["error"]
    cases = found["passed"] | broken
    if cases:
        held = len(cases) - len(broken)
        terminalreporter.write_line(f"leak matrix: {held} of {len(cases)}")
