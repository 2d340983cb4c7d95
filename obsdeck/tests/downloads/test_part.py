"""The partial file: whatever happens, it is a beginning of what arrived."""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from obsdeck.downloads.part import Part

BODY = bytes(range(256)) * 40_000
CHUNK = 100_000


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Give threads to write in."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


def chunks() -> list[bytes]:
    return [BODY[start : start + CHUNK] for start in range(0, len(BODY), CHUNK)]


async def test_all_bytes_are_written_in_order(tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    part = Part(tmp_path / "part", threads)
    part.open(0, ["md5"])
    for chunk in chunks():
        await part.add(chunk)
    await part.flush()
    await part.close()
    assert (tmp_path / "part").read_bytes() == BODY
    assert part.sums() == {
        "sha-256": hashlib.sha256(BODY).hexdigest(),
        "md5": hashlib.md5(BODY).hexdigest(),
    }


@pytest.mark.parametrize("kept", [0, 1, 1_000_000])
async def test_going_on_keeps_the_checksum(
    tmp_path: Path, threads: ThreadPoolExecutor, kept: int
) -> None:
    (tmp_path / "part").write_bytes(BODY[:2_000_000])
    part = Part(tmp_path / "part", threads)
    part.open(kept)
    assert part.size == kept
    await part.add(BODY[kept:])
    await part.close()
    assert (tmp_path / "part").read_bytes() == BODY
    assert part.sums()["sha-256"] == hashlib.sha256(BODY).hexdigest()


async def test_who_is_cancelled_while_the_disk_is_slow_mixes_nothing(
    tmp_path: Path, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pause while a piece is being written and more wait: they are written after it."""
    write, may_write = os.write, threading.Event()

    def slow(handle: int, data: Any) -> int:
        if len(data) > CHUNK:
            may_write.wait(10)
        return write(handle, data)

    monkeypatch.setattr("obsdeck.downloads.part.os.write", slow)
    part = Part(tmp_path / "part", threads)
    part.open(0)

    async def take() -> None:
        try:
            for chunk in chunks():
                await part.add(chunk)
        finally:
            await part.close()

    taking = asyncio.create_task(take())
    await asyncio.sleep(0.05)
    taking.cancel()
    await asyncio.sleep(0.05)
    may_write.set()
    await asyncio.wait([taking])
    written = (tmp_path / "part").read_bytes()
    assert len(written) > 2_000_000
    assert BODY.startswith(written)
    assert part.size == len(written)


async def test_what_arrives_slowly_is_on_the_disk_after_a_second(
    tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    now = 0.0
    part = Part(tmp_path / "part", threads, lambda: now)
    part.open(0)
    await part.add(BODY[:1_000])
    await part.add(BODY[1_000:2_000])
    assert (tmp_path / "part").stat().st_size == 0
    now = 1.0
    await part.add(BODY[2_000:3_000])
    await part.add(BODY[3_000:4_000])
    while (tmp_path / "part").stat().st_size < 3_000:  # noqa: ASYNC110  a thread's doing
        await asyncio.sleep(0.01)
    assert (tmp_path / "part").read_bytes() == BODY[:3_000]
    await part.close()
    assert (tmp_path / "part").read_bytes() == BODY[:4_000]
