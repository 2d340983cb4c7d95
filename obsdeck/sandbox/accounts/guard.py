"""What a service asks of a request before it answers."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tornado.httputil import HTTPServerRequest

from obsdeck.sandbox.accounts.people import Person

PLAIN = "text/plain; charset=utf-8"


@dataclass
class DeniedError(Exception):
    """A request that is refused, with the answer it gets.

    Attributes
    ----------
    status, body, mime
        The answer.
    headers
        Further header lines; ``WWW-Authenticate`` for one.
    """

    status: int
    body: str = ""
    mime: str = PLAIN
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Admission:
    """A request that is answered.

    Attributes
    ----------
    person
        Who asks, None for anonymous.
    headers
        What the answer tells besides, of quotas for instance.
    """

    person: Person | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Guard(Protocol):
    """Lets a request in, or refuses it."""

    def __call__(self, request: HTTPServerRequest) -> Admission:
        """Return who asks.

        Raises
        ------
        DeniedError
            If the request is not answered.
        """
        ...


class _Open:
    def __call__(self, request: HTTPServerRequest) -> Admission:
        return Admission()


#: Lets everybody in and looks at nothing.
ANYBODY: Guard = _Open()


def challenge(scheme: str, **parameters: str) -> str:
    """Return one challenge of ``WWW-Authenticate`` (RFC 9110, 11.6.1)."""
    quoted = ", ".join(f'{name}="{value}"' for name, value in parameters.items())
    return f"{scheme} {quoted}".rstrip()


def authorization(request: HTTPServerRequest) -> tuple[str, str] | None:
    """Return scheme in lower case and value of the ``Authorization`` header, None without one."""
    line = request.headers.get("Authorization")
    if line is None:
        return None
    scheme, _, value = line.strip().partition(" ")
    return scheme.lower(), value.strip()


def basic_pair(value: str) -> tuple[str, str] | None:
    """Return user name and password of HTTP Basic (RFC 7617), None for what is neither."""
    try:
        name, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None
