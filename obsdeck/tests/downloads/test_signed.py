"""Signed addresses, and whose credential goes where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jupyter_core.paths import jupyter_data_dir

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.downloads.signed import ends_at, is_signed, without_signature
from obsdeck.downloads.surroundings import USUALLY_PARALLEL
from obsdeck.errors import ObsdeckError
from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.gateway.wallets import TOKEN, FakeWallet
from obsdeck.tests.upstream import Recorded, Upstream, answer

ID = "ivo://org.rubinobs/usdac/lsst-dp1?repo=dp1&id=00000000-1111"
SIGNED = "X-Goog-Algorithm=GOOG4&X-Goog-Credential=a%2Fb&X-Goog-Signature="
OLD, FRESH = f"{SIGNED}0ldc0ffee", f"{SIGNED}fr35hc0ffee"
BODY = fits(50_000)
SOURCE_MEMBERS = {"id": ID, "semantics": "#this"}


@pytest.fixture
def obsdeck_config(local_archive: dict[str, Any], second_upstream: Upstream) -> dict[str, Any]:
    """Give the recording archive a sign-in, and storage on an origin that may not see it."""
    services = {**local_archive["services"], "files": {"url": second_upstream.origin}}
    signing = {**local_archive, "services": services, "signIn": {"kind": "bearer"}}
    return {"archives": [signing]}


@pytest.fixture
def wallet(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> FakeWallet:
    """Give the wallet of whoever uses the queue; it holds a bearer token."""
    held = FakeWallet(Signature(headers={"Authorization": Secret(f"Bearer {TOKEN}")}))
    monkeypatch.setattr(deck.downloads.accounts, "wallet", held.wallet)
    return held


def links(*rows: tuple[str, str, str]) -> bytes:
    """Return a {links} document as Rubin's is: description stands before semantics."""
    cells = "".join(
        f"<TR><TD>{ID.replace('&', '&amp;')}</TD><TD><![CDATA[{url}]]></TD><TD></TD>"
        f"<TD>{described}</TD><TD>{semantics}</TD></TR>"
        for url, described, semantics in rows
    )
    fields = "".join(
        f'<FIELD name="{name}" datatype="char" arraysize="*"/>'
        for name in ("ID", "access_url", "service_def", "description", "semantics")
    )
    text = (
        '<?xml version="1.0"?><VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">'
        f'<RESOURCE type="results"><TABLE>{fields}<DATA><TABLEDATA>{cells}</TABLEDATA></DATA>'
        "</TABLE></RESOURCE></VOTABLE>"
    )
    return answer(text.encode(), Content_Type="application/x-votable+xml;content=datalink")


def checking_signature(served: Served, request: Recorded) -> None:
    """Refuse the old signature as Google's storage does."""
    is_old = request.target.endswith("0ldc0ffee")
    served.status = "400 Bad Request" if is_old else ""
    served.body = b"<Error><Code>ExpiredToken</Code></Error>" if is_old else BODY


def storage_file(storage: Upstream) -> Served:
    return serve(storage, "/bucket/img.fits", Served(BODY, before=checking_signature))


def kept_text() -> str:
    folder = Path(jupyter_data_dir()) / "obsdeck" / "downloads"
    return "".join(path.read_text() for path in folder.glob("*.journal"))


async def test_RUBIN_37_a_signed_address_is_requested_byte_for_byte(
    deck: Deck, second_upstream: Upstream
) -> None:
    target = f"/bucket/a%2Fb%20c.fits?{FRESH}&x=%7e%7E&y=a+b"
    serve(second_upstream, "/bucket/a%2Fb%20c.fits", BODY)
    await deck.fetched({"url": f"{second_upstream.origin}{target}"})
    assert [request.target for request in second_upstream.requests] == [target]


async def test_RUBIN_35_RUBIN_36_the_storage_host_sees_no_credential(
    deck: Deck, wallet: FakeWallet, upstream: Upstream, second_upstream: Upstream
) -> None:
    """The 303 of a cutout, whose request carries the token, is followed without it."""
    upstream.on(
        "/api/cutout/sync",
        answer(
            status="303 See Other", Location=f"{second_upstream.origin}/bucket/img.fits?{FRESH}"
        ),
    )
    storage_file(second_upstream)
    url = f"{upstream.origin}/api/cutout/sync?ID=x&CIRCLE=1%202%200.1"
    (item,) = await deck.fetched({"url": url, "as": "me"})
    assert item["state"] == "done"
    assert upstream.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    (seen,) = second_upstream.requests
    assert not {"authorization", "cookie"} & set(seen.headers)
    assert TOKEN not in json.dumps([seen.target, seen.headers])


