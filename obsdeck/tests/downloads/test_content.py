"""Answers that are no file, and files that are packed."""

from __future__ import annotations

import base64
import gzip
import hashlib
from typing import Any

import pytest

from obsdeck.tests.downloads.driving import Deck
from obsdeck.tests.downloads.origin import Served, fits, serve
from obsdeck.tests.upstream import Upstream, answer

BODY = fits(50_000)
PAGE = b"<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>ESO</body></html>"
ERROR_TABLE = (
    b'<?xml version="1.0"?><VOTABLE><INFO name="QUERY_STATUS" value="ERROR">'
    b"UsageFault: no such dataset</INFO></VOTABLE>"
)


async def fetch(deck: Deck, upstream: Upstream, raw: bytes, **request: object) -> dict[str, Any]:
    upstream.on("/file", raw)
    url = f"{upstream.origin}/file"
    (item,) = await deck.fetched({"url": url, "name": "frame.fits", **request})
    return item


@pytest.mark.parametrize("media", ["text/html", "application/fits", ""])
async def test_ESO_52_a_web_page_is_not_saved_as_fits(
    deck: Deck, upstream: Upstream, media: str
) -> None:
    item = await fetch(deck, upstream, answer(PAGE, Content_Type=media))
    assert (item["state"], item["kind"]) == ("failed", "bad-answer")
    assert item["message"] == "A web page came instead of the file. Nothing was saved."
    assert deck.files() == []


WRONG = {
    "a VOTable that is an error": (ERROR_TABLE, "UsageFault: no such dataset"),
    "JSON": (b'{"detail": "no such frame"}', "no such frame"),
    "an error in XML": (
        b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code><Message>Gone away</Message></Error>",
        "NoSuchKey: Gone away",
    ),
    "plain text": (b"UsageError: no such ID", "UsageError: no such ID"),
    "a VOTable": (b"<?xml version='1.0'?><VOTABLE/>", "A table came instead"),
    "nothing": (b"", "Nothing came instead"),
    "zeros": (b"\0" * 5_760, "Something else came instead"),
}


@pytest.mark.parametrize(("body", "words"), WRONG.values(), ids=WRONG.keys())
async def test_an_error_with_status_200_is_not_saved(
    deck: Deck, upstream: Upstream, body: bytes, words: str
) -> None:
    item = await fetch(deck, upstream, answer(body, Content_Type="application/fits"))
    assert (item["state"], item["kind"]) == ("failed", "bad-answer")
    assert words in item["message"]
    assert "Nothing was saved." in item["message"]
    assert deck.files() == []


async def test_an_error_table_is_saved_as_no_table_either(deck: Deck, upstream: Upstream) -> None:
    item = await fetch(deck, upstream, answer(ERROR_TABLE), name="links.vot")
    assert item["state"] == "failed"
    assert "UsageFault" in item["message"]


async def test_a_page_that_was_asked_for_is_saved(deck: Deck, upstream: Upstream) -> None:
    item = await fetch(deck, upstream, answer(PAGE), name="readme.html")
    assert (item["state"], item["name"]) == ("done", "readme.html")


REFUSALS = [
    (204, b"", "not-found", "No pixels there."),
    (400, b"UsageError: CIRCLE is no circle\n", "rejected", "“UsageError: CIRCLE is no circle”"),
    (422, b"UsageError\n\nID is missing", "rejected", "“UsageError ID is missing”"),
    (404, b"", "not-found", "DS.1 was not found (status 404)."),
    (410, b"", "not-found", "DS.1 was not found (status 410)."),
    (500, b"Error: the worker failed", "unavailable", "“Error: the worker failed”"),
    (
        500,
        b'<VOTABLE><INFO name="QUERY_STATUS" value="ERROR">Full</INFO></VOTABLE>',
        "unavailable",
        "“Full”",
    ),
]


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_refusals_are_told_in_the_services_words(
    deck: Deck, upstream: Upstream, refusal: tuple[int, bytes, str, str]
) -> None:
    status, body, kind, words = refusal
    item = await fetch(deck, upstream, answer(body, f"{status} X"), observation="DS.1")
    assert (item["state"], item["kind"]) == ("failed", kind)
    assert words in item["message"]
    assert deck.files() == []
    assert len(upstream.requests) == 1


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
async def test_ESO_51_a_refused_file_leaves_nothing_and_is_named(
    deck: Deck, upstream: Upstream, status: str
) -> None:
    dp_id = "SINFO.2013-08-27T01:05:24.328"
    item = await fetch(deck, upstream, answer(b"", status), observation=dp_id)
    assert item["state"] == "failed"
    assert item["kind"] == ("not-signed-in" if status.startswith("401") else "forbidden")
    assert dp_id in item["message"]
    assert deck.files() == []


