"""What a worker does with one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from obsdeck.bulk.errand import Brought, Errand
from obsdeck.bulk.worker import fetch_file
from obsdeck.tests.bulk.site import FITS, Asked, Reply, Site, site


@pytest.fixture
def archive() -> Iterator[Site]:
    """Give an archive that anyone may ask."""
    with site() as running:
        yield running


def fetched(archive: Site, folder: Path, path: str = "/a.fits") -> Brought:
    """Fetch a file without waiting between attempts."""
    return fetch_file(Errand(archive.origin + path, str(folder)), sleep=lambda _seconds: None)


def files(folder: Path) -> list[str]:
    """Return the names of files that a person sees."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_file_gets_the_name_its_archive_gives(archive: Site, tmp_path: Path) -> None:
    name = 'attachment; filename="../../b.fits"'
    archive.answer = lambda _asked: Reply(FITS, headers={"Content-Disposition": name})
    brought = fetched(archive, tmp_path / "new")
    assert Path(brought.path) == tmp_path / "new" / "b.fits"
    assert Path(brought.path).read_bytes() == FITS
    assert (brought.size, brought.error) == (len(FITS), "")


def test_a_file_that_is_there_is_not_fetched_again(archive: Site, tmp_path: Path) -> None:
    first, again = fetched(archive, tmp_path), fetched(archive, tmp_path)
    assert (again.path, again.was_there, len(archive.asked)) == (first.path, True, 1)


def test_two_files_of_one_name_are_both_kept(archive: Site, tmp_path: Path) -> None:
    fetched(archive, tmp_path, "/x/a.fits")
    fetched(archive, tmp_path, "/y/a.fits")
    assert files(tmp_path) == ["a-2.fits", "a.fits"]


def test_a_signed_address_is_asked_byte_for_byte(archive: Site, tmp_path: Path) -> None:
    path = "/%7Ea/b.fits?X-Amz-Signature=fee%64+d&x=~%2F"
    fetched(archive, tmp_path, path)
    assert archive.asked[0].path == path


def test_a_broken_connection_is_gone_on_with(archive: Site, tmp_path: Path) -> None:
    whole, there, tag = FITS * 100, 1 << 16, {"ETag": '"1"'}

    def answer(asked: Asked) -> Reply:
        if "range" not in asked.headers:
            return Reply(whole, headers=tag, cut=there + 1000)
        assert asked.headers["range"] == f"bytes={there}-"
        assert asked.headers["if-range"] == '"1"'
        told = {"Content-Range": f"bytes {there}-{len(whole) - 1}/{len(whole)}"}
        return Reply(whole[there:], 206, tag | told)

    archive.answer = answer
    assert Path(fetched(archive, tmp_path).path).read_bytes() == whole
    assert len(archive.asked) == 2


def test_a_file_that_changed_is_begun_anew(archive: Site, tmp_path: Path) -> None:
    def answer(_asked: Asked) -> Reply:
        number = len(archive.asked)
        cut = 1000 if number == 1 else None
        return Reply(FITS + b"%d" % number, headers={"ETag": f'"{number}"'}, cut=cut)

    archive.answer = answer
    assert Path(fetched(archive, tmp_path).path).read_bytes() == FITS + b"2"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(status=204), "No pixels there."),
        (Reply(b"UsageError: no such circle", 422), "UsageError: no such circle"),
        (Reply(b"<html>Sorry</html>", 404), "The archive answered HTTP status 404."),
        (Reply(b"<!doctype html><title>Sign in</title>"), "A web page came instead"),
        (Reply(b"SIMPLE? no"), "Something else came instead of the FITS file"),
        (Reply(FITS, cut=7), "The connection"),
        (Reply(status=302, headers={"Location": "/a.fits"}), "redirects without end"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "none that can be fetched"),
    ],
)
def test_nothing_else_is_saved_as_the_file(
    archive: Site, tmp_path: Path, reply: Reply, error: str
) -> None:
    archive.answer = lambda _asked: reply
    brought = fetched(archive, tmp_path)
    assert error in brought.error
    assert (brought.path, files(tmp_path)) == ("", [])


def test_an_archive_that_is_busy_is_asked_again(archive: Site, tmp_path: Path) -> None:
    pauses: list[float] = []
    busy = Reply(b"later", 503, {"Retry-After": "7"})
    archive.answer = lambda _asked: busy if len(archive.asked) < 3 else Reply(FITS)
    errand = Errand(f"{archive.origin}/a.fits", str(tmp_path))
    assert fetch_file(errand, sleep=pauses.append).path
    assert pauses == [7, 7]


def test_what_is_told_of_an_errand_has_no_signature(tmp_path: Path) -> None:
    errand = Errand("http://127.0.0.1:1/a?b=1&X-Goog-Signature=feed", str(tmp_path))
    assert repr(errand) == "Errand('http://127.0.0.1:1/a?b=1')"
    brought = fetch_file(errand, sleep=lambda _seconds: None)
    assert brought.error == "The connection to the archive failed or broke."
