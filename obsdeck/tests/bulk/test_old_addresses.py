"""Signed addresses that end while others are fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import obsdeck
from obsdeck.tests.bulk.site import FITS, Asked, Reply, Site, site

OLD, FRESH = "X-Goog-Signature=0ldc0ffee", "X-Goog-Signature=fr35hc0ffee"
_COLUMNS = ("ID", "access_url", "service_def", "error_message", "semantics", "content_type")
_ROW = {"access_format": "application/x-votable+xml;content=datalink"}


def links(address: str) -> bytes:
    """Return links with one signed address of the file."""
    fields = "".join(f'<FIELD name="{name}" datatype="char" arraysize="*"/>' for name in _COLUMNS)
    cells = ("x", address, "", "", "#this", "application/fits")
    row = "".join(f"<TD>{cell}</TD>" for cell in cells)
    return (
        '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">'
        '<RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/>'
        f"<TABLE>{fields}<DATA><TABLEDATA><TR>{row}</TR></TABLEDATA></DATA></TABLE>"
        "</RESOURCE></VOTABLE>"
    ).encode()


@pytest.fixture
def archive() -> Iterator[Site]:
    """Give an archive whose first signature has ended, and that signs anew when asked again."""
    with site() as running:

        def answer(asked: Asked) -> Reply:
            if asked.path.startswith("/links"):
                times = len(running.asked_for("/links"))
                return Reply(links(f"{running.origin}/f.fits?{OLD if times == 1 else FRESH}"))
            return Reply(FITS) if FRESH in asked.path else Reply(b"ExpiredToken", 400)

        running.answer = answer
        yield running


def test_RUBIN_38_links_are_read_again_where_a_signature_ended(
    archive: Site, tmp_path: Path
) -> None:
    row = {**_ROW, "access_url": f"{archive.origin}/links?ID=x"}
    (file,) = obsdeck.fetch([row], folder=tmp_path)
    assert (file.error, file.size) == ("", len(FITS))
    assert len(archive.asked_for("/f.fits")) == 2
    assert "c0ffee" not in repr(file)


def test_an_old_address_without_links_is_asked_once(archive: Site, tmp_path: Path) -> None:
    (file,) = obsdeck.fetch([f"{archive.origin}/f.fits?{OLD}"], folder=tmp_path)
    assert (file.path, file.error) == (None, "ExpiredToken")
    assert len(archive.asked) == 1


@pytest.mark.parametrize("told", [{"Content-Length": "9" * 5000}, {"Location": "http://["}])
def test_header_lines_that_are_none_cost_one_file_only(
    archive: Site, tmp_path: Path, told: dict[str, str]
) -> None:
    good = archive.answer

    def answer(asked: Asked) -> Reply:
        if asked.path == "/odd.fits":
            return Reply(FITS, 303 if "Location" in told else 200, headers=told)
        return good(asked)

    archive.answer = answer
    fetched = obsdeck.fetch(
        [f"{archive.origin}/odd.fits", f"{archive.origin}/f.fits?{FRESH}"], folder=tmp_path
    )
    assert [bool(file.error) for file in fetched] == [True, False]
