"""What people do with the queue, through its routes."""

from __future__ import annotations

import asyncio
import errno
import json
import threading
from typing import Any

import pytest

from obsdeck.downloads import finish
from obsdeck.downloads.journal import Journal
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.routes.signing import error_of
from obsdeck.tests.upstream import Upstream

BODY = fits(200_000)


async def states(deck: Deck) -> dict[str, str]:
    return {item["name"]: item["state"] for item in await deck.items()}


async def until(deck: Deck, **wanted: Any) -> dict[str, Any]:
    """Wait until the only file is as wanted."""
    for _ in range(1_000):
        (item,) = await deck.items()
        if all(item[key] == value for key, value in wanted.items()):
            return item
        await asyncio.sleep(0.01)
    raise AssertionError(item)


def urls(upstream: Upstream, *names: str) -> list[dict[str, Any]]:
    for number, name in enumerate(names):
        serve(upstream, f"/{name}.fits", fits(seed=number))
    return [{"url": f"{upstream.origin}/{name}.fits"} for name in names]


async def test_files_wait_until_they_are_started(deck: Deck, upstream: Upstream) -> None:
    ids = await deck.add(*urls(upstream, "a", "b"), start=False)
    assert await states(deck) == {"a.fits": "held", "b.fits": "held"}
    assert upstream.requests == []
    await deck.call("PATCH", action="start", ids=ids[:1])
    await deck.settled()
    assert await states(deck) == {"a.fits": "done", "b.fits": "held"}
    await deck.call("PATCH", action="start")
    await deck.settled()
    assert await states(deck) == {"a.fits": "done", "b.fits": "done"}


async def test_a_paused_file_goes_on_where_it_stopped(deck: Deck, upstream: Upstream) -> None:
    gate = asyncio.Event()
    served = serve(upstream, "/a.fits", Served(BODY, cuts=[150_000], gate=gate))
    (which,) = await deck.add({"url": f"{upstream.origin}/a.fits"})
    await until(deck, state="running", received=150_000)
    totals = (await deck.call("PATCH", action="pause"))["totals"]
    assert totals["isPaused"] is True
    item = await until(deck, state="paused", received=150_000)
    assert (item["total"], item["rate"]) == (len(BODY), None)
    gate.set()
    served.gate = None
    await deck.call("PATCH", action="resume", ids=[which])
    assert [each["state"] for each in await deck.settled()] == ["done"]
    assert (deck.root / "data" / "a.fits").read_bytes() == BODY
    assert upstream.requests[1].headers["range"] == "bytes=150000-"


async def test_pausing_and_going_on_at_once_mixes_nothing(deck: Deck, upstream: Upstream) -> None:
    gate = asyncio.Event()
    served = serve(upstream, "/a.fits", Served(BODY, cuts=[150_000], gate=gate))
    (which,) = await deck.add({"url": f"{upstream.origin}/a.fits"})
    await until(deck, state="running", received=150_000)
    served.gate = None
    queue = (await deck.downloads.desk(deck.downloads.identities.of(""))).queue
    for _ in range(5):
        queue.pause([which])
        queue.resume([which])
    gate.set()
    await deck.settled()
    assert (deck.root / "data" / "a.fits").read_bytes() == BODY
    assert deck.files() == ["data/a.fits"]


async def test_stopping_before_it_began_takes_no_place_from_others(
    deck: Deck, upstream: Upstream
) -> None:
    """Started and paused in the same moment, more often than files may arrive at once."""
    held = await deck.add(*urls(upstream, "a", "b"), start=False)
    queue = (await deck.downloads.desk(deck.downloads.identities.of(""))).queue
    queue.start(held[:1])
    for _ in range(20):
        queue.pause(held[:1])
        queue.resume(held[:1])
    queue.pause(held[:1])
    queue.start(held[1:])
    await deck.settled()
    assert await states(deck) == {"a.fits": "paused", "b.fits": "done"}
    queue.resume(held[:1])
    await deck.settled()
    assert await states(deck) == {"a.fits": "done", "b.fits": "done"}


