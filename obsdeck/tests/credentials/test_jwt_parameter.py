"""Tokens of MMODA (`mmoda-gallery.md` §1)."""

from __future__ import annotations

from typing import Any

import pytest

from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds.base import SmallAnswer
from obsdeck.credentials.kinds.jwt_parameter import JwtParameter
from obsdeck.errors import ObsdeckError
from obsdeck.tests.credentials.asking import (
    NOW,
    Recorder,
    answer,
    fields,
    jwt,
    recorded,
    shipped,
)

MMODA = shipped("mmoda")
CLAIMS: dict[str, Any] = {
    "sub": "ada@example.org",
    "name": "Ada",
    "roles": "general, gallery contributor, refresh-tokens",
    "exp": int(NOW) + 3600,
    "tem": 0,
    "mssub": True,
    "mxsub": False,
}
KIND = JwtParameter(lambda: NOW)


def credential_of(**claims: Any) -> Credential:
    credential = KIND.read(MMODA, jwt({**CLAIMS, **claims}))
    assert credential is not None
    return credential


async def renew(told: SmallAnswer | None = None, **claims: Any) -> Credential | None:
    script = [told] if told else []
    return await KIND.renew(MMODA, credential_of(**claims), Recorder(*script))


async def renewal_failure(told: SmallAnswer | None = None, **claims: Any) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        await renew(told, **claims)
    assert jwt({**CLAIMS, **claims}) not in f"{caught.value.to_json()}"
    return caught.value


def test_MMODA_6_identity_roles_and_end_are_read_without_the_key() -> None:
    credential = credential_of()
    assert credential.who == "ada@example.org"
    assert credential.roles == ("general", "gallery contributor", "refresh-tokens")
    assert credential.expires == NOW + 3600


def test_the_e_mail_address_stands_in_for_a_missing_identity() -> None:
    token = jwt({"email": "bob@example.org", "exp": NOW + 1})
    found = KIND.read(MMODA, token)
    assert found is not None
    assert found.who == "bob@example.org"


@pytest.mark.parametrize("end", [None, "1775040000", True])
def test_MMODA_3_a_token_without_a_numeric_end_is_none(end: object) -> None:
    claims = {key: value for key, value in CLAIMS.items() if key != "exp"}
    assert KIND.read(MMODA, jwt(claims)) is None
    assert KIND.read(MMODA, jwt({**claims, "exp": end})) is None
    assert KIND.read(MMODA, "rubbish") is None


def test_MMODA_7_and_MMODA_8_the_token_is_a_parameter_and_in_no_header() -> None:
    credential = credential_of()
    signature = KIND.sign(MMODA, credential)
    assert {n: v.reveal() for n, v in signature.parameters.items()} == {"token": jwt(CLAIMS)}
    assert signature.headers == {}
    assert jwt(CLAIMS) not in repr(signature) + repr(credential)


def test_MMODA_13_roles_may_be_a_list() -> None:
    assert credential_of(roles=["general", " gallery contributor"]).roles == (
        "general",
        "gallery contributor",
    )


def test_MMODA_14_blanks_after_the_commas_do_not_count() -> None:
    assert credential_of(roles=" a ,b,  c d ").roles == ("a", "b", "c d")


@pytest.mark.parametrize(
    "told",
    [
        answer(200, ["isgri", "jemx"]),
        answer(
            403,
            "Unfortunately, your privileges are not sufficient to post on the product gallery.\n"
            "Your privilege roles include ['general'], but the following roles are missing: "
            "gallery contributor.",
        ),
    ],
)
async def test_a_pasted_token_is_tried_out(told: SmallAnswer) -> None:
    """A refusal for want of a role says that the token as such is good."""
    ask = Recorder(told)
    credential = await KIND.sign_in(MMODA, fields(token=f" {jwt(CLAIMS)}\n"), ask)
    (asked,) = ask.asked
    assert asked.method == "GET"  # the only verb of /get_list_terms
    assert asked.url.endswith("/mmoda/dispatch-data/get_list_terms?group=instruments")
    assert (asked.query, asked.headers) == ({"token": jwt(CLAIMS)}, {})
    assert credential.checked == NOW


async def test_a_token_without_roles_is_not_tried_out() -> None:
    """`auth-no-roles-claim.json`: the dispatcher breaks down over it."""
    ask = Recorder()
    credential = await KIND.sign_in(MMODA, fields(token=jwt({**CLAIMS, "roles": ""})), ask)
    assert (credential.checked, ask.asked) == (None, [])


@pytest.mark.parametrize("token", ["abc", "a.b.c", jwt({"sub": "x"}), "Bearer x.y.z", "x y"])
async def test_what_is_no_token_is_not_sent(token: str) -> None:
    ask = Recorder()
    with pytest.raises(ObsdeckError) as caught:
        await KIND.sign_in(MMODA, fields(token=token), ask)
    assert (caught.value.kind, ask.asked) == ("rejected", [])
    assert token not in caught.value.message


