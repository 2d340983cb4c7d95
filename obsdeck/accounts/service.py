"""Signing in and out, and what a request carries (`api/accounts`, the gateway, kernels)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from obsdeck.accounts import faults
from obsdeck.accounts.account import account_json, kind_of
from obsdeck.accounts.fields import read_fields
from obsdeck.accounts.held import Held
from obsdeck.accounts.holdings import Holdings, Standing
from obsdeck.accounts.identity import Identity
from obsdeck.accounts.troubles import Troubles
from obsdeck.accounts.turns import Turns
from obsdeck.accounts.wallet import AccountWallet
from obsdeck.archives.archive import Archive, binding
from obsdeck.archives.store import ArchiveStore
from obsdeck.credentials.credential import Keep, Place
from obsdeck.credentials.kinds.base import Ask, SignIn

PATIENCE_SECONDS = 60.0
"""How long an archive may take for a sign-in, all its requests together."""

T = TypeVar("T")


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
    """

    store: ArchiveStore
    kinds: Mapping[str, SignIn]
    ask: Ask
    holdings: Holdings
    usual: str = "session"
    clock: Callable[[], float] = time.time
    _turns: Turns = field(default_factory=Turns)

    def __post_init__(self) -> None:
        self._troubles = Troubles(self.clock)

    async def list(self, identity: Identity, page: str | None = None) -> dict[str, Any]:
        """Return `IAccountList`; also the sign of life of a page."""
        if page is not None:
            self.holdings.leases.beat(identity.key, page)
        archives = self.store.all()
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
            self.holdings.leases.beat(identity.key, page or "")
        turn = self._turns.take(identity, archive)
        credential = await _patiently(archive, kind.sign_in(archive, fields, self.ask))
        async with self._turns.lock(identity, archive):
            self._turns.check(identity, archive, turn)
            before = await self.holdings.standing(identity, archive)
            held = Held(
                credential,
                place,
                binding(archive),
                page if place.kept == "page" else None,
                over_found=before.found is not None,
            )
            await self.holdings.put(identity, archive, held)

    async def sign_out(self, identity: Identity, archive: Archive) -> None:
        """Forget what was typed, and leave alone what was found."""
        identity.check_enabled(archive.id)
        self._turns.take(identity, archive)
        async with self._turns.lock(identity, archive):
            standing = await self.holdings.standing(identity, archive)
            await self.holdings.drop(identity, archive)
            if standing.found is not None:
                await self.holdings.set_aside(identity, archive, True)

    def wallet(self, identity: Identity) -> AccountWallet:
        """Return what signs the requests of an identity."""
        return AccountWallet(identity, self.kinds, self.holdings, self._troubles, self.clock)

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


async def _patiently(archive: Archive, asking: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await asking
    except TimeoutError:
        raise faults.too_slow(archive, PATIENCE_SECONDS) from None
