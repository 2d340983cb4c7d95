"""HTTP Basic, Bearer, the pages that hand out tokens, and the people."""

from xml.etree import ElementTree

import pytest

from obsdeck.sandbox.accounts.people import admit, find_person
from obsdeck.tests.sandbox.signing import HTTP, Clock, bearer, count, desk, password_of, tap

PROTECTED = "SELECT COUNT(*) AS n FROM obsdeck.proposals"
DESKS = [
    "bearer/token",
    "rubin/auth/tokens",
    "mmoda/",
    "aurorax/",
    "pyobs/a/admin/token/",
    "pyobs/c/admin/token/",
]


@pytest.mark.parametrize(
    "auth", [None, ("astronomer", "x"), ("nobody", "x"), ("inactive", "sandbox-inactive")]
)
def test_basic_asks_for_user_name_and_password(base_url: str, auth: tuple[str, str] | None) -> None:
    answer = tap(base_url, "basic/tap", PROTECTED, auth=auth)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Basic realm="Obsdeck sandbox"')
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_basic_shows_each_what_is_theirs(base_url: str) -> None:
    seen = {
        name: count(tap(base_url, "basic/tap", PROTECTED, auth=(name, password_of(name))))
        for name in ("astronomer", "student")
    }
    assert 0 < seen["student"] < seen["astronomer"]


def test_the_protected_table_is_nowhere_else(base_url: str) -> None:
    for path in ("tap", "eso/tap"):
        answer = tap(base_url, path, PROTECTED)
        assert answer.status_code == 400
        assert "Unknown table obsdeck.proposals" in answer.text


def test_products_of_a_protected_service_are_protected(base_url: str) -> None:
    auth = ("astronomer", password_of("astronomer"))
    query = "SELECT TOP 1 access_url FROM ivoa.ObsCore WHERE access_url LIKE '%harps%'"
    links = tap(base_url, "basic/tap", query, auth=auth).text.splitlines()[1]
    assert links.startswith(f"{base_url}basic/datalink/links?ID=")
    assert HTTP.get(links).status_code == 401
    assert HTTP.get(links, auth=auth).status_code == 200


def test_bearer_tells_missing_from_ended(timed_url: str, clock: Clock) -> None:
    missing = tap(timed_url, "bearer/tap")
    assert missing.status_code == 401
    assert missing.headers["www-authenticate"] == 'Bearer realm="Obsdeck sandbox"'
    headers = bearer(desk(timed_url, "bearer/token", "expires-10"))
    assert tap(timed_url, "bearer/tap", headers=headers).status_code == 200
    clock.now += 10
    ended = tap(timed_url, "bearer/tap", headers=headers)
    assert ended.status_code == 401
    assert 'error="invalid_token"' in ended.headers["www-authenticate"]


def test_few_rights_are_told_in_plain_text(base_url: str) -> None:
    headers = bearer(desk(base_url, "bearer/token", "student"))
    answer = tap(base_url, "bearer/tap", headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == "Your account may not query this service.\n"


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("basic/tap", ["ivo://ivoa.net/sso#BasicAA"]),
        ("bearer/tap", ["ivo://ivoa.net/sso#OAuth"]),
        ("tap", []),
    ],
)
def test_capabilities_name_the_ways_to_sign_in(
    base_url: str, path: str, methods: list[str]
) -> None:
    page = ElementTree.fromstring(HTTP.get(f"{base_url}{path}/capabilities").content)
    found = [node.get("standardID") for node in page.iter("securityMethod")]
    assert found == methods
    urls = [node.text for node in page.iter("accessURL") if node.get("use") == "base"]
    assert urls == [f"{base_url}{path}"]


@pytest.mark.parametrize("path", DESKS)
def test_a_desk_shows_a_form_and_hands_out_in_a_page(base_url: str, path: str) -> None:
    page = HTTP.get(f"{base_url}{path}")
    assert 'type="password"' in page.text
    pair = {"username": "astronomer", "password": password_of("astronomer")}
    answer = HTTP.post(f"{base_url}{path}", data=pair)
    assert answer.status_code == 200
    assert "<code>" in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", DESKS)
def test_a_desk_refuses_a_wrong_password(base_url: str, path: str) -> None:
    answer = HTTP.post(f"{base_url}{path}", data={"username": "astronomer", "password": "x"})
    assert answer.status_code == 401
    assert "<code>" not in answer.text


def test_the_home_page_tells_names_and_passwords_that_work(base_url: str) -> None:
    page = HTTP.get(base_url).text
    cells = [cell.split("</td>")[0] for cell in page.split("<td>")[1:]]
    rows = [cells[start : start + 3] for start in range(0, len(cells), 3)]
    assert len(rows) == 4
    for name, password, note in rows:
        assert (admit(name, password) is None) == (note == "switched off")


def test_expiring_people_have_the_number_of_their_name() -> None:
    person = find_person("expires-45")
    assert person is not None
    assert person.lifetime == 45
    for name in ("expires-0", "expires-", "expires-x", "expires-12345678", "expires-1 "):
        assert find_person(name) is None
