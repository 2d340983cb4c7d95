"""API keys, user name and password, and tokens as the VO hands them out."""

from __future__ import annotations

from base64 import b64decode

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds import KINDS
from obsdeck.credentials.kinds.api_key import ApiKey
from obsdeck.credentials.kinds.base import SignIn, SmallAnswer
from obsdeck.credentials.kinds.basic import Basic
from obsdeck.credentials.kinds.drf_token import DrfToken
from obsdeck.credentials.kinds.ivoa_bearer import IvoaBearer
from obsdeck.credentials.kinds.oidc_password import OidcPassword
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.tests.credentials.asking import NOW, Recorder, answer, fields, own, shipped

AURORAX = shipped("aurorax")
KEY = "k-invented-key-0001"
VO = own("ivoa-bearer", tokenUrl="https://login.own.example/login")


async def failure(kind: SignIn, archive: Archive, ask: Recorder, **typed: str) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        await kind.sign_in(archive, fields(**typed), ask)
    assert caught.value.archive == archive.id
    return caught.value


# --- AuroraX (`aurorax.md` §1)


async def test_AURORAX_1_the_key_travels_in_its_header_alone() -> None:
    ask = Recorder(answer(403))
    credential = await ApiKey(lambda: NOW).sign_in(AURORAX, fields(key=f" {KEY}\n"), ask)
    signature = ApiKey().sign(AURORAX, credential)
    assert {n: v.reveal() for n, v in signature.headers.items()} == {"x-aurorax-api-key": KEY}
    assert signature.parameters == {}
    (asked,) = ask.asked
    assert asked.headers == {"x-aurorax-api-key": KEY}
    assert asked.url == "https://api.aurorax.space/api/v1/utils/admin/search_requests"
    assert (asked.method, asked.query, asked.form) == ("GET", {}, None)


@pytest.mark.parametrize(
    ("told", "roles"),
    [(answer(200, []), ("administrator",)), (answer(403, {"error_code": "NotPermitted"}), ())],
)
async def test_a_read_of_administrators_tells_a_good_key(
    told: SmallAnswer, roles: tuple[str, ...]
) -> None:
    credential = await ApiKey(lambda: NOW).sign_in(AURORAX, fields(key=KEY), Recorder(told))
    assert (credential.roles, credential.checked) == (roles, NOW)


async def test_a_role_that_is_revealed_later_is_remembered() -> None:
    kind = ApiKey(lambda: NOW)
    credential = Credential("api-key", Secret(KEY))
    url = "https://api.aurorax.space/api/v1/accounts/me"
    known = kind.learn(AURORAX, credential, url, answer(200, {"role": "owner"}))
    assert known.roles == ("owner",)
    assert kind.learn(AURORAX, known, url, answer(200, {"x": 1})) == known
    assert kind.learn(AURORAX, known, url, answer(403, {"role": "administrator"})) == known


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (answer(401, {"error_code": "NotAuthenticated"}), "not-signed-in"),
        (answer(500, "x"), "bad-answer"),
        (answer(503), "unavailable"),
        (answer(429), "rate-limited"),
    ],
)
async def test_a_key_that_is_not_taken_is_told(told: SmallAnswer, kind: str) -> None:
    error = await failure(ApiKey(), AURORAX, Recorder(told), key=KEY)
    assert error.kind == kind
    assert KEY not in error.message + error.hint


@pytest.mark.parametrize("key", ["", " ", "two words", "'quoted'", "Bearer x", "clé"])
async def test_what_can_be_no_key_is_not_sent(key: str) -> None:
    ask = Recorder()
    assert (await failure(ApiKey(), AURORAX, ask, key=key)).kind == "rejected"
    assert ask.asked == []


async def test_AURORAX_60_no_text_shows_the_key() -> None:
    credential = await ApiKey().sign_in(AURORAX, fields(key=KEY), Recorder(answer(403)))
    echo = answer(401, {"error_message": f"API key {KEY} is not valid"})
    error = await failure(ApiKey(), AURORAX, Recorder(echo), key=KEY)
    signature = ApiKey().sign(AURORAX, credential)
    shown = f"{credential!r} {error.to_json()} {signature!r} {echo!r} {echo.text()}"
    assert KEY not in shown


async def test_a_403_says_no_where_everybody_with_a_key_may_read() -> None:
    archive = own("api-key", header="X-Key", userInfoUrl="https://own.example/me")
    assert (
        await failure(ApiKey(), archive, Recorder(answer(403)), key=KEY)
    ).kind == "not-signed-in"


# --- user name and password with every request


