"""Credentials this process finds by itself, without a running server."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from obsdeck.archives.archive import Archive, binding
from obsdeck.credentials.kinds import KINDS
from obsdeck.credentials.places import Surroundings
from obsdeck.signin.finding import Finder
from obsdeck.signin.held import Held
from obsdeck.signin.holdings import choose
from obsdeck.signin.identity import OWNER
from obsdeck.signin.vault.base import Vault
from obsdeck.signin.vault.choice import vaults_in_use


@dataclass(frozen=True)
class Local:
    """The owner's vaults, and the places where archives' own tools keep credentials.

    Attributes
    ----------
    vaults
        Gives those that outlive a server.
    clock
        Unix time in seconds.
    """

    vaults: Callable[[], Sequence[Vault]] = vaults_in_use
    clock: Callable[[], float] = time.time

    def held(self, archive: Archive, *, set_aside: bool = False) -> Held | None:
        """Return the credential in use, None where there is none; it may have ended.

        Parameters
        ----------
        archive
            The archive.
        set_aside
            Whether a running server knows that the user signed out of what is found.
        """
        contents = [vault.read(OWNER.key) for vault in self.vaults()]
        stored = [c.entries[archive.id] for c in contents if archive.id in c.entries]
        # One obtained under another definition could go to somebody else.
        bound = [held for held in stored if held.fingerprint == binding(archive)]
        typed = max(bound, key=lambda held: held.credential.obtained, default=None)
        is_aside = set_aside or any(archive.id in c.aside for c in contents)
        return choose(typed, self.found(archive), is_aside, self.clock()).held

    def found(self, archive: Archive) -> Held | None:
        """Return what this process's own environment and files hold."""
        return Finder(KINDS, Surroundings.here(), self.clock)(archive)

    def archives(self) -> list[Archive]:
        """Return shipped, packages' and the user's own archives."""
        # Its JSON Schema package can take seconds to load, and most kernels have a server.
        from obsdeck.archives.store import ArchiveStore  # noqa: PLC0415
        from obsdeck.archives.user import UserFile  # noqa: PLC0415
        from obsdeck.config import data_folder  # noqa: PLC0415

        return ArchiveStore(UserFile(data_folder() / "archives.json")).all()
