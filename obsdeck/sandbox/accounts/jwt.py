"""JSON Web Tokens (RFC 7519) signed with HMAC and SHA-256, by a key made at start.

ESO signs with RS256; a client that reads claims without the key, as ours does, sees no difference.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

Claims = Mapping[str, Any]


class InvalidTokenError(ValueError):
    """A text that is no token of this signer."""


class ExpiredTokenError(InvalidTokenError):
    """A token whose time is over."""


class Signer:
    """Issues tokens and recognises its own.

    Parameters
    ----------
    header
        Members of the header besides ``alg`` and ``typ``.
    """

    def __init__(self, header: Mapping[str, str] | None = None) -> None:
        self._key = secrets.token_bytes(32)
        self._header = {"alg": "HS256", "typ": "JWT", **(header or {})}

    def issue(self, claims: Claims) -> str:
        """Return a signed token."""
        content = ".".join(encode(json.dumps(part).encode()) for part in (self._header, claims))
        return f"{content}.{self._signature(content)}"

    def verify(self, token: str, now: float) -> dict[str, Any]:
        """Return the claims of a token.

        Parameters
        ----------
        token
            What was sent.
        now
            Unix time in seconds. There is no leeway.

        Raises
        ------
        ExpiredTokenError
            If ``exp`` is over.
        InvalidTokenError
            If the signature is not of this signer, or ``iat`` is yet to come.
        """
        content, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(content).encode(), signature.encode()):
            raise InvalidTokenError("The signature does not fit.")
        claims = _claims(content.partition(".")[2])
        if claims.get("iat", 0) > now:
            raise InvalidTokenError("The token comes from the future.")
        if "exp" in claims and claims["exp"] <= now:
            raise ExpiredTokenError("The token is expired.")
        return claims

    def _signature(self, content: str) -> str:
        return encode(hmac.new(self._key, content.encode(), hashlib.sha256).digest())


def encode(data: bytes) -> str:
    """Return base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _claims(part: str) -> dict[str, Any]:
    try:
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError):
        raise InvalidTokenError("The claims cannot be read.") from None
    if not isinstance(claims, dict):
        raise InvalidTokenError("The claims are no object.")
    return claims
