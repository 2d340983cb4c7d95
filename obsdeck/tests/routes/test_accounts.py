"""`api/accounts`: where one stands, signing in and out, and what is refused."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jupyter_core.paths import jupyter_data_dir
from jupyter_server.auth import PasswordIdentityProvider, User
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPResponse
from tornado.web import RequestHandler
from traitlets.config import Config

from obsdeck.accounts.identity import OWNER
from obsdeck.accounts.vault.file import FileVault
from obsdeck.routes.base import SETTING, Services
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.upstream import Recorded, Upstream, answer

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


@pytest.fixture
def signing(upstream: Upstream) -> dict[str, Any]:
    """Give an archive where name and password buy a token."""
    upstream.on("/login", answer(json.dumps({"id_token": TOKEN}).encode()))
    return {
        "id": "signing",
        "name": "Signing",
        "kind": "eso",
        "description": "On loopback, with accounts.",
        "services": {"tap": [{"url": f"{upstream.origin}/tap", "title": "Signing"}]},
        "signIn": {
            "kind": "oidc-password",
            "tokenUrl": f"{upstream.origin}/login",
            "tokenField": "id_token",
            "roles": {"user": "own programmes"},
        },
        "origins": [upstream.origin],
        "rank": 6,
    }


@pytest.fixture
def keyed(upstream: Upstream) -> dict[str, Any]:
    """Give an archive whose key is looked for in the environment."""
    return {
        "id": "keyed",
        "name": "Keyed",
        "kind": "aurorax",
        "description": "On loopback, with keys.",
        "services": {"rest": {"url": f"{upstream.origin}/rest"}},
        "signIn": {
            "kind": "api-key",
            "header": "x-key",
            "places": [{"environment": "OBSDECK_TEST_KEY"}],
        },
        "origins": [upstream.origin],
        "rank": 7,
    }


@pytest.fixture
def obsdeck_config(
    local_archive: dict[str, Any], signing: dict[str, Any], keyed: dict[str, Any]
) -> dict[str, Any]:
    """Give Obsdeck's traits: three archives of the administrator."""
    return {"archives": [local_archive, signing, keyed]}


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


async def test_the_list_has_every_archive_and_the_servers_clock(api: Fetch) -> None:
    answered = await listed(api)
    assert set(answered) == {"accounts", "now", "signIn", "keep", "problems"}
    assert answered["signIn"] == {"enabled": True, "reason": ""}
    assert answered["keep"] == {"choices": ["page", "session", "file"], "usual": "session"}
    assert answered["problems"] == []
    states = {a["archive"]: a["state"] for a in answered["accounts"]}
    assert (states["eso"], states["local"]) == ("signed-out", "none-needed")
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
    now[0] = 59.0
    assert (await row(api))["state"] == "signed-in"  # reloaded
    await api("accounts", method="POST", body=json.dumps({"leaving": PAGE}))
    now[0] = 120.0
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


HOSTILE: list[tuple[str, str | bytes]] = [
    ("no JSON", "{"),
    ("no JSON with a secret", f'{{"fields": {{"password": "{PASSWORD}'),
    ("no text", b"\xff\xfe\x00"),
    ("empty", ""),
    ("a list", "[]"),
    ("null", "null"),
    ("deep", "[" * 100_000),
    ("no action", "{}"),
    ("an unknown action", '{"action": "sudo"}'),
    ("an action of another type", '{"action": ["sign-in"]}'),
    ("no fields", '{"action": "sign-in", "keep": "session"}'),
]


@pytest.mark.parametrize(("_what", "body"), HOSTILE, ids=[what for what, _ in HOSTILE])
async def test_hostile_bodies_are_refused(
    api: Fetch, upstream: Upstream, _what: str, body: str | bytes
) -> None:
    response = await api("accounts", "signing", method="POST", body=body)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert PASSWORD not in response.body.decode()
    assert upstream.connections == 0


