"""Signing in to the three generations of pyobs-archive (`pyobs-archive.md` §1, §8)."""

from __future__ import annotations

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.archives.signin import complete
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds.base import SmallAnswer
from obsdeck.credentials.kinds.drf_token import DrfToken
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.tests.credentials.asking import (
    NOW,
    Asked,
    Recorder,
    answer,
    fields,
    jwt,
    own,
    recorded,
    shipped,
)

BASE = "https://pyobs.example"
PYOBS = Archive(
    {
        **own("none").definition,
        "name": "Testpeak",
        "kind": "pyobs",
        "services": {"rest": {"url": BASE}},
        "signIn": complete({"kind": "drf-token"}, BASE, pyobs=True),
        "origins": [BASE],
    },
    "user",
)
PASSWORD = "invented-password-0001"
TOKEN = "b" * 40
KIND = DrfToken(lambda: NOW)

PAGE = "<!DOCTYPE html><title>Server Error (500)</title>"
#: `v1.1.2/auth-16-login-empty-form.json`
EMPTY_FORM = answer(400, {"username": ["This field is required."]})
#: `v1.1.2/auth-01-none.json`
ANONYMOUS = answer(401, {"detail": "Authentication credentials were not provided."})
#: `v1.1.2/auth-08-lowercase-scheme.json`, `v2.0.0.dev8`
FRAMES = {"A": {"count": 1, "results": [{"id": 1}]}, "C": {"count": 1, "results": [{"OBSNUM": 1}]}}


def archive(generation: str) -> Recorder:
    """Return an archive of a generation, or the public mode of A; it knows one user."""

    def play(asked: Asked) -> SmallAnswer:
        if asked.url == f"{BASE}/api-token-auth/":
            return login(generation, asked)
        assert asked.url == f"{BASE}/frames/?offset=0&limit=1"
        return frames(generation, asked)

    return Recorder(play)


def login(generation: str, asked: Asked) -> SmallAnswer:
    assert asked.method == "POST"
    if generation in {"B", "C"}:
        return answer(404, PAGE)
    if not asked.form:
        return EMPTY_FORM
    if generation == "public":  # `v1.1.2-no-auth-mode/token-auth.json`
        return answer(500, PAGE)
    if asked.form == {"username": "observer", "password": PASSWORD}:
        return answer(200, {"token": TOKEN})
    return answer(400, {"non_field_errors": ["Unable to log in with provided credentials."]})


def frames(generation: str, asked: Asked) -> SmallAnswer:
    if generation == "public":
        return answer(200, FRAMES["A"])
    sent = asked.authorization
    if sent is None:
        return ANONYMOUS
    if sent.startswith("Bearer "):  # `v2.0.0.dev8/auth-07-bearer-scheme.json`
        return answer(500, PAGE) if generation == "C" else ANONYMOUS
    if sent == f"Token {TOKEN}":
        return answer(200, FRAMES["C" if generation == "C" else "A"])
    if sent == f"Token {'c' * 40}":  # `auth-03-inactive-user.json`
        return answer(401, {"detail": "User inactive or deleted."})
    return answer(401, {"detail": "Invalid token."})  # `auth-02-bad-token.json`


async def sign_in(ask: Recorder, **typed: str) -> Credential:
    return await KIND.sign_in(PYOBS, fields(**typed), ask)


async def failure(ask: Recorder, **typed: str) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        await sign_in(ask, **typed)
    assert PASSWORD not in f"{caught.value.to_json()}"
    return caught.value


async def test_PYOBS_6_generation_a_exchanges_the_password() -> None:
    ask = archive("A")
    credential = await sign_in(ask, username="observer", password=PASSWORD)
    assert credential.secret.reveal() == TOKEN
    assert (credential.who, credential.facts["generation"]) == ("observer", "A")
    assert (credential.expires, credential.checked) == (None, NOW)
    first, second = ask.asked
    assert first.form == {}
    assert second.form == {"username": "observer", "password": PASSWORD}


async def test_PYOBS_8_a_wrong_pair_is_told() -> None:
    error = await failure(archive("A"), username="observer", password="nope")
    assert error.kind == "not-signed-in"
    assert error.message == "Testpeak did not accept this user name and password."


async def test_PYOBS_7_an_empty_field_is_told_before_anything_is_sent() -> None:
    ask = Recorder()
    error = await failure(ask, username="observer")
    assert error.message == "To sign in to Testpeak, the password must be given."
    assert ask.asked == []


@pytest.mark.parametrize("generation", ["B", "C"])
async def test_PYOBS_9_the_others_are_asked_for_a_token(generation: str) -> None:
    error = await failure(archive(generation), username="observer", password=PASSWORD)
    assert error.kind == "rejected"
    assert error.message == "Testpeak hands out tokens by its administrator."
    assert error.hint == "Type the token instead."
    assert "token" in KIND.asks


@pytest.mark.parametrize("generation", ["B", "C"])
async def test_PYOBS_59_no_password_without_generation_a(generation: str) -> None:
    ask = archive(generation)
    await failure(ask, username="observer", password=PASSWORD)
    assert PASSWORD not in ask.sent
    assert "observer" not in ask.sent


@pytest.mark.parametrize(
    "told",
    [
        answer(200, "{}"),
        answer(400, PAGE),
        answer(500, PAGE),
        answer(302),
        answer(401),
        answer(503),
    ],
)
async def test_PYOBS_59_no_password_where_the_generation_is_unclear(told: SmallAnswer) -> None:
    ask = Recorder(told)
    await failure(ask, username="observer", password=PASSWORD)
    assert len(ask.asked) == 1
    assert PASSWORD not in ask.sent


