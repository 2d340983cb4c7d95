"""Which of the credentials somebody has is the one in use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from obsdeck.accounts.held import Contents, Held
from obsdeck.accounts.identity import Identity
from obsdeck.accounts.leases import Leases
from obsdeck.accounts.vault.base import Vault
from obsdeck.accounts.vault.memory import MemoryVault
from obsdeck.archives.archive import Archive, binding
from obsdeck.credentials.credential import Credential, Keep, Place

Find = Callable[[Archive], Held | None]
"""Looks where the archive's own tools keep credentials (blocking)."""


@dataclass(frozen=True)
class Standing:
    """How an identity stands with an archive.

    Attributes
    ----------
    held
        The credential in use, None where there is none.
    found
        The one found where the archive's tools keep theirs, in use or not.
    """

    held: Held | None = None
    found: Held | None = None

    @property
    def credential(self) -> Credential | None:
        """The credential in use."""
        return self.held.credential if self.held else None

    @property
    def beside(self) -> Place | None:
        """Where a credential was found that is not in use."""
        if self.found is None or self.held is self.found:
            return None
        return self.found.place


def has_ended(credential: Credential, now: float) -> bool:
    """Tell whether a credential is used no more."""
    return credential.expires is not None and credential.expires <= now


def choose(typed: Held | None, found: Held | None, aside: bool, now: float) -> Standing:
    """Choose the credential in use.

    What the archive's own tools would use comes first, unless the user signed in over it or
    signed out of it; a credential that has ended gives way to one that has not.
    """
    usable = None if aside or (typed is not None and typed.over_found) else found
    order = [held for held in (usable, typed) if held is not None]
    fresh = [held for held in order if not has_ended(held.credential, now)]
    return Standing(next(iter([*fresh, *order]), None), found)


@dataclass
class Holdings:
    """Credentials of all identities: in memory, stored, and found.

    Attributes
    ----------
    stored
        Vault that outlives the server, None where the administrator wants none.
    find
        Looks for credentials of the owner.
    leases
        Open pages.
    clock
        Unix time in seconds.
    """

    stored: Vault | None
    find: Find
    leases: Leases
    clock: Callable[[], float]
    memory: MemoryVault = field(default_factory=MemoryVault)

    @property
    def choices(self) -> tuple[Keep, ...]:
        """How long a credential can be kept."""
        return ("page", "session", *([self.stored.keep] if self.stored else []))

    async def standings(
        self, identity: Identity, archives: Iterable[Archive]
    ) -> dict[str, Standing]:
        """Return how an identity stands with each archive."""
        if not identity.enabled:
            return {archive.id: Standing() for archive in archives}
        archives = list(archives)
        stored, found = await asyncio.to_thread(self._look, identity, archives)
        memory = self.memory.read(identity.key)
        aside = stored.aside if self.stored else memory.aside
        now = self.clock()
        result = {}
        for archive in archives:
            typed = await self._valid(identity, archive, stored, memory)
            result[archive.id] = choose(typed, found.get(archive.id), archive.id in aside, now)
        return result

    async def standing(self, identity: Identity, archive: Archive) -> Standing:
        """Return how an identity stands with one archive."""
        return (await self.standings(identity, [archive]))[archive.id]

    async def put(self, identity: Identity, archive: Archive, held: Held) -> None:
        """Keep a credential as its place says, and nowhere else."""
        await self.drop(identity, archive)
        vault = self._vault(held)
        await asyncio.to_thread(vault.put, identity.key, archive.id, held)

    async def drop(self, identity: Identity, archive: Archive) -> None:
        """Forget what was typed."""
        self.memory.drop(identity.key, archive.id)
        if self.stored is not None:
            await asyncio.to_thread(self.stored.drop, identity.key, archive.id)

    async def set_aside(self, identity: Identity, archive: Archive, aside: bool) -> None:
        """Leave what is found alone, or take it up again."""
        vault = self.stored or self.memory
        await asyncio.to_thread(vault.set_aside, identity.key, archive.id, aside)

    async def problems(self, identity: Identity) -> tuple[str, ...]:
        """Return what the user should know of the stored ones."""
        if self.stored is None or not identity.enabled:
            return ()
        return await asyncio.to_thread(self.stored.problems, identity.key)

    def _vault(self, held: Held) -> Vault:
        if self.stored is not None and held.place.kept == self.stored.keep:
            return self.stored
        return self.memory

    def _look(
        self, identity: Identity, archives: list[Archive]
    ) -> tuple[Contents, Mapping[str, Held]]:
        stored = self.stored.read(identity.key) if self.stored else Contents()
        if not identity.is_owner:
            return stored, {}
        found = {archive.id: self.find(archive) for archive in archives}
        return stored, {key: held for key, held in found.items() if held is not None}

    async def _valid(
        self, identity: Identity, archive: Archive, stored: Contents, memory: Contents
    ) -> Held | None:
        """Return what was typed; one of a closed page or of another definition is forgotten."""
        held = memory.entries.get(archive.id) or stored.entries.get(archive.id)
        if held is None:
            return None
        is_open = held.page is None or self.leases.is_open(identity.key, held.page)
        if is_open and held.fingerprint == binding(archive):
            return held
        await self.drop(identity, archive)
        return None
