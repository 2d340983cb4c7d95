"""Fixtures of the gateway's tests."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPResponse

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.gateway.addresses import IPAddress
from obsdeck.gateway.backend import NameNotFoundError
from obsdeck.gateway.client import GatewayClient
from obsdeck.routes.base import SETTING
from obsdeck.tests.raw import Browser

Names = dict[str, list[str]]

TOKEN = "Invented/Token+of.a-Test_0123456789"
"""Holds every character that URL encoding and base64 treat specially."""

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


@dataclass
class FakeWallet:
    """A wallet with one signature for all archives.

    Attributes
    ----------
    held
        What signs requests in, None for an archive that needs nothing.
    asked
        Ids of the archives whose signature was asked for.
    refusals
        Ids of the archives that did not accept it.
    """

    held: Signature | None = None
    asked: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    async def signature(self, archive: Archive) -> Signature | None:
        """Return what is held."""
        self.asked.append(archive.id)
        return self.held

    async def refused(self, archive: Archive) -> None:
        """Note it."""
        self.refusals.append(archive.id)

    def wallet(self, _identity: object) -> FakeWallet:
        """Return the same wallet for everybody."""
        return self


@pytest.fixture
def wallet(jp_serverapp: ServerApp) -> FakeWallet:
    """Give the wallet that requests "as me" are signed from; it holds a bearer token."""
    held = FakeWallet(Signature(headers={"Authorization": Secret(f"Bearer {TOKEN}")}))
    settings = jp_serverapp.web_app.settings
    settings[SETTING] = replace(settings[SETTING], accounts=held)
    return held