async def test_ESO_53_what_compress_packed_is_known_by_its_magic(
    deck: Deck, upstream: Upstream
) -> None:
    """Whatever it is called and said to be, it becomes a file `.Z`, byte for byte."""
    body = b"\x1f\x9d\x90" + bytes(range(256)) * 20
    told = {"Content_Encoding": "x-compress", "Content_Type": "application/x-fits"}
    item = await fetch(deck, upstream, answer(body, **told))
    assert (item["state"], item["name"]) == ("done", "frame.fits.Z")
    assert (deck.root / "data" / "frame.fits.Z").read_bytes() == body


async def test_ESO_53_a_wrong_ending_is_put_right(deck: Deck, upstream: Upstream) -> None:
    body = b"\x1f\x9d\x90" + bytes(500)
    item = await fetch(deck, upstream, answer(body), name="frame.fits.gz")
    assert item["name"] == "frame.fits.Z"


async def test_a_plain_file_called_packed_loses_the_ending(deck: Deck, upstream: Upstream) -> None:
    item = await fetch(deck, upstream, answer(BODY), name="frame.fits.Z")
    assert item["name"] == "frame.fits"


async def test_a_tiled_file_keeps_its_ending(deck: Deck, upstream: Upstream) -> None:
    item = await fetch(deck, upstream, answer(BODY), name="frame.fits.fz")
    assert item["name"] == "frame.fits.fz"


async def test_a_packed_file_said_to_be_encoded_is_kept_as_it_is(
    deck: Deck, upstream: Upstream
) -> None:
    packed = gzip.compress(BODY)
    item = await fetch(
        deck, upstream, answer(packed, Content_Encoding="x-gzip"), name="frame.fits.gz"
    )
    assert (item["state"], item["name"]) == ("done", "frame.fits.gz")
    assert (deck.root / "data" / "frame.fits.gz").read_bytes() == packed


async def test_what_the_connection_packed_is_unpacked(deck: Deck, upstream: Upstream) -> None:
    """Also when it arrives in two parts: what is encoded is what is gone on from."""
    packed = gzip.compress(BODY)
    more = {"Content-Encoding": "gzip"}
    served = serve(upstream, "/file", Served(packed, cuts=[len(packed) // 2], more=more))
    (item,) = await deck.fetched({"url": f"{upstream.origin}/file", "name": "frame.fits"})
    assert (item["state"], item["name"], item["total"]) == ("done", "frame.fits", len(BODY))
    assert (deck.root / "data" / "frame.fits").read_bytes() == BODY
    assert served.cuts == []
    assert deck.files() == ["data/frame.fits"]


async def test_an_encoding_nobody_knows_is_refused(deck: Deck, upstream: Upstream) -> None:
    item = await fetch(deck, upstream, answer(BODY, Content_Encoding="br"))
    assert (item["state"], item["kind"], deck.files()) == ("failed", "bad-answer", [])


async def test_damaged_packing_is_no_file(deck: Deck, upstream: Upstream) -> None:
    packed = gzip.compress(BODY)
    broken = packed[: len(packed) // 2]
    item = await fetch(deck, upstream, answer(broken, Content_Encoding="gzip"))
    assert (item["state"], deck.files()) == ("failed", [])


def _b64(algorithm: str, body: bytes) -> str:
    return base64.b64encode(hashlib.new(algorithm, body).digest()).decode()


PUBLISHED = {
    "Repr-Digest": lambda body: f"sha-256=:{_b64('sha256', body)}:",
    "Digest": lambda body: f"SHA-512={_b64('sha512', body)}",
    "Content-MD5": lambda body: _b64("md5", body),
    "x-goog-hash": lambda body: f"crc32c=AAAAAA==,md5={_b64('md5', body)}",
    "x-amz-checksum-sha256": lambda body: _b64("sha256", body),
}


@pytest.mark.parametrize("header", PUBLISHED)
async def test_a_published_checksum_is_checked(deck: Deck, upstream: Upstream, header: str) -> None:
    right, wrong = PUBLISHED[header](BODY), PUBLISHED[header](BODY + b"x")
    serve(upstream, "/right.fits", Served(BODY, more={header: right}))
    serve(upstream, "/wrong.fits", Served(BODY, more={header: wrong}))
    good, bad = await deck.fetched(
        {"url": f"{upstream.origin}/right.fits"}, {"url": f"{upstream.origin}/wrong.fits"}
    )
    assert (good["state"], good["end"]) == ("done", "checked")
    assert (bad["state"], bad["kind"]) == ("failed", "bad-answer")
    assert "does not fit its checksum" in bad["message"]
    assert deck.files() == ["data/right.fits"]
    asked = [request for request in upstream.requests if request.target == "/wrong.fits"]
    assert len(asked) == 2  # once more, in case the network was to blame


async def test_the_words_of_a_service_hold_no_signed_address(
    deck: Deck, upstream: Upstream
) -> None:
    told = b"no file at https://storage.example/f?X-Goog-Signature=abcdef0123456789"
    item = await fetch(deck, upstream, answer(told, "400 Bad Request"))
    assert "https://storage.example/f" in item["message"]
    assert "abcdef" not in item["message"]
