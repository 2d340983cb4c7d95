"""What signs a person in to an archive, and how a request shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from obsdeck.credentials.secret import Secret

Keep = Literal["page", "session", "keyring", "file"]
"""How long a credential is kept: until the page closes, until Jupyter stops, or stored."""

PlaceKind = Literal["here", "environment", "file", "hub"]
"""Where a credential came from: typed in the page, or found where the archive's tools keep it."""


@dataclass(frozen=True)
class Place:
    """Where a credential came from.

    Attributes
    ----------
    kind
        `here` for one that was typed in the page.
    name
        Environment variable or file as it is told to the user; empty for `here`.
    kept
        How long one from `here` is kept; None for those that were found.
    """

    kind: PlaceKind
    name: str = ""
    kept: Keep | None = None


@dataclass(frozen=True)
class Credential:
    """A credential with what is known of it.

    Attributes
    ----------
    kind
        Sign-in kind of the definition it belongs to.
    secret
        Token, key, or for `basic` the password; a password that buys a token is never kept.
    who
        User name as the archive knows it, None where it does not tell.
    roles
        Roles or scopes, in the archive's own words.
    expires
        Unix time in seconds from which on it is not used any more; None where no end is known.
    obtained
        Unix time in seconds of the sign-in, or of the discovery.
    checked
        Unix time in seconds at which the archive last accepted it, None if never asked.
    facts
        What the kind must remember besides, nothing secret (pyobs: its server generation).
    """

    kind: str
    secret: Secret
    who: str | None = None
    roles: tuple[str, ...] = ()
    expires: float | None = None
    obtained: float = 0.0
    checked: float | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Signature:
    """What is added to a request that is made in somebody's name.

    Attributes
    ----------
    headers
        Header lines by name, `Authorization` for instance.
    parameters
        Form or query parameters by name (MMODA's `token`), added beside the request's own.
    """

    headers: Mapping[str, Secret] = field(default_factory=dict)
    parameters: Mapping[str, Secret] = field(default_factory=dict)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Everything that is added."""
        return (*self.headers.values(), *self.parameters.values())
