"""PyVO through a session: queries, jobs and DataLinks keep the binding."""

from __future__ import annotations

from io import BytesIO

import pytest
import pyvo
from astropy.io.votable import from_table, writeto
from astropy.table import Table

from obsdeck.client.archive_session import ArchiveSession
from obsdeck.client.errors import SignInError
from obsdeck.client.tap_service import tap_service
from obsdeck.errors import ObsdeckError
from obsdeck.tests.client.conftest import TOKEN, Hand, answer, archive_at
from obsdeck.tests.upstream import Upstream

JOB = """<uws:job xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"><uws:jobId>1</uws:jobId>
 <uws:phase>COMPLETED</uws:phase><uws:results><uws:result id="result"
 xlink:href="{result}"/></uws:results></uws:job>"""


def votable(**columns: list[object]) -> bytes:
    """Return a VOTable."""
    stream = BytesIO()
    document = from_table(Table(columns))
    document.resources[0].infos.append(_fine())
    writeto(document, stream)
    return stream.getvalue()


def _fine() -> object:
    from astropy.io.votable.tree import Info  # noqa: PLC0415

    return Info(name="QUERY_STATUS", value="OK")


@pytest.fixture
def service(own: Upstream, session: ArchiveSession) -> pyvo.dal.TAPService:
    """Give the service of the archive, which knows one table."""
    own.on("/tap/sync", answer(votable(n=[1, 2, 3]), Content_Type="application/x-votable+xml"))
    return tap_service(session.archive, None, session)


def signed(upstream: Upstream) -> set[str | None]:
    """Return the credentials that arrived."""
    return {request.headers.get("authorization") for request in upstream.requests}


def test_query_is_signed(service: pyvo.dal.TAPService, own: Upstream) -> None:
    assert len(service.search("SELECT n FROM t")) == 3
    assert signed(own) == {f"Bearer {TOKEN}"}


def test_every_step_of_a_job_is_signed(service: pyvo.dal.TAPService, own: Upstream) -> None:
    job, result = f"{own.origin}/tap/async/1", f"{own.origin}/tap/async/1/results/result"
    own.on("/tap/async", answer(status="303 See Other", Location=job))
    for path in ("/tap/async/1", "/tap/async/1/phase"):
        own.on(path, answer(JOB.format(result=result).encode(), Content_Type="text/xml"))
    own.on("/tap/async/1/results/result", answer(votable(n=[7])))
    assert list(service.run_async("SELECT n FROM t")["n"]) == [7]
    assert {r.method for r in own.requests} == {"GET", "POST", "DELETE"}
    assert signed(own) == {f"Bearer {TOKEN}"}


def test_result_on_a_foreign_host_is_fetched_anonymously(
    service: pyvo.dal.TAPService, own: Upstream, foreign: Upstream
) -> None:
    own.on("/tap/async", answer(status="303 See Other", Location=f"{own.origin}/tap/async/1"))
    document = JOB.format(result=f"{foreign.origin}/signed?by=a-bucket").encode()
    for path in ("/tap/async/1", "/tap/async/1/phase"):
        own.on(path, answer(document, Content_Type="text/xml"))
    foreign.on("/signed", answer(votable(n=[7])))
    assert list(service.run_async("SELECT n FROM t")["n"]) == [7]
    assert signed(foreign) == {None}


def test_ESO_46_links_are_bound_alike(
    service: pyvo.dal.TAPService, own: Upstream, foreign: Upstream
) -> None:
    links = votable(
        ID=["x", "x"],
        access_url=[f"{own.origin}/file", f"{foreign.origin}/file"],
        semantics=["#this", "#preview"],
    )
    own.on("/links", answer(links, Content_Type="application/x-votable+xml;content=datalink"))
    own.on(
        "/tap/sync",
        answer(
            votable(
                access_url=[f"{own.origin}/links?ID=x"],
                access_format=["application/x-votable+xml;content=datalink"],
            )
        ),
    )
    record = service.search("SELECT * FROM ivoa.obscore")[0]
    found = pyvo.dal.adhoc.DatalinkResults.from_result_url(
        record["access_url"], session=service._session
    )
    for link in found:
        link.getdataset().read()
    assert [r.target for r in own.requests] == ["/tap/sync", "/links?ID=x", "/file"]
    assert signed(own) == {f"Bearer {TOKEN}"}
    assert signed(foreign) == {None}


def test_missing_sign_in_is_told_in_one_sentence(service: pyvo.dal.TAPService, hand: Hand) -> None:
    hand.error = SignInError("not-signed-in", "Not signed in to Local archive.", archive="local")
    with pytest.raises(pyvo.DALAccessError, match="Not signed in to Local archive"):
        service.search("SELECT n FROM t")


def test_service_is_chosen_by_title_or_address(session: ArchiveSession) -> None:
    services = {
        "tap": [
            {"url": "https://one.example/tap", "title": "Observations"},
            {"url": "https://two.example/tap", "title": "Catalogues"},
        ]
    }
    archive = archive_at("https://one.example", services=services)
    assert tap_service(archive, None, session).baseurl == "https://one.example/tap"
    assert tap_service(archive, "catalogues", session).baseurl == "https://two.example/tap"
    assert (
        tap_service(archive, "https://two.example/tap/", session).baseurl
        == "https://two.example/tap"
    )
    with pytest.raises(ObsdeckError, match="It has: “Observations”") as caught:
        tap_service(archive, "Images", session)
    assert caught.value.kind == "not-found"
    none = archive_at("https://one.example", services={})
    with pytest.raises(ObsdeckError, match="Local archive has no TAP service"):
        tap_service(none, None, session)
