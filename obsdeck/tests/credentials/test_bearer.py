"""Pasted and discovered tokens (`rubin.md` §2)."""

from __future__ import annotations

from base64 import b64decode

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds.base import SmallAnswer
from obsdeck.credentials.kinds.bearer import Bearer
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.tests.credentials.asking import (
    NOW,
    SHARED,
    Recorder,
    answer,
    fields,
    jwt,
    own,
    shipped,
)

RUBIN = shipped("rubin")
TOKEN = "gt-InventedInventedInvent.edSecretedSecretedSecr"
#: The shape of `rubin/gafaelfawr_userinfo-example.json`.
USER = {
    "username": "someuser",
    "name": "Some User",
    "email": "someuser@example.com",
    "uid": 45613,
    "groups": [{"id": 12313, "name": "foo"}],
}
TOKEN_INFO = {
    "token": "InventedInventedInvent",
    "username": "someuser",
    "token_type": "user",
    "scopes": ["read:tap", "read:image"],
    "expires": int(NOW) + 3600,
}


async def sign_in(ask: Recorder, token: str = TOKEN, archive: Archive = RUBIN) -> Credential:
    return await Bearer(lambda: NOW).sign_in(archive, fields(token=token), ask)


async def failure(ask: Recorder, token: str = TOKEN, archive: Archive = RUBIN) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        await sign_in(ask, token, archive)
    return caught.value


@pytest.mark.parametrize("token", [TOKEN, f"  {TOKEN}\n", "gt-" + "-" * 22 + "." + "_" * 22])
async def test_RUBIN_1_a_token_of_the_right_form_is_sent(token: str) -> None:
    ask = Recorder(answer(200, USER), answer(200, TOKEN_INFO))
    credential = await sign_in(ask, token)
    assert credential.secret.reveal() == token.strip()
    assert ask.asked[0].url == "https://data.lsst.cloud/auth/api/v1/user-info"
    assert ask.asked[0].authorization == f"Bearer {token.strip()}"


FORM = (
    "This is no token of Rubin (data.lsst.cloud). "
    "It begins with “gt-”, then come 22 characters, a dot, and 22 characters."
)


@pytest.mark.parametrize(
    ("token", "says"),
    [
        (TOKEN[3:], FORM),
        (TOKEN[:-1], FORM),
        (TOKEN + "x", FORM),
        (TOKEN.replace(".", "-"), FORM),
        (TOKEN.replace(".", ".x."), FORM),
        (TOKEN.upper(), FORM),
        (TOKEN.replace("I", "+", 1), FORM),
        (TOKEN + "==", FORM),
        ("gt-InventedInventedInven.tedSecretedSecretedSecre", FORM),
        (f"Bearer {TOKEN}", "Leave out the word “Bearer” before the token."),
        (f"“{TOKEN}”", "Leave out the quotation marks around the token."),
        (f"'{TOKEN}'", "Leave out the quotation marks around the token."),
        (
            TOKEN[:20] + "\n" + TOKEN[20:],
            "The token holds a blank or a line break: copy it in one piece.",
        ),
        (TOKEN[:-1] + "é", "The token holds characters that none can have: copy it again."),
        (TOKEN[:-1] + "\x00", "The token holds characters that none can have: copy it again."),
        ("x" * 20_000, "The token is longer than any can be: copy it again."),
    ],
)
async def test_RUBIN_1_every_other_form_is_told_clearly_and_not_sent(token: str, says: str) -> None:
    ask = Recorder()
    error = await failure(ask, token)
    assert (error.kind, error.message) == ("rejected", says)
    assert ask.asked == []


async def test_an_empty_field_is_told() -> None:
    assert (await failure(Recorder(), "")).kind == "rejected"
    assert (await failure(Recorder(), " \n")).kind == "rejected"


async def test_who_scopes_and_end_are_known_and_nothing_personal() -> None:
    credential = await sign_in(Recorder(answer(200, USER), answer(200, TOKEN_INFO)))
    assert credential.who == "someuser"
    assert credential.roles == ("read:tap", "read:image")
    assert (credential.expires, credential.checked) == (NOW + 3600, NOW)
    assert "someuser@example.com" not in repr(credential)
    assert "Some User" not in repr(credential)


@pytest.mark.parametrize(
    "info", [answer(404), answer(200, "<html>"), answer(403, {"detail": "no"})]
)
async def test_scopes_and_end_stay_unknown_where_they_are_not_told(info: SmallAnswer) -> None:
    credential = await sign_in(Recorder(answer(200, USER), info))
    assert (credential.who, credential.roles, credential.expires) == ("someuser", (), None)


@pytest.mark.parametrize(
    "told", [{"scopes": ["read:tap", "user:token"]}, {"scope": "read:tap user:token"}]
)
async def test_scopes_may_come_with_the_user(told: dict[str, object]) -> None:
    archive = own("bearer", userInfoUrl="https://own.example/me")
    credential = await sign_in(Recorder(answer(200, {**USER, **told})), archive=archive)
    assert credential.roles == ("read:tap", "user:token")


