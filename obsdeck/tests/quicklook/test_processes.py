"""The processes that open files: warm, few, bounded, and ended."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.limits import QuickLookLimits
from obsdeck.quicklook.service import QuickLook
from obsdeck.tests.quicklook.hostile import head, image
from obsdeck.tests.raw import Browser

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are read from /proc")

Start = Callable[..., QuickLook]

ECHO = """
import json, os, sys, time
opening = json.loads(sys.stdin.readline())
for line in sys.stdin:
    question = json.loads(line)
    time.sleep(float(question.get("sleep", 0)))
    if "die" in question:
        os._exit(3)
    print(json.dumps({"type": "text/plain", "length": 2, "facts": {"pid": os.getpid()}}))
    print("ok", end="", flush=True)
"""
"""Answers with its process id, after as long as it is told."""


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace what opens files."""
    monkeypatch.setattr("obsdeck.quicklook.reader.COMMAND", (sys.executable, "-c", ECHO))


@pytest.fixture
def start(jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[Start]:
    """Give services, which are stopped afterwards."""
    services: list[QuickLook] = []

    def make(**limits: Any) -> QuickLook:
        services.append(QuickLook(QuickLookLimits(**limits)))
        return services[-1]

    yield make
    for service in services:
        jp_asyncio_loop.run_until_complete(service.stop())
    assert children() == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give six files."""
    for name in "abcdef":
        (tmp_path / name).write_bytes(image(4, 4))
    return tmp_path


def children() -> list[int]:
    """Return the ids of our processes that open files."""
    tasks = Path("/proc/self/task").glob("*/children")
    pids = [int(pid) for task in tasks for pid in task.read_text().split()]
    return [pid for pid in pids if {"obsdeck.quicklook", ECHO} & set(command(pid))]


def command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen")


def question(**more: object) -> dict[str, str]:
    return {"what": "info", **{name: str(value) for name, value in more.items()}}


async def pid(answer: Awaitable[tuple[Any, Any]]) -> int:
    return int((await answer)[1].facts["pid"])


@pytest.mark.usefixtures("echo")
async def test_a_file_keeps_its_process(start: Start, root: Path) -> None:
    service = start()
    pids = {await pid(service.ask(root, "a", question())) for _ in range(3)}
    assert len(pids) == 1
    assert await pid(service.ask(root, "b", question())) not in pids


@pytest.mark.usefixtures("echo")
async def test_there_are_four_at_most(start: Start, root: Path) -> None:
    service = start()
    asked = [service.ask(root, name, question(sleep=0.2)) for name in "abcdef" * 2]
    most = 0

    async def count() -> None:
        nonlocal most
        while True:
            most = max(most, len(children()))
            await asyncio.sleep(0.02)

    counting = asyncio.create_task(count())
    answers = await asyncio.gather(*asked)
    counting.cancel()
    assert [answered.body for _, answered in answers] == [b"ok"] * 12
    assert most == 4


@pytest.mark.usefixtures("echo")
async def test_idle_ones_end(start: Start, root: Path) -> None:
    service = start(idle=0.1)
    await service.ask(root, "a", question())
    await until(lambda: children() == [])
    await service.ask(root, "a", question())


@pytest.mark.usefixtures("echo")
async def test_one_that_dies_is_told_and_replaced(start: Start, root: Path) -> None:
    service = start()
    with pytest.raises(ObsdeckError, match="What reads a ended unexpectedly") as caught:
        await service.ask(root, "a", question(die=1))
    assert caught.value.kind == "unavailable"
    assert (await service.ask(root, "a", question()))[1].body == b"ok"


@pytest.mark.usefixtures("echo")
async def test_one_that_takes_too_long_is_ended(start: Start, root: Path) -> None:
    service = start(seconds=0.5)
    slow = asyncio.create_task(service.ask(root, "a", question(sleep=600)))
    await until(lambda: len(children()) == 1)
    behind = asyncio.create_task(service.ask(root, "a", question()))
    with pytest.raises(ObsdeckError, match="a could not be shown within") as caught:
        await slow
    assert caught.value.kind == "timeout"
    assert (await behind)[1].body == b"ok"


@pytest.mark.usefixtures("echo")
async def test_short_questions_that_nobody_waits_for_cost_no_process(
    start: Start, root: Path
) -> None:
    service = start()
    first = await pid(service.ask(root, "a", question()))
    left = asyncio.create_task(service.ask(root, "a", question(sleep=0.3)))
    await asyncio.sleep(0.1)
    left.cancel()
    assert await pid(service.ask(root, "a", question())) == first


@pytest.mark.usefixtures("echo", "http_server")
async def test_a_page_that_goes_away_ends_a_long_one(
    jp_root_dir: Path,
    http_server_port: tuple[socket.socket, int],
    jp_base_url: str,
    jp_auth_header: dict[str, str],
) -> None:
    (jp_root_dir / "a.fits").write_bytes(image(4, 4))
    path = f"{jp_base_url}obsdeck/api/quicklook?path=a.fits&what=info&sleep=600"
    browser = await Browser.open(http_server_port[1], path, jp_auth_header)
    browser.ask("GET", "")
    await until(lambda: len(children()) == 1)
    browser.close()
    await until(lambda: children() == [])


async def test_memory_does_not_grow_with_the_image(start: Start, tmp_path: Path) -> None:
    """4 GB of zeros that take no room on the disk, and a limit of 1 GB of addresses."""
    with (tmp_path / "a.fits").open("wb") as file:
        file.write(head(-32, 32768, 32768))
        file.truncate(2880 + 4 * 32768**2)
    service = start(memory=1_000_000_000)
    await service.ask(tmp_path, "a.fits", question())
    [child] = children()
    before = peak(child)
    asked = question(width=1000, height=1000, interval="99") | {"what": "picture"}
    _, answered = await service.ask(tmp_path, "a.fits", asked)
    assert (answered.facts["factor"], answered.facts["width"]) == (33, 993)
    assert peak(child) - before < 150_000_000


def peak(pid: int) -> int:
    """Return the most memory that a process ever had, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM")


async def test_nothing_of_the_notebooks_folder_is_run(
    start: Start, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "astropy.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(root)
    _, answered = await start().ask(root, "a", question())
    assert b'"kind":"image"' in answered.body


def test_the_server_itself_imports_nothing_heavy() -> None:
    code = "import sys, obsdeck.quicklook.service; sys.exit('astropy' in sys.modules)"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
