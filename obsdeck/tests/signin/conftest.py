"""Fixtures of the accounts' tests."""

from __future__ import annotations

from typing import cast

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.archives.store import ArchiveStore
from obsdeck.signin.held import Held
from obsdeck.signin.holdings import Holdings
from obsdeck.signin.leases import Leases
from obsdeck.signin.service import Accounts
from obsdeck.tests.signin.parts import Clock, FakeKind, Shelf, nobody_asks


@pytest.fixture
def clock() -> Clock:
    """Give the clock of everything here."""
    return Clock()


@pytest.fixture
def kind() -> FakeKind:
    """Give the way of signing in to all archives here."""
    return FakeKind()


@pytest.fixture
def shelf() -> Shelf:
    """Give the archives `one` and `two`."""
    return Shelf()


@pytest.fixture
def found() -> dict[str, Held]:
    """Give what is found, by archive; tests fill it."""
    return {}


@pytest.fixture
def holdings(clock: Clock, found: dict[str, Held]) -> Holdings:
    """Give holdings without a stored vault."""

    def find(archive: Archive) -> Held | None:
        return found.get(archive.id)

    return Holdings(lambda: None, find, Leases(clock), clock)


@pytest.fixture
def accounts(holdings: Holdings, shelf: Shelf, kind: FakeKind, clock: Clock) -> Accounts:
    """Give the service."""
    store = cast(ArchiveStore, shelf)
    return Accounts(store, {"fake": kind}, nobody_asks, holdings, clock=clock)


@pytest.fixture
def one(accounts: Accounts) -> Archive:
    """Give an archive."""
    return accounts.store.get("one")
