"""Leak matrix, whole: signed in through the real accounts, at archives that repeat everything."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPResponse

from obsdeck.routes.base import SETTING
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.leaks import EVIL, ISSUER, World
from obsdeck.tests.gateway.test_redirects import redirect
from obsdeck.tests.upstream import Recorded, answer

PASSWORD = "Invented/pass+word-of-a-test-1"
ACCESS_TOKEN = "invented-access-token-of-a-test"
KEY = "invented-key-of-a-test-0123456789"
RUBIN_TOKEN = "gt-InventedTokenOfATest01.InventedSecretOfATest1"

Api = Callable[..., Awaitable[HTTPResponse]]


def jwt(**claims: Any) -> str:
    """Return a token with an invented signature."""
    parts = ({"alg": "HS256"}, {"exp": 4_000_000_000, "sub": "ALICE", **claims})
    encoded = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "invented-signature-of-a-test-01"])


ID_TOKEN = jwt(roles=["user"], email="alice@observatory.example", name="Alice")
MMODA_TOKEN = jwt(sub="alice@observatory.example", roles="gallery contributor")


@dataclass(frozen=True)
class Account:
    """One way of signing in.

    Attributes
    ----------
    archive
        Id.
    fields
        What is typed.
    url
        What is asked as me.
    carries
        Header line, or beginning of the query, that the archive gets.
    secrets
        What nobody else may see.
    answers
        What the sign-in is told, by path.
    """

    archive: str
    fields: dict[str, str]
    url: str
    carries: tuple[str, str]
    secrets: list[str]
    answers: dict[str, Any] = field(default_factory=dict)


ACCOUNTS = {
    "ESO": Account(
        "eso",
        {"username": "alice", "password": PASSWORD},
        "https://archive.eso.org/tap_obs/sync",
        ("authorization", f"Bearer {ID_TOKEN}"),
        [PASSWORD, ID_TOKEN, ACCESS_TOKEN],
        {"/sso/oidc/token": {"id_token": ID_TOKEN, "access_token": ACCESS_TOKEN}},
    ),
    "RUBIN": Account(
        "rubin",
        {"token": RUBIN_TOKEN},
        "https://data.lsst.cloud/api/tap/sync",
        ("authorization", f"Bearer {RUBIN_TOKEN}"),
        [RUBIN_TOKEN],
        {"/auth/api/v1/user-info": {"username": "alice", "email": "alice@observatory.example"}},
    ),
    "MMODA": Account(
        "mmoda",
        {"token": MMODA_TOKEN},
        "https://www.astro.unige.ch/mmoda/dispatch-data/get_revnum",
        ("query", f"token={MMODA_TOKEN}"),
        [MMODA_TOKEN],
    ),
    "AURORAX": Account(
        "aurorax",
        {"key": KEY},
        "https://api.aurorax.space/api/v1/data_sources",
        ("x-aurorax-api-key", KEY),
        [KEY],
    ),
}


@pytest.fixture(params=ACCOUNTS)
def account(request: pytest.FixtureRequest, world: World, jp_serverapp: ServerApp) -> Account:
    """Give an account, with the server's own accounts in charge."""
    chosen = ACCOUNTS[request.param]
    settings = jp_serverapp.web_app.settings
    settings[SETTING] = replace(settings[SETTING], accounts=world.wallet.replaced)
    world.secrets = chosen.secrets
    world.homes[ISSUER] = "/sso/oidc/token"  # the password belongs there
    for path, told in chosen.answers.items():
        world.secure.on(path, answer(json.dumps(told).encode()))
    return chosen


@pytest.fixture
def accounts(world: World, api: Fetch, account: Account) -> Api:
    """Give `await accounts(method="POST", …)` for the account; the page gets what it answers."""

    async def call(**options: Any) -> HTTPResponse:
        if "body" in options:
            options["body"] = json.dumps(options["body"])
        response = await api("accounts", account.archive, **options)
        world.answers.append(response)
        return response

    return call


async def sign_in(accounts: Api, account: Account) -> dict[str, Any]:
    typed = {"action": "sign-in", "fields": account.fields, "keep": "session"}
    response = await accounts(method="POST", body=typed)
    assert response.code == 200, response.body
    told: dict[str, Any] = json.loads(response.body)["account"]
    return told


