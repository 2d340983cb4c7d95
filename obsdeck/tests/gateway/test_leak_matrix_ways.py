"""Leak matrix, the other ways: headers, surroundings of the server, definitions, the page."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httputil import HTTPHeaders

from obsdeck.archives.user import UserFile
from obsdeck.config import data_folder
from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.routes.base import SETTING
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.leaks import EVIL, OWN, World
from obsdeck.tests.gateway.test_redirects import redirect
from obsdeck.tests.gateway.wallets import TOKEN
from obsdeck.tests.raw import Browser
from obsdeck.tests.upstream import answer
from obsdeck.tests.visits import Visit, signed_in

HOME = "https://archive.eso.org/x"
STRANGER = f"https://{EVIL}/x"

Send = Callable[[list[tuple[str, str]]], Awaitable[HTTPResponse]]


@pytest.fixture
def send(
    http_server_client: AsyncHTTPClient, jp_base_url: str, jp_auth_header: dict[str, str]
) -> Send:
    """Give a request to ESO's gateway with exactly these header lines, and Jupyter's login."""

    async def call(lines: list[tuple[str, str]]) -> HTTPResponse:
        headers = HTTPHeaders(jp_auth_header)
        for name, value in lines:
            headers.add(name, value)
        return await http_server_client.fetch(
            f"{jp_base_url}obsdeck/api/gateway/eso", headers=headers, raise_error=False
        )

    return call


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([("X-Obsdeck-As", "me"), ("X-Obsdeck-As", "me")], id="as-twice"),
        pytest.param([("X-Obsdeck-As", "anyone"), ("X-Obsdeck-As", "me")], id="as-both"),
        pytest.param([("X-Obsdeck-As", "me, anyone")], id="as-list"),
        pytest.param([("X-Obsdeck-As", "Me")], id="as-in-capitals"),
        pytest.param([("X-Obsdeck-As", "somebody")], id="as-somebody"),
        pytest.param([("X-Obsdeck-As", "me"), ("X-Obsdeck-Url", STRANGER)], id="two-addresses"),
    ],
)
async def test_headers_of_ours_are_single_and_known(
    world: World, send: Send, lines: list[tuple[str, str]]
) -> None:
    response = await send([("X-Obsdeck-Url", HOME), *lines])
    assert response.code == 400
    assert json.loads(response.body)["error"]["kind"] == "rejected"
    assert world.secure.connections == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("X-Obsdeck-Url", f"{STRANGER}\r\n Authorization: a", id="address-folded"),
        pytest.param("X-Obsdeck-Url", f"{STRANGER}\r\nHost: archive.eso.org", id="address-host"),
        pytest.param("Accept", "*/*\r\n X-Obsdeck-Token: a", id="accept-folded"),
        pytest.param("Accept", "*/*\rX-Obsdeck-Token: a", id="accept-cr"),
        pytest.param("Range", "bytes=0-\nAuthorization: a", id="range-lf"),
        pytest.param("Content-Type", "a/b\x00c", id="nul"),
    ],
)
async def test_line_breaks_in_the_pages_headers_add_no_header_line(
    world: World, browser: Browser, name: str, value: str
) -> None:
    browser.path = browser.path.replace("/local", "/eso")
    sent = {"X-Obsdeck-As": "me", name: value}
    browser.ask("GET", STRANGER, sent)
    await browser.reader.readuntil(b"\r\n")
    for request in world.secure.requests:
        assert not {"authorization", "x-obsdeck-token", "x-obsdeck-as"} & set(request.headers)


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\0", "\x7f", "\u2028", "é"])
async def test_a_credential_that_fits_into_no_header_line_is_not_sent(
    world: World, break_: str
) -> None:
    bad = f"Bearer {TOKEN}{break_}X-Evil: 1"
    world.wallet.held = Signature(headers={"Authorization": Secret(bad)})
    await world.ask(HOME)
    assert world.error() == "rejected"
    assert world.secure.connections == 0


async def test_RUBIN_8_AURORAX_1_nothing_of_the_page_signs_a_request_in(
    world: World, jp_auth_header: dict[str, str]
) -> None:
    """Jupyter's own token among it, which every request of a test carries."""
    own = {
        "Cookie": "session=of-the-page",
        "token": "of-the-page",
        "x-aurorax-api-key": "of-the-page",
        "X-Requested-With": "XMLHttpRequest",
        "Proxy-Authorization": "Basic of-the-page",
    }
    await world.ask(STRANGER, headers=own)
    await world.ask(HOME, headers=own)
    jupyters = jp_auth_header["Authorization"].split()[-1]
    text = str([(r.target, r.headers) for r in world.secure.requests])
    assert jupyters not in text
    assert "of-the-page" not in text
    assert "XMLHttpRequest" not in text
    assert (world.signed, world.strangers) == (1, 1)


