"""Fixtures of the gateway's tests."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPResponse

from obsdeck.gateway.addresses import IPAddress
from obsdeck.gateway.backend import NameNotFoundError
from obsdeck.gateway.client import GatewayClient
from obsdeck.routes.base import SETTING
from obsdeck.tests.raw import Browser

Names = dict[str, list[str]]


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
