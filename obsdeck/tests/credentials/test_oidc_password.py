"""Signing in to ESO (`eso.md` §2)."""

from __future__ import annotations

import logging
from urllib.parse import parse_qs, urlencode

import pytest

from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds.oidc_password import OidcPassword
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.tests.credentials.asking import NOW, Recorder, answer, fields, jwt, shipped

ESO = shipped("eso")
PASSWORD = "invented pass/word&=+"
#: The shape of `eso/synthetic_jwt.json`.
CLAIMS = {
    "sub": "JDOE",
    "preferred_username": "JDOE",
    "exp": int(NOW) + 28_800,
    "iat": int(NOW),
    "email": "jdoe@example.org",
    "name": "Dr. Doe",
    "roles": ["user"],
}


def success(claims: dict[str, object] = CLAIMS) -> dict[str, object]:
    """Answer as `eso/oidc_token.json` does."""
    return {
        "access_token": "some-access-token",
        "id_token": jwt(claims),
        "token_type": "bearer",
        "expires_in": 28800,
        "scope": "",
    }


async def sign_in(ask: Recorder, now: float = NOW) -> Credential:
    kind = OidcPassword(lambda: now)
    return await kind.sign_in(ESO, fields(username="jdoe", password=PASSWORD), ask)


async def failure(ask: Recorder) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        await sign_in(ask)
    return caught.value


async def test_ESO_1_the_request_is_a_get_with_exactly_the_named_parameters() -> None:
    ask = Recorder(answer(200, success()))
    await sign_in(ask)
    (asked,) = ask.asked
    assert (asked.method, asked.url) == ("GET", "https://www.eso.org/sso/oidc/token")
    assert asked.query == {
        "response_type": "id_token token",
        "grant_type": "password",
        "client_id": "clientid",
        "client_secret": "clientSecret",
        "username": "jdoe",
        "password": PASSWORD,
    }
    assert asked.form is None
    assert asked.headers == {}


async def test_ESO_2_the_blank_of_the_response_type_survives_encoding() -> None:
    """`Ask` encodes the query as a form; what a server decodes is what was meant."""
    ask = Recorder(answer(200, success()))
    await sign_in(ask)
    decoded = parse_qs(urlencode(ask.asked[0].query), strict_parsing=True)
    assert decoded["response_type"] == ["id_token token"]
    assert decoded["password"] == [PASSWORD]


async def test_ESO_3_the_id_token_is_used_and_not_the_access_token() -> None:
    credential = await sign_in(Recorder(answer(200, success())))
    assert credential.secret.reveal() == jwt(CLAIMS)
    assert credential.who == "JDOE"
    assert credential.roles == ("user",)
    assert credential.checked == NOW


@pytest.mark.parametrize(
    "body",
    [
        {"access_token": "x", "token_type": "bearer"},
        {"id_token": ""},
        {"id_token": None},
        {"id_token": ["x"]},
        [],
        "null",
    ],
)
async def test_ESO_4_an_answer_without_id_token_is_a_failed_sign_in(body: object) -> None:
    error = await failure(Recorder(answer(200, body)))
    assert error.kind == "not-signed-in"
    assert error.message == "ESO did not accept this user name and password."
    assert error.hint == "Check both, or reset the password at ESO."


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, "<html><title>Login</title></html>"),
        (401, ""),
        (403, "\ufffd\x00 not JSON"),
        (500, "<!DOCTYPE html>Internal error"),
        (302, ""),
        (400, {"error": "invalid_grant", "error_description": "credentials rejected"}),
        (200, "<html>Sign in</html>"),
        (200, "[" * 5000),
        (400, success()),
    ],
)
async def test_ESO_5_every_failure_is_the_same_message(status: int, body: object) -> None:
    error = await failure(Recorder(answer(status, body)))
    assert (error.kind, error.archive) == ("not-signed-in", "eso")
    assert error.message == "ESO did not accept this user name and password."


@pytest.mark.parametrize(("status", "kind"), [(503, "unavailable"), (429, "rate-limited")])
async def test_a_service_out_of_order_is_no_wrong_password(status: int, kind: str) -> None:
    assert (await failure(Recorder(answer(status)))).kind == kind


async def test_a_network_failure_stays_one() -> None:
    def unreachable(_asked: object) -> None:
        raise ObsdeckError("unavailable", "ESO: nothing listens at www.eso.org.", status=502)

    error = await failure(Recorder(unreachable))  # type: ignore[arg-type]
    assert error.message == "ESO: nothing listens at www.eso.org."


async def test_ESO_6_nothing_shows_password_token_or_mail_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    credential = await sign_in(Recorder(answer(200, success())))
    echo = answer(400, {"error": f"no {PASSWORD} for jdoe"})
    error = await failure(Recorder(echo))
    shown = f"{credential!r} {error!r} {error.to_json()} {error.__cause__!r} {caplog.text} {echo!r}"
    token = jwt(CLAIMS)
    for secret in (PASSWORD, token, token.split(".")[1], "jdoe@example.org", "Dr. Doe"):
        assert secret not in shown


async def test_ESO_7_the_end_comes_from_exp() -> None:
    credential = await sign_in(Recorder(answer(200, success())))
    assert credential.expires == NOW + 28_800 - 600


@pytest.mark.parametrize(("left", "is_over"), [(601, False), (600, True), (599, True), (-1, True)])
async def test_ESO_8_a_token_within_600_s_of_its_end_is_expired(left: int, is_over: bool) -> None:
    claims = {**CLAIMS, "exp": int(NOW) + left}
    credential = await sign_in(Recorder(answer(200, success(claims))))
    kind = OidcPassword(lambda: NOW)
    ask = Recorder()
    if not is_over:
        assert await kind.check(ESO, credential, ask) == credential
        return
    with pytest.raises(ObsdeckError) as caught:
        await kind.check(ESO, credential, ask)
    assert caught.value.kind == "expired"
    assert caught.value.message.startswith("The ESO sign-in ran out at ")
    assert caught.value.hint == "Sign in again."


async def test_ESO_9_the_header_is_bearer_and_the_token_as_it_came() -> None:
    credential = await sign_in(Recorder(answer(200, success())))
    signature = OidcPassword().sign(ESO, credential)
    assert {name: value.reveal() for name, value in signature.headers.items()} == {
        "Authorization": f"Bearer {jwt(CLAIMS)}"
    }
    assert signature.parameters == {}


@pytest.mark.parametrize("typed", [{}, {"username": "x"}, {"password": "x"}, {"username": ""}])
async def test_nothing_is_sent_before_both_are_typed(typed: dict[str, str]) -> None:
    ask = Recorder()
    with pytest.raises(ObsdeckError) as caught:
        await OidcPassword().sign_in(ESO, fields(**typed), ask)
    assert caught.value.kind == "rejected"
    assert ask.asked == []


async def test_only_a_new_sign_in_renews_it() -> None:
    kind = OidcPassword(lambda: NOW)
    credential = Credential("oidc-password", Secret("x"))
    assert await kind.renew(ESO, credential, Recorder()) is None
    assert kind.renewal(ESO, credential) == "asks"
