"""Challenges of the sandbox, which lead a client to the right sign-in (``vo-protocols.md``, 9)."""

import re

import pytest

from obsdeck.tests.sandbox.signing import HTTP, Clock, bearer, count, desk, password_of, tap

PROTECTED = "SELECT COUNT(*) AS n FROM obsdeck.proposals"


@pytest.mark.parametrize("path", ["capabilities", "tables", "sync?LANG=ADQL&QUERY=SELECT+1+AS+x"])
def test_VO_57_two_challenges_stand_in_one_header_with_a_comma_in_a_value(
    base_url: str, path: str
) -> None:
    answer = HTTP.get(f"{base_url}vo/tap/{path}")
    assert answer.status_code == 401
    lines = answer.headers.get_list("www-authenticate")
    assert len(lines) == 1
    assert re.findall(r"(?:^|, )(\w+) (\w+)=", lines[0]) == [
        ("ivoa_bearer", "standard_id"),
        ("Bearer", "realm"),
    ]
    assert any("," in value for value in re.findall(r'"([^"]*)"', lines[0]))


def _login_url(base: str) -> str:
    line = HTTP.get(f"{base}vo/tap/capabilities").headers["www-authenticate"]
    found = re.search(r'access_url="([^"]+)"', line)
    assert found is not None
    return found[1]


def test_VO_58_ivoa_bearer_names_the_address_that_signs_in(base_url: str) -> None:
    pair = {"username": "astronomer", "password": password_of("astronomer")}
    answer = HTTP.post(_login_url(base_url), data=pair)
    assert (answer.status_code, answer.headers["x-vo-authenticated"]) == (200, "astronomer")
    assert answer.headers["x-vo-bearer"] not in answer.text
    headers = bearer(answer.headers["x-vo-bearer"])
    assert count(tap(base_url, "vo/tap", PROTECTED, headers=headers)) > 10
    refused = HTTP.post(_login_url(base_url), data={**pair, "password": "x"})
    assert refused.status_code == 401
    assert "x-vo-bearer" not in refused.headers


def test_VO_58_the_token_ends(timed_url: str, clock: Clock) -> None:
    pair = {"username": "expires-60", "password": password_of("expires-60")}
    headers = bearer(HTTP.post(_login_url(timed_url), data=pair).headers["x-vo-bearer"])
    clock.now += 59
    assert tap(timed_url, "vo/tap", headers=headers).status_code == 200
    clock.now += 1
    assert tap(timed_url, "vo/tap", headers=headers).status_code == 401


def test_VO_58_a_token_of_another_service_is_refused(base_url: str) -> None:
    headers = bearer(desk(base_url, "bearer/token"))
    assert tap(base_url, "bearer/tap", PROTECTED, headers=headers).status_code == 200
    assert tap(base_url, "vo/tap", PROTECTED, headers=headers).status_code == 401


def test_VO_59_the_foreign_host_hears_whoever_goes_there(base_url: str) -> None:
    """The judge of VO-59: a client that sends a credential along is found out."""
    HTTP.delete(f"{base_url}foreign/log")
    address = HTTP.get(f"{base_url}basic/foreign/redirect").headers["location"]
    HTTP.get(address, headers={"Authorization": "Basic leaked"})
    (entry,) = HTTP.get(f"{base_url}foreign/log").json()
    assert ["Authorization", "Basic leaked"] in entry["headers"]