def test_RUBIN_4_both_forms_of_the_header_are_sent() -> None:
    credential = Credential("bearer", Secret(TOKEN))
    as_bearer = Bearer().sign(RUBIN, credential).headers
    assert {n: v.reveal() for n, v in as_bearer.items()} == {"Authorization": f"Bearer {TOKEN}"}
    as_basic = Bearer().sign(shipped("rubin", scheme="basic"), credential).headers
    scheme, _, pair = as_basic["Authorization"].reveal().partition(" ")
    assert scheme == "Basic"
    assert b64decode(pair).decode() == f"x-oauth-basic:{TOKEN}"


async def test_RUBIN_6_a_basic_challenge_asks_to_sign_in_again_and_for_no_password() -> None:
    """Recorded as `rubin/synthetic_401_no_token.http`."""
    refused = answer(
        401,
        {"detail": {"msg": "Authentication required", "type": "no_authorization"}},
        www_authenticate='Basic realm="data.example.org"',
    )
    error = await failure(Recorder(refused))
    assert error.kind == "not-signed-in"
    assert error.message == "Rubin (data.lsst.cloud) did not accept this token."
    assert error.hint == "Sign in again. It wrote: “Authentication required”"
    assert Bearer().asks == ("token",)


async def test_RUBIN_7_an_invalid_token_is_told_as_ended() -> None:
    """Recorded as `rubin/synthetic_401_expired_bearer.http`."""
    refused = http("synthetic_401_expired_bearer.http")
    error = await failure(Recorder(refused))
    assert error.kind == "expired"
    assert error.message == "The Rubin (data.lsst.cloud) token is not valid any more."
    assert error.hint == "Sign in again with a new one. It wrote: “Token has expired”"


async def test_RUBIN_7_a_missing_scope_is_named() -> None:
    """Recorded as `rubin/synthetic_403_scope.http`."""
    error = await failure(Recorder(http("synthetic_403_scope.http")))
    assert error.kind == "forbidden"
    assert error.message == "The Rubin (data.lsst.cloud) token lacks the right read:image."


@pytest.mark.parametrize(
    "detail",
    [
        {"msg": "Token has expired", "type": "invalid_token"},
        [{"msg": "Token has expired", "type": "invalid_token"}],
        [{"loc": ["header"], "msg": "Token"}, {"msg": "has expired"}],
        "Token has expired",
    ],
)
async def test_RUBIN_9_detail_as_object_and_as_list_are_shown(detail: object) -> None:
    refused = answer(
        401, {"detail": detail}, www_authenticate='Bearer realm="x", error="invalid_token"'
    )
    assert "“Token has expired”" in (await failure(Recorder(refused))).hint


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (answer(401), "not-signed-in"),
        (answer(401, www_authenticate="Bearer"), "not-signed-in"),
        # A parameter inside another's text is none.
        (
            answer(401, www_authenticate='Bearer error_description="x, error=\\"invalid_token\\""'),
            "not-signed-in",
        ),
        (
            answer(400, {"detail": "bad"}, www_authenticate='Bearer error="invalid_request"'),
            "rejected",
        ),
        (answer(429, retry_after="40"), "rate-limited"),
        (answer(503), "unavailable"),
        (answer(500, "<html>"), "bad-answer"),
        (answer(302), "bad-answer"),
        (answer(200, "<html>Sign in</html>"), "bad-answer"),
        (answer(200, "[]"), "bad-answer"),
    ],
)
async def test_other_answers_are_told_for_what_they_are(refused: SmallAnswer, kind: str) -> None:
    error = await failure(Recorder(refused))
    assert (error.kind, error.archive) == (kind, "rubin")


async def test_an_echoed_token_is_not_repeated() -> None:
    refused = answer(401, {"detail": f"Unknown token {TOKEN}"})
    error = await failure(Recorder(refused))
    assert TOKEN not in error.hint + error.message


async def test_without_a_place_to_ask_only_a_401_counts() -> None:
    """Most services answer queries of everybody, so that an answer proves nothing."""
    archive = own("bearer")
    ask = Recorder(answer(200, "<VOTABLE/>"))
    credential = await sign_in(ask, "anything-goes", archive)
    assert ask.asked[0].url == "https://own.example/tap/sync"
    assert (credential.who, credential.checked) == (None, None)
    assert (await failure(Recorder(answer(401)), "x", archive)).kind == "not-signed-in"
    assert (await sign_in(Recorder(answer(404)), "x", archive)).checked is None


async def test_a_jwt_tells_its_own_end() -> None:
    token = jwt({"sub": "ada", "exp": NOW - 1})
    error = await failure(Recorder(), token, own("bearer"))
    assert (error.kind, error.message) == ("expired", "The Own sign-in ran out at 10:39 UTC.")


def http(name: str) -> SmallAnswer:
    """Return a recorded HTTP answer."""
    file = SHARED / "rubin" / name
    if not file.exists():
        pytest.skip(f"the recording {name} is not here")
    head, _, body = file.read_text().replace("\r\n", "\n").partition("\n\n")
    status, *lines = head.split("\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return SmallAnswer(
        int(status.split()[1]), {k.lower(): v for k, v in headers.items()}, body.encode()
    )
