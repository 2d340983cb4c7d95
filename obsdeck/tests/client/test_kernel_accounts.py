"""Where a kernel's credentials come from, and which it refuses."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

import obsdeck
from obsdeck.archives.archive import Archive, binding
from obsdeck.archives.store import ArchiveStore
from obsdeck.client.brokers import brokers
from obsdeck.client.errors import SignInError
from obsdeck.client.kernel import KernelAccounts
from obsdeck.client.local import Local
from obsdeck.credentials.credential import Credential, Place
from obsdeck.credentials.kinds import KINDS
from obsdeck.credentials.places import Surroundings
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.signin.broker import Broker
from obsdeck.signin.finding import Finder
from obsdeck.signin.held import Held
from obsdeck.signin.holdings import Holdings
from obsdeck.signin.identity import OWNER, Identities, IdentityMode
from obsdeck.signin.leases import Leases
from obsdeck.signin.service import Accounts
from obsdeck.signin.vault.choice import vault_folder
from obsdeck.signin.vault.file import FileVault
from obsdeck.tests.signin.parts import Clock, Shelf, nobody_asks

ARCHIVE = Archive(
    {
        "id": "local",
        "name": "Local archive",
        "kind": "ivoa",
        "description": "For tests.",
        "services": {"tap": [{"url": "https://local.example/tap", "title": "T"}]},
        "signIn": {"kind": "bearer", "places": [{"environment": "LOCAL_TOKEN"}]},
        "origins": ["https://local.example"],
        "rank": 1,
    },
    "administrator",
    trusted=True,
)


def held(token: str, archive: Archive = ARCHIVE, **changes: Any) -> Held:
    known = Credential("bearer", Secret(token), "ada", **changes)
    return Held(known, Place("here", "", "session"), binding(archive))


class Server:
    """A running server as far as kernels know it: the accounts' service and its broker."""

    def __init__(self, clock: Clock, mode: IdentityMode, archive: Archive) -> None:
        self.holdings = Holdings(
            lambda: None,
            Finder(KINDS, Surroundings({}, Path("/"), Path("/")), clock),
            Leases(),
            clock,
        )
        store = cast(ArchiveStore, Shelf([archive]))
        self.accounts = Accounts(store, KINDS, nobody_asks, self.holdings, clock=clock)
        self.broker = Broker(self.accounts, Identities(mode), logging.getLogger("test"))
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.run(self.broker.start())

    def run(self, coroutine: Any) -> Any:
        """Run something in the server."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    def sign_in(self, token: str, archive: Archive = ARCHIVE, **changes: Any) -> None:
        """Keep a credential until the server stops."""
        self.run(self.holdings.put(OWNER, archive, held(token, archive, **changes)))

    def stop(self) -> None:
        """End it."""
        self.run(self.broker.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an operating-system account of its own."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    monkeypatch.delenv("LOCAL_TOKEN", raising=False)
    return tmp_path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kernel(clock: Clock) -> KernelAccounts:
    return KernelAccounts(Local(clock=clock), clock=clock)


@pytest.fixture
def mode() -> IdentityMode:
    return "owner"


@pytest.fixture
def server(clock: Clock, mode: IdentityMode) -> Iterator[Server]:
    running = Server(clock, mode, ARCHIVE)
    yield running
    running.stop()


def token_of(kernel: KernelAccounts, archive: Archive = ARCHIVE) -> str:
    signature = kernel.signature(archive)
    assert signature is not None
    return signature.headers["Authorization"].reveal()


def test_memory_only_credential_comes_from_the_server(
    server: Server, kernel: KernelAccounts
) -> None:
    with pytest.raises(SignInError) as caught:
        kernel.signature(ARCHIVE)
    assert str(caught.value) == (
        "Not signed in to Local archive. Sign in under Accounts in JupyterLab's sidebar, "
        "set LOCAL_TOKEN, or ask anonymously with as_me=False."
    )
    server.sign_in("invented-in-memory")
    assert token_of(kernel) == "Bearer invented-in-memory"
    standing = kernel.standing(ARCHIVE)
    assert (standing.state, standing.who) == ("signed-in", "ada")


def test_definitions_of_the_administrator_come_from_the_server(
    server: Server, kernel: KernelAccounts
) -> None:
    assert kernel.archive("local") == ARCHIVE
    with pytest.raises(ObsdeckError, match=r"no archive “other” here\. There are: local"):
        kernel.archive("other")


def test_without_a_server_the_shipped_definitions_count(kernel: KernelAccounts) -> None:
    assert kernel.archive("eso").name == "ESO"


def test_credential_for_another_definition_is_not_used(
    server: Server, kernel: KernelAccounts
) -> None:
    server.sign_in("invented-in-memory")
    elsewhere = Archive({**ARCHIVE.definition, "origins": ["https://evil.example"]}, ARCHIVE.source)
    with pytest.raises(SignInError, match="Not signed in"):
        kernel.signature(elsewhere)


def test_expired_sign_in_says_when(server: Server, kernel: KernelAccounts, clock: Clock) -> None:
    server.sign_in("invented-in-memory", expires=clock.now + 60)
    assert token_of(kernel)
    clock.now += 61
    with pytest.raises(SignInError) as caught:
        kernel.signature(ARCHIVE)
    assert caught.value.kind == "expired"
    assert str(caught.value) == (
        "The Local archive sign-in ran out at 08:01 UTC. "
        "Renew it in the Accounts section of JupyterLab's sidebar."
    )


def test_stored_credential_needs_no_server(kernel: KernelAccounts, clock: Clock) -> None:
    FileVault(vault_folder()).put(OWNER.key, "local", held("invented-stored"))
    assert token_of(kernel) == "Bearer invented-stored"
    changed = Archive({**ARCHIVE.definition, "origins": ["https://evil.example"]}, ARCHIVE.source)
    with pytest.raises(SignInError):
        kernel.signature(changed)


def test_found_credential_needs_no_server(
    kernel: KernelAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCAL_TOKEN", "invented-found")
    assert token_of(kernel) == "Bearer invented-found"


def test_what_the_user_set_aside_is_left_alone(
    server: Server, kernel: KernelAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCAL_TOKEN", "invented-found")
    around = Surroundings(os.environ, Path("/"), Path("/"))
    server.holdings.find = Finder(KINDS, around, server.holdings.clock)
    assert token_of(kernel) == "Bearer invented-found"
    server.run(server.accounts.sign_out(OWNER, ARCHIVE))
    with pytest.raises(SignInError, match="Not signed in"):
        kernel.signature(ARCHIVE)


@pytest.mark.parametrize("mode", ["off"])
def test_sign_in_that_is_off_is_off_in_kernels(
    server: Server, kernel: KernelAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCAL_TOKEN", "invented-found")
    with pytest.raises(SignInError, match="Sign-in is off"):
        kernel.signature(ARCHIVE)


def test_elsewhere_the_message_names_the_machine(kernel: KernelAccounts) -> None:
    with pytest.raises(SignInError, match="No Jupyter server of yours answers on"):
        kernel.signature(ARCHIVE)


def test_server_that_started_the_kernel_counts_alone(
    server: Server, clock: Clock, account: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ours,) = brokers()
    other = account / "runtime" / "obsdeck-broker-1.json"
    other.write_text(
        json.dumps({"version": 1, "pid": 1, "socket": "/no", "port": None, "key": "k"})
    )
    other.chmod(0o600)
    assert len(brokers()) == 2
    monkeypatch.setenv("JPY_PARENT_PID", str(os.getpid()))
    assert [broker.pid for broker in brokers()] == [ours.pid]


def test_server_that_is_gone_is_passed_over(
    kernel: KernelAccounts, account: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = account / "runtime"
    runtime.mkdir(mode=0o700)
    left = runtime / "obsdeck-broker-1.json"
    left.write_text(json.dumps({"version": 1, "pid": 1, "socket": "/no", "port": None, "key": "k"}))
    left.chmod(0o600)
    monkeypatch.setenv("LOCAL_TOKEN", "invented-found")
    assert token_of(kernel) == "Bearer invented-found"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_runtime_files_of_others_are_refused(server: Server, account: Path) -> None:
    (path,) = (account / "runtime").glob("obsdeck-broker-*.json")
    path.chmod(0o644)
    assert brokers() == []
    path.chmod(0o600)
    assert len(brokers()) == 1
    target = path.rename(account / "moved.json")
    path.symlink_to(target)
    assert brokers() == []


@pytest.mark.skipif(os.name != "posix", reason="file owners are POSIX's")
def test_runtime_file_of_another_user_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: os.geteuid() + 1)
    assert brokers() == []


def test_refusal_is_told_to_the_page(server: Server, kernel: KernelAccounts) -> None:
    server.sign_in("invented-in-memory")
    kernel.refused(ARCHIVE)
    (account,) = server.run(server.accounts.list(OWNER))["accounts"]
    assert account["state"] == "expired"
    with pytest.raises(SignInError) as caught:
        kernel.signature(ARCHIVE)
    assert caught.value.kind == "expired"


def test_list_tells_who_one_is_and_no_secret(server: Server, clock: Clock) -> None:
    server.sign_in("invented-in-memory", expires=clock.now + 100 * 365 * 86_400)
    listed = obsdeck.accounts()
    lines = repr(listed).splitlines()
    assert lines[0].split() == ["Archive", "Id", "State", "Who", "Left", "From"]
    (mine,) = (line for line in lines if "Local archive" in line)
    assert re.split(" {2,}", mine)[1:4] == ["local", "signed in", "ada"]
    assert mine.endswith("signed in here, until Jupyter stops")
    assert "invented" not in f"{listed!r} {list(listed)!r} {vars(listed)!r}"
    assert [repr(standing) for standing in obsdeck.accounts()] == [
        "<Local archive: signed in as ada>"
    ]


def test_names_for_notebooks_cost_nothing_until_they_are_used() -> None:
    code = (
        "import obsdeck, sys; "
        "heavy = {'requests', 'pyvo', 'tornado', 'httpcore', 'jsonschema', 'jupyter_server'}; "
        "assert not heavy & set(sys.modules); "
        "obsdeck.accounts; obsdeck.session; obsdeck.tap; "
        "heavy.remove('requests'); "
        "assert not heavy & set(sys.modules); "
        "assert callable(obsdeck.accounts) and 'tap' in dir(obsdeck)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