async def repeat(request: Recorded, writer: asyncio.StreamWriter) -> None:
    """Answer with an error that quotes the whole request, in several ways."""
    lines = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
    quoted = f"{request.method} {request.target}\n{lines}\n\n{request.body.decode()}"
    text = f"{quoted}\n{b64encode(quoted.encode()).decode()}"
    writer.write(answer(text.encode(), "500 Oops", X_Echo=request.target))
    await writer.drain()


async def test_ESO_9_RUBIN_4_MMODA_8_AURORAX_1_the_credential_has_the_archives_form(
    world: World, accounts: Api, account: Account
) -> None:
    """No `==` behind ESO's token, the parameter for MMODA, the key in its own header only."""
    await sign_in(accounts, account)
    world.secure.requests.clear()
    response = await world.ask(account.url, account.archive)
    assert response.headers["X-Obsdeck-As"] == "me"
    (request,) = world.secure.requests
    name, value = account.carries
    sent = {**request.headers, "query": request.target.partition("?")[2]}
    assert sent.pop(name) == value
    assert not [other for other in sent.values() if any(s in other for s in account.secrets)]


async def test_ESO_6_RUBIN_5_MMODA_7_PYOBS_60_AURORAX_60_no_echo_gets_through(
    world: World, accounts: Api, account: Account
) -> None:
    await sign_in(accounts, account)
    world.secure.scripts = {"": repeat}
    echoed = await world.ask(f"{account.url}?a=1", account.archive)
    assert echoed.code == 500
    assert "***" in echoed.body.decode()
    await accounts(method="POST", body={"action": "check"})
    await accounts(method="POST", body={"action": "renew"})
    await accounts(method="POST", body={"action": "sign-in", "fields": account.fields})


@pytest.mark.parametrize("status", ["400 Bad", "401 Unauthorized", "403 Forbidden", "500 Oops"])
@pytest.mark.parametrize("form", ["text", "detail"])
async def test_ESO_6_RUBIN_5_MMODA_7_AURORAX_60_a_refused_sign_in_repeats_nothing(
    world: World, accounts: Api, account: Account, status: str, form: str
) -> None:
    """What the archive wrote is told to the user, but for what the user typed."""

    async def refuse(request: Recorded, writer: asyncio.StreamWriter) -> None:
        quoted = f"refused {account.carries[1]} {request.target} {request.body.decode()}"
        detail = json.dumps({"detail": [{"msg": quoted, "type": "invalid"}]})
        text = detail if form == "detail" else quoted
        writer.write(answer(text.encode(), status))
        await writer.drain()

    world.secure.scripts = {"": refuse}
    typed = {"action": "sign-in", "fields": account.fields, "keep": "session"}
    response = await accounts(method="POST", body=typed)
    assert response.code < 600


async def test_ESO_47_a_redirect_of_the_sign_in_is_not_followed(
    world: World, accounts: Api, account: Account
) -> None:
    world.secure.scripts = {"": _always_to_a_stranger}
    typed = {"action": "sign-in", "fields": account.fields, "keep": "session"}
    await accounts(method="POST", body=typed)
    assert world.strangers == 0


async def _always_to_a_stranger(request: Recorded, writer: asyncio.StreamWriter) -> None:
    writer.write(redirect(f"https://{EVIL}{request.target}", "307 Temporary Redirect"))
    await writer.drain()


async def test_signed_out_nothing_is_asked_as_me(
    world: World, accounts: Api, account: Account
) -> None:
    await sign_in(accounts, account)
    assert (await accounts(method="DELETE")).code == 204
    before = len(world.secure.requests)
    await world.ask(account.url, account.archive)
    assert world.error() == "not-signed-in"
    assert len(world.secure.requests) == before


async def test_what_is_known_of_an_account_is_no_more_than_who(
    world: World, accounts: Api, account: Account
) -> None:
    """Tokens hold names and e-mail addresses; only MMODA's user name is one."""
    told = await sign_in(accounts, account)
    told.pop("who", None)
    assert "observatory.example" not in json.dumps(told)