@pytest.mark.parametrize(
    "fields",
    [
        None,
        [],
        "ada",
        {"username": 7, "password": PASSWORD},
        {"username": "ada", "password": None},
        {"username": "ada", "password": [PASSWORD]},
        {"username": "ada", "password": {"a": PASSWORD}},
        {"username": "ada", "password": PASSWORD, "token_url": "https://evil.example"},
        {"username": "ada", "password": PASSWORD + "x" * 1_000_000},
        {"username": "ada\r\nX-Evil: 1", "password": PASSWORD},
        {"username": "ada", "password": f"{PASSWORD}\r\nX-Evil: 1"},
        {"username": "ada", "password": f"{PASSWORD}\x00"},
        {"username": "ada", "password": f"{PASSWORD}\ud800"},
        {"username": "", "password": PASSWORD},
        {"username": "ada"},
        {},
    ],
)
async def test_hostile_fields_are_refused_and_never_quoted(
    api: Fetch, upstream: Upstream, caplog: pytest.LogCaptureFixture, fields: object
) -> None:
    response = await sign_in(api, fields=fields)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert error_of(response)["archive"] == "signing"
    assert PASSWORD not in response.body.decode() + caplog.text
    assert upstream.connections == 0


@pytest.mark.parametrize("keep", [None, "", "forever", "keyring", 7, ["session"], {"a": 1}])
async def test_an_unknown_choice_is_refused_before_the_archive_is_asked(
    api: Fetch, upstream: Upstream, keep: object
) -> None:
    response = await sign_in(api, keep=keep)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert upstream.connections == 0


@pytest.mark.parametrize("page", [None, "", "x", "../../etc/passwd", 7, ["page"], "a\r\nb" * 5])
async def test_a_sign_in_for_a_page_needs_the_page(
    api: Fetch, upstream: Upstream, page: object
) -> None:
    response = await sign_in(api, keep="page", page=page)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert upstream.connections == 0


@pytest.mark.parametrize("page", ["x", "../../etc", "a b c d e f g h", "x" * 5000])
async def test_a_sign_of_life_needs_a_page(api: Fetch, page: str) -> None:
    response = await api("accounts", params={"page": page})
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")


@pytest.mark.parametrize("body", ["{}", '{"leaving": 7}', '{"leaving": null}', "[]", "{"])
async def test_leaving_needs_a_page(api: Fetch, body: str) -> None:
    response = await api("accounts", method="POST", body=body)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")


async def test_a_page_nobody_knows_may_leave(api: Fetch) -> None:
    body = json.dumps({"leaving": "never-seen-before"})
    assert (await api("accounts", method="POST", body=body)).code == 204


@pytest.mark.parametrize("action", ["sign-in", "use", "check", "renew"])
async def test_archives_without_accounts(api: Fetch, upstream: Upstream, action: str) -> None:
    refusals = {"nowhere": (404, "not-found"), "new": (400, "rejected"), "local": (400, "rejected")}
    for archive, expected in refusals.items():
        response = await act(api, archive, action=action, fields=FIELDS, keep="session")
        assert (response.code, error_of(response)["kind"]) == expected
    assert upstream.connections == 0


@pytest.mark.parametrize("path", ["../hello", "Signing", "signing%0d%0aX-Evil:1", "a_b", "ü"])
async def test_ids_that_are_none_lead_nowhere(api: Fetch, path: str) -> None:
    assert (await api("accounts", path, method="DELETE")).code in {400, 404, 405}


async def test_signing_out_of_nothing_is_fine(api: Fetch) -> None:
    assert (await api("accounts", "signing", method="DELETE")).code == 204
    assert (await api("accounts", "nowhere", method="DELETE")).code == 404
    assert stored() == []


class People(PasswordIdentityProvider):
    """A provider that knows people, by a header in this test."""

    def get_user(self, handler: RequestHandler) -> User | None:
        """Return whoever the request says it is."""
        name = handler.request.headers.get("X-Test-User")
        handler._token_authenticated = True  # type: ignore[attr-defined]
        return User(name) if name else None


