"""Names that archives propose, and what becomes of them."""

from __future__ import annotations

import pytest

from obsdeck.downloads.names import name_in_disposition, name_in_url, numbered, safe_name
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.upstream import Upstream

PROPOSED = {
    "../../x": "x",
    "..": "",
    "": "",
    "/etc/passwd": "passwd",
    "C:\\Users\\x.fits": "x.fits",
    ".bashrc": "bashrc",
    "...hidden.fits": "hidden.fits",
    "CON": "_CON",
    "con.fits": "_con.fits",
    "a\r\nb.fits": "a__b.fits",
    "a\0.fits": "a_.fits",
    "what?.fits": "what_.fits",
    "fits\u202etxt.exe": "fits_txt.exe",
    "trailing. ": "trailing",
    "SINFO.2013-08-27T01:05:24.328.fits.Z": "SINFO.2013-08-27T01:05:24.328.fits.Z",
    "Übersicht.fits": "Übersicht.fits",
    "\ud800.fits": "_.fits",
    "///": "",
    "___": "",
}


@pytest.mark.parametrize("proposed", PROPOSED)
def test_ESO_49_hostile_names_become_safe_base_names(proposed: str) -> None:
    assert safe_name(proposed) == PROPOSED[proposed]


@pytest.mark.parametrize(("letter", "ending"), [("x", ".fits.fz"), ("é", ".fits"), ("😀", "")])
def test_ESO_49_a_name_that_is_too_long_keeps_its_ending(letter: str, ending: str) -> None:
    short = safe_name(letter * 300 + ending)
    assert len(short.encode()) <= 200
    assert short.endswith(ending)
    assert short.startswith(letter)


DISPOSITIONS = {
    'attachment; filename="a.fits"': "a.fits",
    "attachment; filename=a.fits": "a.fits",
    "attachment;filename = a.fits ; size=3": "a.fits",
    'inline; filename="a; b.fits"': "a; b.fits",
    r'attachment; filename="a\"b.fits"': 'a"b.fits',
    "attachment; filename*=UTF-8''%C3%BC.fits; filename=u.fits": "ü.fits",
    "attachment; filename=u.fits; filename*=utf-8'en'%e2%82%ac.fits": "€.fits",
    "attachment; filename*=UTF-16''x; filename=u.fits": "u.fits",
    'attachment; filename="\u00c3\u00bc.fits"': "ü.fits",
    "attachment; filename*=UTF-8''..%2F..%2Fx": "../../x",
    "attachment": "",
    "": "",
}


@pytest.mark.parametrize("header", DISPOSITIONS)
def test_names_in_content_disposition_are_read(header: str) -> None:
    assert name_in_disposition(header) == DISPOSITIONS[header]


def test_names_in_addresses_are_read() -> None:
    assert name_in_url("https://a.example/b/c%20d.fits?x=/y") == "c d.fits"
    assert name_in_url("https://a.example") == ""


def test_numbers_stand_before_the_ending() -> None:
    taken = {"a.fits.fz", "a-2.fits.fz", "2020-01-01T00:00:00.123.fits"}
    assert numbered("a.fits.fz", taken.__contains__) == "a-3.fits.fz"
    name = "2020-01-01T00:00:00.123.fits"
    assert numbered(name, taken.__contains__) == "2020-01-01T00:00:00.123-2.fits"


async def test_ESO_49_the_archives_name_wins(deck: Deck, upstream: Upstream) -> None:
    serve(upstream, "/file/DP.1", Served(fits(), name="../../DP.1.fits"))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/file/DP.1", "name": "mine.fits"})
    assert (item["state"], item["path"]) == ("done", "data/DP.1.fits")
    assert deck.files() == ["data/DP.1.fits"]


async def test_another_file_of_the_same_name_is_not_replaced(
    deck: Deck, upstream: Upstream
) -> None:
    (deck.root / "data").mkdir()
    (deck.root / "data" / "frame.fits").write_bytes(b"mine")
    serve(upstream, "/frame.fits", fits())
    (item,) = await deck.fetched({"url": f"{upstream.origin}/frame.fits"})
    assert item["path"] == "data/frame-2.fits"
    assert (deck.root / "data" / "frame.fits").read_bytes() == b"mine"


async def test_files_of_the_same_name_get_numbers(deck: Deck, upstream: Upstream) -> None:
    for night in range(3):
        serve(upstream, f"/{night}/frame.fits", fits(seed=night))
    items = await deck.fetched(
        *({"url": f"{upstream.origin}/{night}/frame.fits"} for night in range(3))
    )
    assert sorted(item["name"] for item in items) == ["frame-2.fits", "frame-3.fits", "frame.fits"]
    for night, item in enumerate(items):
        assert (deck.root / item["path"]).read_bytes() == fits(seed=night)


async def test_capitals_do_not_make_a_name_another(deck: Deck, upstream: Upstream) -> None:
    serve(upstream, "/1/Frame.fits", fits(seed=1))
    serve(upstream, "/2/frame.FITS", fits(seed=2))
    items = await deck.fetched(
        {"url": f"{upstream.origin}/1/Frame.fits"}, {"url": f"{upstream.origin}/2/frame.FITS"}
    )
    assert len({item["name"].lower() for item in items}) == 2


async def test_two_rows_with_the_same_file_are_one(deck: Deck, upstream: Upstream) -> None:
    serve(upstream, "/frame.fits", fits())
    url = f"{upstream.origin}/frame.fits"
    first, second = await deck.add({"url": url}, {"url": url, "name": "again.fits"})
    assert first == second
    assert [item["state"] for item in await deck.settled()] == ["done"]
    assert len(upstream.requests) == 1
    assert await deck.add({"url": url}) == [first]
    await deck.settled()
    assert len(upstream.requests) == 1


async def test_a_file_that_was_removed_is_fetched_again(deck: Deck, upstream: Upstream) -> None:
    serve(upstream, "/frame.fits", fits())
    request = {"url": f"{upstream.origin}/frame.fits"}
    await deck.fetched(request)
    (deck.root / "data" / "frame.fits").unlink()
    (item,) = await deck.fetched(request)
    assert item["state"] == "done"
    assert deck.files() == ["data/frame.fits"]
    assert len(upstream.requests) == 2


async def test_folders_follow_the_layout(deck: Deck, upstream: Upstream) -> None:
    serve(upstream, "/a.fits", fits())
    request = {
        "url": f"{upstream.origin}/a.fits",
        "observation": "ivo://eso.org/ID?../DP.1",
        "category": "..",
    }
    (item,) = await deck.fetched(request, layout="observation", folder="one")
    assert item["path"] == "one/ivo:__eso.org_ID_.._DP.1/a.fits"
    (item,) = await deck.fetched(request, layout="category", folder="two")
    assert item["path"] == "two/a.fits"
