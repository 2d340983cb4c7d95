"""What outlives the server, and what does not go on by itself."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from jupyter_core.paths import jupyter_data_dir

from obsdeck.downloads import finish
from obsdeck.errors import ObsdeckError
from obsdeck.locks import hold
from obsdeck.signin.identity import Identities
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.downloads.test_actions import states, until, urls
from obsdeck.tests.gateway.wallets import FakeWallet
from obsdeck.tests.routes.signing import error_of
from obsdeck.tests.upstream import Upstream

BODY = fits(200_000)


def kept() -> Path:
    (path,) = (Path(jupyter_data_dir()) / "obsdeck" / "downloads").glob("*.journal")
    return path


async def restarted(deck: Deck) -> None:
    """Stop the queue and start it as a new server does: nobody asks for anything."""
    await deck.downloads.close()
    await deck.downloads.start()


async def test_what_was_started_goes_on_by_itself(deck: Deck, upstream: Upstream) -> None:
    gate = asyncio.Event()
    served = serve(upstream, "/a.fits", Served(BODY, cuts=[150_000], gate=gate))
    await deck.add({"url": f"{upstream.origin}/a.fits"})
    await until(deck, state="running", received=150_000)
    served.gate = None
    gate.set()
    deck.now = 1_795_381_440.0
    await restarted(deck)
    path = deck.root / "data" / "a.fits"
    for _ in range(500):  # without a page that asks
        if path.exists():
            break
        await asyncio.sleep(0.02)
    assert path.exists()
    (item,) = await deck.settled()
    assert item["state"] == "done"
    assert item["note"] == "Went on after a restart, 21:04 UTC."
    assert (deck.root / "data" / "a.fits").read_bytes() == BODY
    assert upstream.requests[-1].headers["range"] == "bytes=150000-"


async def test_what_was_not_started_does_not(deck: Deck, upstream: Upstream) -> None:
    ids = await deck.add(*urls(upstream, "a", "b"), start=False)
    await deck.call("PATCH", action="start", ids=ids[:1])
    await deck.settled()
    await deck.add(*urls(upstream, "c"), start=False)
    asked = len(upstream.requests)
    await restarted(deck)
    await asyncio.sleep(0.1)
    assert await states(deck) == {"a.fits": "done", "b.fits": "held", "c.fits": "held"}
    assert {item["note"] for item in await deck.items()} == {""}
    assert len(upstream.requests) == asked


async def test_paused_and_failed_files_stay_so(deck: Deck, upstream: Upstream) -> None:
    upstream.on("/gone.fits", Served(b"", status="404 Not Found"))
    (failed,) = await deck.fetched({"url": f"{upstream.origin}/gone.fits"})
    asked = len(upstream.requests)
    await restarted(deck)
    (again,) = await deck.settled()
    assert again == failed
    assert len(upstream.requests) == asked


async def test_in_somebodys_name_only_with_a_credential(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was kept in memory only is gone after a restart: the file waits for a sign-in."""
    gate = asyncio.Event()
    serve(upstream, "/a.fits", Served(BODY, cuts=[1_000], gate=gate))
    wallet = FakeWallet()
    monkeypatch.setattr(deck.downloads.accounts, "wallet", wallet.wallet)
    await deck.add({"url": f"{upstream.origin}/a.fits", "as": "me"})
    await until(deck, state="running")
    wallet.held = ObsdeckError("not-signed-in", "You are not signed in to Local archive.")
    await restarted(deck)
    gate.set()
    (item,) = await deck.settled()
    assert item["state"] == "sign-in"
    assert item["message"].startswith("You are not signed in to Local archive.")


async def test_a_file_that_could_not_get_its_name_gets_it_later(
    deck: Deck, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_whole: finish.Whole) -> None:
        raise PermissionError(13, "Permission denied")

    serve(upstream, "/a.fits", BODY)
    monkeypatch.setattr(finish, "take_name", broken)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    assert (item["state"], item["message"]) == (
        "failed",
        "data cannot be written: Permission denied.",
    )
    monkeypatch.undo()
    await deck.call("PATCH", action="retry")
    await deck.settled()
    assert deck.files() == ["data/a.fits"]


