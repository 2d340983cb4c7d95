"""What a way of signing in must be able to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.redact import redact
from obsdeck.credentials.secret import Secret

Renewal = Literal["alone", "asks", "none"]
"""What Renew does: the server half alone, the dialog again, or nothing as there is no end."""


_READABLE = 16_384
"""Bytes of an answer that may be shown."""


@dataclass(frozen=True)
class SmallAnswer:
    """An answer that was read whole (at most 1 MiB), with every known secret masked in `text`.

    Attributes
    ----------
    status
        HTTP status; redirects are not followed by `Ask`.
    headers
        Header lines by lower-case name; several of one name are joined with a comma.
    body
        The body as it came, for the one place that reads a token from it.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def text(self) -> str:
        """Return the beginning of the body to be shown; what is no UTF-8 is replaced.

        Longer texts are no sentences, and to search a megabyte would hold up everybody.
        """
        return redact(self.body[:_READABLE].decode("utf-8", "replace"))


class Ask(Protocol):
    """The way from a sign-in to the archive: checked addresses, no redirects, nothing logged."""

    async def __call__(  # noqa: PLR0913 - the parts of a request
        self,
        archive: Archive,
        method: str,
        url: str,
        *,
        query: Mapping[str, str | Secret] | None = None,
        form: Mapping[str, str | Secret] | None = None,
        json: object | None = None,
        headers: Mapping[str, str | Secret] | None = None,
    ) -> SmallAnswer:
        """Send one request.

        Raises
        ------
        ObsdeckError
            When no answer came; an address outside the definition is `refused-address`.
        """
        ...


class SignIn(Protocol):
    """One way of signing in (the definition's `signIn.kind`)."""

    @property
    def asks(self) -> tuple[str, ...]:
        """What the user is asked for: `username`, `password`, `token` or `key`, in this order.

        Where `token` stands beside `username` and `password`, one or the other is given.
        """
        ...

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Make a credential of what was typed; the fields are forgotten afterwards.

        Raises
        ------
        ObsdeckError
            `not-signed-in` when the archive does not accept them (one message for a wrong name
            and a wrong password), `rejected` for what cannot be a token.
        """
        ...

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Make a credential of a text that was found in a place; None if it is none."""
        ...

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Ask the archive who it is, where the archive can tell.

        Raises
        ------
        ObsdeckError
            `expired` or `not-signed-in` when it is not accepted any more.
        """
        ...

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Get a newer one without asking the user, None where only a new sign-in helps."""
        ...

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Say what `renew` can do for this credential, without asking anybody."""
        ...

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Return what a request carries."""
        ...
