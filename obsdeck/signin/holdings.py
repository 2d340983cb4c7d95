"""Which of the credentials somebody has is the one in use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from obsdeck.archives.archive import Archive, binding
from obsdeck.credentials.credential import Credential, Keep, Place
from obsdeck.errors import ObsdeckError
from obsdeck.signin.held import Contents, Held
from obsdeck.signin.identity import Identity
from obsdeck.signin.leases import Leases
from obsdeck.signin.vault.base import Vault
from obsdeck.signin.vault.memory import MemoryVault

T = TypeVar("T")

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
    typed
        The one typed in the page, in use or not.
    """

    held: Held | None = None
    found: Held | None = None
    typed: Held | None = None

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
    return Standing(next(iter([*fresh, *order]), None), found, typed)


@dataclass
class Holdings:
    """Credentials of all identities: in memory, stored, and found.

    Attributes
    ----------
    choose_vault
        Gives the vault that outlives the server, None where there is none; blocking, called
        once and not before somebody wants to know.
    find
        Looks for credentials of the owner.
    leases
        Open pages.
    clock
        Unix time in seconds.
    """

    choose_vault: Callable[[], Vault | None]
    find: Find
    leases: Leases
    clock: Callable[[], float]
    memory: MemoryVault = field(default_factory=MemoryVault)
    _threads: Executor = field(
        default_factory=lambda: ThreadPoolExecutor(4, "obsdeck-accounts"), repr=False
    )
    _choosing: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    _chosen: tuple[Vault | None] | None = None
    _unread: dict[str, ObsdeckError] = field(default_factory=dict)
    _learned: dict[tuple[str, str], Credential] = field(default_factory=dict, repr=False)

    async def choices(self) -> tuple[Keep, ...]:
        """Return how long a credential can be kept."""
        stored = await self._stored()
        return ("page", "session", *([stored.keep] if stored else []))

    async def standings(
        self, identity: Identity, archives: Iterable[Archive]
    ) -> dict[str, Standing]:
        """Return how an identity stands with each archive."""
        archives = list(archives)
        if not identity.enabled:
            return {archive.id: Standing() for archive in archives}
        vault = await self._stored()
        stored, found = await self._apart(self._look, vault, identity, archives)
        memory = self.memory.read(identity.key)
        aside = memory.aside | stored.aside
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
        """Keep a credential as its place says, and nowhere else.

        Raises
        ------
        ObsdeckError
            `unavailable` when it cannot be stored; an earlier one then stays.
        """
        stored = await self._stored()
        if stored is not None and held.place.kept == stored.keep:
            await self._apart(stored.put, identity.key, archive.id, held)
            self.memory.drop(identity.key, archive.id)
            return
        if stored is not None:
            await self._apart(stored.drop, identity.key, archive.id)
        self.memory.put(identity.key, archive.id, held)

    async def drop(self, identity: Identity, archive: str) -> None:
        """Forget what was typed for an archive, by its id."""
        self.memory.drop(identity.key, archive)
        stored = await self._stored()
        if stored is not None:
            await self._apart(stored.drop, identity.key, archive)

    async def set_aside(self, identity: Identity, archive: Archive, aside: bool) -> None:
        """Leave what is found alone, or take it up again."""
        vault = await self._stored() or self.memory
        await self._apart(vault.set_aside, identity.key, archive.id, aside)

    async def problems(self, identity: Identity) -> tuple[str, ...]:
        """Return what the user should know of the stored ones."""
        stored = await self._stored()
        if stored is None or not identity.enabled:
            return ()
        unread = self._unread.get(identity.key)
        told = await self._apart(stored.problems, identity.key)
        return (*([unread.message] if unread else []), *told)

    def learn(self, identity: Identity, archive: Archive, credential: Credential) -> None:
        """Remember what is known of a found credential, for as long as the same is found."""
        self._learned[identity.key, archive.id] = credential

    def beat(self, identity: Identity, page: str) -> None:
        """Take a page's sign of life; one that comes too late revives nothing.

        Raises
        ------
        ObsdeckError
            `rejected` for what is no id of a page.
        """
        self.forget_closed_pages()
        self.leases.beat(identity.key, page)

    def forget_closed_pages(self) -> None:
        """Forget what was to be kept until a page closes, without waiting for a request."""
        self.memory.keep_only(
            lambda key, held: held.page is None or self.leases.is_open(key, held.page)
        )

    def unread(self, identity: Identity) -> ObsdeckError | None:
        """Return why the stored ones could not be read the last time, None if they could."""
        return self._unread.get(identity.key)

    async def _apart(self, function: Callable[..., T], *args: Any) -> T:
        """Call what may block in a thread of our own: a keyring that hangs stops nobody else."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)

    async def _stored(self) -> Vault | None:
        async with self._choosing:
            if self._chosen is None:
                self._chosen = (await self._apart(self.choose_vault),)
            return self._chosen[0]

    def _look(
        self, vault: Vault | None, identity: Identity, archives: list[Archive]
    ) -> tuple[Contents, Mapping[str, Held]]:
        stored = Contents()
        try:
            stored = vault.read(identity.key) if vault else stored
            self._unread.pop(identity.key, None)
        except ObsdeckError as error:  # what is in memory and what is found still serves
            self._unread[identity.key] = error
        if not identity.is_owner:
            return stored, {}
        found = {archive.id: self.find(archive) for archive in archives}
        return stored, {
            key: self._with_learned(identity, key, held)
            for key, held in found.items()
            if held is not None
        }

    def _with_learned(self, identity: Identity, archive: str, found: Held) -> Held:
        known = self._learned.get((identity.key, archive))
        if known is None or known.secret != found.credential.secret:
            return found
        return replace(found, credential=known)

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
        await self.drop(identity, archive.id)
        return None
