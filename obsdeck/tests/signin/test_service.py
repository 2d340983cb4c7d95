"""Signing in and out, pages, and what an account says."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.errors import ObsdeckError
from obsdeck.signin.held import Contents, Held
from obsdeck.signin.holdings import Holdings
from obsdeck.signin.identity import CANNOT_TELL, OWNER, Identity
from obsdeck.signin.service import Accounts
from obsdeck.signin.vault.memory import MemoryVault
from obsdeck.signin.vault.words import not_read
from obsdeck.tests.signin.asking import (
    ADA,
    GRACE,
    PAGE,
    VARIABLE,
    found_at,
    in_use,
    state,
    typed,
)
from obsdeck.tests.signin.parts import (
    NOON,
    PASSWORD,
    TOKEN,
    Clock,
    FakeKind,
    Shelf,
    archive,
)


async def test_an_account_says_who_with_what_rights_and_for_how_long(
    accounts: Accounts, shelf: Shelf
) -> None:
    own = archive(
        "own",
        roles={"write": "post", "read": "see"},
        needs={"write": "post", "read": "see"},
    )
    shelf.archives.append(own)
    await accounts.sign_in(OWNER, own, typed(), "session", None)
    account = await accounts.account(OWNER, own)
    assert account == {
        "archive": "own",
        "kind": "fake",
        "state": "signed-in",
        "who": "ada",
        "roles": ["read"],
        "rights": ["see"],
        "missing": ["write"],
        "expires": NOON + 3600,
        "checked": NOON,
        "place": {"kind": "here", "name": "", "kept": "session"},
        "renew": "asks",
        "canSignOut": True,
        "asks": ["username", "password"],
        "host": "own.example",
        "origins": ["https://own.example"],
        "found": None,
        "problem": None,
    }
    listed = json.dumps(await accounts.list(OWNER, PAGE))
    assert TOKEN not in listed
    assert PASSWORD not in listed


async def test_before_signing_in_nothing_is_known(accounts: Accounts, one: Archive) -> None:
    account = await accounts.account(OWNER, one)
    assert (account["state"], account["who"], account["place"]) == ("signed-out", None, None)
    assert not account["canSignOut"]
    with pytest.raises(ObsdeckError) as refusal:
        await in_use(accounts, one)
    error = refusal.value
    assert (error.kind, error.archive) == ("not-signed-in", "one")
    assert error.message == "You are not signed in to One."


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://one.example/x", "one.example"),
        ("https://one.example:443/x", "one.example"),
        ("http://127.0.0.1:8923/x", "127.0.0.1:8923"),
        ("http://[::1]:8923/x", "[::1]:8923"),
    ],
)
async def test_the_exact_host_is_named(accounts: Accounts, url: str, host: str) -> None:
    assert (await accounts.account(OWNER, archive("x", tokenUrl=url)))["host"] == host


async def test_no_account_where_none_is_needed(accounts: Accounts, shelf: Shelf) -> None:
    public = archive("public", kind="none")
    account = await accounts.account(OWNER, public)
    assert (account["state"], account["asks"], account["renew"]) == ("none-needed", [], "none")
    assert await accounts.wallet(OWNER).signature(public) is None
    with pytest.raises(ObsdeckError, match="has no accounts"):
        await accounts.sign_in(OWNER, public, typed(), "session", None)


async def test_a_wrong_password_changes_nothing(accounts: Accounts, one: Archive) -> None:
    await accounts.sign_in(OWNER, one, typed(), "session", None)
    with pytest.raises(ObsdeckError) as refusal:
        await accounts.sign_in(OWNER, one, typed("eve", "wrong-secret"), "session", None)
    assert refusal.value.kind == "not-signed-in"
    assert "wrong-secret" not in str(refusal.value)
    assert await in_use(accounts, one) == f"{TOKEN}-of-ada"


async def test_two_people_have_accounts_of_their_own(accounts: Accounts, one: Archive) -> None:
    await accounts.sign_in(ADA, one, typed("ada"), "session", None)
    assert await state(accounts, one, GRACE) == "signed-out"
    await accounts.sign_in(GRACE, one, typed("grace"), "session", None)
    assert await in_use(accounts, one, ADA) == f"{TOKEN}-of-ada"
    await accounts.sign_out(ADA, one)
    assert await in_use(accounts, one, GRACE) == f"{TOKEN}-of-grace"


async def test_what_is_found_belongs_to_the_owner_only(
    accounts: Accounts, one: Archive, found: dict[str, Held]
) -> None:
    found["one"] = found_at(VARIABLE)
    assert await in_use(accounts, one) == "invented-found"
    account = await accounts.account(ADA, one)
    assert (account["state"], account["found"]) == ("signed-out", None)
    with pytest.raises(ObsdeckError) as refusal:
        await accounts.use(ADA, one, {"kind": "environment", "name": "ONE_TOKEN"})
    assert refusal.value.kind == "not-found"


async def test_where_sign_in_is_off_nothing_is_found_stored_or_signed(
    accounts: Accounts, one: Archive, found: dict[str, Held], holdings: Holdings
) -> None:
    found["one"] = found_at(VARIABLE)
    nobody = Identity("", CANNOT_TELL)
    listed = await accounts.list(nobody, PAGE)
    assert listed["signIn"] == {"enabled": False, "reason": CANNOT_TELL}
    assert {(a["state"], a["found"], tuple(a["asks"])) for a in listed["accounts"]} == {
        ("signed-out", None, ())
    }
    for attempt in (
        accounts.sign_in(nobody, one, typed(), "session", None),
        accounts.use(nobody, one, {"kind": "environment", "name": "ONE_TOKEN"}),
        accounts.check(nobody, one),
        accounts.renew(nobody, one),
        accounts.sign_out(nobody, one),
        accounts.wallet(nobody).signature(one),
    ):
        with pytest.raises(ObsdeckError) as refusal:
            await attempt
        assert (refusal.value.kind, refusal.value.message) == ("forbidden", CANNOT_TELL)
    assert dict(holdings.memory.read("").entries) == {}


async def test_ESO_8_after_its_end_a_sign_in_is_used_no_more(
    accounts: Accounts, one: Archive, clock: Clock
) -> None:
    """ESO-8: the user is told when it ran out and asked to sign in again."""
    await accounts.sign_in(OWNER, one, typed(), "session", None)
    clock.now += 3599
    assert await in_use(accounts, one)
    clock.now += 1
    assert await state(accounts, one) == "expired"
    with pytest.raises(ObsdeckError) as refusal:
        await in_use(accounts, one)
    error = refusal.value
    assert (error.kind, error.archive, error.hint) == ("expired", "one", "Sign in again.")
    assert error.message == "The One sign-in ran out at 09:00 UTC."
    clock.now += 2 * 86_400
    with pytest.raises(ObsdeckError, match="ran out on 2027-01-15 at 09:00 UTC"):
        await in_use(accounts, one)


class TestPages:
    """“Until I close this page”."""

    async def test_it_ends_with_the_page(
        self, accounts: Accounts, one: Archive, clock: Clock, holdings: Holdings
    ) -> None:
        """A reload comes back in time, a closed page does not."""
        await accounts.sign_in(OWNER, one, typed(), "page", PAGE)
        accounts.leave(OWNER, PAGE)
        clock.now += 149
        await accounts.list(OWNER, PAGE)
        clock.now += 120
        assert await state(accounts, one) == "signed-in"
        accounts.leave(OWNER, PAGE)
        clock.now += 150
        await accounts.list(OWNER, "another-page")
        await accounts.list(OWNER, PAGE)  # too late
        assert await state(accounts, one) == "signed-out"

    async def test_its_secret_does_not_stay_in_memory(
        self, accounts: Accounts, one: Archive, clock: Clock, holdings: Holdings
    ) -> None:
        """Even if nobody asks any more."""
        await accounts.sign_in(OWNER, one, typed(), "page", PAGE)
        holdings.forget_closed_pages()
        assert holdings.memory.read("owner").entries
        clock.now += 301
        holdings.forget_closed_pages()
        assert not holdings.memory.read("owner").entries

    async def test_a_page_that_comes_back_too_late_revives_nothing(
        self, accounts: Accounts, one: Archive, clock: Clock
    ) -> None:
        """The lease has ended, whether anybody looked or not."""
        await accounts.sign_in(OWNER, one, typed(), "page", PAGE)
        clock.now += 301
        await accounts.list(OWNER, PAGE)
        assert await state(accounts, one) == "signed-out"

    @pytest.mark.parametrize("page", [None, "", "../x", "x" * 100])
    async def test_without_a_page_there_is_nothing_to_close(
        self, accounts: Accounts, one: Archive, kind: FakeKind, page: str | None
    ) -> None:
        """And the password goes nowhere."""
        with pytest.raises(ObsdeckError, match="names no page"):
            await accounts.sign_in(OWNER, one, typed(), "page", page)
        assert kind.asked == 0


class TestBinding:
    """A credential is bound to what the definition said when it was obtained."""

    @pytest.mark.parametrize(
        "changed",
        [
            archive("one", tokenUrl="https://evil.example/login"),
            archive("one", source="user"),
            archive("one", parameter="token"),
            replace(
                archive("one"),
                definition={**archive("one").definition, "origins": ["https://evil.example"]},
            ),
        ],
    )
    async def test_another_definition_forgets_it(
        self,
        accounts: Accounts,
        one: Archive,
        shelf: Shelf,
        holdings: Holdings,
        changed: Archive,
    ) -> None:
        """For good: changing the definition back does not bring it back."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        shelf.archives[0] = changed
        assert await state(accounts, changed) == "signed-out"
        shelf.archives[0] = one
        assert await state(accounts, one) == "signed-out"
        assert not holdings.memory.read("owner").entries

    async def test_another_description_does_not(
        self, accounts: Accounts, one: Archive, shelf: Shelf
    ) -> None:
        """Words may change."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        renamed = replace(one, definition={**one.definition, "description": "Other words."})
        assert await state(accounts, renamed) == "signed-in"

    async def test_a_removed_archive_takes_its_sign_in_along(
        self, accounts: Accounts, one: Archive
    ) -> None:
        """One that is added again under the same name starts anew."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        await accounts.forget(OWNER, "one")
        assert await state(accounts, one) == "signed-out"


