"""Signing in and out, and which credential is in use."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace
from typing import Any

import pytest

from obsdeck.accounts import service
from obsdeck.accounts.held import Contents, Held
from obsdeck.accounts.holdings import Holdings
from obsdeck.accounts.identity import CANNOT_TELL, OWNER, Identity
from obsdeck.accounts.service import Accounts
from obsdeck.accounts.vault.memory import MemoryVault
from obsdeck.accounts.vault.words import not_read
from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Place
from obsdeck.errors import ObsdeckError
from obsdeck.tests.accounts.parts import (
    NOON,
    PASSWORD,
    TOKEN,
    Clock,
    FakeKind,
    Shelf,
    archive,
    credential,
)

PAGE = "page-of-the-tests"
ADA, GRACE = Identity("user:ada"), Identity("user:grace")
VARIABLE, FILE = Place("environment", "ONE_TOKEN"), Place("file", "~/.one-token")


def typed(name: str = "ada", password: str = PASSWORD) -> dict[str, str]:
    return {"username": name, "password": password}


def found_at(place: Place, token: str = "invented-found", **changes: Any) -> Held:
    return Held(credential(token, **{"checked": None, "expires": None, **changes}), place)


@pytest.fixture
def one(accounts: Accounts) -> Archive:
    """Give an archive."""
    return accounts.store.get("one")


async def in_use(accounts: Accounts, one: Archive, who: Identity = OWNER) -> str:
    """Return the token a request would carry."""
    signature = await accounts.wallet(who).signature(one)
    assert signature is not None
    return signature.headers["X-Test"].reveal()


async def state(accounts: Accounts, one: Archive, who: Identity = OWNER) -> str:
    account = await accounts.account(who, one)
    return str(account["state"])


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


class TestFound:
    """Credentials that the archive's own tools keep."""

    async def test_it_is_used_without_a_sign_in(
        self, accounts: Accounts, one: Archive, found: dict[str, Held]
    ) -> None:
        """State `found` until the archive has been asked."""
        found["one"] = found_at(VARIABLE)
        account = await accounts.account(OWNER, one)
        assert (account["state"], account["place"]["name"]) == ("found", "ONE_TOKEN")
        await accounts.check(OWNER, one)
        account = await accounts.account(OWNER, one)
        assert (account["state"], account["who"]) == ("signed-in", "grace")
        assert account["place"] == {"kind": "environment", "name": "ONE_TOKEN", "kept": None}

    async def test_RUBIN_3_a_changed_token_is_picked_up_without_restart(
        self, accounts: Accounts, one: Archive, found: dict[str, Held]
    ) -> None:
        """RUBIN-3: what a check told of the old one is not said of the new one."""
        found["one"] = found_at(FILE, "invented-old")
        await accounts.check(OWNER, one)
        found["one"] = found_at(FILE, "invented-new")
        assert await in_use(accounts, one) == "invented-new"
        assert await state(accounts, one) == "found"

    async def test_it_comes_before_what_was_typed_earlier(
        self, accounts: Accounts, one: Archive, found: dict[str, Held]
    ) -> None:
        """The order of design §7: the archive's own tools would use it, too."""
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        found["one"] = found_at(VARIABLE)
        assert await in_use(accounts, one) == "invented-found"

    async def test_who_signs_in_over_it_is_signed_in(
        self, accounts: Accounts, one: Archive, found: dict[str, Held]
    ) -> None:
        """It is offered beside the one in use, and taken up on wish."""
        found["one"] = found_at(VARIABLE)
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        assert await in_use(accounts, one) == f"{TOKEN}-of-ada"
        account = await accounts.account(OWNER, one)
        assert account["found"] == {"kind": "environment", "name": "ONE_TOKEN", "kept": None}
        await accounts.use(OWNER, one, account["found"])
        assert await in_use(accounts, one) == "invented-found"
        assert (await accounts.account(OWNER, one))["found"] is None

    async def test_signing_out_leaves_it_alone_until_it_is_taken_up(
        self, accounts: Accounts, one: Archive, found: dict[str, Held]
    ) -> None:
        """Signed out is signed out, whatever else is lying about."""
        found["one"] = found_at(VARIABLE)
        await accounts.sign_out(OWNER, one)
        found["one"] = found_at(FILE)
        account = await accounts.account(OWNER, one)
        assert (account["state"], account["canSignOut"]) == ("signed-out", False)
        assert account["found"]["name"] == "~/.one-token"
        await accounts.use(OWNER, one, {"kind": "file", "name": "~/.one-token"})
        assert await in_use(accounts, one) == "invented-found"

    async def test_signing_out_of_the_typed_one_signs_in_with_no_other(
        self, accounts: Accounts, one: Archive, found: dict[str, Held]
    ) -> None:
        """Nobody expects to be somebody else after signing out."""
        found["one"] = found_at(VARIABLE)
        await accounts.sign_in(OWNER, one, typed(), "session", None)
        await accounts.sign_out(OWNER, one)
        assert await state(accounts, one) == "signed-out"

    @pytest.mark.parametrize(
        "place",
        [
            None,
            "ONE_TOKEN",
            {},
            {"kind": "file", "name": "/etc/passwd"},
            {"kind": "environment", "name": "PATH"},
            {"kind": "environment", "name": ["ONE_TOKEN"]},
        ],
    )
    async def test_only_what_was_found_can_be_taken_up(
        self, accounts: Accounts, one: Archive, found: dict[str, Held], place: object
    ) -> None:
        """The page cannot name a place of its own."""
        found["one"] = found_at(VARIABLE)
        await accounts.sign_out(OWNER, one)
        with pytest.raises(ObsdeckError) as refusal:
            await accounts.use(OWNER, one, place)
        assert refusal.value.kind == "not-found"
        assert await state(accounts, one) == "signed-out"


class TestPages:
    """“Until I close this page”."""

    async def test_it_ends_with_the_page(
        self, accounts: Accounts, one: Archive, clock: Clock, holdings: Holdings
    ) -> None:
        """A reload comes back in time, a closed page does not."""
        await accounts.sign_in(OWNER, one, typed(), "page", PAGE)
        accounts.leave(OWNER, PAGE)
        clock.now += 59
        await accounts.list(OWNER, PAGE)
        clock.now += 120
        assert await state(accounts, one) == "signed-in"
        accounts.leave(OWNER, PAGE)
        clock.now += 60
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
