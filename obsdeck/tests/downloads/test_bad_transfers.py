"""Connections, lengths and parts that are not what they claim to be."""

from __future__ import annotations

import hashlib

import pytest

from obsdeck.downloads.transfer import CHANGED
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.upstream import Recorded, Upstream, answer

BODY = fits(100_000)


def saved(deck: Deck, name: str = "frame.fits") -> bytes:
    return (deck.root / "data" / name).read_bytes()


async def one(
    deck: Deck, upstream: Upstream, served: Served, **request: object
) -> dict[str, object]:
    serve(upstream, "/frame.fits", served)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits", **request})
    return item


async def test_a_file_cut_at_every_tenth_arrives_whole(deck: Deck, upstream: Upstream) -> None:
    item = await one(deck, upstream, Served(BODY, cuts=[10_000] * 9))
    assert item["state"] == "done"
    assert saved(deck) == BODY
    starts = [request.headers.get("range", "bytes=0-") for request in upstream.requests]
    assert starts == [f"bytes={start}-" for start in range(0, 100_000, 10_000)]


async def test_partial_files_are_hidden_until_they_are_whole(
    deck: Deck, upstream: Upstream
) -> None:
    """ESO_50: nothing stands under the final name before the last byte is there."""
    seen: list[list[str]] = []

    def look(_served: Served, _request: Recorded) -> None:
        seen.append(deck.files())

    await one(deck, upstream, Served(BODY, cuts=[40_000, 20_000], before=look))
    assert all(name.startswith("data/.obsdeck-") for names in seen for name in names)
    assert len(seen[2]) == 1
    assert deck.files() == ["data/frame.fits"]


async def test_without_a_validator_parts_are_not_joined(deck: Deck, upstream: Upstream) -> None:
    item = await one(deck, upstream, Served(BODY, etag="", cuts=[40_000]))
    assert item["state"] == "done"
    assert ["range" in request.headers for request in upstream.requests] == [False, False]
    assert saved(deck) == BODY


async def test_a_weak_etag_is_no_condition_but_a_date_is(deck: Deck, upstream: Upstream) -> None:
    date = "Sun, 22 Nov 2026 10:00:00 GMT"
    await one(deck, upstream, Served(BODY, etag='W/"one"', modified=date, cuts=[40_000]))
    assert upstream.requests[1].headers["if-range"] == date
    assert saved(deck) == BODY


async def test_a_published_digest_lets_parts_be_joined(deck: Deck, upstream: Upstream) -> None:
    digest = {"algorithm": "md5", "value": hashlib.md5(BODY).hexdigest()}
    item = await one(deck, upstream, Served(BODY, etag="", cuts=[40_000]), digest=digest)
    assert (item["state"], item["end"]) == ("done", "checked")
    assert upstream.requests[1].headers["range"] == "bytes=40000-"


@pytest.mark.parametrize("ranges", [True, False])
async def test_a_file_that_changed_is_started_again(
    deck: Deck, upstream: Upstream, ranges: bool
) -> None:
    other = fits(90_000, seed=2)

    def change(served: Served, request: Recorded) -> None:
        if "range" in request.headers:
            served.body, served.etag, served.ranges = other, '"two"', ranges

    item = await one(deck, upstream, Served(BODY, cuts=[40_000], before=change))
    assert (item["state"], item["note"]) == ("done", CHANGED)
    assert saved(deck) == other


