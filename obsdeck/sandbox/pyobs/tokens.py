"""Tokens without an end, and how a header is read (``pyobs-archive.md``, 1)."""

import json
import secrets

from tornado.httputil import HTTPServerRequest

from obsdeck.sandbox.accounts.guard import Admission, DeniedError, authorization
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.pyobs.generations import Generation

_NOTHING = "Authentication credentials were not provided."


class PyobsTokens:
    """One token for each person, made when it is first asked for and the same from then on."""

    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}
        self._people: dict[str, Person] = {}

    def of(self, person: Person) -> str:
        """Return the token of a person."""
        token = self._tokens.setdefault(person.name, secrets.token_hex(20))
        self._people[token] = person
        return token

    def find(self, token: str) -> Person | None:
        """Return whose token this is, None if it is nobody's."""
        return self._people.get(token)


class PyobsGuard:
    """Asks for ``Authorization: Token <40 hex>``."""

    def __init__(self, tokens: PyobsTokens, generation: Generation) -> None:
        self._tokens = tokens
        self._generation = generation

    def __call__(self, request: HTTPServerRequest) -> Admission:
        """Return who asks; see ``Guard``."""
        if self._generation.is_public:
            return Admission()
        return Admission(self._person(request))

    def _person(self, request: HTTPServerRequest) -> Person:
        scheme, token = authorization(request) or ("", "")
        if scheme == "bearer" and self._generation.bearer_breaks:
            raise broken()
        if scheme != "token":
            raise self._denied(_NOTHING)
        if not token:
            raise self._denied("Invalid token header. No credentials provided.")
        if " " in token:
            raise self._denied("Invalid token header. Token string should not contain spaces.")
        person = self._tokens.find(token)
        if person is None:
            raise self._denied("Invalid token.")
        if not person.is_active:
            raise self._denied("User inactive or deleted.")
        return person

    def _denied(self, detail: str) -> DeniedError:
        headers = {"WWW-Authenticate": "Token", "Allow": self._generation.allowed}
        return DeniedError(401, json.dumps({"detail": detail}), "application/json", headers)


def broken() -> DeniedError:
    """Return the answer of a server that stumbled."""
    page = "<!doctype html><html lang=en><head><title>Server Error (500)</title></head></html>"
    return DeniedError(500, page, "text/html; charset=utf-8")
