"""Requests to `api/accounts`, and what they leave, for its tests."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir
from tornado.httpclient import HTTPResponse

from obsdeck.tests.conftest import Fetch

PAGE = "page-one-0001"
PASSWORD = "invented-password-of-ada"
FIELDS = {"username": "ada", "password": PASSWORD}


def jwt(name: str = "ADA", lasts: float = 3600) -> str:
    """Return an unsigned token that ends `lasts` seconds from now."""

    def part(claims: dict[str, Any]) -> str:
        text = json.dumps(claims).encode()
        return base64.urlsafe_b64encode(text).rstrip(b"=").decode()

    claims = {"preferred_username": name, "exp": int(time.time() + lasts), "roles": ["user"]}
    return f"{part({'alg': 'RS256'})}.{part(claims)}.{part({'invented': name})}"


TOKEN = jwt()


async def listed(api: Fetch, page: str = PAGE) -> dict[str, Any]:
    response = await api("accounts", params={"page": page})
    assert response.code == 200
    answered: dict[str, Any] = json.loads(response.body)
    return answered


async def row(api: Fetch, archive: str = "signing") -> dict[str, Any]:
    found: dict[str, Any] = next(
        account for account in (await listed(api))["accounts"] if account["archive"] == archive
    )
    return found


async def act(api: Fetch, archive: str = "signing", **body: Any) -> HTTPResponse:
    return await api("accounts", archive, method="POST", body=json.dumps(body))


async def sign_in(api: Fetch, archive: str = "signing", **changes: Any) -> HTTPResponse:
    body = {"action": "sign-in", "fields": FIELDS, "keep": "session", "page": PAGE, **changes}
    return await act(api, archive, **body)


def error_of(response: HTTPResponse) -> dict[str, Any]:
    error: dict[str, Any] = json.loads(response.body)["error"]
    return error


def vault_folder() -> Path:
    return Path(jupyter_data_dir()) / "obsdeck" / "accounts"


def stored() -> list[Path]:
    """Return the files of stored sign-ins."""
    return sorted(vault_folder().glob("*.json"))
