"""How the sandbox, as MMODA's dispatcher, judges tokens (``mmoda-gallery.md``, 13)."""

import base64
import json
from typing import Any

import pytest

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.accounts.people import find_person
from obsdeck.sandbox.mmoda.tokens import LAST_SECOND, MmodaTokens, roles_of
from obsdeck.tests.sandbox.signing import HTTP, SHARED, Clock, bearer, desk

BASE = "mmoda/dispatch-data"
WEEK = 604_800


def _claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


def _terms(base: str, **parameters: str) -> tuple[int, str]:
    answer = HTTP.get(f"{base}{BASE}/get_list_terms", params={"group": "products", **parameters})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.status_code, answer.text


def _recorded(name: str) -> str:
    path = SHARED / "mmoda/observed-dispatcher" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    text: str = json.loads(path.read_text())["response"]["text"]
    return text


def test_MMODA_9_no_token(base_url: str) -> None:
    assert _terms(base_url) == (403, "A token must be provided.")


def test_MMODA_9_a_header_is_no_place_for_a_token(base_url: str) -> None:
    answer = HTTP.get(f"{base_url}{BASE}/get_list_terms", headers=bearer(desk(base_url, "mmoda/")))
    assert (answer.status_code, answer.text) == (403, "A token must be provided.")


def test_MMODA_10_an_expired_token(timed_url: str, clock: Clock) -> None:
    token = desk(timed_url, "mmoda/", lifetime="100")
    clock.now += 99
    assert _terms(timed_url, token=token)[0] == 200
    clock.now += 1
    assert _terms(timed_url, token=token) == (403, "The token provided is expired.")


def test_MMODA_11_a_wrong_signature(base_url: str, timed_url: str) -> None:
    for token in (desk(timed_url, "mmoda/"), "abc", "a.b.c"):
        assert _terms(base_url, token=token) == (403, "The token provided is not valid.")


def test_MMODA_11_an_issue_date_in_the_future_is_not_valid() -> None:
    clock = Clock()
    tokens = MmodaTokens(clock)
    claims = {"sub": "a@example.org", "roles": "general", "exp": clock.now + 100}
    tokens.check(tokens.sign(claims | {"iat": clock.now}))
    with pytest.raises(DeniedError) as refusal:
        tokens.check(tokens.sign(claims | {"iat": clock.now + 1}))
    assert (refusal.value.status, refusal.value.body) == (403, "The token provided is not valid.")


def test_MMODA_12_a_missing_role_is_named(base_url: str) -> None:
    status, text = _terms(base_url, token=desk(base_url, "mmoda/", "student"))
    assert status == 403
    first, second = text.split("\n")
    assert first.startswith("Unfortunately, your privileges are not sufficient to ")
    assert second == (
        "Your privilege roles include ['general'], but the following roles are missing: "
        "gallery contributor."
    )


def test_MMODA_12_the_texts_are_those_of_the_recordings(base_url: str) -> None:
    assert _terms(base_url)[1] == _recorded("auth-none")
    assert _terms(base_url, token="abc")[1] == _recorded("auth-rubbish")
    student = desk(base_url, "mmoda/", "student")
    refused = HTTP.get(f"{base_url}{BASE}/refresh_token", params={"token": student}).text
    recorded = _recorded("refresh-no-role").replace("['general', 'gallery contributor']", "{}")
    assert refused == recorded.replace("{}", "['general']")
    ours, theirs = _terms(base_url, token=student)[1], _recorded("auth-role-missing")
    assert ours.split("\n")[1] == theirs.split("\n")[1]


@pytest.mark.parametrize(
    "roles", [["gallery contributor", " general "], ("general", "gallery contributor")]
)
def test_MMODA_13_roles_may_be_a_list(roles: object) -> None:
    tokens = MmodaTokens(Clock())
    person = find_person("student")
    assert person is not None
    claims = tokens.check(tokens.issue(person, roles), ["gallery contributor"])
    assert sorted(roles_of(claims)) == ["gallery contributor", "general"]