async def test_basic_keeps_name_and_password_as_utf_8() -> None:
    archive = own("basic", userInfoUrl="https://own.example/me")
    ask = Recorder(answer(200))
    credential = await Basic(lambda: NOW).sign_in(
        archive, fields(username="jürgen", password="pass:wört"), ask
    )
    assert (credential.who, credential.checked) == ("jürgen", NOW)
    sent = Basic().sign(archive, credential).headers["Authorization"].reveal()
    assert b64decode(sent.removeprefix("Basic ")).decode() == "jürgen:pass:wört"
    assert ask.asked[0].authorization == sent
    assert "wört" not in repr(credential)


@pytest.mark.parametrize(
    ("told", "kind"),
    [(answer(401), "not-signed-in"), (answer(503), "unavailable"), (answer(500), "bad-answer")],
)
async def test_basic_tells_a_wrong_password(told: SmallAnswer, kind: str) -> None:
    archive = own("basic", userInfoUrl="https://own.example/me")
    error = await failure(Basic(), archive, Recorder(told), username="a", password="b")
    assert error.kind == kind
    if kind == "not-signed-in":
        assert error.message == "Own did not accept this user name and password."


async def test_basic_tries_a_query_where_nothing_tells_more() -> None:
    ask = Recorder(answer(401))
    error = await failure(Basic(), own("basic"), ask, username="a", password="b")
    assert error.kind == "not-signed-in"
    assert ask.asked[0].url == "https://own.example/tap/sync"
    typed = fields(username="a", password="b")
    credential = await Basic().sign_in(own("basic"), typed, Recorder(answer(200)))
    assert credential.checked is None


async def test_a_colon_ends_a_user_name() -> None:
    ask = Recorder()
    error = await failure(Basic(), own("basic"), ask, username="a:b", password="c")
    assert (error.kind, ask.asked) == ("rejected", [])


@pytest.mark.parametrize("text", ["", "name", ":pw", "name:"])
def test_what_is_no_pair_is_not_found(text: str) -> None:
    assert Basic().read(own("basic"), text) is None


# --- tokens of the VO (`vo-protocols.md` §9)


async def test_the_vo_hands_its_token_out_in_a_header() -> None:
    ask = Recorder(answer(200, x_vo_bearer="invented-vo-token", x_vo_authenticated="ada"))
    typed = fields(username="Ada", password="invented")
    credential = await IvoaBearer(lambda: NOW).sign_in(VO, typed, ask)
    (asked,) = ask.asked
    assert (asked.method, asked.url) == ("POST", "https://login.own.example/login")
    assert asked.form == {"username": "Ada", "password": "invented"}
    assert (asked.query, asked.headers) == ({}, {})
    assert (credential.kind, credential.who) == ("ivoa-bearer", "ada")
    sent = IvoaBearer().sign(VO, credential).headers["Authorization"]
    assert sent.reveal() == "Bearer invented-vo-token"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (answer(401), "not-signed-in"),
        (answer(403), "not-signed-in"),
        (answer(200), "bad-answer"),
        (answer(200, "token-in-the-body"), "bad-answer"),
        (answer(200, x_vo_bearer="of two words"), "bad-answer"),
        (answer(303, x_vo_bearer="x"), "bad-answer"),
        (answer(503), "unavailable"),
    ],
)
async def test_without_the_header_there_is_no_token(told: SmallAnswer, kind: str) -> None:
    error = await failure(IvoaBearer(), VO, Recorder(told), username="a", password="b")
    assert error.kind == kind


# --- all of them


@pytest.mark.parametrize("token", ["a\ud800" * 9, "two\r\nlines", "\u00e9" * 9, "a" * 20_000])
async def test_a_token_that_could_not_be_sent_is_not_taken(token: str) -> None:
    typed = {"username": "a", "password": "b"}
    bought = Recorder(answer(200, {"id_token": token}))
    error = await failure(OidcPassword(), shipped("eso"), bought, **typed)
    assert (error.kind, token in repr(error.to_json())) == ("bad-answer", False)
    bought = Recorder(answer(400, {"username": ["?"]}), answer(200, {"token": token}))
    pyobs = own("drf-token", tokenUrl="https://own.example/api-token-auth/")
    error = await failure(DrfToken(), pyobs, bought, **typed)
    assert (error.kind, token in repr(error.to_json())) == ("bad-answer", False)


def test_of_a_long_answer_only_the_beginning_is_shown() -> None:
    """To search a megabyte for secrets takes seconds, in which nobody else is served."""
    assert len(answer(500, "x-" * 500_000).text()) < 20_000


def test_every_kind_of_the_schema_has_its_way() -> None:
    assert set(KINDS) == {
        "oidc-password", "drf-token", "bearer", "jwt-parameter", "api-key", "basic", "ivoa-bearer",
    }  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_asks_for_something_and_says_what_renewing_does(name: str) -> None:
    kind = KINDS[name]
    assert set(kind.asks) <= {"username", "password", "token", "key"}
    assert kind.asks
    credential = Credential(name, Secret("x"))
    archive = own(name, header="X-Key", parameter="token", tokenField="t")
    assert kind.renewal(archive, credential) in {"none", "asks"}
