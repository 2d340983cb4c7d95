"""Masking: every form of a known secret, and what looks like somebody else's."""

from __future__ import annotations

import base64
import gc
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsdeck.credentials.kinds.base import SmallAnswer
from obsdeck.credentials.redact import MARK, holds_secret, mask, needles, redact, without_people
from obsdeck.credentials.secret import Secret, live_secrets

TEXT = "Invented/pass+word & 'more' é"


@pytest.fixture
def secret() -> Secret:
    return Secret(TEXT)


@pytest.mark.parametrize(
    "form",
    [
        TEXT,
        quote(TEXT),
        quote(TEXT, safe=""),
        quote(TEXT, safe="").lower().replace("invented", "Invented"),
        quote_plus(TEXT),
        quote(quote(TEXT, safe="")),
        json.dumps(TEXT)[1:-1],
        html.escape(TEXT),
        base64.b64encode(TEXT.encode()).decode().rstrip("="),
    ],
)
def test_every_form_of_a_known_secret_is_masked(secret: Secret, form: str) -> None:
    assert redact(f"before {form} after") == f"before {MARK} after"


@given(before=st.binary(max_size=4), after=st.binary(max_size=4))
def test_base64_is_found_at_every_offset(before: bytes, after: bytes) -> None:
    secret = Secret("an-invented-token-of-40-characters-or-so")
    encoders = (base64.b64encode, base64.urlsafe_b64encode)
    for encode in encoders:
        masked = mask(encode(before + secret.reveal().encode() + after).decode())
        assert MARK in masked
        assert len(masked) < 20


def test_the_password_inside_a_basic_header_is_masked() -> None:
    pair = base64.b64encode(b"alice:invented-password").decode()
    header = Secret(f"Basic {pair}")
    assert mask(f"sent {pair}") == f"sent {MARK}"
    assert mask("is invented-password right?") == f"is {MARK} right?"
    assert header.reveal().endswith(pair)


def test_what_is_gone_is_not_looked_for_any_more() -> None:
    kept = Secret("an-invented-word-that-stays")
    gone = Secret("an-invented-word-that-goes")
    assert {kept, gone} <= set(live_secrets())
    del gone
    gc.collect()
    assert mask("an-invented-word-that-goes") == "an-invented-word-that-goes"
    assert mask("an-invented-word-that-stays") == MARK


def test_of_two_equal_secrets_the_second_is_still_known() -> None:
    first, second = Secret("the-same-invented-word"), Secret("the-same-invented-word")
    del first
    gc.collect()
    assert mask(second.reveal()) == MARK


def test_half_a_character_in_a_secret_stops_no_masking() -> None:
    """JSON can hold one, and so can an environment variable that is no UTF-8."""
    broken, other = Secret("half-a-character-\ud800"), Secret("an-invented-token")
    assert mask(f"{broken.reveal()} {other.reveal()}") == f"{MARK} {MARK}"
    assert needles([broken])
    assert broken != other


def test_short_texts_are_left_alone() -> None:
    secret = Secret("eso")
    assert mask("eso.org") == "eso.org"
    assert secret


@pytest.mark.parametrize(
    "text",
    [
        "https://x.example/a?b=1&token=abcdef&c=2",
        "https://x.example/?next=%2Fa%3Ftoken%3Dabcdef",
        "username=alice&password=abcdef",
        "client_secret=abcdef",
        '{"id_token": "abcdef", "expires_in": 5}',
        "{'password': 'abcdef'}",
        "Authorization: Token abcdef",
        "authorization: abcdef",
        "Cookie: sessionid=abcdef",
        "x-aurorax-api-key: 1abcdef-0000",
        "with Bearer abcdef0123",
        "with Basic abcdefGhijkl=",
        "with Token 0123456789abcdef",
        "https://alice:abcdef@x.example/",
        "gt-abcdefabcdefabcdefabcd.abcdefabcdefabcdefabcd",
        "eyJhbcdefgh.eyJabcdefgh.abcdef",
    ],
)
def test_RUBIN_5_MMODA_7_AURORAX_60_what_looks_like_a_secret_is_masked(text: str) -> None:
    assert "abcdef" not in redact(text)
    assert MARK in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "A token must be provided.",
        "The token provided is expired.",
        "The token provided is not valid.",
        "ESO did not accept this user name and password.",
        "Basic authentication is needed.",
        "Bearer tokens are not accepted here.",
        "SELECT token_count FROM ivoa.ObsCore WHERE t_min > 59000.5",
        "https://x.example/tokens/7?page=2",
        'Bearer realm="x", error="invalid_token"',
    ],
)
def test_sentences_about_tokens_stay_readable(text: str) -> None:
    assert redact(text) == text


def test_an_answer_shown_to_the_user_holds_no_secret(secret: Secret) -> None:
    answer = SmallAnswer(400, {"x-vo-bearer": TEXT}, f"no {TEXT}".encode())
    assert answer.text() == f"no {MARK}"
    assert TEXT not in repr(answer)


def test_a_secret_is_found_where_capitals_were_lost(secret: Secret) -> None:
    host_like = Secret("InventedTokenForHosts42")
    assert holds_secret("https://inventedtokenforhosts42.evil.example/", [host_like])
    assert not holds_secret("https://archive.example/", [host_like])


def test_a_password_that_is_a_word_is_no_reason_to_doubt_an_address() -> None:
    assert not holds_secret("https://x.example/telescope/1", [Secret("telescope")])


def test_addresses_of_people_are_masked() -> None:
    assert without_people("by alice.b+c@obs.example.org, 5@2") == f"by {MARK}, 5@2"
    assert without_people("mail=alice%40obs.example") == f"mail={MARK}"


def test_long_texts_are_masked_in_reasonable_time() -> None:
    """Patterns that go back and forth would take minutes."""
    for text in ("a" * 400_000, "token" * 80_000, "a-b_" * 100_000, "a.b@" * 100_000):
        assert without_people(redact(text))
