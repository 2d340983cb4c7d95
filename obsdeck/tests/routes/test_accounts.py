"""`api/accounts`: where one stands, signing in and out."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import stat
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp

from obsdeck.routes.base import SETTING, Services
from obsdeck.signin.identity import OWNER
from obsdeck.signin.vault.file import FileVault
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.routes.signing import (
    FIELDS,
    PAGE,
    PASSWORD,
    TOKEN,
    act,
    error_of,
    listed,
    row,
    sign_in,
    stored,
    vault_folder,
)
from obsdeck.tests.upstream import Recorded, Upstream, answer


@pytest.fixture
def obsdeck_config(with_accounts: dict[str, Any]) -> dict[str, Any]:
    """Give Obsdeck's traits."""
    return with_accounts


async def test_the_list_has_every_archive_and_the_servers_clock(api: Fetch) -> None:
    answered = await listed(api)
    assert set(answered) == {"accounts", "now", "signIn", "keep", "problems"}
    assert answered["signIn"] == {"enabled": True, "reason": ""}
    assert answered["keep"] == {"choices": ["page", "session", "file"], "usual": "session"}
    assert answered["problems"] == []
    states = {a["archive"]: a["state"] for a in answered["accounts"]}
    assert (states["eso"], states["local"]) == ("signed-out", "none-needed")
    assert "vizier" in states
    assert "cds-sesame" not in states  # it only tells where names are
    response = await api("accounts")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Etag" not in response.headers


async def test_signing_in_and_out(api: Fetch, upstream: Upstream) -> None:
    response = await sign_in(api)
    account = json.loads(response.body)["account"]
    assert response.code == 200
    assert account == await row(api)
    assert (account["state"], account["who"], account["rights"]) == (
        "signed-in",
        "ADA",
        ["own programmes"],
    )
    assert account["place"] == {"kind": "here", "name": "", "kept": "session"}
    assert account["host"] == f"127.0.0.1:{upstream.port}"
    assert [r.target.partition("?")[0] for r in upstream.requests] == ["/login"]
    assert (await api("accounts", "signing", method="DELETE")).code == 204
    assert (await row(api))["state"] == "signed-out"