def test_MMODA_14_blanks_after_commas_do_not_matter(base_url: str) -> None:
    for roles in ("general,gallery contributor", " general ,  gallery contributor "):
        token = desk(base_url, "mmoda/", "student", roles=roles)
        assert _terms(base_url, token=token, parent="isgri")[0] == 200


def test_a_token_without_roles_breaks_the_dispatcher() -> None:
    clock = Clock()
    tokens = MmodaTokens(clock)
    with pytest.raises(DeniedError) as refusal:
        tokens.check(tokens.sign({"sub": "a@example.org", "exp": clock.now + 9}), ["general"])
    assert (refusal.value.status, refusal.value.mime) == (500, "text/html; charset=utf-8")
    assert refusal.value.body.startswith(_recorded("auth-no-roles-claim")[:15])


def test_MMODA_15_a_refresh_needs_its_role(base_url: str) -> None:
    token = desk(base_url, "mmoda/", roles="gallery contributor")
    answer = HTTP.get(f"{base_url}{BASE}/refresh_token", params={"token": token})
    assert answer.status_code == 403
    assert answer.text.endswith("the following roles are missing: refresh-tokens.")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_MMODA_16_a_refresh_adds_a_week_and_changes_nothing_else(
    base_url: str, method: str
) -> None:
    token = desk(base_url, "mmoda/", lifetime="5000")
    place = {"GET": "params", "POST": "data"}[method]
    parameters: dict[str, Any] = {place: {"token": token, "query_status": "new"}}
    answer = HTTP.request(method, f"{base_url}{BASE}/refresh_token", **parameters)
    old, new = _claims(token), _claims(answer.text)
    assert new == old | {"exp": old["exp"] + WEEK}
    assert _terms(base_url, token=answer.text)[0] == 200


def test_MMODA_16_an_interval_may_be_chosen_and_the_end_is_capped() -> None:
    tokens = MmodaTokens(Clock())
    claims = {"exp": LAST_SECOND - 10, "roles": "refresh-tokens"}
    assert _claims(tokens.refreshed(claims, 5))["exp"] == LAST_SECOND - 5
    assert _claims(tokens.refreshed(claims, 50))["exp"] == LAST_SECOND


def test_MMODA_17_an_interval_above_a_week_is_refused_in_json(base_url: str) -> None:
    parameters = {"token": desk(base_url, "mmoda/"), "refresh_interval": str(WEEK + 1)}
    answer = HTTP.get(f"{base_url}{BASE}/refresh_token", params=parameters)
    assert (answer.status_code, answer.json()["error_message"]) == (403, "Request not authorized")
    assert str(WEEK) in answer.json()["debug_message"]
    allowed = HTTP.get(
        f"{base_url}{BASE}/refresh_token", params=parameters | {"refresh_interval": str(WEEK)}
    )
    assert allowed.status_code == 200


def test_MMODA_18_a_refresh_answers_with_nothing_but_the_token(base_url: str) -> None:
    answer = HTTP.get(f"{base_url}{BASE}/refresh_token", params={"token": desk(base_url, "mmoda/")})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.count(".") == 2
    assert answer.text.strip() == answer.text


def test_terms_and_their_parents(base_url: str) -> None:
    token = desk(base_url, "mmoda/")
    read = {
        name: json.loads(_terms(base_url, token=token, **parameters)[1])
        for name, parameters in {
            "instruments": {"group": "Instruments", "parent": "isgri"},
            "products": {"parent": "isgri"},
            "all": {"parent": ""},
            "unknown": {"group": "aaa"},
            "strange": {"parent": "aaa"},
        }.items()
    }
    assert "isgri" in read["instruments"]
    assert "isgri_lc" in read["products"]
    assert set(read["products"]) < set(read["all"])
    assert read["unknown"] == read["strange"] == []
    parents = HTTP.get(
        f"{base_url}{BASE}/get_parents_term",
        params={"term": "isgri_lc", "group": "products", "token": token},
    )
    assert json.loads(parents.text) == ["isgri", "lightcurve"]
