"""What a session needs to know of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Place, Signature

State = Literal["none", "signed-out", "signed-in", "expired"]
"""`none`: the archive has no signing in."""


STATES: Mapping[State, str] = {
    "none": "no accounts",
    "signed-out": "not signed in",
    "signed-in": "signed in",
    "expired": "expired",
}
"""In words."""


@dataclass(frozen=True, repr=False)
class Standing:
    """Who this kernel is at an archive; nothing secret.

    Attributes
    ----------
    archive
        The archive.
    state
        Whether somebody is signed in.
    who
        User name as the archive knows it, an e-mail address without its host; None where it
        does not tell.
    expires
        Unix time in seconds from which on the credential is not used, None if not known.
    place
        Where the credential comes from.
    """

    archive: Archive
    state: State
    who: str | None = None
    expires: float | None = None
    place: Place | None = None

    def __repr__(self) -> str:
        who = f" as {self.who}" if self.who else ""
        return f"<{self.archive.name}: {STATES[self.state]}{who}>"


class Holder(Protocol):
    """Where sessions get definitions and signatures from, anew at every request."""

    def archives(self) -> list[Archive]:
        """Return all archives in the order of menus."""
        ...

    def archive(self, archive_id: str) -> Archive:
        """Return one archive.

        Raises
        ------
        ObsdeckError
            `not-found`.
        """
        ...

    def signature(self, archive: Archive) -> Signature | None:
        """Return what a request carries, None where the archive has no signing in.

        Raises
        ------
        SignInError
            `not-signed-in` or `expired`.
        """
        ...

    def refused(self, archive: Archive) -> None:
        """Take note that the archive answered 401 to a signed request."""
        ...

    def standing(self, archive: Archive) -> Standing:
        """Return who this kernel is at an archive."""
        ...
