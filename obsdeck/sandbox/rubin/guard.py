"""How the platform answers to missing, bad and insufficient tokens (``rubin.md``, 2)."""

import json
from typing import Literal

from tornado.httputil import HTTPServerRequest

from obsdeck.sandbox.accounts.guard import (
    Admission,
    DeniedError,
    authorization,
    basic_pair,
    challenge,
)
from obsdeck.sandbox.accounts.store import Grant
from obsdeck.sandbox.rubin.quota import Quota
from obsdeck.sandbox.rubin.tokens import RubinTokens

#: User name that marks the password of HTTP Basic as a token.
OAUTH_USER = "x-oauth-basic"

_EXPLAINED = {
    "invalid_token": "The token is expired or not known",
    "invalid_request": "The Authorization header cannot be read",
}


class RubinGuard:
    """Asks for a token with a scope.

    Parameters
    ----------
    tokens
        The tokens that were given out.
    scope
        The scope needed, None for any good token.
    asks_for
        The scheme of the challenge. An entrance that asks for Basic cannot say what was wrong.
    quota
        Counts requests, if these are limited.
    """

    def __init__(
        self,
        tokens: RubinTokens,
        scope: str | None = None,
        asks_for: Literal["Basic", "Bearer"] = "Bearer",
        quota: Quota | None = None,
    ) -> None:
        self._tokens = tokens
        self._scope = scope
        self._asks_for = asks_for
        self._quota = quota

    def __call__(self, request: HTTPServerRequest) -> Admission:
        """Return who asks; see ``Guard``."""
        person = self.grant(request).person
        return Admission(person, self._quota.use(person) if self._quota is not None else {})

    def grant(self, request: HTTPServerRequest) -> Grant:
        """Return what the token of a request allows; raises DeniedError."""
        token = self._token(request)
        if token is None:
            raise self._unauthorized(request, "no_authorization", "No token was sent")
        grant = self._tokens.find(token)
        if grant is None:
            raise self._unauthorized(request, "invalid_token", _EXPLAINED["invalid_token"])
        if self._scope is not None and self._scope not in grant.scopes:
            raise _insufficient(request.host, self._scope)
        return grant

    def _token(self, request: HTTPServerRequest) -> str | None:
        given = authorization(request)
        if given is None:
            return None
        scheme, value = given
        if scheme == "bearer" and value:
            return value
        token = _basic_token(value) if scheme == "basic" else None
        if token is None:
            raise _malformed(request.host)
        return token

    def _unauthorized(self, request: HTTPServerRequest, kind: str, text: str) -> DeniedError:
        # Browsers would open a password box for a script that asked; the platform spares them.
        from_script = request.headers.get("X-Requested-With", "").lower() == "xmlhttprequest"
        parameters = {"realm": request.host}
        if self._asks_for == "Bearer" and kind == "invalid_token":
            parameters |= {"error": kind, "error_description": text}
        header = challenge(self._asks_for, **parameters)
        return _denied(403 if from_script else 401, header, {"msg": text, "type": kind})


def _basic_token(value: str) -> str | None:
    """Return the token of HTTP Basic, as password or as user name; None where that is unclear."""
    pair = basic_pair(value)
    if pair is None or ":" in pair[1]:
        return None
    name, password = pair
    if name == OAUTH_USER:
        return password
    both_are_tokens = name.startswith("gt-") and password.startswith("gt-")
    return None if both_are_tokens and name != password else name


def _malformed(host: str) -> DeniedError:
    text = _EXPLAINED["invalid_request"]
    header = challenge("Bearer", realm=host, error="invalid_request", error_description=text)
    detail = {"loc": ["header", "Authorization"], "msg": text, "type": "invalid_request"}
    return _denied(400, header, [detail])


def _insufficient(host: str, scope: str) -> DeniedError:
    text = "The token lacks a scope"
    header = challenge(
        "Bearer", realm=host, error="insufficient_scope", error_description=text, scope=scope
    )
    return _denied(403, header, {"msg": text, "type": "permission_denied"})


def _denied(status: int, header: str, detail: object) -> DeniedError:
    body = json.dumps({"detail": detail})
    return DeniedError(status, body, "application/json", {"WWW-Authenticate": header})
