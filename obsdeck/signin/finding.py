"""Credentials that the archives' own tools keep, as holdings of the owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds.base import SignIn
from obsdeck.credentials.places import Found, Surroundings, discover
from obsdeck.credentials.writeback import write_back
from obsdeck.signin.account import kind_of
from obsdeck.signin.held import Held


@dataclass(frozen=True)
class Finder:
    """Looks at every use, so that a file that was refreshed counts at once (blocking).

    Attributes
    ----------
    kinds
        Ways of signing in by `signIn.kind`.
    around
        Environment and folders of the server's process.
    clock
        Unix time in seconds.
    """

    kinds: Mapping[str, SignIn]
    around: Surroundings
    clock: Callable[[], float]

    def __call__(self, archive: Archive) -> Held | None:
        """Return what is found for an archive, None where there is nothing of use."""
        kind = self.kinds.get(kind_of(archive))
        if kind is None:
            return None
        found = next(discover(archive, kind, self.around, self.clock()), None)
        return Held(found.credential, found.place) if found else None

    def write_back(self, archive: Archive, old: Held, new: Credential) -> bool:
        """Put a renewed credential to where the old one was found, and say whether it is there.

        Raises
        ------
        OSError
            If the file cannot be written; the old one is untouched then.
        """
        was = Found(old.place, old.credential)
        return write_back(archive, was, new, self.around, self.clock())