@pytest.mark.parametrize(("generation", "known"), [("A", "A"), ("B", "B"), ("C", "C")])
async def test_PYOBS_1_a_pasted_token_travels_as_token(generation: str, known: str) -> None:
    ask = archive(generation)
    credential = await sign_in(ask, token=f" {TOKEN}\n")
    assert credential.facts == {"generation": known}
    assert credential.checked == NOW
    sent = KIND.sign(PYOBS, credential)
    assert {n: v.reveal() for n, v in sent.headers.items()} == {"Authorization": f"Token {TOKEN}"}
    assert sent.parameters == {}
    assert {asked.authorization for asked in ask.asked} == {None, f"Token {TOKEN}"}


@pytest.mark.parametrize("generation", ["A", "B", "C"])
async def test_PYOBS_3_a_bad_token_is_told(generation: str) -> None:
    error = await failure(archive(generation), token="0" * 40)
    assert error.kind == "not-signed-in"
    assert error.message == "Testpeak did not accept this token."
    assert error.hint == "Copy it again. It wrote: “Invalid token.”"


@pytest.mark.parametrize("generation", ["A", "B", "C"])
async def test_PYOBS_4_a_deactivated_account_is_told(generation: str) -> None:
    error = await failure(archive(generation), token="c" * 40)
    assert error.kind == "forbidden"
    assert error.message == "This account of Testpeak is switched off."


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("b" * 39, "This is no token of Testpeak: it has 40 digits and letters from a to f."),
        ("g" * 40, "This is no token of Testpeak: it has 40 digits and letters from a to f."),
        (f"Token {TOKEN}", "Leave out the word “Token” before the token."),
        ("aa bb", "The token holds a blank or a line break: copy it in one piece."),
    ],
)
async def test_what_can_be_no_token_is_not_sent(token: str, says: str) -> None:
    ask = Recorder()
    assert (await failure(ask, token=token)).message == says
    assert ask.asked == []


async def test_PYOBS_10_an_archive_without_keycloak_wants_the_token() -> None:
    token = jwt({"sub": "ada", "exp": NOW + 60})
    ask = archive("C")
    error = await failure(ask, token=token)
    assert error.message == "Testpeak does not understand tokens of this kind."
    assert error.hint == "Use the Token of 40 digits and letters."
    assert ask.asked[-1].authorization == f"Bearer {token}"


async def test_PYOBS_10_bearer_is_for_a_jwt_alone() -> None:
    token = jwt({"sub": "ada", "exp": NOW + 60})
    ask = Recorder(answer(404, PAGE), ANONYMOUS, answer(200, FRAMES["C"]))
    credential = await sign_in(ask, token=token)
    assert credential.facts == {"scheme": "Bearer", "generation": "C"}
    assert (credential.who, credential.expires) == ("ada", NOW + 60)
    assert KIND.renewal(PYOBS, credential) == "asks"


@pytest.mark.parametrize(
    "typed", [{"username": "observer", "password": PASSWORD}, {"token": TOKEN}]
)
async def test_a_public_archive_needs_no_account(typed: dict[str, str]) -> None:
    """It takes any token without looking at it (`v1.1.2-no-auth-mode/list-bad-token.json`)."""
    error = await failure(archive("public"), **typed)
    assert error.message == "Testpeak is open to everybody: no account is needed."


async def test_PYOBS_60_nothing_shows_the_secrets() -> None:
    credential = await sign_in(archive("A"), username="observer", password=PASSWORD)
    echo = answer(401, {"detail": f"Invalid token {TOKEN}"})
    with pytest.raises(ObsdeckError) as caught:
        await KIND.check(PYOBS, credential, Recorder(ANONYMOUS, echo))
    shown = (
        f"{credential!r} {caught.value.to_json()} {KIND.sign(PYOBS, credential)!r} {echo.text()}"
    )
    assert TOKEN not in shown
    assert PASSWORD not in shown


async def test_the_shipped_definition_names_no_archive() -> None:
    with pytest.raises(ObsdeckError) as caught:
        await KIND.sign_in(shipped("pyobs"), fields(token=TOKEN), Recorder())
    assert caught.value.hint == "Add yours with “Add archive…”."


async def test_a_token_that_cannot_be_tried_out_is_taken() -> None:
    archive = own("drf-token", tokenUrl="https://own.example/api-token-auth/")
    ask = Recorder(answer(404))
    credential = await KIND.sign_in(archive, fields(token=TOKEN), ask)
    assert credential.checked is None


@pytest.mark.parametrize(
    ("recording", "is_a"),
    [
        ("v1.1.2/auth-16-login-empty-form", True),
        ("v1.1.2-no-auth-mode/token-auth-empty-form", True),
        ("v2.0.0.dev8/auth-16-login-empty-form", False),
    ],
)
async def test_the_recorded_generations_are_told_apart(recording: str, is_a: bool) -> None:
    ask = Recorder(recorded(f"pyobs/{recording}.json"), answer(200, {"token": TOKEN}))
    if is_a:
        assert (await sign_in(ask, username="o", password=PASSWORD)).facts["generation"] == "A"
    else:
        await failure(ask, username="o", password=PASSWORD)
        assert PASSWORD not in ask.sent


@pytest.mark.parametrize("version", ["v1.1.2", "v2.0.0.dev8"])
@pytest.mark.parametrize(
    ("recording", "kind"),
    [("auth-02-bad-token", "not-signed-in"), ("auth-03-inactive-user", "forbidden")],
)
async def test_the_recorded_refusals_are_understood(
    version: str, recording: str, kind: str
) -> None:
    credential = Credential("drf-token", Secret("0" * 40))
    told = recorded(f"pyobs/{version}/{recording}.json")
    with pytest.raises(ObsdeckError) as caught:
        await KIND.check(PYOBS, credential, Recorder(ANONYMOUS, told))
    assert caught.value.kind == kind