class TestPeople:
    """A server that knows its people, as JupyterHub's does."""

    @pytest.fixture
    def jp_server_config(self, jp_server_config: Config, monkeypatch: pytest.MonkeyPatch) -> Config:
        """Let the server belong to Ada."""
        monkeypatch.setenv("JUPYTERHUB_USER", "ada")
        jp_server_config.ServerApp.identity_provider_class = People
        return jp_server_config

    @pytest.fixture
    def by(self, api: Fetch) -> Callable[[str], Fetch]:
        """Give requests in somebody's name."""

        def of(name: str) -> Fetch:
            async def call(*path: str, **options: Any) -> HTTPResponse:
                return await api(*path, headers={"X-Test-User": name}, **options)

            return call

        return of

    async def test_each_sees_only_their_own(self, by: Callable[[str], Fetch]) -> None:
        """In memory as well as in files."""
        ada, grace = by("ada"), by("grace")
        await sign_in(ada, keep="file")
        assert (await row(grace))["state"] == "signed-out"
        await sign_in(grace, keep="file")
        assert len(stored()) == 2
        await grace("accounts", "signing", method="DELETE")
        assert (await row(ada))["state"] == "signed-in"

    async def test_what_is_found_is_the_owners(
        self, by: Callable[[str], Fetch], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Environment and files belong to the one whose server it is."""
        monkeypatch.setenv("OBSDECK_TEST_KEY", "invented-key-0123456789")
        assert (await row(by("ada"), "keyed"))["state"] == "found"
        account = await row(by("grace"), "keyed")
        assert (account["state"], account["found"]) == ("signed-out", None)

    async def test_requests_carry_ones_own_credential_only(
        self, by: Callable[[str], Fetch], through: Fetch, upstream: Upstream
    ) -> None:
        """Grace, who is not signed in, does not ask as Ada."""
        await sign_in(by("ada"))
        upstream.requests.clear()
        headers = {"X-Test-User": "grace", "X-Obsdeck-As": "me"}
        refused = await through(f"{upstream.origin}/tap", archive="signing", headers=headers)
        assert error_of(refused)["kind"] == "not-signed-in"
        assert upstream.requests == []
        headers["X-Test-User"] = "ada"
        await through(f"{upstream.origin}/tap", archive="signing", headers=headers)
        assert upstream.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


class TestOff:
    """Where the administrator wants no signing in."""

    @pytest.fixture
    def obsdeck_config(self, obsdeck_config: dict[str, Any]) -> dict[str, Any]:
        """Switch it off."""
        return {**obsdeck_config, "identities": "off"}

    async def test_nothing_is_found_stored_or_signed(
        self,
        api: Fetch,
        through: Fetch,
        upstream: Upstream,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """And the reason is told."""
        monkeypatch.setenv("OBSDECK_TEST_KEY", "invented-key-0123456789")
        reason = "Sign-in is off: the administrator of this server switched it off."
        assert (await listed(api))["signIn"] == {"enabled": False, "reason": reason}
        assert (await row(api, "keyed"))["state"] == "signed-out"
        for response in (
            await sign_in(api),
            await api("accounts", "signing", method="DELETE"),
            await through(
                f"{upstream.origin}/rest", archive="keyed", headers={"X-Obsdeck-As": "me"}
            ),
        ):
            assert (response.code, error_of(response)["message"]) == (403, reason)
        assert upstream.connections == 0
        assert stored() == []


class TestMemory:
    """Where nothing is to be stored."""

    @pytest.fixture
    def obsdeck_config(self, obsdeck_config: dict[str, Any]) -> dict[str, Any]:
        """Store nothing, whatever is proposed."""
        return {**obsdeck_config, "vault": "memory", "keep": "stored"}

    async def test_the_choice_is_not_offered(self, api: Fetch) -> None:
        """Neither shown nor taken."""
        keep = (await listed(api))["keep"]
        assert keep == {"choices": ["page", "session"], "usual": "session"}
        assert (await sign_in(api, keep="file")).code == 400
        assert stored() == []


class TestStored:
    """Where the administrator proposes to keep sign-ins."""

    @pytest.fixture
    def obsdeck_config(self, obsdeck_config: dict[str, Any]) -> dict[str, Any]:
        """Propose it."""
        return {**obsdeck_config, "keep": "stored"}

    async def test_the_vault_that_is_there_is_proposed(self, api: Fetch) -> None:
        """The file, in these tests."""
        assert (await listed(api))["keep"]["usual"] == "file"
