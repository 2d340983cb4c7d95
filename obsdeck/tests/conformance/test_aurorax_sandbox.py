"""How the sandbox, as AuroraX, judges API keys (``aurorax.md``, 9)."""

from typing import Any

import pytest

from obsdeck.tests.sandbox.signing import HTTP, Clock, desk, password_of

BASE = "aurorax/api/v1"
SOURCES = f"{BASE}/data_sources"
SEARCHES = f"{BASE}/utils/admin/search_requests"

_number = iter(range(5_000, 6_000))


def _record(**changed: object) -> dict[str, Any]:
    return {
        "program": "test",
        "platform": "ridge",
        "instrument_type": "camera",
        "source_type": "ground",
        "display_name": "Test",
        **changed,
    }


def _key(base: str, name: str = "astronomer") -> dict[str, str]:
    return {"x-aurorax-api-key": desk(base, "aurorax/", name)}


@pytest.mark.parametrize("name", ["x-aurorax-api-key", "X-AuroraX-API-Key", "X-AURORAX-API-KEY"])
def test_AURORAX_1_the_key_travels_in_its_header_in_any_case(base_url: str, name: str) -> None:
    key = desk(base_url, "aurorax/")
    assert HTTP.get(f"{base_url}{SEARCHES}", headers={name: key}).status_code == 200


def test_AURORAX_1_no_other_place_takes_the_key(base_url: str) -> None:
    key = desk(base_url, "aurorax/")
    for place in (
        {"headers": {"Authorization": f"Bearer {key}"}},
        {"headers": {"api-key": key}},
        {"params": {"x-aurorax-api-key": key, "api_key": key}},
        {"headers": {"Cookie": f"x-aurorax-api-key={key}"}},
    ):
        answer = HTTP.request("GET", f"{base_url}{SEARCHES}", **place)  # type: ignore[arg-type]
        assert answer.status_code == 401, place


def test_AURORAX_2_sources_are_read_without_a_key(base_url: str) -> None:
    # The public client sends a body with GET.
    answer = HTTP.request("GET", f"{base_url}{SOURCES}", content="{}")
    assert answer.status_code == 200
    assert len(answer.json()) >= 4


def test_AURORAX_3_adding_a_source_without_a_key_is_told_in_an_error_object(base_url: str) -> None:
    for headers in ({}, {"x-aurorax-api-key": "wrong"}):
        answer = HTTP.post(f"{base_url}{SOURCES}", json=_record(), headers=headers)
        assert answer.status_code == 401
        assert answer.json().keys() == {"error_code", "error_message"}
        assert answer.json()["error_code"] == "NotAuthenticated"


