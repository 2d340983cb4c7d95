"""Things that overlap, and renewals."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.errors import ObsdeckError
from obsdeck.signin import service
from obsdeck.signin.held import Held
from obsdeck.signin.identity import OWNER
from obsdeck.signin.service import Accounts
from obsdeck.tests.signin.asking import (
    ADA,
    FILE,
    GRACE,
    PAGE,
    found_at,
    in_use,
    state,
    typed,
)
from obsdeck.tests.signin.parts import (
    NOON,
    TOKEN,
    Clock,
    FakeKind,
    credential,
)


class TestAtOnce:
    """Things that overlap."""

    @pytest.fixture
    def gate(self, kind: FakeKind) -> asyncio.Event:
        """Give the gate that holds the archive's answers up."""
        kind.gate = asyncio.Event()
        return kind.gate

    async def test_of_two_sign_ins_the_later_one_counts(
        self, accounts: Accounts, one: Archive, gate: asyncio.Event
    ) -> None:
        """Whichever answer comes first."""
        first = asyncio.create_task(accounts.sign_in(OWNER, one, typed("a"), "session", None))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(accounts.sign_in(OWNER, one, typed("b"), "session", None))
        await asyncio.sleep(0.01)
        gate.set()
        results = await asyncio.gather(first, second, return_exceptions=True)
        assert isinstance(results[0], ObsdeckError)
        assert (results[0].kind, results[1]) == ("cancelled", None)
        assert await in_use(accounts, one) == f"{TOKEN}-of-b"

    async def test_signing_out_ends_a_sign_in_that_is_under_way(
        self, accounts: Accounts, one: Archive, gate: asyncio.Event
    ) -> None:
        """Its token is thrown away."""
        signing = asyncio.create_task(accounts.sign_in(OWNER, one, typed(), "session", None))
        await asyncio.sleep(0.01)
        await accounts.sign_out(OWNER, one)
        gate.set()
        with pytest.raises(ObsdeckError, match="given up"):
            await signing
        assert await state(accounts, one) == "signed-out"

    async def test_other_accounts_are_not_concerned(
        self, accounts: Accounts, one: Archive, gate: asyncio.Event
    ) -> None:
        """Neither those of other archives nor those of others."""
        signing = asyncio.create_task(accounts.sign_in(ADA, one, typed(), "session", None))
        await asyncio.sleep(0.01)
        await accounts.sign_out(GRACE, one)
        await accounts.sign_out(ADA, accounts.store.get("two"))
        gate.set()
        await signing
        assert await state(accounts, one, ADA) == "signed-in"

    async def test_an_archive_that_does_not_answer_is_given_up(
        self,
        accounts: Accounts,
        one: Archive,
        gate: asyncio.Event,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """With its name and how long it was waited for."""
        monkeypatch.setattr(service, "PATIENCE_SECONDS", 0.01)
        with pytest.raises(ObsdeckError) as refusal:
            await accounts.sign_in(OWNER, one, typed(), "session", None)
        assert refusal.value.kind == "timeout"
        assert refusal.value.message.startswith("One did not answer the sign-in within")

    async def test_who_cancels_is_not_signed_in(
        self, accounts: Accounts, one: Archive, gate: asyncio.Event
    ) -> None:
        """The page went away or the user pressed Cancel."""
        signing = asyncio.create_task(accounts.sign_in(OWNER, one, typed(), "session", None))
        await asyncio.sleep(0.01)
        signing.cancel()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await signing
        assert await state(accounts, one) == "signed-out"

    async def test_two_renewals_ask_once(
        self, accounts: Accounts, one: Archive, kind: FakeKind
    ) -> None:
        """The second page takes what the first one got."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        kind.gate, kind.newer, kind.asked = asyncio.Event(), credential("invented-newer"), 0
        both = [asyncio.create_task(accounts.renew(OWNER, one)) for _ in range(2)]
        await asyncio.sleep(0.01)
        kind.gate.set()
        assert await asyncio.gather(*both) == [True, True]
        assert kind.asked == 1
        assert await in_use(accounts, one) == "invented-newer"

    async def test_a_renewal_after_signing_out_brings_nothing_back(
        self, accounts: Accounts, one: Archive, kind: FakeKind
    ) -> None:
        """Signed out stays signed out."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        kind.gate, kind.newer = asyncio.Event(), credential("invented-newer")
        renewing = asyncio.create_task(accounts.renew(OWNER, one))
        await asyncio.sleep(0.01)
        await accounts.sign_out(OWNER, one)
        kind.gate.set()
        with pytest.raises(ObsdeckError) as refusal:
            await renewing
        assert refusal.value.kind == "cancelled"
        assert await state(accounts, one) == "signed-out"


class TestRenewal:
    """A newer credential without asking the user."""

    async def test_it_is_kept_as_the_old_one_was(
        self, accounts: Accounts, one: Archive, kind: FakeKind, clock: Clock
    ) -> None:
        """Until the same page closes."""
        await accounts.sign_in(OWNER, one, typed(), "page", PAGE)
        kind.newer = credential("invented-newer", expires=NOON + 7200)
        assert (await accounts.account(OWNER, one))["renew"] == "alone"
        assert await accounts.renew(OWNER, one)
        account = await accounts.account(OWNER, one)
        assert (account["expires"], account["place"]["kept"]) == (NOON + 7200, "page")
        clock.now += 301
        assert await state(accounts, one) == "signed-out"

    async def test_where_only_a_new_sign_in_helps_it_says_so(
        self, accounts: Accounts, one: Archive
    ) -> None:
        """And leaves the old one."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        assert not await accounts.renew(OWNER, one)
        assert await in_use(accounts, one) == f"{TOKEN}-of-ada"

    async def test_there_must_be_something_to_renew(self, accounts: Accounts, one: Archive) -> None:
        """Else one is asked to sign in."""
        with pytest.raises(ObsdeckError) as refusal:
            await accounts.renew(OWNER, one)
        assert refusal.value.kind == "not-signed-in"

    async def test_a_found_one_goes_back_to_its_place(
        self, accounts: Accounts, one: Archive, kind: FakeKind, found: dict[str, Held]
    ) -> None:
        """So that the archive's own tools have the newer one, too."""
        found["one"] = found_at(FILE)
        kind.newer = credential("invented-newer")

        def write_back(_archive: Archive, old: Held, new: Any) -> bool:
            found["one"] = Held(replace(new, checked=None), old.place)
            return True

        accounts.write_back = write_back
        assert await accounts.renew(OWNER, one)
        account = await accounts.account(OWNER, one)
        assert (account["place"]["kind"], account["state"]) == ("file", "signed-in")
        assert await in_use(accounts, one) == "invented-newer"

    async def test_one_that_cannot_go_back_is_kept_until_jupyter_stops(
        self, accounts: Accounts, one: Archive, kind: FakeKind, found: dict[str, Held]
    ) -> None:
        """Nothing that was obtained is lost, and the user is told."""
        found["one"] = found_at(FILE)
        kind.newer = credential("invented-newer")

        def write_back(*_args: Any) -> bool:
            raise PermissionError(13, "Permission denied")

        accounts.write_back = write_back
        assert await accounts.renew(OWNER, one)
        account = await accounts.account(OWNER, one)
        assert account["place"] == {"kind": "here", "name": "", "kept": "session"}
        assert account["problem"] == (
            "One renewed the sign-in, but ~/.one-token could not be written; "
            "the new one is kept until Jupyter stops."
        )
        assert account["state"] == "signed-in"
        assert await in_use(accounts, one) == "invented-newer"
