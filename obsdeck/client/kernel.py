"""The accounts of this operating-system account, as a kernel or a script sees them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from obsdeck.archives.archive import Archive, binding
from obsdeck.client.brokers import Broker, SilentBrokerError, brokers
from obsdeck.client.errors import SignInError
from obsdeck.client.holder import Standing
from obsdeck.client.local import Local
from obsdeck.client.refusals import refusal
from obsdeck.client.sealed import sealed
from obsdeck.client.words import without_host
from obsdeck.credentials.credential import Signature
from obsdeck.credentials.kinds import KINDS
from obsdeck.errors import ObsdeckError
from obsdeck.signin import faults
from obsdeck.signin.account import kind_of
from obsdeck.signin.held import Held
from obsdeck.signin.holdings import has_ended
from obsdeck.signin.vault.entry import (
    DamagedEntryError,
    credential_from_json,
    place_from_json,
)

_GO_ON = frozenset({"not-signed-in", "expired", "not-found"})
"""Failures after which another place may still have a credential."""


@dataclass(frozen=True)
class KernelAccounts:
    """Asks running servers first, which know most, then looks by itself.

    Nothing is remembered between two questions: who signs in, renews or signs out in the
    Accounts section is obeyed from the next request on.

    Attributes
    ----------
    local
        What is found without a server.
    servers
        Gives the servers to ask, in this order.
    clock
        Unix time in seconds.
    """

    local: Local = field(default_factory=Local)
    servers: Callable[[], list[Broker]] = brokers
    clock: Callable[[], float] = time.time

    def archives(self) -> list[Archive]:
        """Return all archives in the order of menus, as the servers know them if there are any."""
        known: dict[str, Archive] = {}
        for broker in self.servers():
            for archive in _definitions(broker):
                known.setdefault(archive.id, archive)
        archives = known.values() or self.local.archives()
        return sorted(archives, key=lambda a: (a.definition["rank"], a.name))

    def archive(self, archive_id: str) -> Archive:
        """Return one archive.

        Raises
        ------
        ObsdeckError
            `not-found`.
        """
        archives = self.archives()
        for archive in archives:
            if archive.id == archive_id:
                return archive
        names = ", ".join(archive.id for archive in archives)
        raise ObsdeckError(
            "not-found", f"There is no archive “{archive_id}” here. There are: {names}.", status=404
        )

    @sealed
    def signature(self, archive: Archive) -> Signature | None:
        """Return what a request carries, None where the archive has no signing in.

        Raises
        ------
        SignInError
            `not-signed-in`, `expired`, or `forbidden` where sign-in is off.
        """
        kind = KINDS.get(kind_of(archive))
        if kind is None:
            return None
        return kind.sign(archive, self._held(archive).credential)

    @sealed
    def refused(self, archive: Archive) -> None:
        """Tell the server whose credential it was that the archive answered 401.

        The page shows it then. A server that does not listen misses only that.
        """
        for broker in self.servers():
            if _held_by(broker, archive, []) is not None:
                with contextlib.suppress(ObsdeckError, SilentBrokerError):
                    broker.ask("refused", archive.id)
                return

    @sealed
    def standing(self, archive: Archive) -> Standing:
        """Return who this kernel is at an archive.

        Raises
        ------
        SignInError
            `forbidden` where sign-in is off.
        """
        if kind_of(archive) == "none":
            return Standing(archive, "none")
        try:
            held = self._held(archive)
        except SignInError as error:
            if error.kind == "not-signed-in":
                return Standing(archive, "signed-out")
            if error.kind == "expired":
                return Standing(archive, "expired")
            raise
        credential = held.credential
        who = without_host(credential.who)
        return Standing(archive, "signed-in", who, credential.expires, held.place)

    def _held(self, archive: Archive) -> Held:
        failures: list[ObsdeckError] = []
        asked = self.servers()
        for broker in asked:
            held = _held_by(broker, archive, failures)
            if held is not None:
                return held
        held = self._local(archive, set_aside=any(_is_aside(b, archive) for b in asked))
        if held is not None and not has_ended(held.credential, self.clock()):
            return held
        raise refusal(archive, failures, held, self.clock())

    def _local(self, archive: Archive, *, set_aside: bool) -> Held | None:
        try:
            return self.local.held(archive, set_aside=set_aside)
        except ObsdeckError as error:
            raise SignInError(
                error.kind, error.message, hint=error.hint, archive=archive.id
            ) from None


def _definitions(broker: Broker) -> Iterator[Archive]:
    try:
        entries = broker.ask("definitions").get("archives", [])
    except (ObsdeckError, SilentBrokerError):
        return
    for entry in entries:
        yield Archive(entry["definition"], entry["source"], trusted=entry["trusted"] is True)


def _held_by(broker: Broker, archive: Archive, failures: list[ObsdeckError]) -> Held | None:
    """Return the credential a server has in use for the very same definition."""
    try:
        answer: dict[str, Any] = broker.ask("credential", archive.id)
        if answer.get("fingerprint") != binding(archive):
            raise faults.not_signed_in(archive)
        return Held(credential_from_json(answer["credential"]), place_from_json(answer["place"]))
    except ObsdeckError as error:
        if error.kind not in _GO_ON:
            raise SignInError(
                error.kind, error.message, hint=error.hint, archive=archive.id
            ) from None
        failures.append(error)
    except (SilentBrokerError, DamagedEntryError, KeyError):
        pass
    return None


def _is_aside(broker: Broker, archive: Archive) -> bool:
    """Tell whether the user signed out of a credential that a server finds."""
    try:
        accounts = broker.ask("states").get("accounts", [])
    except (ObsdeckError, SilentBrokerError):
        return False
    mine = (account for account in accounts if account.get("archive") == archive.id)
    return any(a.get("state") == "signed-out" and a.get("found") for a in mine)
