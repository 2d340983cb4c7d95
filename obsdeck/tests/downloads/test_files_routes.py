"""Plans, what is here, scripts, manifests and events."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from obsdeck.downloads.finisher import OTHER
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.downloads.test_actions import urls
from obsdeck.tests.raw import Browser
from obsdeck.tests.routes.signing import error_of
from obsdeck.tests.upstream import Upstream

BODY = fits(200_000)
PLAN = {"folder": "data", "layout": "flat", "start": True}


async def test_a_plan_is_checked_and_nothing_is_added(deck: Deck, upstream: Upstream) -> None:
    done, *_ = urls(upstream, "a")
    await deck.fetched(done)
    await deck.manifest("data")
    new = {"url": f"{upstream.origin}/b.fits", "size": 1_000}
    unsized = {"url": f"{upstream.origin}/c.fits"}
    requests = [{"archive": "local", **each} for each in (done, new, new, unsized)]
    found = await deck.call("POST", "check", requests=requests, plan={**PLAN, "folder": "/data/"})
    assert found.pop("free") > 0
    assert found == {
        "folder": "data",
        "files": 3,
        "bytes": 1_000,
        "unsized": 1,
        "here": [done["url"]],
    }
    assert len(await deck.items()) == 1
    assert len(upstream.requests) == 1


async def test_files_here_are_found_by_address_and_identifier(
    deck: Deck, upstream: Upstream
) -> None:
    serve(upstream, "/file/SINFO.1", Served(BODY, name="SINFO.1.fits"))
    serve(upstream, "/sync", Served(BODY, name="cut.fits"))
    await deck.fetched(
        {"url": f"{upstream.origin}/file/SINFO.1", "observation": "SINFO.1"},
        {"url": f"{upstream.origin}/sync?ID=2", "observation": "SINFO.2"},
    )
    wanted = [
        {"url": f"{upstream.origin}/file/SINFO.1"},
        {"url": "https://links.example/links?ID=SINFO.1", "id": "SINFO.1"},
        {"url": "https://links.example/links?ID=SINFO.2", "id": "SINFO.2"},  # only a cutout
        {"url": f"{upstream.origin}/sync?ID=3"},
        {"url": f"{upstream.origin}/sync?ID=2", "name": "cut.fits"},
    ]
    files = [{"archive": "local", **each} for each in wanted]
    expected = [
        {"index": 0, "path": "data/SINFO.1.fits"},
        {"index": 1, "path": "data/SINFO.1.fits"},
        {"index": 4, "path": "data/cut.fits"},
    ]
    assert (await deck.call("POST", "here", files=files))["here"] == expected
    await deck.manifest("data")
    await deck.call("PATCH", action="clear")
    assert (await deck.call("POST", "here", files=files, folder="data"))["here"] == expected
    (deck.root / "data" / "SINFO.1.fits").unlink()
    found = await deck.call("POST", "here", files=files, folder="data")
    assert found["here"] == expected[2:]


async def test_the_last_folder_and_layout_are_proposed(deck: Deck, upstream: Upstream) -> None:
    assert await deck.call("GET", "defaults") == {"folder": "data", "layout": "flat"}
    await deck.add(*urls(upstream, "a"), folder="data/eso", layout="category", start=False)
    assert await deck.call("GET", "defaults") == {"folder": "data/eso", "layout": "category"}
    await deck.downloads.close()
    assert await deck.call("GET", "defaults") == {"folder": "data/eso", "layout": "category"}


async def test_a_script_fetches_the_same_files(deck: Deck, upstream: Upstream) -> None:
    odd = "it's $(touch hacked) `x`.fits"
    serve(upstream, "/a.fits", Served(BODY, cuts=[50_000]))
    serve(upstream, "/odd", BODY)
    await deck.add(
        {"url": f"{upstream.origin}/a.fits?a=[1-2]&b={{x,y}}", "name": "a.fits"},
        {"url": f"{upstream.origin}/odd", "name": odd},
        start=False,
    )
    script = (await deck.api("downloads", "script")).body
    process = await asyncio.create_subprocess_exec(
        *("bash", "-s"),
        cwd=deck.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    out, _ = await process.communicate(script)
    assert process.returncode == 0, out.decode()
    assert deck.files() == ["data/a.fits", f"data/{odd}"]
    assert (deck.root / "data" / "a.fits").read_bytes() == BODY
    assert upstream.requests[0].target == "/a.fits?a=[1-2]&b={x,y}"


async def test_a_script_has_only_what_was_asked_for(deck: Deck, upstream: Upstream) -> None:
    a, _b = await deck.add(*urls(upstream, "a", "b"), start=False)
    response = await deck.api("downloads", "script", params={"ids": a})
    assert response.headers["Content-Type"].startswith("text/x-shellscript")
    assert b"a.fits" in response.body
    assert b"b.fits" not in response.body


async def test_a_manifest_tells_where_each_file_came_from(deck: Deck, upstream: Upstream) -> None:
    serve(
        upstream, "/file/1", Served(BODY, name="one.fits", modified="Sun, 22 Nov 2026 10:00:00 GMT")
    )
    source = {"links": "https://links.example/links", "id": "ivo://x/1", "semantics": "#this"}
    found = {"service": "https://tap.example/tap", "query": "SELECT 1"}
    await deck.fetched(
        {
            "url": f"{upstream.origin}/file/1",
            "source": source,
            "found": found,
            "category": "SCIENCE",
        },
        layout="category",
    )
    (entry,) = (await deck.manifest("data"))["files"]
    assert entry["path"] == "SCIENCE/one.fits"
    assert entry["size"] == len(BODY)
    assert entry["digest"] == f"sha-256:{hashlib.sha256(BODY).hexdigest()}"
    assert entry["validator"] == {"etag": '"one"', "modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
    assert entry["time"].startswith("2026-09-")
    assert entry["request"]["source"] == source
    assert entry["request"]["found"] == found


async def test_what_is_missing_is_fetched_from_a_manifest(deck: Deck, upstream: Upstream) -> None:
    await deck.fetched(*urls(upstream, "a", "b", "c"))
    manifest = await deck.manifest("data")
    other = deck.root / "copied"
    other.mkdir()
    (other / "obsdeck-manifest.json").write_text(json.dumps(manifest))
    (other / "a.fits").write_bytes((deck.root / "data" / "a.fits").read_bytes())
    serve(upstream, "/b.fits", Served(fits(seed=1), name="renamed.fits"))
    serve(upstream, "/c.fits", fits(seed=77))
    asked = len(upstream.requests)
    ids = (await deck.call("POST", "manifest", path="copied/obsdeck-manifest.json"))["ids"]
    items = {item["id"]: item for item in await deck.settled()}
    assert [items[each]["path"] for each in ids] == ["copied/b.fits", "copied/c.fits"]
    assert [items[each]["note"] for each in ids] == ["", OTHER]
    assert len(upstream.requests) == asked + 2


def entry(**changes: Any) -> dict[str, Any]:
    request = {"archive": "local", "url": "http://127.0.0.1:9/a.fits"}
    return {"path": "a.fits", "size": 5, "request": request, **changes}


HOSTILE: dict[str, Any] = {
    "no JSON": "{",
    "no object": "[]",
    "no files": json.dumps({"version": 1}),
    "a path above": json.dumps({"files": [entry(path="../a.fits")]}),
    "an absolute path": json.dumps({"files": [entry(path="/etc/cron.d/x")]}),
    "a hidden path": json.dumps({"files": [entry(path=".ssh/authorized_keys")]}),
    "a path through a link": json.dumps({"files": [entry(path="out/a.fits")]}),
    "a path with a backslash": json.dumps({"files": [entry(path="..\\a.fits")]}),
    "an entry that is none": json.dumps({"files": [1]}),
    "a request that is none": json.dumps({"files": [entry(request={"url": 3})]}),
    "a newer version": json.dumps({"version": 2, "files": []}),
    "deep nesting": "[" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_manifest_is_refused(
    deck: Deck, upstream: Upstream, tmp_path: Path, text: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (deck.root / "out").symlink_to(outside)
    (deck.root / "obsdeck-manifest.json").write_text(text)
    response = await deck.api(
        "downloads", "manifest", method="POST", body=deck.text(path="obsdeck-manifest.json")
    )
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert await deck.items() == []
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("path", ["nowhere.json", "../x.json", "", "out/x.json", ".hidden.json"])
async def test_a_manifest_that_is_not_there_is_told(deck: Deck, path: str, tmp_path: Path) -> None:
    (deck.root / "out").symlink_to(tmp_path)
    (tmp_path / "x.json").write_text("{}")
    (deck.root / ".hidden.json").write_text("{}")
    response = await deck.api("downloads", "manifest", method="POST", body=deck.text(path=path))
    assert (response.code, error_of(response)["kind"]) == (404, "not-found")


async def test_a_manifest_to_a_private_address_fetches_nothing(
    deck: Deck, upstream: Upstream, second_upstream: Upstream
) -> None:
    url = f"{second_upstream.origin}/a.fits"
    text = json.dumps({"files": [entry(request={"archive": "local", "url": url})]})
    (deck.root / "obsdeck-manifest.json").write_text(text)
    await deck.call("POST", "manifest", path="obsdeck-manifest.json")
    (item,) = await deck.settled()
    assert (item["state"], item["kind"]) == ("failed", "refused-address")
    assert second_upstream.connections == 0


BODIES: list[Any] = [
    "{",
    "[]",
    "null",
    '{"requests": 3}',
    '{"requests": [3], "plan": {}}',
    '{"requests": [], "plan": {"folder": "x", "layout": "heap", "start": true}}',
    '{"requests": [], "plan": {"folder": "x", "layout": "flat", "start": 1}}',
    '{"requests": [], "plan": {"folder": 3, "layout": "flat", "start": true}}',
    '{"requests": [{"archive": "a"}], "plan": {"folder": "x", "layout": "flat", "start": true}}',
    "[" * 100_000,
]

REQUESTS = [
    {"archive": "../x"},
    {"url": 3},
    {"url": "x" * 40_000},
    {"as": "root"},
    {"name": "\ud800"},
    {"size": -1},
    {"size": True},
    {"size": 1e400},
    {"digest": {"algorithm": "md5", "value": "xyz"}},
    {"digest": {"algorithm": "crc", "value": "00"}},
    {"source": {"links": "x"}},
    {"source": "x"},
    {"found": {"service": "x"}},
    {"unknown": 1},
]


@pytest.mark.parametrize("body", BODIES)
async def test_hostile_bodies_are_refused(deck: Deck, body: str) -> None:
    for method, path in (("POST", ()), ("PATCH", ()), ("DELETE", ()), ("POST", ("check",))):
        response = await deck.api(
            "downloads", *path, method=method, body=body, allow_nonstandard_methods=True
        )
        assert (response.code, error_of(response)["kind"]) == (400, "rejected"), (method, path)
    for path in (("here",), ("manifest",)):
        response = await deck.api("downloads", *path, method="POST", body=body)
        assert error_of(response)["kind"] == "rejected"


@pytest.mark.parametrize("changes", REQUESTS)
async def test_hostile_requests_are_refused(deck: Deck, changes: dict[str, Any]) -> None:
    request = {"archive": "local", "url": "https://a.example/b.fits", **changes}
    response = await deck.api(
        "downloads", method="POST", body=deck.text(requests=[request], plan=PLAN)
    )
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert await deck.items() == []


async def test_too_many_files_are_refused(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obsdeck.downloads.queue.MOST_FILES", 3)
    request = {"archive": "local", "url": "https://a.example/b.fits"}
    response = await deck.api(
        "downloads", method="POST", body=deck.text(requests=[request] * 4, plan=PLAN)
    )
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")


async def listen(port: int, base: str, auth: dict[str, str]) -> Browser:
    browser = await Browser.open(port, f"{base}obsdeck/api/downloads/events", auth)
    browser.ask("GET", "")
    status, headers = await browser.answer_head()
    assert status == 200
    assert headers["content-type"] == "application/x-ndjson"
    return browser


async def line(browser: Browser) -> Any:
    """Return the next line of a chunked answer (RFC 9112 §7.1)."""
    text = b""
    while not text.endswith(b"\n"):
        size = int(await browser.reader.readline(), 16)
        text += await browser.reader.readexactly(size)
        await browser.reader.readline()
    return json.loads(text) if text.strip() else None


@pytest.fixture
def events(
    deck: Deck,
    http_server: object,
    http_server_port: tuple[socket.socket, int],
    jp_base_url: str,
    jp_auth_header: dict[str, str],
) -> Iterator[Any]:
    """Give what opens a stream of events."""
    opened: list[Browser] = []

    async def opening() -> Browser:
        opened.append(await listen(http_server_port[1], jp_base_url, jp_auth_header))
        return opened[-1]

    yield opening
    for browser in opened:
        browser.close()


async def test_events_tell_the_state_and_then_what_changes(
    deck: Deck, upstream: Upstream, events: Any
) -> None:
    held = await deck.add(*urls(upstream, "a", "b"), start=False)
    browser = await events()
    first = await line(browser)
    assert [item["id"] for item in first["items"]] == held
    assert first["totals"]["files"] == 2
    await deck.call("PATCH", action="start", ids=held[:1])
    last: dict[str, Any] = {}
    while last.get(held[0], {}).get("state") != "done":
        told = await line(browser)
        assert set(told) == {"changed", "removed", "totals"}
        last |= {item["id"]: item for item in told["changed"]}
    assert set(last) == {held[0]}
    assert told["totals"]["done"] == 1
    await deck.call("PATCH", action="move", ids=[held[1]], before=held[0])
    assert (await line(browser))["order"] == held[::-1]
    await deck.call("DELETE", ids=[held[1]])
    assert (await line(browser))["removed"] == [held[1]]


async def test_events_say_that_they_live(
    deck: Deck, events: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsdeck.routes.downloadevents.SILENCE_SECONDS", 0.05)
    browser = await events()
    assert (await line(browser))["items"] == []
    assert await line(browser) is None


async def test_a_page_that_does_not_read_costs_nothing(
    deck: Deck, upstream: Upstream, events: Any
) -> None:
    """However much happens meanwhile, it is told the newest state once."""
    browser = await events()
    await line(browser)
    (which,) = await deck.add(*urls(upstream, "a"), start=False)
    queue = (await deck.downloads.desk(deck.downloads.identities.of(""))).queue
    item = queue.roster.get(which)
    assert item is not None
    for number in range(10_000):
        item.received = number
        queue.touch(item)
    lines = 0
    while (told := await line(browser))["changed"][-1]["received"] != 9_999:
        lines += 1
    assert lines < 3
    assert len(told["changed"]) == 1


async def test_pages_that_leave_are_forgotten(deck: Deck, events: Any) -> None:
    queue = (await deck.downloads.desk(deck.downloads.identities.of(""))).queue
    browser = await events()
    await line(browser)
    assert len(queue._feeds) == 1
    browser.close()
    for _ in range(200):
        if not queue._feeds:
            break
        await asyncio.sleep(0.02)
    assert queue._feeds == []


async def test_not_everybody_can_listen(
    deck: Deck, events: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsdeck.downloads.queue.MOST_FEEDS", 1)
    await line(await events())
    response = await deck.api("downloads", "events")
    assert (response.code, error_of(response)["kind"]) == (429, "rate-limited")