async def test_AURORAX_1_the_key_travels_only_in_its_header(world: World) -> None:
    world.wallet.held = Signature(headers={"x-aurorax-api-key": Secret(TOKEN)})
    await world.ask("https://archive.eso.org/a?b=1", method="POST", body="{}")
    (request,) = world.secure.requests
    assert request.headers.pop("x-aurorax-api-key") == TOKEN
    assert TOKEN not in f"{request.target}{request.headers}{request.body!r}"
    assert "authorization" not in request.headers


async def test_MMODA_7_PYOBS_60_the_parameter_shows_in_no_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.wallet.held = Signature(parameters={"token": Secret(TOKEN)})
    base = "https://www.astro.unige.ch/mmoda/dispatch-data"
    world.secure.on("/mmoda/dispatch-data/a", redirect("a/?token=Invented%2FToken%2Bof.a-Test_"))
    response = await world.ask(f"{base}/get_list_terms?group=x", "mmoda")
    assert response.headers["X-Obsdeck-Final-Url"] == f"{base}/get_list_terms?group=x"
    (request,) = world.secure.requests
    assert request.target.endswith("?token=Invented%2FToken%2Bof.a-Test_0123456789&group=x")
    assert "authorization" not in request.headers
    assert "token=" not in caplog.text


@pytest.mark.parametrize("kind", ["not-signed-in", "expired"])
async def test_without_a_credential_nothing_is_asked_as_me(world: World, kind: Any) -> None:
    world.wallet.held = ObsdeckError(kind, "ESO: sign in first.", status=403, archive="eso")
    await world.ask(HOME)
    assert world.error() == kind
    assert world.secure.connections == 0


@pytest.mark.parametrize("machine", ["archive.eso.org", EVIL, "default"])
@pytest.mark.parametrize("file", [".netrc", "_netrc", "elsewhere"])
async def test_netrc_is_never_used(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, machine: str, file: str
) -> None:
    line = f"machine {machine} " if machine != "default" else "default "
    (tmp_path / file).write_text(f"{line}login alice password netrc-of-alice\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    if file == "elsewhere":
        monkeypatch.setenv("NETRC", str(tmp_path / file))
    world.secrets.append("netrc-of-alice")
    await world.ask(STRANGER)
    await world.ask(HOME)
    assert [r.headers.get("authorization") for r in world.secure.requests] == [
        None,
        f"Bearer {TOKEN}",
    ]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "http_proxy"])
async def test_no_proxy_of_the_environment_gets_between(
    world: World, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, f"http://127.0.0.1:{world.plain.port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    await world.ask(HOME)
    assert world.signed == 1
    assert world.plain.connections == 0


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param({"Alt_Svc": f'h2="{EVIL}:443"'}, id="alternative-service"),
        pytest.param({"Refresh": f"0; url={STRANGER}"}, id="refresh"),
        pytest.param({"Content_Location": STRANGER}, id="content-location"),
        pytest.param({"Link": f"<{STRANGER}>; rel=preload"}, id="link"),
        pytest.param({"Location": STRANGER}, id="location-without-redirect"),
        pytest.param({"Proxy_Authenticate": "Basic"}, id="proxy-challenge"),
    ],
)
async def test_header_lines_of_an_answer_start_no_request(
    world: World, lines: dict[str, str]
) -> None:
    world.secure.on("/x", answer(b"rows", **lines))
    await world.ask(HOME)
    assert (world.signed, len(world.secure.requests)) == (1, 1)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            f"HTTP/1.1 103 Early Hints\r\nLink: <{STRANGER}>; rel=preconnect\r\n"
            f"Location: {STRANGER}\r\n\r\n".encode()
            + answer(b"rows"),
            id="early-hints",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Location\r\n\r\n"
            b"4\r\nrows\r\n0\r\nLocation: " + STRANGER.encode() + b"\r\n\r\n",
            id="trailers",
        ),
    ],
)
async def test_hints_and_trailers_lead_nowhere(world: World, raw: bytes) -> None:
    world.secure.on("/x", raw)
    response = await world.ask(HOME)
    assert response.body == b"rows"
    assert (world.signed, len(world.secure.requests)) == (1, 1)


async def test_of_two_locations_neither_gets_the_credential(world: World) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {STRANGER}\r\nLocation: {HOME}/2\r\n"
    world.secure.on("/x", f"{head}Content-Length: 0\r\n\r\n".encode())
    await world.ask("https://archive.eso.org/x")
    assert world.signed == 1


async def test_cookies_of_an_archive_are_sent_nowhere(world: World) -> None:
    moved = answer(b"", "302 Found", Location="/y", Set_Cookie="session=abc; Domain=eso.org")
    world.secure.on("/x", moved)
    world.secure.on("/y", redirect(STRANGER))
    await world.ask(HOME)
    await world.ask(HOME)
    assert not [r for r in world.secure.requests if "cookie" in r.headers]


