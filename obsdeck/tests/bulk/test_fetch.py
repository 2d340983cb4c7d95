"""`obsdeck.fetch` on a local cluster of two workers."""

# mypy: disable-error-code=import-untyped

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cloudpickle
import pytest
from astropy.table import Table

import obsdeck
from obsdeck.bulk import fetching
from obsdeck.client.archive_session import ArchiveSession
from obsdeck.errors import ObsdeckError
from obsdeck.tests.bulk.site import FITS, Asked, Reply, Site, site
from obsdeck.tests.client.conftest import TOKEN, Hand, archive_at

distributed = pytest.importorskip("distributed", reason="distributed is not installed (bulk)")

SIGNED = "X-Goog-Signature=feedfeed"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Give the client of a cluster of two processes on loopback."""
    options = {"host": "127.0.0.1", "dashboard_address": None, "threads_per_worker": 1}
    with (
        distributed.LocalCluster(n_workers=2, processes=True, **options) as running,
        distributed.Client(running) as client,
    ):
        yield client


class Recording:
    """A client that keeps what leaves the kernel, as it leaves it."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.left = b""

    def submit(self, *task: Any, **options: Any) -> Any:
        """Send a task to a worker."""
        self.left += cloudpickle.dumps((task, options)) + pickle.dumps(task)
        return self._client.submit(*task, **options)


@pytest.fixture
def client(cluster: Any) -> Recording:
    """Give a client that records."""
    return Recording(cluster)


@pytest.fixture
def store() -> Iterator[Site]:
    """Give a store of files that takes signed addresses only."""
    with site() as running:
        running.answer = lambda asked: Reply(FITS) if SIGNED in asked.path else Reply(status=403)
        yield running