@pytest.mark.parametrize("status", ["400 Bad Request", "401 Unauthorized", "403 Forbidden"])
async def test_RUBIN_38_an_old_address_is_replaced_once(
    deck: Deck, wallet: FakeWallet, upstream: Upstream, second_upstream: Upstream, status: str
) -> None:
    def check(served: Served, request: Recorded) -> None:
        checking_signature(served, request)
        served.status = served.status and status

    serve(second_upstream, "/bucket/img.fits", Served(BODY, before=check))
    fresh = f"{second_upstream.origin}/bucket/img.fits?{FRESH}"
    upstream.on("/links", links(("http://127.0.0.1/x", "", "#preview"), (fresh, "Image", "#this")))
    source = {**SOURCE_MEMBERS, "links": f"{upstream.origin}/links"}
    old = f"{second_upstream.origin}/bucket/img.fits?{OLD}"
    (item,) = await deck.fetched({"url": old, "as": "me", "source": source})
    assert (item["state"], item["path"]) == ("done", "data/img.fits")
    assert [request.target.rpartition("=")[2] for request in second_upstream.requests] == [
        "0ldc0ffee",
        "fr35hc0ffee",
    ]
    (asked,) = upstream.requests
    assert unquote(asked.target.partition("ID=")[2]) == ID
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"


async def test_RUBIN_38_a_fresh_address_that_is_refused_as_well_is_an_error(
    deck: Deck, upstream: Upstream, second_upstream: Upstream
) -> None:
    second_upstream.on(
        "/bucket/img.fits", answer(b"<Error><Code>AccessDenied</Code></Error>", "403 No")
    )
    fresh = f"{second_upstream.origin}/bucket/img.fits?{FRESH}"
    upstream.on("/links", links((fresh, "", "#this")))
    source = {**SOURCE_MEMBERS, "links": f"{upstream.origin}/links"}
    old = f"{second_upstream.origin}/bucket/img.fits?{OLD}"
    (item,) = await deck.fetched({"url": old, "source": source})
    assert (item["state"], len(second_upstream.requests)) == ("failed", 2)
    assert "AccessDenied" in item["message"]
    assert ID in item["message"]
    assert deck.files() == []


async def test_an_address_that_says_it_has_ended_is_not_tried(
    deck: Deck, upstream: Upstream, second_upstream: Upstream
) -> None:
    storage_file(second_upstream)
    fresh = f"{second_upstream.origin}/bucket/img.fits?{FRESH}"
    upstream.on("/links", links((fresh, "", "#this")))
    source = {**SOURCE_MEMBERS, "links": f"{upstream.origin}/links"}
    dated = f"X-Goog-Date=20200101T000000Z&X-Goog-Expires=3600&{OLD}"
    url = f"{second_upstream.origin}/bucket/img.fits?{dated}"
    (item,) = await deck.fetched({"url": url, "source": source})
    assert item["state"] == "done"
    assert len(second_upstream.requests) == 1


async def test_a_row_that_is_gone_is_told_in_the_services_words(
    deck: Deck, upstream: Upstream, second_upstream: Upstream
) -> None:
    storage_file(second_upstream)
    upstream.on("/links", links(("https://a.example/x", "", "#preview")))
    source = {**SOURCE_MEMBERS, "links": f"{upstream.origin}/links"}
    old = f"{second_upstream.origin}/bucket/img.fits?{OLD}"
    (item,) = await deck.fetched({"url": old, "source": source})
    assert (item["state"], item["kind"]) == ("failed", "not-found")


HOSTILE_LINKS = {
    "no VOTable": b"hello",
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]><VOTABLE/>',
    "cut": links(("https://a.example", "", "#this")).partition(b"\r\n\r\n")[2][:300],
    "a script": b"javascript",
}


@pytest.mark.parametrize("body", HOSTILE_LINKS.values(), ids=HOSTILE_LINKS.keys())
async def test_hostile_links_are_an_error(
    deck: Deck, upstream: Upstream, second_upstream: Upstream, body: bytes
) -> None:
    storage_file(second_upstream)
    raw = links(("javascript:alert(1)", "", "#this")) if body == b"javascript" else answer(body)
    upstream.on("/links", raw)
    source = {**SOURCE_MEMBERS, "links": f"{upstream.origin}/links"}
    old = f"{second_upstream.origin}/bucket/img.fits?{OLD}"
    (item,) = await deck.fetched({"url": old, "source": source})
    assert item["state"] == "failed"
    assert item["kind"] in {"bad-answer", "refused-address"}


