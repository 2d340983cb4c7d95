"""`api/accounts`: where one stands, signing in and out, and what is refused."""

from __future__ import annotations

import json
from typing import Any

from obsdeck.tests.conftest import Fetch

PAGE = "page-one-0001"


async def listed(api: Fetch, **params: str) -> dict[str, Any]:
    response = await api("accounts", params={"page": PAGE, **params})
    assert response.code == 200
    answered: dict[str, Any] = json.loads(response.body)
    return answered


async def test_the_list_has_every_archive_and_the_servers_clock(api: Fetch) -> None:
    answered = await listed(api)
    assert set(answered) == {"accounts", "now", "signIn", "keep", "problems"}
    assert answered["signIn"] == {"enabled": True, "reason": ""}
    states = {a["archive"]: a["state"] for a in answered["accounts"]}
    assert states["eso"] == "signed-out"
    assert states["local"] == "none-needed"