@pytest.fixture
def archive(store: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Give an archive with public and protected files, where the test is signed in."""

    def answer(asked: Asked) -> Reply:
        path = asked.path.partition("?")[0]
        may_see = asked.headers.get("authorization") == f"Bearer {TOKEN}"
        if path.startswith("/protected") and not may_see:
            return Reply(b"Sign in.", 401)
        if path == "/protected/signed.fits":
            return Reply(status=303, headers={"Location": f"{store.origin}/s.fits?{SIGNED}"})
        return Reply(links(running.origin)) if path == "/links" else Reply(FITS)

    with site() as running:
        running.answer = answer
        session = ArchiveSession(archive_at(running.origin), Hand())
        monkeypatch.setattr(fetching, "archive_session", lambda _id, *, as_me: session)
        yield running


def links(origin: str) -> bytes:
    """Write links with the file itself and a cutout service."""
    names = ("ID", "access_url", "service_def", "error_message", "semantics", "content_type")
    fields = "".join(f'<FIELD name="{n}" datatype="char" arraysize="*"/>' for n in names)
    rows = (
        ("x", f"{origin}/from-links.fits", "", "", "#this", "application/fits"),
        ("x", "", "soda", "", "#cutout", "application/fits"),
    )
    cells = "".join(f"<TR>{''.join(f'<TD>{c}</TD>' for c in row)}</TR>" for row in rows)
    return f"""<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/>
<TABLE>{fields}<DATA><TABLEDATA>{cells}</TABLEDATA></DATA></TABLE></RESOURCE>
<RESOURCE type="meta" utype="adhoc:service" ID="soda"><GROUP name="inputParams">
<PARAM name="ID" datatype="char" arraysize="*" value="x"/>
<PARAM name="CIRCLE" datatype="double" arraysize="3" unit="deg" xtype="circle" value=""/></GROUP>
<PARAM name="accessURL" datatype="char" arraysize="*" value="{origin}/cut.fits?keep=1"/>
<PARAM name="standardID" datatype="char" arraysize="*" value="ivo://ivoa.net/std/SODA#sync-1.0"/>
</RESOURCE></VOTABLE>""".encode()


def test_workers_fetch_public_files(client: Recording, archive: Site, tmp_path: Path) -> None:
    urls = [f"{archive.origin}/{name}.fits" for name in "abcdef"]
    fetched = obsdeck.fetch(urls, client, folder=tmp_path)
    assert [path.name for path in fetched.paths] == [f"{name}.fits" for name in "abcdef"]
    assert {file.fetched for file in fetched} == {"worker"}
    assert all(file.size == len(FITS) for file in fetched)
    assert {one.headers.get("authorization") for one in archive.asked} == {None}


def test_no_worker_gets_a_credential(client: Recording, archive: Site, tmp_path: Path) -> None:
    urls = [f"{archive.origin}/a.fits", f"{archive.origin}/protected/b.fits"]
    fetched = obsdeck.fetch(urls, client, folder=tmp_path, archive="local")
    assert [file.fetched for file in fetched] == ["worker", "here, as you"]
    assert "1 fetched here, as you" in repr(fetched)
    assert client.left
    assert TOKEN.encode() not in client.left
    assert b"Bearer" not in client.left


def test_RUBIN_36_what_the_archive_signed_goes_to_workers(
    client: Recording, archive: Site, store: Site, tmp_path: Path
) -> None:
    url = f"{archive.origin}/protected/signed.fits"
    (file,) = obsdeck.fetch([url], client, folder=tmp_path, archive="local")
    assert (file.fetched, file.error) == ("worker", "")
    assert {one.headers.get("authorization") for one in store.asked} == {None}
    assert {one.headers.get("cookie") for one in store.asked} == {None}
    assert "feed" not in repr(file) + str(file.address)


def test_signed_addresses_are_not_shown(client: Recording, store: Site, tmp_path: Path) -> None:
    (file,) = obsdeck.fetch(f"{store.origin}/a.fits?{SIGNED}", client, folder=tmp_path)
    assert file.address == f"{store.origin}/a.fits"
    assert not [name for name in tmp_path.iterdir() if "feed" in name.read_text("latin-1")]


def test_links_of_rows_are_followed(client: Recording, archive: Site, tmp_path: Path) -> None:
    table = Table(
        {
            "access_url": [f"{archive.origin}/links?ID=x", f"{archive.origin}/b.fits", ""],
            "access_format": ["application/x-votable+xml;content=datalink", "image/fits", ""],
        }
    )
    fetched = obsdeck.fetch(table, client, folder=tmp_path)
    assert [path.name for path in fetched.paths] == ["from-links.fits", "b.fits"]
    assert fetched[2].error == "The row has no address."


@pytest.mark.parametrize(
    "cutout",
    [(10, -20, 0.5), {"CIRCLE": "10 -20 0.5"}, lambda row: {"CIRCLE": (row["ra"], -20, 0.5)}],
)
def test_cutouts_are_fetched(client: Recording, archive: Site, tmp_path: Path, cutout: Any) -> None:
    media = "application/x-votable+xml;content=datalink"
    row = {"access_url": f"{archive.origin}/links?ID=x", "access_format": media, "ra": 10}
    (file,) = obsdeck.fetch([row], client, folder=tmp_path, cutout=cutout)
    assert file.error == ""
    query = archive.asked_for("/cut.fits")[0].path.partition("?")[2]
    assert query.startswith("keep=1&ID=x&CIRCLE=10")
    assert [float(number) for number in query.rpartition("=")[2].split("+")] == [10, -20, 0.5]


def test_what_is_there_is_not_fetched_again(
    client: Recording, archive: Site, tmp_path: Path
) -> None:
    urls = [f"{archive.origin}/a.fits"] * 2
    obsdeck.fetch(urls, client, folder=tmp_path)
    again = obsdeck.fetch(urls, client, folder=tmp_path)
    assert ([file.fetched for file in again], len(archive.asked)) == (["", ""], 1)


def test_one_file_that_fails_leaves_the_others(
    client: Recording, archive: Site, tmp_path: Path
) -> None:
    urls = [f"{archive.origin}/protected/a.fits", f"{archive.origin}/b.fits", "file:///etc/passwd"]
    fetched = obsdeck.fetch(urls, client, folder=tmp_path)
    assert [file.error for file in fetched] == ["Sign in.", "", "Only http and https are fetched."]


def test_without_a_cluster_everything_is_fetched_here(archive: Site, tmp_path: Path) -> None:
    (file,) = obsdeck.fetch(f"{archive.origin}/a.fits", folder=tmp_path)
    assert file.fetched == "here"


def test_something_else_is_no_selection() -> None:
    with pytest.raises(ObsdeckError, match="A int is no selection"):
        obsdeck.fetch(7)
