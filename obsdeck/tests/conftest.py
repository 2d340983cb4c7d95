"""Fixtures: a Jupyter server with Obsdeck, and an archive on loopback that records."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPResponse
from traitlets.config import Config

from obsdeck.tests.upstream import Upstream
from obsdeck.tests.visits import Visit

pytest_plugins = ["pytest_jupyter.jupyter_server", "obsdeck.tests.certificates"]

Fetch = Callable[..., Awaitable[HTTPResponse]]


@pytest.fixture
def upstream(jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[Upstream]:
    """Give an archive on loopback that records what it is asked."""
    server = Upstream()
    jp_asyncio_loop.run_until_complete(server.start())
    yield server
    jp_asyncio_loop.run_until_complete(server.stop())


@pytest.fixture
def second_upstream(jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[Upstream]:
    """Give another one, for what must not arrive there."""
    server = Upstream()
    jp_asyncio_loop.run_until_complete(server.start())
    yield server
    jp_asyncio_loop.run_until_complete(server.stop())


@pytest.fixture
def local_archive(upstream: Upstream) -> dict[str, Any]:
    """Give an administrator's definition of the recording archive."""
    return {
        "id": "local",
        "name": "Local archive",
        "kind": "ivoa",
        "description": "On loopback, for tests.",
        "services": {"tap": [{"url": f"{upstream.origin}/tap", "title": "Local"}]},
        "signIn": {"kind": "none"},
        "origins": [upstream.origin],
        "rank": 5,
    }


@pytest.fixture
def obsdeck_config() -> dict[str, Any]:
    """Give traits of Obsdeck; tests override it."""
    return {}


@pytest.fixture
def jp_server_config(local_archive: dict[str, Any], obsdeck_config: dict[str, Any]) -> Config:
    """Enable Obsdeck with the recording archive and without the sandbox."""
    traits = {"archives": [local_archive], "sandbox": "off", "vault": "file", **obsdeck_config}
    return Config(
        {"ServerApp": {"jpserver_extensions": {"obsdeck": True}}, "Obsdeck": Config(traits)}
    )


@pytest.fixture
def api(jp_fetch: Fetch) -> Fetch:
    """Give `await api("archives", method=…)`, which returns error answers too."""

    async def call(*path: str, **options: Any) -> HTTPResponse:
        try:
            return await jp_fetch("obsdeck", "api", *path, **options)
        except HTTPClientError as error:
            if error.response is None:
                raise
            return error.response

    return call


@pytest.fixture
def through(api: Fetch) -> Fetch:
    """Give `await through(url, archive="local", …)`, a request through the gateway."""

    async def call(
        url: str, archive: str = "local", headers: dict[str, str] | None = None, **options: Any
    ) -> HTTPResponse:
        sent = {"X-Obsdeck-Url": url, **(headers or {})}
        options.setdefault("decompress_response", False)
        return await api("gateway", archive, headers=sent, **options)

    return call


@pytest.fixture
def visit(http_server_client: AsyncHTTPClient, jp_base_url: str) -> Visit:
    """Give a request that carries only what it is told, and follows no redirect."""

    async def call(path: str, **options: Any) -> HTTPResponse:
        try:
            return await http_server_client.fetch(
                jp_base_url + path,
                follow_redirects=False,
                allow_nonstandard_methods=True,
                **options,
            )
        except HTTPClientError as error:
            if error.response is None:
                raise
            return error.response

    return call
