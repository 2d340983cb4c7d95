"""What the sandbox, as the Rubin Science Platform, asks of a client (``rubin.md``, 8)."""

import base64
import re
from email.utils import parsedate_to_datetime

import pytest

from obsdeck.tests.sandbox.signing import HTTP, Clock, bearer, count, desk, tap

TOKENS = "rubin/auth/tokens"
TAP = "rubin/api/tap"
USER_INFO = "rubin/auth/api/v1/user-info"


def _basic(pair: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def test_RUBIN_1_tokens_have_the_documented_form(base_url: str) -> None:
    tokens = {desk(base_url, TOKENS) for _ in range(5)}
    assert len(tokens) == 5
    for token in tokens:
        assert re.fullmatch(r"gt-[\w-]{22}\.[\w-]{22}", token)


@pytest.mark.parametrize("form", ["x-oauth-basic:{}", "{}:x-oauth-basic", "{}:", "{}:{}"])
def test_RUBIN_4_basic_carries_the_token_in_either_field(base_url: str, form: str) -> None:
    token = desk(base_url, TOKENS)
    assert count(tap(base_url, TAP, headers=_basic(form.replace("{}", token)))) > 100
    assert count(tap(base_url, TAP, headers=bearer(token))) > 100


@pytest.mark.parametrize(
    "header",
    [
        _basic("{one}:{other}"),
        _basic("x-oauth-basic:{one}:more"),
        _basic("no colon"),
        {"Authorization": "Basic !!!"},
        {"Authorization": "Token abc"},
        {"Authorization": "Bearer"},
    ],
)
def test_RUBIN_4_a_malformed_header_is_a_bad_request(base_url: str, header: dict[str, str]) -> None:
    scheme, _, value = header["Authorization"].partition(" ")
    if scheme == "Basic" and value != "!!!":
        pair = base64.b64decode(value).decode()
        header = _basic(pair.format(one=desk(base_url, TOKENS), other=desk(base_url, TOKENS)))
    answer = tap(base_url, TAP, headers=header)
    assert answer.status_code == 400
    assert 'error="invalid_request"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize("header", [{}, bearer(f"gt-{'x' * 22}.{'y' * 22}")])
def test_RUBIN_6_tap_asks_for_basic_whether_the_token_is_missing_or_bad(
    base_url: str, header: dict[str, str]
) -> None:
    answer = tap(base_url, TAP, headers=header)
    host = base_url.split("/")[2]
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == f'Basic realm="{host}"'


def test_RUBIN_7_an_ended_token_is_named_where_the_service_can(
    timed_url: str, clock: Clock
) -> None:
    token = desk(timed_url, TOKENS, lifetime="20")
    assert HTTP.get(f"{timed_url}{USER_INFO}", headers=bearer(token)).status_code == 200
    clock.now += 20
    answer = HTTP.get(f"{timed_url}{USER_INFO}", headers=bearer(token))
    assert answer.status_code == 401
    assert 'error="invalid_token", error_description="' in answer.headers["www-authenticate"]
    missing = HTTP.get(f"{timed_url}{USER_INFO}").headers["www-authenticate"]
    assert missing.startswith("Bearer realm=")
    assert "error" not in missing


@pytest.mark.parametrize(
    ("name", "choices"), [("student", {}), ("astronomer", {"scopes": "read:image"})]
)
def test_RUBIN_7_a_missing_scope_is_named(
    base_url: str, name: str, choices: dict[str, str]
) -> None:
    answer = tap(base_url, TAP, headers=bearer(desk(base_url, TOKENS, name, **choices)))
    assert answer.status_code == 403
    challenge = answer.headers["www-authenticate"]
    assert 'error="insufficient_scope"' in challenge
    assert 'scope="read:tap"' in challenge


def test_RUBIN_7_nobody_gets_more_scopes_than_they_have(base_url: str) -> None:
    token = desk(base_url, TOKENS, "student", scopes="read:tap exec:notebook")
    info = HTTP.get(f"{base_url}{USER_INFO}", headers=bearer(token)).json()
    assert info["scopes"] == ["exec:notebook"]


def test_RUBIN_8_a_request_from_a_script_gets_403_in_place_of_401(base_url: str) -> None:
    script = {"X-Requested-With": "XMLHttpRequest"}
    for path in (f"{TAP}/sync", USER_INFO):
        assert HTTP.get(f"{base_url}{path}").status_code == 401
        answer = HTTP.get(f"{base_url}{path}", headers=script)
        assert answer.status_code == 403
        assert "www-authenticate" in answer.headers


def test_RUBIN_9_detail_is_an_object_or_a_list(base_url: str) -> None:
    missing = tap(base_url, TAP).json()["detail"]
    malformed = tap(base_url, TAP, headers={"Authorization": "Basic !!!"}).json()["detail"]
    assert missing["msg"]
    assert missing["type"] == "no_authorization"
    assert [one["type"] for one in malformed] == ["invalid_request"]


def test_RUBIN_10_after_the_quota_the_answer_names_a_date_and_holds_it(
    timed_url: str, clock: Clock
) -> None:
    clock.now = 1_795_000_000.0 // 60 * 60 + 5
    headers = bearer(desk(timed_url, TOKENS))
    used = [tap(timed_url, "rubin/api/ssotap", headers=headers) for _ in range(4)]
    assert [answer.status_code for answer in used] == [200, 200, 200, 429]
    assert used[3].json()["detail"][0]["type"] == "rate_limited"
    again = parsedate_to_datetime(used[3].headers["retry-after"]).timestamp()
    assert 0 < again - clock.now <= 60
    other = bearer(desk(timed_url, TOKENS, "expires-999"))
    assert tap(timed_url, "rubin/api/ssotap", headers=other).status_code == 200
    clock.now = again - 1
    assert tap(timed_url, "rubin/api/ssotap", headers=headers).status_code == 429
    clock.now = again
    assert tap(timed_url, "rubin/api/ssotap", headers=headers).status_code == 200


def test_RUBIN_11_good_answers_tell_the_quota(base_url: str) -> None:
    headers = bearer(desk(base_url, TOKENS, "expires-7777"))
    first, second = (tap(base_url, TAP, headers=headers).headers for _ in range(2))
    assert (first["x-ratelimit-limit"], first["x-ratelimit-resource"]) == ("500", "tap")
    for answer in (first, second):
        left = int(answer["x-ratelimit-limit"]) - int(answer["x-ratelimit-used"])
        assert int(answer["x-ratelimit-remaining"]) == left
        assert int(answer["x-ratelimit-reset"]) % 60 == 0
    info = HTTP.get(f"{base_url}{USER_INFO}", headers=headers).json()
    assert info["quota"]["api"]["tap"] == 500


def test_RUBIN_6_capabilities_are_open_and_prove_nothing(base_url: str) -> None:
    answer = HTTP.get(f"{base_url}{TAP}/capabilities")
    assert answer.status_code == 200
    assert "www-authenticate" not in answer.headers
    assert answer.text.count("<securityMethod ") == 5


def test_user_info_names_the_user(base_url: str) -> None:
    info = HTTP.get(f"{base_url}{USER_INFO}", headers=bearer(desk(base_url, TOKENS))).json()
    assert (info["username"], info["name"]) == ("astronomer", "Sandbox Astronomer")
    assert "read:tap" in info["scopes"]


def test_images_need_their_scope(base_url: str) -> None:
    query = "SELECT TOP 1 access_url FROM ivoa.ObsCore WHERE access_url IS NOT NULL"
    headers = bearer(desk(base_url, TOKENS))
    links = tap(base_url, TAP, query, headers=headers).text.splitlines()[1]
    assert links.startswith(f"{base_url}rubin/api/datalink/links?ID=")
    assert HTTP.get(links, headers=headers).status_code == 200
    catalogues_only = bearer(desk(base_url, TOKENS, scopes="read:tap"))
    assert HTTP.get(links, headers=catalogues_only).status_code == 403
    assert HTTP.get(links).status_code == 401
