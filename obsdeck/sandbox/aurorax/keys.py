"""API keys and sessions, and the role of the account they stand for (``aurorax.md``, 1)."""

import secrets

from tornado.httputil import HTTPServerRequest

from obsdeck.sandbox.accounts.guard import authorization
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.accounts.store import Clock, Grant, TokenStore

HEADER = "x-aurorax-api-key"

#: Seconds a session lasts after its last use.
IDLE = 1_800


class AuroraxKeys:
    """The keys of the accounts, one each, and the sessions."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keys = TokenStore(clock)
        self._sessions = TokenStore(clock)

    def issue(self, person: Person) -> str:
        """Return a new key; the one before is no longer valid."""
        self._keys.revoke_of(person)
        end = None if person.lifetime is None else self._clock() + person.lifetime
        return self._keys.add(secrets.token_hex(20), Grant(person, expires=end))

    def begin_session(self, person: Person) -> str:
        """Return the token of a new session."""
        return self._extended(secrets.token_urlsafe(24), person)

    def end_session(self, request: HTTPServerRequest) -> None:
        """End the session of a request."""
        person = self.person_of(request)
        if person is not None:
            self._sessions.revoke_of(person)

    def is_signed(self, request: HTTPServerRequest) -> bool:
        """Tell whether a request carries a key or a session at all."""
        return HEADER in request.headers or authorization(request) is not None

    def person_of(self, request: HTTPServerRequest) -> Person | None:
        """Return who asks, None for anonymous and for a bad key."""
        grant = self._keys.find(request.headers.get(HEADER, ""))
        scheme, token = authorization(request) or ("", "")
        if grant is None and scheme == "bearer":
            grant = self._sessions.find(token)
            if grant is not None:
                self._extended(token, grant.person)
        return grant.person if grant is not None else None

    def _extended(self, token: str, person: Person) -> str:
        return self._sessions.add(token, Grant(person, expires=self._clock() + IDLE))


def role_of(person: Person) -> str:
    """Return the role of an account as the user object names it."""
    if not person.has_all_rights:
        return "user"
    return "administrator" if person.lifetime is None else "owner"