async def test_no_answer_holds_a_secret(api: Fetch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [
        await sign_in(api),
        await act(api, action="check"),
        await act(api, action="renew"),
        await api("accounts", params={"page": PAGE}),
    ]
    for response in answers:
        text = response.body.decode() + str(response.headers)
        assert TOKEN not in text
        assert PASSWORD not in text
    assert TOKEN not in caplog.text
    assert PASSWORD not in caplog.text


async def test_the_gateway_signs_with_what_was_typed(
    through: Fetch, api: Fetch, upstream: Upstream
) -> None:
    headers = {"X-Obsdeck-As": "me"}
    url = f"{upstream.origin}/tap/tables"
    refused = await through(url, archive="signing", headers=headers)
    assert error_of(refused)["kind"] == "not-signed-in"
    await sign_in(api)
    upstream.requests.clear()
    await through(url, archive="signing", headers=headers)
    await through(url, archive="signing")
    with_token, without = upstream.requests
    assert with_token.headers["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in without.headers


async def test_a_wrong_password_is_told_without_quoting_it(api: Fetch, upstream: Upstream) -> None:
    upstream.on("/login", answer(b"<html>no</html>", status="401 Unauthorized"))
    response = await sign_in(api)
    error = error_of(response)
    assert (error["kind"], error["archive"]) == ("not-signed-in", "signing")
    assert PASSWORD not in response.body.decode()
    assert (await row(api))["state"] == "signed-out"


async def test_stored_sign_ins_are_private_and_forgotten_on_signing_out(api: Fetch) -> None:
    await sign_in(api, keep="file")
    (path,) = stored()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    text = path.read_text("utf-8")
    assert TOKEN in text
    assert PASSWORD not in text
    assert (await row(api))["place"]["kept"] == "file"
    await api("accounts", "signing", method="DELETE")
    assert TOKEN not in path.read_text("utf-8")


async def test_a_shorter_choice_takes_the_stored_one_away(api: Fetch) -> None:
    await sign_in(api, keep="file")
    await sign_in(api, keep="session")
    assert TOKEN not in stored()[0].read_text("utf-8")
    assert (await row(api))["place"]["kept"] == "session"


async def test_nothing_is_stored_that_was_not_to_be_kept(api: Fetch) -> None:
    await sign_in(api, keep="session")
    await sign_in(api, keep="page")
    assert stored() == []


async def test_what_another_server_stored_is_used_here(
    api: Fetch, through: Fetch, upstream: Upstream
) -> None:
    """As after a restart, or with two servers of one user."""
    await sign_in(api, keep="file")
    other = FileVault(vault_folder())
    held = other.read(OWNER.key).entries["signing"]
    other.drop(OWNER.key, "signing")
    assert (await row(api))["state"] == "signed-out"
    other.put(OWNER.key, "signing", held)
    assert (await row(api))["who"] == "ADA"
    headers = {"X-Obsdeck-As": "me"}
    await through(f"{upstream.origin}/tap", archive="signing", headers=headers)
    assert upstream.requests[-1].headers["authorization"] == f"Bearer {TOKEN}"


async def test_a_damaged_file_is_told_and_signing_in_goes_on(api: Fetch) -> None:
    await sign_in(api, keep="file")
    (path,) = stored()
    path.write_text("{", "utf-8")
    answered = await listed(api)
    (kept,) = vault_folder().glob("*.damaged-*")
    assert answered["problems"] == [
        f"The stored sign-ins could not be read. They were set aside as {kept.name}; "
        "the others are unharmed."
    ]
    assert (await sign_in(api, keep="file")).code == 200
    assert (await row(api))["state"] == "signed-in"


async def test_a_found_key_is_told_with_its_place_only(
    api: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSDECK_TEST_KEY", "invented-key-0123456789")
    account = await row(api, "keyed")
    place = {"kind": "environment", "name": "OBSDECK_TEST_KEY", "kept": None}
    assert (account["state"], account["place"]) == ("found", place)
    assert "invented-key" not in json.dumps(await listed(api))
    assert (await api("accounts", "keyed", method="DELETE")).code == 204
    account = await row(api, "keyed")
    assert (account["state"], account["found"]) == ("signed-out", place)
    assert os.environ["OBSDECK_TEST_KEY"] == "invented-key-0123456789"
    taken_up = await act(api, "keyed", action="use", place=place)
    assert json.loads(taken_up.body)["account"]["state"] == "found"


async def test_a_page_that_closes_takes_its_sign_in_along(
    api: Fetch, jp_serverapp: ServerApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    services: Services = jp_serverapp.web_app.settings[SETTING]
    now = [0.0]
    monkeypatch.setattr(services.accounts.holdings.leases, "clock", lambda: now[0])
    await sign_in(api, keep="page")
    left = await api("accounts", method="POST", body=json.dumps({"leaving": PAGE}))
    assert (left.code, left.body) == (204, b"")
    now[0] = 149.0
    assert (await row(api))["state"] == "signed-in"  # reloaded
    await api("accounts", method="POST", body=json.dumps({"leaving": PAGE}))
    now[0] = 301.0
    assert (await row(api))["state"] == "signed-out"


async def test_renewing_where_it_asks_says_so(api: Fetch) -> None:
    await sign_in(api)
    answered = json.loads((await act(api, action="renew")).body)
    assert answered["renewed"] is False
    assert answered["account"]["renew"] == "asks"


async def test_cancelling_stops_asking_the_archive(
    api: Fetch,
    upstream: Upstream,
    http_server_port: tuple[socket.socket, int],
    jp_base_url: str,
    jp_auth_header: dict[str, str],
) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def silent(_request: Recorded, _writer: asyncio.StreamWriter) -> None:
        asked.set()
        await gone.wait()

    upstream.on("/login", silent)
    body = {"action": "sign-in", "fields": FIELDS, "keep": "session"}
    request = json.dumps(body).encode()
    _, writer = await asyncio.open_connection("127.0.0.1", http_server_port[1])
    path = f"{jp_base_url}obsdeck/api/accounts/signing"
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: {jp_auth_header['Authorization']}\r\n"
        f"Content-Length: {len(request)}\r\n\r\n".encode()
        + request
    )
    await asyncio.wait_for(asked.wait(), 30)
    writer.close()
    await asyncio.wait_for(upstream.disconnected.wait(), 30)
    gone.set()
    assert (await row(api))["state"] == "signed-out"