class TestTrouble:
    """What the archive does not accept."""

    async def test_a_failed_check_is_told_until_the_next_sign_in(
        self, accounts: Accounts, one: Archive, kind: FakeKind
    ) -> None:
        """State and sentence of the row."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        kind.accepts = False
        await accounts.check(OWNER, one)
        account = await accounts.account(OWNER, one)
        assert (account["state"], account["problem"]) == ("expired", "The One sign-in ran out.")
        with pytest.raises(ObsdeckError) as refusal:
            await in_use(accounts, one)
        assert refusal.value.kind == "expired"
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        account = await accounts.account(OWNER, one)
        assert (account["state"], account["problem"]) == ("signed-in", None)

    async def test_a_check_that_succeeds_again_clears_it(
        self, accounts: Accounts, one: Archive, kind: FakeKind
    ) -> None:
        """The archive may have had a bad minute."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        await accounts.wallet(OWNER).refused(one)
        assert (await accounts.account(OWNER, one))["problem"]
        await accounts.check(OWNER, one)
        account = await accounts.account(OWNER, one)
        assert (account["problem"], account["checked"]) == (None, NOON + 60)

    async def test_after_a_401_one_without_an_end_has_ended(
        self, accounts: Accounts, one: Archive, found: dict[str, Held], clock: Clock
    ) -> None:
        """One message, not one for each request; a changed token is tried again."""
        found["one"] = found_at(VARIABLE)
        await accounts.wallet(OWNER).refused(one)
        clock.now += 600
        await accounts.wallet(OWNER).refused(one)
        sentence = "One has not accepted this sign-in since 08:00 UTC."
        account = await accounts.account(OWNER, one)
        assert (account["state"], account["problem"]) == ("expired", sentence)
        with pytest.raises(ObsdeckError, match="since 08:00 UTC"):
            await in_use(accounts, one)
        found["one"] = found_at(VARIABLE, "invented-newer")
        assert await in_use(accounts, one) == "invented-newer"

    async def test_after_a_401_one_with_a_known_end_goes_on(
        self, accounts: Accounts, one: Archive
    ) -> None:
        """Some archives answer 401 for a single file one may not see."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        await accounts.wallet(OWNER).refused(one)
        assert await state(accounts, one) == "signed-in"
        assert await in_use(accounts, one)

    async def test_a_late_401_is_not_blamed_on_the_newer_one(
        self, accounts: Accounts, one: Archive, found: dict[str, Held]
    ) -> None:
        """The request had carried the old one."""
        found["one"] = found_at(VARIABLE, "invented-old")
        wallet = accounts.wallet(OWNER)
        await wallet.signature(one)
        found["one"] = found_at(VARIABLE, "invented-newer")
        await wallet.refused(one)
        assert (await accounts.account(OWNER, one))["problem"] is None
        assert await in_use(accounts, one) == "invented-newer"


class SlowVault(MemoryVault):
    """A vault that waits for somebody to click."""

    clicked = threading.Event()

    def read(self, identity: str) -> Contents:
        """Wait."""
        self.clicked.wait(20)
        return super().read(identity)


async def test_a_vault_that_hangs_stops_nobody_else(accounts: Accounts, holdings: Holdings) -> None:
    slow = SlowVault()
    holdings.choose_vault = lambda: slow
    lists = [asyncio.create_task(accounts.list(OWNER, PAGE)) for _ in range(50)]
    await asyncio.sleep(0.05)
    assert await asyncio.wait_for(asyncio.to_thread(lambda: "free"), 10) == "free"
    assert not any(task.done() for task in lists)
    slow.clicked.set()
    await asyncio.gather(*lists)


async def test_a_vault_that_cannot_be_read_is_told_and_memory_serves(
    accounts: Accounts, holdings: Holdings, one: Archive, found: dict[str, Held]
) -> None:
    """Nobody is told to be signed out, and what is found goes on."""

    class Broken(MemoryVault):
        def read(self, identity: str) -> Contents:
            raise not_read("the keyring of this computer does not answer")

    holdings.choose_vault = Broken
    sentence = "The stored sign-ins cannot be read: the keyring of this computer does not answer."
    assert (await accounts.list(OWNER, PAGE))["problems"] == [sentence]
    with pytest.raises(ObsdeckError) as refusal:
        await in_use(accounts, one)
    assert (refusal.value.kind, refusal.value.message) == ("unavailable", sentence)
    found["one"] = found_at(VARIABLE)
    assert await in_use(accounts, one) == "invented-found"


async def test_nothing_that_is_printed_holds_a_secret(accounts: Accounts, one: Archive) -> None:
    await accounts.sign_in(OWNER, one, typed(), "session", None)
    wallet = accounts.wallet(OWNER)
    await wallet.signature(one)
    standing = await accounts.holdings.standing(OWNER, one)
    for printed in (accounts, wallet, standing, accounts.holdings):
        assert TOKEN not in repr(printed)
        assert PASSWORD not in repr(printed)
