"""The keyring: which ones are used, and what happens when they misbehave."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends import chainer, fail, null

from obsdeck.errors import ObsdeckError
from obsdeck.signin.vault import choice
from obsdeck.signin.vault.backend import usable_backend
from obsdeck.signin.vault.choice import VaultMode, stored_vault
from obsdeck.signin.vault.keyring import KeyringVault
from obsdeck.signin.vault.patience import Patience
from obsdeck.tests.signin.keyrings import (
    BrokenKeyring,
    ForgetfulKeyring,
    HangingKeyring,
    MemoryKeyring,
)
from obsdeck.tests.signin.parts import TOKEN, Clock, held


@pytest.fixture
def backend() -> MemoryKeyring:
    """Give a keyring."""
    return MemoryKeyring()


@pytest.fixture
def vault(backend: MemoryKeyring, tmp_path: Path) -> KeyringVault:
    """Give a vault in it."""
    return KeyringVault(backend, tmp_path / "accounts", clock=Clock())


@pytest.fixture
def chosen() -> Iterator[Any]:
    """Give a function that sets the computer's keyring."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


class Plaintext(MemoryKeyring):
    """Looks like the one that writes plain text."""


Plaintext.__module__ = "keyrings.alt.file"


class Chain(chainer.ChainerBackend):
    """A chain with a plain-text keyring in front."""

    backends: Any = ()


Chain.__module__ = "keyring.backends.chainer"


def name_of(backend: MemoryKeyring, ending: str) -> tuple[str, str]:
    (name,) = [key for key in backend.entries if key[1].endswith(ending)]
    return name


def test_a_working_keyring_is_used_and_keeps_no_trace_of_the_trial(
    chosen: Any, backend: MemoryKeyring
) -> None:
    chosen(backend)
    assert usable_backend(Patience(5)) is backend
    assert backend.entries == {}


@pytest.mark.parametrize(
    "unfit", [fail.Keyring, null.Keyring, Plaintext, ForgetfulKeyring, BrokenKeyring]
)
def test_keyrings_that_keep_nothing_or_plain_text_are_not_used(chosen: Any, unfit: Any) -> None:
    chosen(unfit())
    assert usable_backend(Patience(5)) is None


def test_a_chain_is_used_past_what_is_unfit(chosen: Any, backend: MemoryKeyring) -> None:
    chain = Chain()  # type: ignore[no-untyped-call]
    chain.backends = [Plaintext(), backend]
    chosen(chain)
    assert usable_backend(Patience(5)) is backend


def test_a_keyring_that_hangs_is_not_used(chosen: Any) -> None:
    hanging = HangingKeyring()
    chosen(hanging)
    assert usable_backend(Patience(0.05)) is None
    hanging.free.set()


@pytest.mark.parametrize(
    ("mode", "kept"), [("auto", "keyring"), ("keyring", "keyring"), ("file", "file")]
)
def test_which_vault_the_administrator_gets(
    chosen: Any, backend: MemoryKeyring, mode: VaultMode, kept: str
) -> None:
    chosen(backend)
    vault = stored_vault(mode)
    assert vault is not None
    assert vault.keep == kept


@pytest.mark.parametrize(("mode", "kept"), [("auto", "file"), ("keyring", None), ("memory", None)])
def test_which_vault_there_is_without_a_keyring(
    chosen: Any, mode: VaultMode, kept: str | None
) -> None:
    chosen(fail.Keyring())  # type: ignore[no-untyped-call]
    vault = stored_vault(mode)
    assert (vault.keep if vault else None) == kept


def test_entries_are_listed_under_our_name_and_by_archive(
    vault: KeyringVault, backend: MemoryKeyring
) -> None:
    vault.put("owner", "one", held())
    assert {service for service, _ in backend.entries} == {"obsdeck"}
    assert TOKEN in backend.entries[name_of(backend, "/one")]
    assert TOKEN not in backend.entries[name_of(backend, "/index/")]


def test_an_entry_is_fetched_only_once(vault: KeyringVault, backend: MemoryKeyring) -> None:
    vault.put("owner", "one", held())
    for _ in range(3):
        vault.read("owner")
    assert sum(name.endswith("/one") for name in backend.fetched) == 1


def test_another_servers_changes_are_seen_and_kept(
    vault: KeyringVault, backend: MemoryKeyring
) -> None:
    second = KeyringVault(backend, vault.folder)
    vault.put("owner", "one", held("invented-old"))
    assert set(second.read("owner").entries) == {"one"}
    second.put("owner", "one", held("invented-new"))
    second.put("owner", "two", held())
    entries = vault.read("owner").entries
    assert set(entries) == {"one", "two"}
    assert entries["one"].credential.secret.reveal() == "invented-new"


