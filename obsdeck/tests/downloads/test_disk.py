"""Disks that are full or refuse, folders that lead elsewhere, files that are there already."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from obsdeck.downloads import attempt
from obsdeck.downloads.reckoning import amount
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.routes.signing import error_of
from obsdeck.tests.upstream import Upstream

BODY = fits(3_000_000)


async def test_a_file_that_does_not_fit_is_not_begun(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(deck.root)
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _path: type(usage)(usage.total, usage.used, 2_100_000)
    )
    for name in ("a", "b"):
        serve(upstream, f"/{name}.fits", BODY)
    items = await deck.fetched(
        *({"url": f"{upstream.origin}/{name}.fits", "size": len(BODY)} for name in "ab"),
        folder="data/eso",
    )
    assert {item["state"] for item in items} == {"paused"}
    assert items[0]["message"] in {
        "6.0 MB are wanted, 2.1 MB are free in data/eso.",
        "3.0 MB are wanted, 2.1 MB are free in data/eso.",
    }
    assert (await deck.call("GET"))["totals"]["isPaused"] is True
    assert not [name for name in deck.files() if not name.startswith("data/eso/.")]


@pytest.mark.parametrize(
    ("at_once", "in_all"), [(10**9, 500_000), (10**9, 2_500_000), (1_000_000, 10**9)]
)
async def test_a_disk_that_fills_up_pauses_and_goes_on(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch, at_once: int, in_all: int
) -> None:
    """What is on disk by then is gone on from, and what came after a lost piece is not."""
    written = 0
    write = os.write

    def filling(handle: int, data: Any) -> int:
        nonlocal written
        if len(data) > 10_000:
            if len(data) > at_once or written + len(data) > in_all:
                raise OSError(errno.ENOSPC, "No space left on device")
            written += len(data)
        return write(handle, data)

    monkeypatch.setattr("obsdeck.downloads.part.os.write", filling)
    serve(upstream, "/a.fits", BODY)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    assert item["state"] == "paused"
    assert "are free in data." in item["message"]
    monkeypatch.undo()
    await deck.call("PATCH", action="resume", ids=[item["id"]])
    (item,) = await deck.settled()
    assert item["state"] == "done"
    assert (deck.root / "data" / "a.fits").read_bytes() == BODY


async def ran(*command: str) -> bool:
    """Run a command; return whether it did what it should."""
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stderr=quiet)
    return await process.wait() == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
async def test_a_small_disk_is_never_overrun(deck: Deck, upstream: Upstream) -> None:
    small = deck.root / "small"
    small.mkdir()
    if not await ran("mount", "-t", "tmpfs", "-o", "size=4m", "none", str(small)):
        pytest.skip("this machine does not let a disk be mounted")
    try:
        for number in range(3):
            serve(upstream, f"/{number}.fits", Served(fits(3_000_000, seed=number), length=-1))
        requests = [{"url": f"{upstream.origin}/{number}.fits"} for number in range(3)]
        items = await deck.fetched(*requests, folder="small")
        assert {item["state"] for item in items} <= {"done", "paused"}
        assert "paused" in {item["state"] for item in items}
        for path in small.glob("[!.]*.fits"):
            assert path.read_bytes() == fits(3_000_000, seed=int(path.stem))
    finally:
        await ran("umount", "-l", str(small))


async def test_a_folder_that_cannot_be_written_is_told(deck: Deck, upstream: Upstream) -> None:
    (deck.root / "data").write_text("a file")
    response = await deck.api(
        "downloads",
        method="POST",
        body='{"requests": [], "plan": {"folder": "data", "layout": "flat", "start": true}}',
    )
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")


FOLDERS = [
    "..",
    "a/../../b",
    "/../x",
    ".hidden",
    "a/.git",
    "out",
    "out/deeper",
    "a\0b",
    "CON",
    "x" * 300,
]


@pytest.mark.parametrize("folder", FOLDERS)
async def test_folders_that_lead_elsewhere_are_refused(
    deck: Deck, upstream: Upstream, tmp_path: Path, folder: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (deck.root / "out").symlink_to(outside)
    plan = {"folder": folder, "layout": "flat", "start": True}
    requests = [{"archive": "local", "url": f"{upstream.origin}/a.fits"}]
    for path in ((), ("check",)):
        response = await deck.api(
            "downloads", *path, method="POST", body=deck.text(requests=requests, plan=plan)
        )
        assert (response.code, error_of(response)["kind"]) == (400, "rejected"), path
    assert list(outside.iterdir()) == []
    assert upstream.requests == []


async def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(
    deck: Deck, upstream: Upstream, tmp_path: Path
) -> None:
    serve(upstream, "/a.fits", fits())
    ids = await deck.add({"url": f"{upstream.origin}/a.fits"}, start=False)
    outside = tmp_path / "outside"
    outside.mkdir()
    (deck.root / "data").symlink_to(outside)
    await deck.call("PATCH", action="start", ids=ids)
    (item,) = await deck.settled()
    assert item["state"] == "failed"
    assert list(outside.iterdir()) == []


async def test_a_whole_file_is_skipped_by_the_manifest(deck: Deck, upstream: Upstream) -> None:
    """Without asking the archive, also once the queue has forgotten it."""
    serve(upstream, "/a.fits", fits())
    request = {"url": f"{upstream.origin}/a.fits"}
    await deck.fetched(request)
    await deck.manifest("data")
    await deck.call("PATCH", action="clear")
    (item,) = await deck.fetched(request)
    assert (item["state"], item["end"], item["path"]) == ("done", "here", "data/a.fits")
    assert len(upstream.requests) == 1


async def test_a_file_damaged_since_is_fetched_again(deck: Deck, upstream: Upstream) -> None:
    serve(upstream, "/a.fits", fits())
    request = {"url": f"{upstream.origin}/a.fits"}
    await deck.fetched(request)
    await deck.manifest("data")
    await deck.call("PATCH", action="clear")
    (deck.root / "data" / "a.fits").write_bytes(fits()[:100])
    (item,) = await deck.fetched(request)
    assert (item["end"], item["path"]) == ("saved", "data/a-2.fits")


@pytest.mark.parametrize("there", ["SINFO.1.fits.Z", "SINFO.1.fits"])
async def test_a_frame_is_skipped_by_its_name(deck: Deck, upstream: Upstream, there: str) -> None:
    """Also when it has been decompressed since."""
    (deck.root / "data").mkdir()
    (deck.root / "data" / there).write_bytes(fits())
    request = {
        "url": f"{upstream.origin}/file/SINFO.1",
        "name": "SINFO.1.fits.Z",
        "observation": "SINFO.1",
        "size": len(fits()),
    }
    (item,) = await deck.fetched(request)
    assert (item["end"], item["path"]) == ("here", f"data/{there}")
    assert upstream.requests == []


async def test_a_file_of_the_same_size_and_beginning_is_not_fetched(
    deck: Deck, upstream: Upstream
) -> None:
    (deck.root / "data").mkdir()
    (deck.root / "data" / "a.fits").write_bytes(BODY)
    serve(upstream, "/a.fits", BODY)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    assert item["end"] == "here"
    assert deck.files() == ["data/a.fits"]


async def test_another_cutout_of_the_same_size_is_fetched(deck: Deck, upstream: Upstream) -> None:
    (deck.root / "data").mkdir()
    (deck.root / "data" / "cutout.fits").write_bytes(fits(3_000_000, seed=2))
    serve(upstream, "/sync", Served(BODY, name="cutout.fits"))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/sync?CIRCLE=1+2+3"})
    assert (item["end"], item["name"]) == ("saved", "cutout-2.fits")


async def test_a_race_for_a_name_replaces_nobodys_file(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody makes a file of that name after it was chosen."""
    survey = attempt.Attempt._survey

    def slow(self: attempt.Attempt, name: str) -> Any:
        seen = survey(self, name)
        (deck.root / "data" / name).write_bytes(b"mine")
        return seen

    monkeypatch.setattr(attempt.Attempt, "_survey", slow)
    serve(upstream, "/a.fits", fits())
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    assert item["path"] == "data/a-2.fits"
    assert (deck.root / "data" / "a.fits").read_bytes() == b"mine"
    assert (deck.root / "data" / "a-2.fits").read_bytes() == fits()


def test_amounts_are_decimal() -> None:
    assert [amount(n) for n in (0, 999, 1_000, 3_520_000_000, 123_456_789)] == [
        "0 B",
        "999 B",
        "1.0 kB",
        "3.5 GB",
        "123 MB",
    ]
