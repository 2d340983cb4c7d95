"""Signing in and out, and what a request carries (`api/accounts`, the gateway, kernels)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from obsdeck.archives.archive import Archive, binding
from obsdeck.archives.store import ArchiveStore
from obsdeck.credentials.credential import Credential, Keep, Place
from obsdeck.credentials.kinds.base import Ask, SignIn
from obsdeck.errors import ObsdeckError
from obsdeck.signin import faults
from obsdeck.signin.account import account_json, kind_of
from obsdeck.signin.fields import read_fields
from obsdeck.signin.held import Held
from obsdeck.signin.holdings import Holdings, Standing
from obsdeck.signin.identity import Identity
from obsdeck.signin.troubles import Troubles
from obsdeck.signin.turns import Turns
from obsdeck.signin.wallet import AccountWallet

PATIENCE_SECONDS = 60.0
"""How long an archive may take for a sign-in, all its requests together."""

T = TypeVar("T")

Watcher = Callable[[Identity, str], None]
"""Told that an identity has a new credential for an archive, by its id."""

WriteBack = Callable[[Archive, Held, Credential], bool]
"""Puts a renewed credential to where the old one was found (blocking); says whether it did."""

_NOT_ACCEPTED = frozenset({"expired", "not-signed-in"})


def nowhere(_archive: Archive, _old: Held, _new: Credential) -> bool:
    """Write nothing back (the default `WriteBack`)."""
    return False


@dataclass
class Accounts:
    """Accounts of all identities.

    Attributes
    ----------
    store
        Archives.
    kinds
        Ways of signing in by `signIn.kind`.
    ask
        The way to the archives.
    holdings
        Where credentials are kept.
    usual
        The choice of “Keep me signed in” that is proposed: `page`, `session` or `stored`.
    clock
        Unix time in seconds.
    write_back
        Puts a renewed credential to where the old one was found.
    watchers
        Told after each sign-in and renewal.
    """

    store: ArchiveStore
    kinds: Mapping[str, SignIn]
    ask: Ask
    holdings: Holdings
    usual: str = "session"
    clock: Callable[[], float] = time.time
    write_back: WriteBack = nowhere
    watchers: list[Watcher] = field(default_factory=list)
    _turns: Turns = field(default_factory=Turns)
    _renewing: dict[tuple[str, str], asyncio.Lock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._troubles = Troubles(self.clock)

    async def list(self, identity: Identity, page: str | None = None) -> dict[str, Any]:
        """Return `IAccountList`; also the sign of life of a page."""
        if page is not None and identity.enabled:
            self.holdings.beat(identity, page)
        archives = [archive for archive in self.store.all() if not archive.only_resolves]
        standings = await self.holdings.standings(identity, archives)
        choices = await self.holdings.choices()
        return {
            "accounts": [self._json(identity, a, standings[a.id]) for a in archives],
            "now": self.clock(),
            "signIn": {"enabled": identity.enabled, "reason": identity.reason},
            "keep": {
                "choices": list(choices),
                "usual": self._usual(choices),
            },
            "problems": list(await self.holdings.problems(identity)),
        }

    async def account(self, identity: Identity, archive: Archive) -> dict[str, Any]:
        """Return `IAccount`."""
        return self._json(identity, archive, await self.holdings.standing(identity, archive))

    def leave(self, identity: Identity, page: str) -> None:
        """Take note that a page closes."""
        self.holdings.leases.leave(identity.key, page)

    async def sign_in(
        self, identity: Identity, archive: Archive, typed: object, keep: object, page: str | None
    ) -> None:
        """Sign in with what was typed, which is forgotten afterwards.

        Raises
        ------
        ObsdeckError
            `not-signed-in` when the archive does not accept it, `rejected` for what cannot
            be a request, `cancelled` when the user signed in or out again meanwhile.
        """
        kind = self._kind(identity, archive)
        place = Place("here", kept=await self._keep(archive, keep))
        fields = read_fields(archive, typed)
        if place.kept == "page":
            self.holdings.beat(identity, page or "")
        turn = self._turns.take(identity, archive.id)
        credential = await _patiently(archive, kind.sign_in(archive, fields, self.ask))
        held = Held(credential, place, binding(archive), page if place.kept == "page" else None)
        # What has been bought is kept even if the page goes away in this very moment.
        await asyncio.shield(self._keep_typed(identity, archive, held, turn))
        self._tell(identity, archive)

    async def use(self, identity: Identity, archive: Archive, place: object) -> None:
        """Use what was found, in place of what was typed.

        Raises
        ------
        ObsdeckError
            `not-found` when it is not at that place (any more).
        """
        self._kind(identity, archive)
        turn = self._turns.take(identity, archive.id)
        async with self._turns.lock(identity, archive.id):
            self._turns.check(identity, archive, turn)
            standing = await self.holdings.standing(identity, archive)
            found, typed = standing.found, standing.typed
            if found is None or not _is_named(found.place, place):
                raise faults.not_found(archive)
            await self.holdings.set_aside(identity, archive, False)
            if typed is not None and typed.over_found:
                await self.holdings.put(identity, archive, replace(typed, over_found=False))
        self._tell(identity, archive)

    async def check(self, identity: Identity, archive: Archive) -> None:
        """Ask the archive whether it accepts the credential, and remember what it says.

        Raises
        ------
        ObsdeckError
            When the archive could not be asked; that it does not accept it is no failure.
        """
        kind = self._kind(identity, archive)
        turn = self._turns.current(identity, archive.id)
        held = await self._held(identity, archive)
        try:
            asking = kind.check(archive, held.credential, self.ask)
            checked = await _patiently(archive, asking)
        except ObsdeckError as error:
            self._note(identity, archive, held, error)
            if error.kind not in _NOT_ACCEPTED:
                raise
        else:
            self._troubles.clear(identity, archive)
            await self._learn(identity, archive, held, checked, turn)

    async def renew(self, identity: Identity, archive: Archive) -> bool:
        """Get a newer credential without asking the user.

        Returns
        -------
        bool
            False where only a new sign-in helps.

        Raises
        ------
        ObsdeckError
            When the archive refuses, or could not be asked.
        """
        kind = self._kind(identity, archive)
        turn = self._turns.current(identity, archive.id)
        before = await self._held(identity, archive)
        async with self._renewing.setdefault((identity.key, archive.id), asyncio.Lock()):
            held = await self._held(identity, archive)
            if held.credential.secret != before.credential.secret:
                return True  # another page was faster
            try:
                asking = kind.renew(archive, held.credential, self.ask)
                newer = await _patiently(archive, asking)
            except ObsdeckError as error:
                self._note(identity, archive, held, error)
                raise
            if newer is None:
                return False
            await asyncio.shield(self._replace(identity, archive, held, newer, turn))
        self._tell(identity, archive)
        return True

    async def sign_out(self, identity: Identity, archive: Archive) -> None:
        """Forget what was typed, and leave alone what was found."""
        identity.check_enabled(archive.id)
        self._turns.take(identity, archive.id)
        async with self._turns.lock(identity, archive.id):
            standing = await self.holdings.standing(identity, archive)
            await self.holdings.drop(identity, archive.id)
            if standing.found is not None:
                await self.holdings.set_aside(identity, archive, True)

    async def forget(self, identity: Identity, archive: str) -> None:
        """Forget what was typed for an archive that was removed, by its id."""
        if identity.enabled:
            self._turns.take(identity, archive)
            async with self._turns.lock(identity, archive):
                await self.holdings.drop(identity, archive)

    def wallet(self, identity: Identity) -> AccountWallet:
        """Return what signs the requests of an identity."""
        return AccountWallet(identity, self.kinds, self.holdings, self._troubles, self.clock)

    async def _keep_typed(
        self, identity: Identity, archive: Archive, held: Held, turn: int
    ) -> None:
        async with self._turns.lock(identity, archive.id):
            self._turns.check(identity, archive, turn)
            before = await self.holdings.standing(identity, archive)
            over_found = before.found is not None
            await self.holdings.put(identity, archive, replace(held, over_found=over_found))
            self._troubles.clear(identity, archive)

    async def _learn(
        self, identity: Identity, archive: Archive, held: Held, checked: Credential, turn: int
    ) -> None:
        """Remember what a check told, unless the user signed in or out meanwhile."""
        async with self._turns.lock(identity, archive.id):
            if self._turns.current(identity, archive.id) != turn:
                return
            if held.place.kind == "here":
                await self.holdings.put(identity, archive, replace(held, credential=checked))
            else:
                self.holdings.learn(identity, archive, checked)

    async def _replace(
        self, identity: Identity, archive: Archive, held: Held, newer: Credential, turn: int
    ) -> None:
        """Put a renewed credential where the old one is kept."""
        async with self._turns.lock(identity, archive.id):
            self._turns.check(identity, archive, turn)
            self._troubles.clear(identity, archive)
            if held.place.kind == "here":
                await self.holdings.put(identity, archive, replace(held, credential=newer))
                return
            try:
                written = await asyncio.to_thread(self.write_back, archive, held, newer)
            except OSError:
                written = False
                sentence = faults.not_written_back(archive, held.place.name)
                self._troubles.note(identity, archive, newer, sentence, has_ended=False)
            if written:
                self.holdings.learn(identity, archive, newer)
                return
            place = Place("here", kept="session")
            kept = Held(newer, place, binding(archive), over_found=True)
            await self.holdings.put(identity, archive, kept)

    def _tell(self, identity: Identity, archive: Archive) -> None:
        for watcher in self.watchers:
            watcher(identity, archive.id)

    async def _held(self, identity: Identity, archive: Archive) -> Held:
        standing = await self.holdings.standing(identity, archive)
        if standing.held is None:
            raise faults.not_signed_in(archive)
        return standing.held

    def _note(self, identity: Identity, archive: Archive, held: Held, error: ObsdeckError) -> None:
        has_ended = error.kind in _NOT_ACCEPTED
        self._troubles.note(identity, archive, held.credential, error.message, has_ended=has_ended)

    def _json(self, identity: Identity, archive: Archive, standing: Standing) -> dict[str, Any]:
        kind = self.kinds.get(kind_of(archive)) if identity.enabled else None
        trouble = self._troubles.of(identity, archive, standing.credential)
        return account_json(archive, kind, standing, trouble, self.clock())

    def _kind(self, identity: Identity, archive: Archive) -> SignIn:
        identity.check_enabled(archive.id)
        kind = self.kinds.get(kind_of(archive))
        if kind is None or not kind.asks:
            raise faults.no_accounts(archive)
        return kind

    def _usual(self, choices: tuple[Keep, ...]) -> Keep:
        wanted = choices[-1] if self.usual == "stored" else self.usual
        return next((choice for choice in choices if choice == wanted), "session")

    async def _keep(self, archive: Archive, wanted: object) -> Keep:
        for choice in await self.holdings.choices():
            if choice == wanted:
                return choice
        raise faults.rejected(archive, "sign-ins are not kept that way here.")


def _is_named(place: Place, named: object) -> bool:
    return isinstance(named, dict) and (named.get("kind"), named.get("name")) == (
        place.kind,
        place.name,
    )


async def _patiently(archive: Archive, asking: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await asking
    except TimeoutError:
        raise faults.too_slow(archive, PATIENCE_SECONDS) from None
