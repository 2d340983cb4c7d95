"""The sandbox as the page meets it: in the list, and awake when it is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp

from obsdeck.routes.base import SETTING
from obsdeck.supervisor import sandbox_installed
from obsdeck.tests.conftest import Fetch

pytestmark = pytest.mark.skipif(
    not sandbox_installed(), reason="the extra obsdeck[sandbox] is not installed"
)


@pytest.fixture
def obsdeck_config() -> dict[str, Any]:
    return {"sandbox": "on-demand", "sandbox_port": 0}


async def test_the_sandbox_is_first_in_the_list_and_answers_at_first_use(
    api: Fetch, through: Fetch
) -> None:
    hello = json.loads((await api("hello")).body)
    first = json.loads((await api("archives")).body)["archives"][0]
    assert hello["sandbox"] == "on-demand"
    assert (first["id"], first["name"]) == ("sandbox", "Sandbox (works offline)")
    base = first["services"]["tap"][0]["url"]
    response = await through(f"{base}/capabilities", archive="sandbox", request_timeout=90)
    assert response.code == 200
    assert b"ivo://ivoa.net/std/TAP" in response.body


async def test_only_the_sandbox_may_call_its_port(through: Fetch, jp_serverapp: ServerApp) -> None:
    store = jp_serverapp.web_app.settings[SETTING].store
    (origin,) = store.get("sandbox").trusted_origins
    response = await through(f"{origin}/tap/capabilities", archive="eso")
    assert json.loads(response.body)["error"]["kind"] == "refused-address"
