"""The two tokens ESO hands out, and the guard that looks at the right one of them."""

import hashlib
import secrets
from typing import Any

from tornado.httputil import HTTPServerRequest

from obsdeck.sandbox.accounts.guard import Admission, DeniedError, authorization, challenge
from obsdeck.sandbox.accounts.jwt import InvalidTokenError, Signer, encode
from obsdeck.sandbox.accounts.people import Person, find_person
from obsdeck.sandbox.accounts.store import Clock

#: Seconds an ``id_token`` lasts (``eso.md``, 2).
LIFETIME = 28_800

#: ``nbf`` lies this many seconds before ``iat``.
_EARLIER = 300

CLIENT_ID = "clientid"


class EsoTokens:
    """Issues the answer of the token endpoint and recognises its ``id_token``.

    Parameters
    ----------
    issuer
        Value of ``iss``: the address of the sign-in.
    clock
        Returns Unix time in seconds.
    """

    def __init__(self, issuer: str, clock: Clock) -> None:
        self._issuer = issuer
        self._clock = clock
        # ESO names RS256 here; the signature is nobody's business but the archive's.
        self._signer = Signer({"kid": "sso"})

    def issue(self, person: Person) -> dict[str, Any]:
        """Return the members of a successful answer. ``access_token`` opens nothing by design."""
        access_token = f"AT-{secrets.token_urlsafe(24)}-sso"
        lifetime = person.lifetime or LIFETIME
        return {
            "access_token": access_token,
            "id_token": self._signer.issue(self._claims(person, lifetime, access_token)),
            "token_type": "bearer",
            "expires_in": lifetime,
            "scope": "",
        }

    def person_of(self, id_token: str) -> Person | None:
        """Return whose token this is.

        Raises
        ------
        InvalidTokenError
            If it is none, or over.
        """
        claims = self._signer.verify(id_token, self._clock())
        return find_person(str(claims["preferred_username"]).lower())

    def _claims(self, person: Person, lifetime: int, access_token: str) -> dict[str, Any]:
        now = int(self._clock())
        name = person.name.upper()
        digest = hashlib.sha256(access_token.encode()).digest()
        return {
            "jti": f"TGT-{secrets.randbelow(10**6):06d}-{secrets.token_urlsafe(12)}-sso",
            "sid": secrets.token_hex(20),
            "iss": self._issuer,
            "aud": CLIENT_ID,
            "exp": now + lifetime,
            "iat": now,
            "nbf": now - _EARLIER,
            "auth_time": now,
            "sub": name,
            "preferred_username": name,
            "client_id": CLIENT_ID,
            # OpenID Connect Core 1.0, 3.1.3.6: the left half of the digest.
            "at_hash": encode(digest[:16]),
            "account_id": int.from_bytes(hashlib.sha256(name.encode()).digest()[:3]),
            "email": person.email,
            "given_name": "Sandbox",
            "family_name": person.full_name.partition(" ")[2],
            "name": person.full_name,
            "title": "Dr.",
            "sex": "",
            "is_impersonating": False,
            "roles": ["user"],
        }


class EsoGuard:
    """Anonymous requests pass; a token must be a good ``id_token`` in a Bearer header."""

    def __init__(self, tokens: EsoTokens) -> None:
        self._tokens = tokens

    def __call__(self, request: HTTPServerRequest) -> Admission:
        """Return who asks; see ``Guard``."""
        given = authorization(request)
        if given is None:
            return Admission()
        scheme, token = given
        if scheme != "bearer":
            raise _denied("The token belongs into a Bearer header")
        try:
            return Admission(self._tokens.person_of(token))
        except InvalidTokenError as error:
            raise _denied(str(error)) from None


def _denied(description: str) -> DeniedError:
    header = challenge(
        "Bearer", realm="ESO", error="invalid_token", error_description=description.rstrip(".")
    )
    return DeniedError(401, "Unauthorized", "text/html", {"WWW-Authenticate": header})