@pytest.mark.parametrize(
    ("statement", "recording", "kind", "message"),
    [
        ("MMODA-9", "auth-none", "not-signed-in", "MMODA did not accept this token."),
        ("MMODA-10", "auth-expired", "expired", "The MMODA sign-in ran out."),
        ("MMODA-11", "auth-bad-signature", "not-signed-in", "MMODA did not accept this token."),
        ("MMODA-11", "auth-rubbish", "not-signed-in", "MMODA did not accept this token."),
        ("500", "auth-no-roles-claim", "bad-answer", None),
    ],
)
async def test_MMODA_9_MMODA_10_MMODA_11_the_texts_of_the_dispatcher_are_understood(
    statement: str, recording: str, kind: str, message: str | None
) -> None:
    told = recorded(f"mmoda/observed-dispatcher/{recording}.json")
    with pytest.raises(ObsdeckError) as caught:
        await KIND.check(MMODA, credential_of(), Recorder(told))
    assert caught.value.kind == kind, statement
    assert message is None or caught.value.message == message


async def test_MMODA_10_an_expired_token_is_told() -> None:
    told = answer(403, "The token provided is expired.")
    with pytest.raises(ObsdeckError) as caught:
        await KIND.check(MMODA, credential_of(), Recorder(told))
    assert caught.value.kind == "expired"


async def test_MMODA_12_missing_roles_are_named() -> None:
    told = recorded("mmoda/observed-dispatcher/refresh-no-role.json")
    error = await renewal_failure(told)
    assert error.kind == "forbidden"
    assert error.message == "MMODA refused this: the role refresh-tokens is missing."


async def test_MMODA_15_without_the_role_nothing_is_asked() -> None:
    ask = Recorder()
    with pytest.raises(ObsdeckError) as caught:
        await KIND.renew(MMODA, credential_of(roles="general"), ask)
    assert caught.value.message == "MMODA refused this: the role refresh-tokens is missing."
    assert ask.asked == []
    assert KIND.renewal(MMODA, credential_of(roles="general")) == "asks"
    assert KIND.renewal(MMODA, credential_of()) == "alone"


async def test_MMODA_16_renewing_leaves_the_interval_to_the_dispatcher() -> None:
    new = jwt({**CLAIMS, "exp": CLAIMS["exp"] + 604_800})
    ask = Recorder(answer(200, new))
    renewed = await KIND.renew(MMODA, credential_of(), ask)
    (asked,) = ask.asked
    assert asked.method == "POST"
    assert asked.url == "https://www.astro.unige.ch/mmoda/dispatch-data/refresh_token"
    assert asked.form == {"token": jwt(CLAIMS), "query_status": "new"}
    assert (asked.query, asked.headers) == ({}, {})
    assert renewed is not None
    assert renewed.expires == NOW + 3600 + 604_800


async def test_MMODA_17_an_interval_above_the_maximum_is_told_with_its_reason() -> None:
    error = await renewal_failure(recorded("mmoda/observed-dispatcher/refresh-too-long.json"))
    assert error.kind == "forbidden"
    assert "The refresh interval requested exceeds the maximum allowed" in error.hint
    assert "config" not in error.hint


@pytest.mark.parametrize("ending", ["", "\n", " \r\n"])
async def test_MMODA_18_the_new_token_is_plain_text(ending: str) -> None:
    new = jwt({**CLAIMS, "exp": CLAIMS["exp"] + 604_800.5})
    renewed = await renew(answer(200, new + ending))
    assert renewed is not None
    assert renewed.secret.reveal() == new
    assert renewed.checked == NOW


@pytest.mark.parametrize("body", ["", "<html>", '"quoted"', "a.b.c", jwt({"sub": "x"})])
async def test_MMODA_18_what_is_no_token_replaces_none(body: str) -> None:
    assert (await renewal_failure(answer(200, body))).kind == "bad-answer"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": None}, "lacks something that the old one says"),
        ({"extra": 1}, "says something that the old one does not"),
        ({"exp": int(NOW) + 3599}, "ends earlier than the old one"),
        ({"roles": "general, refresh-tokens"}, "has fewer roles than the old one"),
        ({"sub": "eve@example.org"}, "belongs to somebody else"),
        ({"tem": 1}, "has other e-mail settings than the old one"),
        ({"mssub": False}, "has other e-mail settings than the old one"),
        ({"mxsub": True}, "has other e-mail settings than the old one"),
    ],
)
async def test_a_lesser_token_is_refused(change: dict[str, Any], says: str) -> None:
    claims = {**CLAIMS, "exp": int(NOW) + 9999, **change}
    new = jwt({key: value for key, value in claims.items() if value is not None})
    error = await renewal_failure(answer(200, new))
    assert error.message == f"The new MMODA token {says}; the old one is kept."
    assert "eve@example.org" not in f"{error.to_json()}"


async def test_more_roles_in_another_order_are_welcome() -> None:
    roles = ["refresh-tokens", "job manager", "gallery contributor", "general"]
    new = jwt({**CLAIMS, "exp": int(NOW) + 9999, "roles": roles})
    renewed = await renew(answer(200, new))
    assert renewed is not None
    assert "job manager" in renewed.roles


async def test_what_has_ended_is_not_renewed() -> None:
    assert (await renewal_failure(exp=NOW - 1)).kind == "expired"