async def test_no_signature_is_shown_or_kept(
    deck: Deck, upstream: Upstream, second_upstream: Upstream
) -> None:
    storage_file(second_upstream)
    source = {**SOURCE_MEMBERS, "links": f"{upstream.origin}/links"}
    url = f"{second_upstream.origin}/bucket/img.fits?{FRESH}"
    held = await deck.add({"url": url, "source": source}, start=False)
    assert "c0ffee" not in kept_text()
    assert "c0ffee" not in json.dumps(await deck.items())
    script = await deck.api("downloads", "script")
    assert b"c0ffee" not in script.body
    await deck.call("PATCH", action="start", ids=held)
    assert [item["state"] for item in await deck.settled()] == ["done"]
    (plain,) = await deck.fetched({"url": url.replace("img", "img")}, folder="other")
    assert plain["state"] == "done"
    for path in deck.root.rglob("*manifest*"):
        assert "c0ffee" not in path.read_text()


async def test_a_signed_address_without_links_is_kept_only_until_it_has_served(
    deck: Deck, second_upstream: Upstream
) -> None:
    storage_file(second_upstream)
    url = f"{second_upstream.origin}/bucket/img.fits?{FRESH}"
    ids = await deck.add({"url": url}, start=False)
    assert "c0ffee" in kept_text()
    await deck.call("PATCH", action="start", ids=ids)
    await deck.settled()
    await deck.downloads.close()
    await deck.items()  # the journal is written anew when it is opened again
    assert "c0ffee" not in kept_text()


async def test_ESO_45_calibrations_carry_no_token(
    deck: Deck, wallet: FakeWallet, upstream: Upstream
) -> None:
    """Nobody asked for them in the user's name, although the origin may see the token."""
    serve(upstream, "/file/M.BIAS", Served(BODY, name="M.BIAS.fits"))
    serve(upstream, "/file/SCI", Served(BODY, name="SCI.fits"))
    await deck.fetched(
        {"url": f"{upstream.origin}/file/M.BIAS", "category": "BIAS"},
        {"url": f"{upstream.origin}/file/SCI", "as": "me"},
    )
    carried = {r.target: "authorization" in r.headers for r in upstream.requests}
    assert carried == {"/file/M.BIAS": False, "/file/SCI": True}


async def test_an_expired_sign_in_stops_politely_and_goes_on(
    deck: Deck, wallet: FakeWallet, upstream: Upstream
) -> None:
    good, wallet.held = wallet.held, ObsdeckError("expired", "The sign-in ran out at 20:52 UTC.")
    for number in range(6):
        serve(upstream, f"/{number}.fits", fits(seed=number))
    requests = [{"url": f"{upstream.origin}/{number}.fits", "as": "me"} for number in range(6)]
    items = await deck.fetched(*requests)
    assert {item["state"] for item in items} == {"sign-in"}
    assert {item["message"] for item in items} == {
        "The sign-in ran out at 20:52 UTC. Finished files are safe."
    }
    assert upstream.requests == []
    assert len(wallet.asked) <= USUALLY_PARALLEL  # those that had begun; the others just wait
    wallet.held = good
    for watcher in deck.downloads.accounts.watchers:
        watcher(deck.downloads.identities.of(""), "other")
    assert {item["state"] for item in await deck.settled()} == {"sign-in"}
    for watcher in deck.downloads.accounts.watchers:
        watcher(deck.downloads.identities.of(""), "local")
    assert {item["state"] for item in await deck.settled()} == {"done"}


async def test_a_sign_in_that_ends_while_files_arrive_is_one_state(
    deck: Deck, wallet: FakeWallet, upstream: Upstream
) -> None:
    """RUBIN_50: the archive answers 401, and the token has ended indeed."""

    def refuse(served: Served, _request: Recorded) -> None:
        served.status = "401 Unauthorized"
        wallet.held = ObsdeckError("expired", "The sign-in ran out.")

    for number in range(3):
        serve(upstream, f"/{number}.fits", Served(BODY, before=refuse))
    requests = [{"url": f"{upstream.origin}/{number}.fits", "as": "me"} for number in range(3)]
    items = await deck.fetched(*requests)
    assert {item["state"] for item in items} == {"sign-in"}
    assert len({item["message"] for item in items}) == 1


def test_signatures_are_known_and_taken_out() -> None:
    assert is_signed(f"https://s.example/a?{FRESH}")
    assert not is_signed("https://s.example/a?ID=signature")
    assert (
        without_signature(f"https://s.example/a?ID=1&{FRESH}&b=%20")
        == "https://s.example/a?ID=1&b=%20"
    )
    assert without_signature("https://s.example/a?token=abc&b=1") == "https://s.example/a?b=1"
    assert without_signature("https://s.example/a?b=1") == "https://s.example/a?b=1"
    dated = "https://s.example/a?X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-Signature=1"
    assert ends_at(dated) == 1_767_225_660.0
    assert ends_at("https://s.example/a?Expires=1767225660&Signature=1") == 1_767_225_660.0
    assert ends_at("https://s.example/a?X-Amz-Date=x&X-Amz-Expires=60") is None