async def test_a_server_that_ignores_the_condition_mixes_nothing(
    deck: Deck, upstream: Upstream
) -> None:
    """It answers 206 with a part of the new file."""
    other = fits(100_000, seed=2)

    async def careless(request: Recorded, writer: object) -> None:
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        first = len(upstream.requests) == 1
        body, etag = (BODY, '"one"') if first else (other, '"two"')
        told = {"ETag": etag, "Content_Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
        status = "206 Partial Content" if start else "200 OK"
        whole = answer(body[start:], status, **told)
        writer.write(whole[:50_000] if first else whole)  # type: ignore[attr-defined]

    upstream.on("/frame.fits", careless)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits"})
    assert (item["state"], item["note"]) == ("done", CHANGED)
    assert saved(deck) == other


async def test_200_instead_of_206_begins_anew(deck: Deck, upstream: Upstream) -> None:
    item = await one(deck, upstream, Served(BODY, cuts=[40_000], ranges=False))
    assert (item["state"], item["note"]) == ("done", "")
    assert saved(deck) == BODY


PARTS = {
    "of another place": "bytes 30000-99999/100000",
    "of another size": "bytes 40000-99999/200000",
    "that is unreadable": "pieces 1 of 2",
    "of nothing": "",
}


@pytest.mark.parametrize("told", PARTS.values(), ids=PARTS.keys())
async def test_a_part_that_does_not_fit_is_not_joined(
    deck: Deck, upstream: Upstream, told: str
) -> None:
    async def wrong(request: Recorded, writer: object) -> None:
        if "range" in request.headers:
            more = {"Content_Range": told} if told else {}
            missing = len(BODY) - int(request.headers["range"][6:-1])
            raw = answer(b"x" * missing, "206 Partial Content", ETag='"one"', **more)
        else:
            raw = answer(BODY, ETag='"one"')[: 40_000 if len(upstream.requests) == 1 else None]
        writer.write(raw)  # type: ignore[attr-defined]

    upstream.on("/frame.fits", wrong)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits"})
    assert item["state"] == "done"
    assert saved(deck) == BODY


async def test_a_part_nobody_asked_for_is_an_error(deck: Deck, upstream: Upstream) -> None:
    told = "bytes 0-99/100000"
    upstream.on("/frame.fits", answer(BODY[:100], "206 Partial Content", Content_Range=told))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits"})
    assert (item["state"], deck.files()) == ("failed", [])


async def test_416_of_a_whole_file_is_the_end(deck: Deck, upstream: Upstream) -> None:
    """All bytes came, and the connection broke where the answer should have ended."""

    def no_length(served: Served, request: Recorded) -> None:
        served.length = 200_000 if "range" not in request.headers else None

    item = await one(deck, upstream, Served(BODY, before=no_length))
    assert item["state"] == "done"
    assert upstream.requests[1].headers["range"] == "bytes=100000-"
    assert saved(deck) == BODY


async def test_416_of_a_shorter_file_begins_anew(deck: Deck, upstream: Upstream) -> None:
    other = fits(20_000)

    def shrink(served: Served, request: Recorded) -> None:
        if "range" in request.headers:
            served.body = other

    item = await one(deck, upstream, Served(BODY, cuts=[40_000], before=shrink))
    assert item["state"] == "done"
    assert saved(deck) == other


async def test_a_length_that_is_too_long_never_makes_a_file(deck: Deck, upstream: Upstream) -> None:
    item = await one(deck, upstream, Served(BODY, length=200_000, ranges=False, etag=""))
    assert item["state"] == "failed"
    assert item["kind"] == "bad-answer"
    assert not [name for name in deck.files() if not name.startswith("data/.")]


async def test_a_length_that_is_too_short_is_found_by_the_checksum(
    deck: Deck, upstream: Upstream
) -> None:
    digest = {"algorithm": "sha-256", "value": hashlib.sha256(BODY).hexdigest()}
    item = await one(deck, upstream, Served(BODY, length=50_000), digest=digest)
    assert item["state"] == "failed"
    assert "does not fit its checksum (sha-256). Nothing was saved." in str(item["message"])
    assert deck.files() == []


async def test_a_body_without_length_is_taken_to_its_end(deck: Deck, upstream: Upstream) -> None:
    item = await one(deck, upstream, Served(BODY, length=-1))
    assert (item["state"], item["total"]) == ("done", len(BODY))
    assert saved(deck) == BODY


async def test_a_body_without_length_that_is_shorter_than_said_is_asked_again(
    deck: Deck, upstream: Upstream
) -> None:
    item = await one(deck, upstream, Served(BODY, length=-1, cuts=[40_000]), size=len(BODY))
    assert item["state"] == "done"
    assert saved(deck) == BODY


async def test_redirects_in_a_circle_are_given_up_at_once(deck: Deck, upstream: Upstream) -> None:
    upstream.on("/a", answer(status="302 Found", Location="/b"))
    upstream.on("/b", answer(status="302 Found", Location="/a"))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a"})
    assert (item["state"], item["kind"]) == ("failed", "bad-answer")
    assert "in a circle" in str(item["message"])
    assert len(upstream.requests) == 2


async def test_a_dead_host_is_tried_some_times_ever_more_slowly(
    deck: Deck, upstream: Upstream
) -> None:
    await upstream.stop()
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits"})
    assert (item["state"], item["kind"]) == ("failed", "unavailable")
    assert deck.waits == [1, 2, 4, 8, 16, 32]


async def test_503_waits_as_long_as_it_is_asked_to(deck: Deck, upstream: Upstream) -> None:
    def recover(served: Served, _request: Recorded) -> None:
        served.status = "503 Service Unavailable" if len(upstream.requests) == 1 else ""

    more = {"Retry-After": "40"}
    item = await one(deck, upstream, Served(BODY, before=recover, more=more))
    assert item["state"] == "done"
    assert 40.0 in deck.waits


async def test_429_with_a_date_is_bounded(deck: Deck, upstream: Upstream) -> None:
    def recover(served: Served, _request: Recorded) -> None:
        served.status = "429 Too Many Requests" if len(upstream.requests) == 1 else ""

    more = {"Retry-After": "Sun, 22 Nov 2099 10:00:00 GMT"}
    item = await one(deck, upstream, Served(BODY, before=recover, more=more))
    assert item["state"] == "done"
    assert max(deck.waits) == 3_600.0