@pytest.mark.parametrize("challenge", ["Basic realm=x", "Bearer", "Negotiate", "Digest nonce=1"])
async def test_a_strangers_challenge_gets_no_second_request(world: World, challenge: str) -> None:
    world.secure.on("/x", answer(b"", "401 Unauthorized", WWW_Authenticate=challenge))
    await world.ask(STRANGER)
    assert (world.signed, world.strangers) == (0, 1)
    assert world.wallet.refusals == []


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE"])
async def test_every_verb_goes_to_strangers_anonymously(world: World, method: str) -> None:
    await world.ask(STRANGER, method=method, allow_nonstandard_methods=True)
    assert (world.signed, world.strangers) == (0, 1)


async def test_the_http_librarys_own_log_holds_nothing(world: World) -> None:
    """It quotes the header lines of answers."""
    world.secure.on("/x", answer(b"", X_Echo=f"Bearer {TOKEN}"))
    logger = logging.getLogger("httpcore")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        await world.ask(HOME)
    finally:
        logger.setLevel(level)
    assert world.signed == 1


@pytest.mark.parametrize(
    "claimed",
    [
        "https://archive.eso.org",
        "https://ARCHIVE.eso.org",
        "https://archive.eso.org.",
        "https://archive.eso.org:443",
        "http://archive.eso.org",
        "https://www.eso.org/sso/oidc/x",
        "https://data.lsst.cloud/api",
    ],
)
async def test_VO_59_a_users_archive_claims_no_origin_of_another(
    world: World, api: Fetch, claimed: str
) -> None:
    definition = {
        "name": "Mine",
        "kind": "ivoa",
        "description": "Invented.",
        "services": {"tap": [{"url": f"https://{OWN}/tap", "title": "Mine"}]},
        "signIn": {"kind": "bearer"},
        "origins": [f"https://{OWN}", claimed],
        "rank": 1,
    }
    added = await api("archives", method="POST", body=json.dumps(definition))
    assert added.code in {400, 409}
    # The same, written into the file past all checks.
    UserFile(data_folder() / "archives.json").write([{**definition, "id": "user-mine"}])
    await world.ask(HOME, "user-mine")
    assert world.error() == "not-found"
    assert world.secure.connections == 0


async def test_changed_origins_forget_the_credential(
    world: World, api: Fetch, jp_serverapp: ServerApp
) -> None:
    settings = jp_serverapp.web_app.settings
    settings[SETTING] = replace(settings[SETTING], accounts=world.wallet.replaced)
    world.homes[OWN] = "/"
    body = json.dumps({"name": "Mine", "url": f"https://{OWN}/tap"})
    archive = json.loads((await api("archives", method="POST", body=body)).body)["id"]

    async def change(*origins: str) -> None:
        wanted = {"signIn": {"kind": "bearer"}, "origins": [f"https://{OWN}", *origins]}
        changed = await api("archives", archive, method="PATCH", body=json.dumps(wanted))
        assert changed.code == 200, changed.body

    await change()
    signing_in = {"action": "sign-in", "fields": {"token": TOKEN}, "keep": "session"}
    done = await api("accounts", archive, method="POST", body=json.dumps(signing_in))
    assert done.code == 200, done.body
    await world.ask(f"https://{OWN}/tap/sync", archive)
    assert world.signed >= 1
    before = world.signed
    await change(f"https://{EVIL}")
    await world.ask(STRANGER, archive)
    assert world.error() == "not-signed-in"
    await world.ask(f"https://{OWN}/tap/sync", archive)
    assert world.error() == "not-signed-in"
    assert (world.signed, world.strangers) == (before, 0)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no-login"),
        pytest.param({"Authorization": "token wrong"}, id="wrong-token"),
        pytest.param({"Cookie": "username-x=forged"}, id="forged-cookie"),
    ],
)
async def test_without_login_nothing_is_asked(
    world: World, visit: Visit, headers: dict[str, str]
) -> None:
    sent = {"X-Obsdeck-Url": HOME, "X-Obsdeck-As": "me", **headers}
    response = await visit("obsdeck/api/gateway/eso", headers=sent)
    assert response.code == 403
    assert (world.secure.connections, world.wallet.asked) == (0, [])


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_without_the_xsrf_token_nothing_is_asked(
    world: World, visit: Visit, jp_serverapp: ServerApp, method: str
) -> None:
    cookies, _xsrf = await signed_in(visit, jp_serverapp.identity_provider.token)
    sent = {"X-Obsdeck-Url": HOME, "X-Obsdeck-As": "me", **cookies}
    response = await visit("obsdeck/api/gateway/eso", method=method, headers=sent)
    assert response.code == 403
    assert (world.secure.connections, world.wallet.asked) == (0, [])