def test_AURORAX_4_a_user_may_not_add_a_source(base_url: str) -> None:
    headers = _key(base_url, "student")
    before = len(HTTP.get(f"{base_url}{SOURCES}").json())
    answer = HTTP.post(f"{base_url}{SOURCES}", json=_record(), headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (403, "NotPermitted")
    assert len(HTTP.get(f"{base_url}{SOURCES}").json()) == before


@pytest.mark.parametrize("name", ["astronomer", "expires-900"])
def test_AURORAX_6_an_owner_gets_the_record_with_identifier_and_owner(
    base_url: str, name: str
) -> None:
    answer = HTTP.post(f"{base_url}{SOURCES}", json=_record(), headers=_key(base_url, name))
    assert answer.status_code == 200
    record = answer.json()
    assert record["owner"] == f"{name}@example.org"
    listed = HTTP.get(f"{base_url}{SOURCES}", params={"format": "full_record"}).json()
    assert record in listed


def test_AURORAX_7_a_missing_name_is_refused(base_url: str) -> None:
    record = _record(display_name=None)
    answer = HTTP.post(f"{base_url}{SOURCES}", json=record, headers=_key(base_url))
    assert answer.status_code == 400
    assert "display_name" in answer.json()["error_message"]


def test_AURORAX_9_AURORAX_10_a_given_identifier_is_kept_and_cannot_be_taken_again(
    base_url: str,
) -> None:
    record, headers = _record(identifier=next(_number)), _key(base_url)
    added = HTTP.post(f"{base_url}{SOURCES}", json=record, headers=headers)
    assert added.json()["identifier"] == record["identifier"]
    again = HTTP.post(f"{base_url}{SOURCES}", json=record, headers=headers)
    assert (again.status_code, again.json()["error_code"]) == (409, "Duplicate")


def test_AURORAX_11_an_unknown_type_is_refused(base_url: str) -> None:
    record = _record(source_type="balloon")
    answer = HTTP.post(f"{base_url}{SOURCES}", json=record, headers=_key(base_url))
    assert answer.status_code == 400


def test_AURORAX_12_the_format_decides_on_the_keys(base_url: str) -> None:
    keys = {
        form: set(HTTP.get(f"{base_url}{SOURCES}", params=parameters).json()[0])
        for form, parameters in {
            "none": {},
            "identifier_only": {"format": "identifier_only"},
            "with_metadata": {"format": "with_metadata"},
        }.items()
    }
    assert keys["identifier_only"] == {"identifier"}
    assert len(keys["none"]) == 6
    assert keys["with_metadata"] - keys["none"] == {"metadata"}


def test_AURORAX_14_filters_combine(base_url: str) -> None:
    both = {"program": "deck-asi", "platform": "south ridge"}
    found = HTTP.get(f"{base_url}{SOURCES}", params=both).json()
    assert [one["display_name"] for one in found] == ["South Ridge RGB"]
    nothing = HTTP.get(f"{base_url}{SOURCES}", params={**both, "source_type": "leo"})
    assert (nothing.status_code, nothing.json()) == (200, [])


@pytest.mark.parametrize(
    ("name", "status"), [("astronomer", 200), ("expires-900", 403), ("student", 403)]
)
def test_only_administrators_list_searches(base_url: str, name: str, status: int) -> None:
    answer = HTTP.get(f"{base_url}{SEARCHES}", headers=_key(base_url, name))
    assert answer.status_code == status


def test_a_new_key_makes_the_one_before_invalid(base_url: str) -> None:
    old, new = _key(base_url), _key(base_url)
    statuses = [HTTP.get(f"{base_url}{SEARCHES}", headers=key).status_code for key in (old, new)]
    assert statuses == [401, 200]


def test_a_session_lapses_half_an_hour_after_its_last_use(timed_url: str, clock: Clock) -> None:
    pair = {"email_address": "astronomer@example.org", "password": password_of("astronomer")}
    answer = HTTP.post(f"{timed_url}{BASE}/authenticate", json=pair)
    assert (answer.status_code, answer.json()["role"]) == (200, "administrator")
    headers = {"Authorization": answer.headers["authorization"]}
    for pause, status in ((1_700, 200), (1_700, 200), (1_800, 401)):
        clock.now += pause
        assert HTTP.get(f"{timed_url}{SEARCHES}", headers=headers).status_code == status


def test_a_session_can_be_ended(base_url: str) -> None:
    pair = {"email_address": "astronomer@example.org", "password": password_of("astronomer")}
    signed_in = HTTP.post(f"{base_url}{BASE}/authenticate", json=pair).headers["authorization"]
    headers = {"Authorization": signed_in}
    HTTP.post(f"{base_url}{BASE}/authenticate/end_session", headers=headers)
    assert HTTP.get(f"{base_url}{SEARCHES}", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"email_address": "astronomer@example.org"}, 400),
        ({"email_address": "astronomer@example.org", "password": "x"}, 401),
        ({"email_address": "astronomer", "password": "sandbox-astronomer"}, 401),
        ([], 400),
    ],
)
def test_a_failed_session_is_told_apart(base_url: str, body: object, status: int) -> None:
    assert HTTP.post(f"{base_url}{BASE}/authenticate", json=body).status_code == status
