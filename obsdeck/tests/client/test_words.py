"""What a notebook may show of people, as it gets passed on."""

from __future__ import annotations

import pytest

from obsdeck.client.words import without_host


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("ada@example.org", "ada@…"),
        ("ASTRO1", "ASTRO1"),
        (None, None),
        ("a@b@example.org", "a@…"),
    ],
)
def test_e_mail_addresses_lose_their_host(who: str | None, shown: str | None) -> None:
    assert without_host(who) == shown
