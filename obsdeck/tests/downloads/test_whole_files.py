"""Files that arrive as they should."""

from __future__ import annotations

from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.upstream import Upstream


async def test_a_file_arrives_under_its_name(deck: Deck, upstream: Upstream) -> None:
    body = fits()
    serve(upstream, "/frame.fits", body)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits"})
    assert (item["state"], item["end"], item["path"]) == ("done", "saved", "data/frame.fits")
    assert (item["received"], item["total"]) == (len(body), len(body))
    assert deck.files() == ["data/frame.fits"]
    assert (deck.root / "data" / "frame.fits").read_bytes() == body


async def test_the_totals_add_up(deck: Deck, upstream: Upstream) -> None:
    for number in range(3):
        serve(upstream, f"/{number}.fits", fits(seed=number))
    await deck.fetched(*({"url": f"{upstream.origin}/{number}.fits"} for number in range(3)))
    totals = (await deck.call("GET"))["totals"]
    assert (totals["files"], totals["done"], totals["failed"]) == (3, 3, 0)
    assert totals["bytes"] == totals["received"] == 3 * len(fits())
    assert totals["folder"] == "data"
    assert totals["free"] > 0


async def test_a_broken_connection_is_gone_on_from(deck: Deck, upstream: Upstream) -> None:
    body = fits(100_000)
    serve(upstream, "/frame.fits", Served(body, cuts=[40_000]))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits"})
    assert item["state"] == "done"
    assert (deck.root / "data" / "frame.fits").read_bytes() == body
    first, second = upstream.requests
    assert "range" not in first.headers
    assert (second.headers["range"], second.headers["if-range"]) == ("bytes=40000-", '"one"')
