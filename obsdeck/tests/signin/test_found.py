"""Credentials that the archives' own tools keep."""

from __future__ import annotations

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.errors import ObsdeckError
from obsdeck.signin.held import Held
from obsdeck.signin.identity import OWNER
from obsdeck.signin.service import Accounts
from obsdeck.tests.signin.asking import (
    FILE,
    VARIABLE,
    found_at,
    in_use,
    state,
    typed,
)
from obsdeck.tests.signin.parts import (
    TOKEN,
)


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