def test_many_threads_lose_none_of_each_others_sign_ins(
    vault: KeyringVault, backend: MemoryKeyring
) -> None:
    def write(name: str) -> None:
        for number in range(20):
            KeyringVault(backend, vault.folder).put("owner", f"{name}-{number}", held())

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vault.read("owner").entries) == 60


@pytest.mark.parametrize(
    "damaged", ["", "1:", "1:{", '1:{"stamp": "x"}', "9:{}", "no json", "²:{}", "9" * 5000 + ":"]
)
def test_a_damaged_entry_is_set_aside_and_does_not_harm_the_others(
    vault: KeyringVault, backend: MemoryKeyring, damaged: str
) -> None:
    vault.put("owner", "one", held())
    vault.put("owner", "two", held())
    backend.entries[name_of(backend, "/two")] = damaged
    second = KeyringVault(backend, vault.folder, clock=Clock())
    assert set(second.read("owner").entries) == {"one"}
    (problem,) = second.problems("owner")
    assert "/two.damaged-1800000000; the others are unharmed." in problem
    assert name_of(backend, ".damaged-1800000000")
    assert set(second.read("owner").entries) == {"one"}
    assert len(second.problems("owner")) == 1


def test_a_damaged_index_is_set_aside(vault: KeyringVault, backend: MemoryKeyring) -> None:
    vault.put("owner", "one", held())
    backend.entries[name_of(backend, "/index/")] = "1:["
    second = KeyringVault(backend, vault.folder, clock=Clock())
    assert dict(second.read("owner").entries) == {}
    assert "index/.damaged-1800000000" in second.problems("owner")[0]
    second.put("owner", "one", held())
    assert set(vault.read("owner").entries) == {"one"}


def test_an_entry_removed_in_the_keyrings_own_window_is_gone(
    vault: KeyringVault, backend: MemoryKeyring
) -> None:
    vault.put("owner", "one", held())
    del backend.entries[name_of(backend, "/one")]
    assert dict(vault.read("owner").entries) == {}
    vault.drop("owner", "one")


def test_a_refusal_never_quotes_the_secret(tmp_path: Path) -> None:
    vault = KeyringVault(BrokenKeyring(), tmp_path)
    with pytest.raises(ObsdeckError) as refusal:
        vault.read("owner")
    assert "refuses (RuntimeError)" in refusal.value.message
    working = MemoryKeyring()
    vault = KeyringVault(working, tmp_path)
    vault.put("owner", "one", held("invented-old"))
    broken = BrokenKeyring()
    broken.get_password = working.get_password  # type: ignore[method-assign]
    vault = KeyringVault(broken, tmp_path)
    with pytest.raises(ObsdeckError) as refusal:
        vault.put("owner", "one", held())
    error: BaseException | None = refusal.value
    while error is not None:
        assert TOKEN not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_a_keyring_that_stops_answering_is_left_alone_for_a_while(tmp_path: Path) -> None:
    now = [0.0]
    hanging = HangingKeyring()
    vault = KeyringVault(hanging, tmp_path, patience=Patience(0.05, 60.0, lambda: now[0]))
    with pytest.raises(ObsdeckError, match="does not answer"):
        vault.read("owner")
    hanging.free.set()
    with pytest.raises(ObsdeckError, match="does not answer"):
        vault.read("owner")
    now[0] = 61.0
    assert dict(vault.read("owner").entries) == {}


def test_a_shorter_entry_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    vault = KeyringVault(backend, tmp_path, longest=1200)
    vault.put("owner", "one", held("invented-" + "long" * 2000))
    vault.put("owner", "one", held("invented-short"))
    assert not [name for _, name in backend.entries if "#" in name]
    vault.put("owner", "one", held("invented-" + "long" * 2000))
    vault.drop("owner", "one")
    assert not [text for text in backend.entries.values() if "long" in text]


def test_the_index_is_a_document_of_known_shape(
    vault: KeyringVault, backend: MemoryKeyring
) -> None:
    vault.put("owner", "one", held())
    vault.set_aside("owner", "two", True)
    index = json.loads(backend.entries[name_of(backend, "/index/")].partition(":")[2])
    assert (index["version"], list(index["entries"]), index["aside"]) == (1, ["one"], ["two"])


def test_the_folder_of_vaults_is_in_jupyters_data_folder(
    jp_environ: None, jp_data_dir: Path
) -> None:
    assert choice.vault_folder() == jp_data_dir / "obsdeck" / "accounts"
