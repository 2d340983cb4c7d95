"""Opaque tokens: random texts whose meaning only the one who gave them knows."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from obsdeck.sandbox.accounts.people import Person

#: Returns Unix time in seconds.
Clock = Callable[[], float]


@dataclass(frozen=True)
class Grant:
    """What a token stands for.

    Attributes
    ----------
    person
        Whose it is.
    scopes
        What it allows, in the words of the system.
    expires
        Unix time in seconds at which it ends, None for never.
    """

    person: Person
    scopes: tuple[str, ...] = ()
    expires: float | None = None


class TokenStore:
    """The tokens of one system, in memory."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._grants: dict[str, Grant] = {}

    def add(self, token: str, grant: Grant) -> str:
        """Remember a token and return it."""
        self._grants[token] = grant
        return token

    def find(self, token: str) -> Grant | None:
        """Return what a token stands for, None if it is unknown, revoked or over."""
        grant = self._grants.get(token)
        if grant is None or (grant.expires is not None and grant.expires <= self._clock()):
            return None
        return grant

    def revoke_of(self, person: Person) -> None:
        """Forget every token of a person."""
        self._grants = {t: grant for t, grant in self._grants.items() if grant.person != person}


def rubin_token() -> str:
    """Return a new token shaped as the Rubin Science Platform makes them (``rubin.md``, 2)."""
    return f"gt-{secrets.token_urlsafe(16)}.{secrets.token_urlsafe(16)}"