async def test_pausing_while_the_name_is_made_fetches_nothing_twice(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All bytes are there: the file is finished, whatever is asked for meanwhile."""
    may_name, naming = threading.Event(), threading.Event()
    take_name = finish.take_name

    def slow(whole: finish.Whole) -> None:
        naming.set()
        may_name.wait(10)
        take_name(whole)

    monkeypatch.setattr(finish, "take_name", slow)
    await deck.add(*urls(upstream, "a"))
    await asyncio.to_thread(naming.wait, 10)
    await deck.call("PATCH", action="pause")
    await deck.call("PATCH", action="resume")
    await asyncio.sleep(0.1)
    may_name.set()
    assert [item["state"] for item in await deck.settled()] == ["done"]
    assert deck.files() == ["data/a.fits"]
    assert len(upstream.requests) == 1


async def test_a_list_that_cannot_be_written_is_told_and_written_later(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    await deck.add(*urls(upstream, "a"), start=False)

    def full(_self: Journal, _records: object, *, safely: bool = False) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Journal, "append", full)
    body = deck.text(
        requests=[{"archive": "local", "url": f"{upstream.origin}/b.fits"}],
        plan={"folder": "data", "layout": "flat", "start": False},
    )
    response = await deck.api("downloads", method="POST", body=body)
    error = error_of(response)
    assert (response.code, error["kind"]) == (500, "unavailable")
    assert "No space left on device" in error["message"]
    monkeypatch.undo()
    await deck.add(*urls(upstream, "c"), start=False)
    await deck.downloads.close()
    assert sorted(await states(deck)) == ["a.fits", "b.fits", "c.fits"]


async def test_a_cancelled_file_leaves_nothing(deck: Deck, upstream: Upstream) -> None:
    gate = asyncio.Event()
    serve(upstream, "/a.fits", Served(BODY, cuts=[150_000], gate=gate))
    (which,) = await deck.add({"url": f"{upstream.origin}/a.fits"})
    await until(deck, state="running", received=150_000)
    totals = (await deck.call("DELETE", ids=[which, "unknown"]))["totals"]
    assert (totals["files"], totals["bytes"], totals["received"]) == (0, 0, 0)
    gate.set()
    for _ in range(200):
        if not deck.files():
            break
        await asyncio.sleep(0.02)
    assert deck.files() == []
    assert await deck.items() == []


async def test_a_finished_file_stays_when_it_is_forgotten(deck: Deck, upstream: Upstream) -> None:
    (item,) = await deck.fetched(*urls(upstream, "a"))
    await deck.call("DELETE", ids=[item["id"]])
    assert deck.files() == ["data/a.fits"]
    await deck.fetched(*urls(upstream, "b"))
    await deck.call("PATCH", action="clear")
    assert await deck.items() == []
    assert deck.files() == ["data/a.fits", "data/b.fits"]


async def test_a_failed_file_is_tried_again(deck: Deck, upstream: Upstream) -> None:
    served = serve(upstream, "/a.fits", Served(b"", status="404 Not Found"))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    assert (item["state"], item["kind"]) == ("failed", "not-found")
    served.status, served.body = "", BODY
    await deck.call("PATCH", action="retry", ids=[item["id"]])
    (item,) = await deck.settled()
    assert (item["state"], item["kind"], item["message"]) == ("done", None, "")


async def test_files_start_in_the_order_they_were_moved_to(deck: Deck, upstream: Upstream) -> None:
    deck.downloads.store.get("local").definition["downloads"] = {"parallel": 1}  # type: ignore[index]
    a, b, c, d = await deck.add(*urls(upstream, "a", "b", "c", "d"), start=False)
    await deck.call("PATCH", action="move", ids=[d], before=a)
    await deck.call("PATCH", action="move", ids=[a], before=None)
    assert [item["id"] for item in await deck.items()] == [d, b, c, a]
    await deck.call("PATCH", action="start")
    await deck.settled()
    assert [request.target for request in upstream.requests] == [f"/{name}.fits" for name in "dbca"]


async def test_an_order_outlives_the_server(deck: Deck, upstream: Upstream) -> None:
    ids = await deck.add(*urls(upstream, *"abcdef"), start=False)
    for _ in range(80):  # more often than numbers can be halved
        await deck.call("PATCH", action="move", ids=[ids[5]], before=ids[1])
        await deck.call("PATCH", action="move", ids=[ids[4]], before=ids[5])
    order = [item["id"] for item in await deck.items()]
    await deck.downloads.close()
    assert [item["id"] for item in await deck.items()] == order


async def test_no_more_than_the_definition_allows_arrive_at_once(
    deck: Deck, upstream: Upstream
) -> None:
    deck.downloads.store.get("local").definition["downloads"] = {"parallel": 2}  # type: ignore[index]
    gate, names = asyncio.Event(), "abcdef"
    for name in names:
        serve(upstream, f"/{name}.fits", Served(BODY, cuts=[1_000_00], gate=gate))
    await deck.add(*({"url": f"{upstream.origin}/{name}.fits"} for name in names))
    for _ in range(100):
        if len(upstream.requests) >= 2:
            break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert len(upstream.requests) == 2
    assert sorted((await states(deck)).values()) == ["running"] * 2 + ["waiting"] * 4
    gate.set()
    assert {item["state"] for item in await deck.settled()} == {"done"}


async def test_a_busy_archive_does_not_hold_up_another(
    deck: Deck, upstream: Upstream, second_upstream: Upstream
) -> None:
    """Twenty files of one wait; the only one of the other, added last, arrives."""
    gate = asyncio.Event()
    for number in range(20):
        serve(upstream, f"/{number}.fits", Served(BODY, cuts=[1_000], gate=gate))
    first = [{"url": f"{upstream.origin}/{number}.fits"} for number in range(20)]
    await deck.add(*first)
    serve(upstream, "/quick.fits", BODY)
    local = deck.downloads.store.get("local")
    local.definition["services"]["files"] = {"url": second_upstream.origin}
    local.__dict__.pop("targets", None)
    serve(second_upstream, "/quick.fits", BODY)
    await deck.add({"url": f"{second_upstream.origin}/quick.fits"})
    for _ in range(500):
        if (await states(deck))["quick.fits"] == "done":
            break
        await asyncio.sleep(0.01)
    assert (await states(deck))["quick.fits"] == "done"
    gate.set()
    await deck.settled()


async def test_addresses_that_are_never_called_fail_at_once(deck: Deck, upstream: Upstream) -> None:
    addresses = [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user:pw@127.0.0.1/",
        "ftp://a.example/b",
        "http://10.0.0.1/a.fits",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:8888/api",
        "http://localhost:8888/api",
        "",
    ]
    items = await deck.fetched(*({"url": url} for url in addresses))
    assert {item["state"] for item in items} == {"failed"}
    assert {item["kind"] for item in items} == {"refused-address"}
    assert deck.files() == []
    assert "user:pw" not in json.dumps([item["message"] for item in items])


async def test_an_unknown_archive_fails_at_once(deck: Deck, upstream: Upstream) -> None:
    (item,) = await deck.fetched({"archive": "nobody", "url": f"{upstream.origin}/a.fits"})
    assert (item["state"], item["kind"]) == ("failed", "not-found")
    assert upstream.requests == []


async def test_ten_thousand_links_are_taken(deck: Deck, upstream: Upstream) -> None:
    requests = [{"url": f"{upstream.origin}/{number}.fits"} for number in range(10_000)]
    ids = await deck.add(*requests, start=False)
    assert len(set(ids)) == 10_000
    totals = (await deck.call("GET"))["totals"]
    assert (totals["files"], totals["done"]) == (10_000, 0)
    await deck.downloads.close()
    assert [item["id"] for item in await deck.items()] == ids
    await deck.call("DELETE", ids=ids)
    assert await deck.items() == []