@pytest.mark.parametrize("stage", ["before the name", "with both names", "with its name"])
async def test_whatever_was_left_between_part_and_name_is_put_right(
    deck: Deck, upstream: Upstream, stage: str
) -> None:
    serve(upstream, "/a.fits", BODY)
    (item,) = await deck.fetched({"url": f"{upstream.origin}/a.fits"})
    queue = (await deck.downloads.desk(deck.downloads.identities.of(""))).queue
    found = queue.roster.get(item["id"])
    assert found is not None
    found.state = "waiting"
    queue.touch(found, keep=True)
    await deck.downloads.close()
    final, part = deck.root / "data" / "a.fits", deck.root / "data" / found.part_name
    if stage != "with its name":
        os.link(final, part)
    if stage == "before the name":
        final.unlink()
    await deck.downloads.start()
    (item,) = await deck.settled()
    assert item["state"] == "done"
    assert deck.files() == ["data/a.fits"]
    assert final.read_bytes() == BODY
    assert len(upstream.requests) == 1


async def test_a_damaged_journal_costs_only_what_is_damaged(deck: Deck, upstream: Upstream) -> None:
    await deck.add(*urls(upstream, "a", "b", "c"), start=False)
    await deck.downloads.close()
    lines = kept().read_bytes().splitlines(keepends=True)
    kept().write_bytes(lines[0] + lines[1] + b"junk\n" + lines[2][:20] + b"\n" + lines[3])
    await deck.downloads.start()
    assert await states(deck) == {"a.fits": "held", "c.fits": "held"}
    assert len(list(kept().parent.glob("*.damaged-*"))) == 1


async def test_a_newer_versions_journal_is_left_alone(deck: Deck, upstream: Upstream) -> None:
    from obsdeck.downloads.journal import Journal  # noqa: PLC0415

    await deck.add(*urls(upstream, "a"), start=False)
    await deck.downloads.close()
    journal = Journal(kept())
    journal.append([{"head": {"version": 2}}])
    journal.close()
    before = kept().read_bytes()
    response = await deck.api("downloads")
    assert (response.code, error_of(response)["kind"]) == (409, "unavailable")
    assert kept().read_bytes() == before


async def test_two_servers_do_not_share_a_queue(deck: Deck, upstream: Upstream) -> None:
    await deck.add(*urls(upstream, "a"), start=False)
    await deck.downloads.close()
    free = hold(kept().with_suffix(".lock"))
    assert free is not None
    response = await deck.api("downloads")
    assert (response.code, error_of(response)["kind"]) == (409, "unavailable")
    free()
    assert await states(deck) == {"a.fits": "held"}


async def test_the_journal_is_private_and_short(deck: Deck, upstream: Upstream) -> None:
    (which,) = await deck.add(*urls(upstream, "a"), start=False)
    assert kept().stat().st_mode & 0o777 == 0o600
    assert kept().parent.stat().st_mode & 0o777 == 0o700
    queue = (await deck.downloads.desk(deck.downloads.identities.of(""))).queue
    item = queue.roster.get(which)
    assert item is not None
    for _ in range(20_000):
        queue.touch(item, keep=True)
    await queue.settle()
    assert len(kept().read_bytes().splitlines()) < 3_000
    await restarted(deck)
    assert await states(deck) == {"a.fits": "held"}


async def test_each_user_has_a_queue_of_their_own(deck: Deck, upstream: Upstream) -> None:
    await deck.add(*urls(upstream, "a"), start=False)
    each = Identities("each")
    other = await deck.downloads.desk(each.of("ada"))
    assert other.queue.roster.all() == []


def test_identities_that_nobody_can_have_any_more_do_not_go_on() -> None:
    assert Identities("owner").kept("owner") is not None
    assert Identities("off").kept("owner") is None
    assert Identities("each", owner_name="ada").kept("owner") is not None
    assert Identities("each").kept("user:bob") is not None
    assert Identities("owner").kept("user:bob") is None
