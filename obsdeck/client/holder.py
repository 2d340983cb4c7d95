"""What a session needs to know of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Place, Signature

State = Literal["none", "signed-out", "signed-in", "expired"]
"""`none`: the archive has no signing in."""


@dataclass(frozen=True)
class Standing:
    """Who this kernel is at an archive; nothing secret.

    Attributes
    ----------
    archive
        The archive.
    state
        Whether somebody is signed in.
    who
        User name as the archive knows it, None where it does not tell.
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

    def standing(self, archive: Archive) -> Standing:
        """Return who this kernel is at an archive."""
        ...
