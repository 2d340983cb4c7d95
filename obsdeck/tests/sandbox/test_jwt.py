"""Tokens that the sandbox signs."""

import base64
import hashlib
import hmac
import json

import pytest

from obsdeck.sandbox.accounts.jwt import ExpiredTokenError, InvalidTokenError, Signer, encode

NOW = 1_795_000_000.0


def test_a_token_holds_its_claims_for_everybody_to_read() -> None:
    token = Signer({"kid": "sso"}).issue({"sub": "é", "exp": 5})
    header, claims, _ = (
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")
    )
    assert json.loads(header) == {"alg": "HS256", "typ": "JWT", "kid": "sso"}
    assert json.loads(claims) == {"sub": "é", "exp": 5}


def test_claims_come_back_while_the_token_lasts() -> None:
    signer = Signer()
    token = signer.issue({"exp": NOW + 1, "iat": NOW})
    assert signer.verify(token, NOW) == {"exp": NOW + 1, "iat": NOW}
    with pytest.raises(ExpiredTokenError):
        signer.verify(token, NOW + 1)
    with pytest.raises(InvalidTokenError):
        signer.verify(token, NOW - 1)


def _without_signature(token: str) -> str:
    """Return a token that claims to need none (RFC 7519, 6.1)."""
    header = encode(json.dumps({"alg": "none"}).encode())
    return f"{header}.{token.split('.')[1]}."


def _with_other_claims(token: str) -> str:
    header, _, signature = token.split(".")
    return f"{header}.{encode(json.dumps({'sub': 'somebody else'}).encode())}.{signature}"


def _with_other_key(token: str) -> str:
    content = token.rpartition(".")[0]
    digest = hmac.new(b"guessed", content.encode(), hashlib.sha256).digest()
    return f"{content}.{encode(digest)}"


@pytest.mark.parametrize("forge", [_without_signature, _with_other_claims, _with_other_key])
def test_forged_tokens_are_refused(forge: object) -> None:
    signer = Signer()
    token = signer.issue({"sub": "student"})
    assert callable(forge)
    with pytest.raises(InvalidTokenError):
        signer.verify(forge(token), NOW)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "a.b.c.d", "a.b.ü", "🔑"])
def test_texts_that_are_no_tokens_are_refused(text: str) -> None:
    with pytest.raises(InvalidTokenError):
        Signer().verify(text, NOW)


def test_every_signer_has_a_key_of_its_own() -> None:
    with pytest.raises(InvalidTokenError):
        Signer().verify(Signer().issue({"sub": "student"}), NOW)
