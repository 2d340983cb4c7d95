"""What happens when people, disks and other writers come in between."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from obsdeck.downloads import finish, finisher, manifest
from obsdeck.downloads.attempt import Attempt
from obsdeck.downloads.item import Validator
from obsdeck.downloads.journal import Journal
from obsdeck.downloads.manifest import NAME, Entry, add_to, read_manifest
from obsdeck.downloads.part import Part
from obsdeck.downloads.request import Found, Request, Source
from obsdeck.downloads.signed import is_signed, without_signature
from obsdeck.errors import ObsdeckError
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.upstream import Recorded, Upstream

BODY = fits(200_000)


async def reached(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, 10)


async def test_a_file_that_gets_its_name_is_not_begun_again(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncing, go_on, sizes = threading.Event(), threading.Event(), []
    take_name, sync = finish.take_name, finisher._sync

    def slow(path: Path) -> None:
        syncing.set()
        go_on.wait(10)
        sync(path)

    def looking(whole: finish.Whole) -> None:
        sizes.append(whole.part.stat().st_size)
        take_name(whole)

    monkeypatch.setattr(finisher, "_sync", slow)
    monkeypatch.setattr(finish, "take_name", looking)
    served = serve(upstream, "/a.fits", Served(BODY, etag=""))
    (which,) = await deck.add({"url": f"{upstream.origin}/a.fits"})
    await reached(syncing)
    served.gate, served.cuts = asyncio.Event(), [10]
    await deck.call("PATCH", action="pause", ids=[which])
    await deck.call("PATCH", action="resume", ids=[which])
    await asyncio.sleep(0.2)
    go_on.set()
    served.gate.set()
    (item,) = await deck.settled()
    assert (item["state"], sizes) == ("done", [len(BODY)])
    assert len(upstream.requests) == 1


async def test_who_is_cancelled_while_the_file_is_opened_leaves_nothing(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, go_on, parts = threading.Event(), threading.Event(), []
    prepare = Attempt._prepare

    def slow(attempt: Attempt) -> Part:
        opening.set()
        go_on.wait(10)
        parts.append(prepare(attempt))
        return parts[-1]

    monkeypatch.setattr(Attempt, "_prepare", slow)
    serve(upstream, "/a.fits", BODY)
    (which,) = await deck.add({"url": f"{upstream.origin}/a.fits"})
    await reached(opening)
    await deck.call("DELETE", ids=[which])
    go_on.set()
    for _ in range(200):
        if parts and parts[0]._handle < 0 and not deck.files():
            break
        await asyncio.sleep(0.02)
    assert deck.files() == []
    assert [part._handle for part in parts] == [-1]


@pytest.mark.parametrize("given", [hashlib.md5(BODY).hexdigest(), "0" * 32])
async def test_a_checksum_that_was_told_is_checked_after_a_new_beginning(
    deck: Deck, upstream: Upstream, given: str
) -> None:
    answers = iter([fits(200_000, seed=2), BODY, BODY])

    def other(served: Served, _request: Recorded) -> None:
        served.body = next(answers, BODY)

    serve(upstream, "/a.fits", Served(BODY, before=other))
    digest = {"algorithm": "md5", "value": given}
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits", "digest": digest})
    if given == "0" * 32:
        assert (item["state"], "does not fit its checksum (md5)" in item["message"]) == (
            "failed",
            True,
        )
    else:
        assert (item["state"], item["end"]) == ("done", "checked")
        assert (deck.root / "data" / "a.fits").read_bytes() == BODY


async def test_a_folder_that_goes_away_meanwhile_is_told(deck: Deck, upstream: Upstream) -> None:
    def remove(_served: Served, _request: Recorded) -> None:
        for path in (deck.root / "data").iterdir():
            path.unlink()
        (deck.root / "data").rmdir()

    serve(upstream, "/a.fits", Served(BODY, before=remove))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    assert (item["state"], item["message"]) == (
        "failed",
        "data cannot be written: No such file or directory.",
    )


async def test_no_archive_writes_the_manifest(deck: Deck, upstream: Upstream) -> None:
    hostile = b'{"version": 1, "files": []}'
    name = "Obsdeck-Manifest.json"
    serve(upstream, "/x", Served(hostile, name=name, media="application/json"))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/x"})
    assert item["path"] == "data/Obsdeck-Manifest-2.json"
    assert [each["path"] for each in (await deck.manifest("data"))["files"]] == [item["name"]]


async def test_a_manifest_that_names_itself_is_refused(deck: Deck) -> None:
    path = deck.root / "data" / NAME
    path.parent.mkdir()
    add_to(path.parent, [entry(f"below/{NAME}")])
    body = deck.text(path=f"data/{NAME}")
    response = await deck.api("downloads", "manifest", method="POST", body=body)
    assert response.code == 400


async def test_a_file_named_before_a_kill_has_the_time_it_was_saved(
    deck: Deck, upstream: Upstream
) -> None:
    serve(upstream, "/a.fits", BODY)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    await deck.manifest("data")
    queue = (await deck.downloads.desk(deck.downloads.identities.of(""))).queue
    found = queue.roster.get(item["id"])
    assert found is not None
    found.state, found.ended, found.end = "waiting", None, None
    queue.touch(found, keep=True)
    await deck.downloads.close()
    (deck.root / "data" / NAME).unlink()
    os.utime(deck.root / "data" / "a.fits", (1_780_000_000, 1_780_000_000))
    await deck.downloads.start()
    (told,) = (await deck.manifest("data"))["files"]
    assert told["time"] == "2026-05-28T20:26:40+00:00"


def entry(path: str) -> Entry:
    return Entry(path, Request("local", f"https://a.example/{path}"), 1, "", Validator(), "")


def test_writers_of_one_manifest_lose_nothing_of_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: add_to(tmp_path, [entry(f"{n}.fits")]), range(40)))
    assert len(read_manifest(tmp_path / NAME)) == 40


def test_a_pipe_is_no_manifest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    with pytest.raises(ObsdeckError, match="no file"):
        manifest.read_manifest(tmp_path / NAME)


def test_a_line_torn_by_a_full_disk_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, write = Journal(tmp_path / "kept.journal"), os.write
    journal.append([{"put": 1}])
    left = [7]

    def full(handle: int, data: Any) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = write(handle, data[: left[0]])
        left[0] -= count
        return count

    monkeypatch.setattr(os, "write", full)
    for _ in range(2):  # the second time not even the torn line can be ended
        with pytest.raises(OSError, match="No space"):
            journal.append([{"put": 2}, {"put": 3}])
    monkeypatch.undo()
    journal.append([{"put": 2}, {"put": 3}])
    journal.close()
    assert [each["put"] for each in Journal(journal.path).read()] == [1, 2, 3]


def test_a_journal_is_read_to_its_end_however_long(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "kept.journal")
    for number in range(260):
        journal.append([{"put": number, "query": "x" * 1_000_000}])
    journal.close()
    assert sum(1 for _ in Journal(journal.path).read()) == 260


def test_links_and_services_are_kept_without_what_is_secret() -> None:
    links = "https://a.example/links?ID=1&access_token=s3cret-example"
    service = "https://a.example/tap?X-Amz-Signature=s3cret-example"
    source, found = Source(links, "1", "#this"), Found(service, "SELECT 1")
    request = Request("local", "https://a.example/f.fits", source=source, found=found)
    assert "s3cret" not in str(request.unsigned())
    assert request.unsigned().key == request.key


def test_addresses_signed_by_openstack_are_known() -> None:
    url = "https://a.example/f.fits?part=1&temp_url_sig=c0ffee&temp_url_expires=1"
    assert is_signed(url)
    assert without_signature(url) == "https://a.example/f.fits?part=1"
