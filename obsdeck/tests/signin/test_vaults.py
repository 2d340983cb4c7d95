"""What all vaults have in common."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from obsdeck.credentials.credential import Place
from obsdeck.credentials.secret import Secret
from obsdeck.signin.vault.base import Vault
from obsdeck.signin.vault.file import FileVault
from obsdeck.signin.vault.keyring import KeyringVault
from obsdeck.signin.vault.memory import MemoryVault
from obsdeck.tests.signin.keyrings import MemoryKeyring, NarrowKeyring
from obsdeck.tests.signin.parts import held


@pytest.fixture(params=["memory", "file", "keyring", "narrow"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    """Give each vault."""
    if request.param == "memory":
        return MemoryVault()
    if request.param == "file":
        return FileVault(tmp_path / "accounts")
    if request.param == "narrow":
        return KeyringVault(NarrowKeyring(), tmp_path / "accounts", longest=1200)
    return KeyringVault(MemoryKeyring(), tmp_path / "accounts")


def test_an_empty_vault_has_nothing_and_says_nothing(vault: Vault) -> None:
    contents = vault.read("owner")
    assert (dict(contents.entries), contents.aside) == ({}, frozenset())
    assert vault.problems("owner") == ()
    vault.drop("owner", "one")


def test_what_is_stored_comes_back_whole(vault: Vault) -> None:
    stored = replace(
        held("invented-ß-☆-" + "x" * 5000, roles=("read:tap", "ü"), facts={"generation": "A"}),
        place=Place("here", "", "file"),
        over_found=True,
    )
    vault.put("owner", "one", stored)
    vault.put("owner", "two", held(who=None, expires=None, checked=None))
    entries = vault.read("owner").entries
    assert entries["one"] == stored
    assert entries["one"].credential.secret == Secret("invented-ß-☆-" + "x" * 5000)
    assert entries["two"].credential.expires is None


def test_a_newer_one_takes_the_place_of_the_older(vault: Vault) -> None:
    vault.put("owner", "one", held("invented-" + "x" * 5000))
    vault.put("owner", "one", held("invented-short"))
    assert vault.read("owner").entries["one"].credential.secret == Secret("invented-short")


def test_forgetting_one_leaves_the_other(vault: Vault) -> None:
    vault.put("owner", "one", held())
    vault.put("owner", "two", held())
    vault.drop("owner", "one")
    assert set(vault.read("owner").entries) == {"two"}


def test_identities_do_not_see_each_other(vault: Vault) -> None:
    vault.put("user:ada", "one", held("invented-of-ada"))
    vault.put("user:../owner", "one", held("invented-of-another"))
    vault.set_aside("user:ada", "two", True)
    assert dict(vault.read("owner").entries) == {}
    assert dict(vault.read("user:ada ").entries) == {}
    assert vault.read("user:../owner").aside == frozenset()
    vault.drop("user:../owner", "one")
    assert set(vault.read("user:ada").entries) == {"one"}


def test_what_is_set_aside_is_remembered(vault: Vault) -> None:
    vault.set_aside("owner", "one", True)
    vault.set_aside("owner", "two", True)
    vault.set_aside("owner", "two", False)
    assert vault.read("owner").aside == {"one"}
