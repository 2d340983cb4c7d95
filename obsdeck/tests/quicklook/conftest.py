"""Fixtures: files below Jupyter's root, and questions about them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tornado.httpclient import HTTPResponse

from obsdeck.tests.conftest import Fetch

Look = Callable[..., Awaitable[HTTPResponse]]
"""`await look("a.fits", "picture", width="10")`."""

Tell = Callable[..., Awaitable[dict[str, Any]]]
"""The same, for answers that are JSON."""


@pytest.fixture
def look(api: Fetch) -> Look:
    """Give a question about a file."""

    async def ask(path: str, what: str = "info", **more: object) -> HTTPResponse:
        texts = {name: str(value) for name, value in more.items()}
        return await api("quicklook", params={"path": path, "what": what, **texts})

    return ask


@pytest.fixture
def tell(look: Look) -> Tell:
    """Give a question whose answer is JSON."""

    async def ask(path: str, what: str = "info", **more: object) -> dict[str, Any]:
        response = await look(path, what, **more)
        assert response.code == 200, response.body
        told: dict[str, Any] = json.loads(response.body)
        return told

    return ask
