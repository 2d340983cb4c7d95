"""What can be read off a token without its key."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from obsdeck.credentials.jwt import LATEST, claims_of, expiry, first_text, roles_of
from obsdeck.tests.credentials.asking import jwt


@pytest.mark.parametrize("length", range(12))
def test_ESO_7_padding_is_restored_for_all_lengths(length: int) -> None:
    """Names of twelve lengths give segments of all lengths mod 4 that exist."""
    claims = {"sub": "x" * length, "exp": 1}
    assert claims_of(jwt(claims)) == claims


def test_ESO_7_the_alphabet_is_that_of_base64url() -> None:
    """These claims hold both characters in which base64 and base64url differ."""
    claims = {"sub": "~~~???>>>ÿÿÿ"}
    segment = urlsafe_b64encode(json.dumps(claims, ensure_ascii=False).encode()).decode()
    assert "-" in segment or "_" in segment
    head = urlsafe_b64encode(b"{}").rstrip(b"=").decode()
    assert claims_of(f"{head}.{segment.rstrip('=')}.c2ln") == claims


@pytest.mark.parametrize(
    "token",
    [
        "",
        "abc",
        "a.b.c",
        "e30.e30",
        "e30.e30.x.y",
        "e30.bnVsbA.x",  # null
        "e30.e30.x\ud800",
        "e30.e30.x y",
        "e30.WzFd.x",  # [1]
        "bnVsbA.e30.x",
        "e30.e30=.x",
        "e30.e3+0.x",
        "e30.4pit.x",  # no JSON
        "e30.____.x",  # no UTF-8
        "e30." + "W" * 70_000 + ".x",
        "e30." + urlsafe_b64encode(b"[" * 40_000).decode().rstrip("=") + ".x",
    ],
)
def test_what_is_no_token_has_no_claims(token: str) -> None:
    assert claims_of(token) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (1678628959, 1678628959.0),
        (1678628959.5, 1678628959.5),
        ("1678628959", None),
        (None, None),
        (True, None),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        (-1e18, 0.0),
        (1e300, LATEST),
        ([1], None),
    ],
)
def test_an_end_is_a_number(value: Any, seconds: float | None) -> None:
    assert expiry({"exp": value}) == seconds


def test_every_end_is_a_date() -> None:
    for value in (-1e18, 1e15):
        end = expiry({"exp": value}, early=600)
        assert end is not None
        assert datetime.fromtimestamp(end, UTC)


def test_a_token_without_end_has_none() -> None:
    assert expiry({}) is None


@pytest.mark.parametrize(
    ("value", "roles"),
    [
        (["user", "gallery contributor"], ("user", "gallery contributor")),
        (
            "user, gallery contributor ,  job manager",
            ("user", "gallery contributor", "job manager"),
        ),
        ([" user ", "", 5, "user"], ("user",)),
        ("", ()),
        (None, ()),
        ({"user": 1}, ()),
    ],
)
def test_MMODA_13_roles_are_a_list_or_MMODA_14_a_text_with_blanks(
    value: Any, roles: tuple[str, ...]
) -> None:
    assert roles_of({"roles": value}) == roles


def test_the_first_name_with_something_in_it_counts() -> None:
    claims = {"preferred_username": " ", "sub": 5, "email": "a@b.example"}
    assert first_text(claims, "preferred_username", "sub", "email") == "a@b.example"
    assert first_text(claims, "preferred_username", "sub") is None
