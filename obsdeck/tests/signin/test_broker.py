"""What kernels of the owner get from the running server, and strangers do not."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_core.paths import jupyter_runtime_dir

from obsdeck.errors import ObsdeckError
from obsdeck.signin.broker import Broker
from obsdeck.signin.identity import OWNER, Identities
from obsdeck.signin.service import Accounts
from obsdeck.tests.signin.parts import PASSWORD, TOKEN, Clock

PAGE = "page-of-the-tests"
TYPED = {"username": "ada", "password": PASSWORD}


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a runtime folder of its own."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    return Path(jupyter_runtime_dir())


@pytest.fixture
def broker(accounts: Accounts, jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[Broker]:
    """Give a running broker."""
    made = Broker(accounts, Identities("owner"), logging.getLogger("test"))
    jp_asyncio_loop.run_until_complete(made.start())
    yield made
    jp_asyncio_loop.run_until_complete(made.stop())


def files(runtime: Path) -> list[Path]:
    """Return everything in the runtime folder."""
    return list(runtime.iterdir())


def announced(runtime: Path) -> dict[str, Any]:
    """Return the one runtime file's content."""
    (path,) = files(runtime)
    written: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return written


async def send(runtime: Path, line: bytes) -> dict[str, Any]:
    """Send a line to where the runtime file says and return the answer."""
    file = announced(runtime)
    if file["socket"]:
        reader, writer = await asyncio.open_unix_connection(file["socket"])
    else:
        reader, writer = await asyncio.open_connection("127.0.0.1", file["port"])
    writer.write(line)
    writer.write_eof()
    answer: dict[str, Any] = json.loads(await reader.readline())
    assert await reader.read() == b""
    writer.close()
    return answer


async def ask(runtime: Path, **request: Any) -> dict[str, Any]:
    body = {"key": announced(runtime)["key"], **request}
    return await send(runtime, json.dumps(body).encode() + b"\n")


async def test_file_and_socket_are_for_the_owner_only(broker: Broker, runtime: Path) -> None:
    (path,) = files(runtime)
    file = announced(runtime)
    assert path.name == f"obsdeck-broker-{os.getpid()}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(file["socket"]).parent.stat().st_mode) == 0o700
    assert (await ask(runtime, ask="hello"))["version"] == 1


async def test_a_kernel_gets_the_credential_in_use(
    broker: Broker, runtime: Path, accounts: Accounts
) -> None:
    one = accounts.store.get("one")
    refused = await ask(runtime, ask="credential", archive="one")
    assert refused["error"]["kind"] == "not-signed-in"
    await accounts.sign_in(OWNER, one, TYPED, "session", None)
    answer = await ask(runtime, ask="credential", archive="one")
    assert answer["credential"]["secret"] == f"{TOKEN}-of-ada"
    assert answer["place"] == {"kind": "here", "name": "", "kept": "session"}
    states = (await ask(runtime, ask="states"))["accounts"]
    assert [(a["archive"], a["state"]) for a in states] == [
        ("one", "signed-in"),
        ("two", "signed-out"),
    ]
    assert TOKEN not in json.dumps(states)


async def test_definitions_come_with_their_source(broker: Broker, runtime: Path) -> None:
    first, _ = (await ask(runtime, ask="definitions"))["archives"]
    assert (first["definition"]["id"], first["source"], first["trusted"]) == (
        "one",
        "shipped",
        False,
    )


async def test_a_credential_of_a_closed_page_is_served_no_more(
    broker: Broker, runtime: Path, accounts: Accounts, clock: Clock
) -> None:
    one = accounts.store.get("one")
    await accounts.sign_in(OWNER, one, TYPED, "page", PAGE)
    assert "credential" in await ask(runtime, ask="credential", archive="one")
    clock.now += 301
    answer = await ask(runtime, ask="credential", archive="one")
    assert answer["error"]["kind"] == "not-signed-in"


async def test_a_kernels_refusal_is_remembered(
    broker: Broker, runtime: Path, accounts: Accounts
) -> None:
    one = accounts.store.get("one")
    await accounts.sign_in(OWNER, one, TYPED, "session", None)
    assert await ask(runtime, ask="refused", archive="one") == {}
    account = await accounts.account(OWNER, one)
    assert account["problem"] == "One has not accepted this sign-in since 08:00 UTC."


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{\n",
        b"[]\n",
        b'{"ask": "states"}\n',
        b'{"key": "wrong", "ask": "states"}\n',
        b'{"key": null, "ask": "states"}\n',
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"[" * 60_000 + b"\n",
    ],
)
async def test_without_the_key_there_is_only_the_refusal(
    broker: Broker, runtime: Path, line: bytes
) -> None:
    answer = await send(runtime, line)
    assert (
        answer
        == ObsdeckError("rejected", "Obsdeck's broker did not understand the request.").to_json()
    )


async def test_an_endless_line_is_cut_off(broker: Broker, runtime: Path) -> None:
    with contextlib.suppress(ConnectionError):
        answer = await send(runtime, b"x" * 1_000_000)
        assert answer["error"]["kind"] == "rejected"
    assert (await ask(runtime, ask="hello"))["version"] == 1


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        ({}, "rejected"),
        ({"ask": "everything"}, "rejected"),
        ({"ask": "credential"}, "rejected"),
        ({"ask": "credential", "archive": 3}, "rejected"),
        ({"ask": "credential", "archive": "nowhere"}, "not-found"),
    ],
)
async def test_hostile_requests_with_the_key(
    broker: Broker, runtime: Path, request_: dict[str, Any], kind: str
) -> None:
    assert (await ask(runtime, **request_))["error"]["kind"] == kind


async def test_where_nobody_is_the_owner_kernels_get_nothing(
    accounts: Accounts, runtime: Path
) -> None:
    await accounts.sign_in(OWNER, accounts.store.get("one"), TYPED, "session", None)
    identities = Identities("auto", knows_people=True)
    broker = Broker(accounts, identities, logging.getLogger("test"))
    await broker.start()
    answer = await ask(runtime, ask="credential", archive="one")
    assert answer["error"]["kind"] == "forbidden"
    assert (await ask(runtime, ask="states"))["signIn"]["enabled"] is False
    await broker.stop()


async def test_stopping_leaves_nothing_behind(accounts: Accounts, runtime: Path) -> None:
    broker = Broker(accounts, Identities("owner"), logging.getLogger("test"))
    await broker.start()
    folder = Path(announced(runtime)["socket"]).parent
    await broker.stop()
    assert not folder.exists()
    assert files(runtime) == []


async def test_files_of_dead_servers_are_removed_and_those_of_living_ones_stay(
    accounts: Accounts, runtime: Path, broker: Broker
) -> None:
    (living,) = files(runtime)
    kept = living.rename(runtime / "obsdeck-broker-1.json")  # as of another process
    dead = runtime / "obsdeck-broker-999999.json"
    dead.write_text(json.dumps({"socket": "/nowhere/broker.sock", "port": None, "key": "x"}))
    damaged = runtime / "obsdeck-broker-999998.json"
    damaged.write_text("{")
    second = Broker(accounts, Identities("owner"), logging.getLogger("test"))
    await second.start()
    assert kept.exists()
    assert not dead.exists()
    assert not damaged.exists()
    await second.stop()


async def test_a_folder_too_deep_for_a_socket_leads_to_the_loopback(
    accounts: Accounts, runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    broker = Broker(accounts, Identities("owner"), logging.getLogger("test"))
    await broker.start()
    assert announced(runtime)["socket"] is None
    assert (await ask(runtime, ask="hello"))["version"] == 1
    assert files(deep) == []
    await broker.stop()
