"""`api/accounts`: what is refused, and refused without quoting it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from obsdeck.tests.conftest import Fetch
from obsdeck.tests.routes.signing import (
    FIELDS,
    PASSWORD,
    act,
    error_of,
    sign_in,
    stored,
)
from obsdeck.tests.upstream import Upstream


@pytest.fixture
def obsdeck_config(with_accounts: dict[str, Any]) -> dict[str, Any]:
    """Give Obsdeck's traits."""
    return with_accounts


HOSTILE: list[tuple[str, str | bytes]] = [
    ("no JSON", "{"),
    ("no JSON with a secret", f'{{"fields": {{"password": "{PASSWORD}'),
    ("no text", b"\xff\xfe\x00"),
    ("empty", ""),
    ("a list", "[]"),
    ("null", "null"),
    ("deep", "[" * 100_000),
    ("no action", "{}"),
    ("an unknown action", '{"action": "sudo"}'),
    ("an action of another type", '{"action": ["sign-in"]}'),
    ("no fields", '{"action": "sign-in", "keep": "session"}'),
]


@pytest.mark.parametrize(("_what", "body"), HOSTILE, ids=[what for what, _ in HOSTILE])
async def test_hostile_bodies_are_refused(
    api: Fetch, upstream: Upstream, _what: str, body: str | bytes
) -> None:
    response = await api("accounts", "signing", method="POST", body=body)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert PASSWORD not in response.body.decode()
    assert upstream.connections == 0


@pytest.mark.parametrize(
    "fields",
    [
        None,
        [],
        "ada",
        {"username": 7, "password": PASSWORD},
        {"username": "ada", "password": None},
        {"username": "ada", "password": [PASSWORD]},
        {"username": "ada", "password": {"a": PASSWORD}},
        {"username": "ada", "password": PASSWORD, "token_url": "https://evil.example"},
        {"username": "ada", "password": PASSWORD + "x" * 1_000_000},
        {"username": "ada\r\nX-Evil: 1", "password": PASSWORD},
        {"username": "ada", "password": f"{PASSWORD}\r\nX-Evil: 1"},
        {"username": "ada", "password": f"{PASSWORD}\x00"},
        {"username": "ada", "password": f"{PASSWORD}\ud800"},
        {"username": "", "password": PASSWORD},
        {"username": "ada"},
        {},
    ],
)
async def test_hostile_fields_are_refused_and_never_quoted(
    api: Fetch, upstream: Upstream, caplog: pytest.LogCaptureFixture, fields: object
) -> None:
    response = await sign_in(api, fields=fields)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert error_of(response)["archive"] == "signing"
    assert PASSWORD not in response.body.decode() + caplog.text
    assert upstream.connections == 0


@pytest.mark.parametrize("keep", [None, "", "forever", "keyring", 7, ["session"], {"a": 1}])
async def test_an_unknown_choice_is_refused_before_the_archive_is_asked(
    api: Fetch, upstream: Upstream, keep: object
) -> None:
    response = await sign_in(api, keep=keep)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert upstream.connections == 0


@pytest.mark.parametrize("page", [None, "", "x", "../../etc/passwd", 7, ["page"], "a\r\nb" * 5])
async def test_a_sign_in_for_a_page_needs_the_page(
    api: Fetch, upstream: Upstream, page: object
) -> None:
    response = await sign_in(api, keep="page", page=page)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert upstream.connections == 0


@pytest.mark.parametrize("page", ["x", "../../etc", "a b c d e f g h", "x" * 5000])
async def test_a_sign_of_life_needs_a_page(api: Fetch, page: str) -> None:
    response = await api("accounts", params={"page": page})
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")


@pytest.mark.parametrize("body", ["{}", '{"leaving": 7}', '{"leaving": null}', "[]", "{"])
async def test_leaving_needs_a_page(api: Fetch, body: str) -> None:
    response = await api("accounts", method="POST", body=body)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")


async def test_a_page_nobody_knows_may_leave(api: Fetch) -> None:
    body = json.dumps({"leaving": "never-seen-before"})
    assert (await api("accounts", method="POST", body=body)).code == 204


@pytest.mark.parametrize("action", ["sign-in", "use", "check", "renew"])
async def test_archives_without_accounts(api: Fetch, upstream: Upstream, action: str) -> None:
    refusals = {"nowhere": (404, "not-found"), "new": (400, "rejected"), "local": (400, "rejected")}
    for archive, expected in refusals.items():
        response = await act(api, archive, action=action, fields=FIELDS, keep="session")
        assert (response.code, error_of(response)["kind"]) == expected
    assert upstream.connections == 0


@pytest.mark.parametrize("path", ["../hello", "Signing", "signing%0d%0aX-Evil:1", "a_b", "ü"])
async def test_ids_that_are_none_lead_nowhere(api: Fetch, path: str) -> None:
    assert (await api("accounts", path, method="DELETE")).code in {400, 404, 405}


async def test_signing_out_of_nothing_is_fine(api: Fetch) -> None:
    assert (await api("accounts", "signing", method="DELETE")).code == 204
    assert (await api("accounts", "nowhere", method="DELETE")).code == 404
    assert stored() == []
