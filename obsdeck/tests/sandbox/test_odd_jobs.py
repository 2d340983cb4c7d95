"""Services whose jobs are odd are odd in just the way they say."""

import httpx
import pytest

from obsdeck.sandbox.faults.odd_jobs import ODD_JOBS
from obsdeck.tests.sandbox.jobs import UWS, create, document, finished, made, slow, text, value
from obsdeck.tests.sandbox.serving import error_of, serving
from obsdeck.tests.sandbox.signing import HTTP, Clock
from obsdeck.tests.sandbox.tables import votable

RUN = {"PHASE": "RUN"}


def tap(base_url: str, case: str) -> str:
    """Return the address of an odd service."""
    return f"{base_url}faults/{case}/tap"


def waited(url: str, *phases: str) -> str:
    """Return the first phase of a job that is none of these."""
    while (phase := value(document(f"{url}?WAIT=30&PHASE={phases[-1]}"), "phase")) in phases:
        pass
    return str(phase)


def test_the_list_names_every_case(base_url: str) -> None:
    listed = HTTP.get(f"{base_url}faults/").text
    assert all(f"{base_url}faults/{case}/tap - " in listed for case in ODD_JOBS)


@pytest.mark.parametrize("case", ODD_JOBS)
def test_queries_and_descriptions_are_well(base_url: str, case: str) -> None:
    form = {"LANG": "ADQL", "QUERY": "SELECT 1 AS x", "FORMAT": "csv"}
    assert HTTP.post(f"{tap(base_url, case)}/sync", data=form).text == "x\n1\n"
    assert f">{tap(base_url, case)}</accessURL>" in text(f"{tap(base_url, case)}/capabilities")


def test_VO_11_a_job_is_held_until_it_is_run_again(base_url: str) -> None:
    url = made(tap(base_url, "held"), data=RUN)
    assert waited(url, "QUEUED") == "HELD"
    assert text(f"{url}/phase") == "HELD"
    HTTP.post(f"{url}/phase", data=RUN)
    assert waited(url, "HELD", "QUEUED", "EXECUTING") == "COMPLETED"


@pytest.mark.parametrize(
    ("case", "word"), [("suspended", "SUSPENDED"), ("unknown", "UNKNOWN"), ("newphase", "COOKING")]
)
def test_VO_12_VO_13_a_detour_ends_by_itself(base_url: str, case: str, word: str) -> None:
    url = made(tap(base_url, case), data=RUN)
    assert waited(url, "QUEUED") == word
    assert waited(url, word, "QUEUED", "EXECUTING") == "COMPLETED"


def test_VO_12_an_archived_job_has_no_result(base_url: str) -> None:
    url = made(tap(base_url, "archived"))
    assert finished(url) == "ARCHIVED"
    assert document(url).find(f"{UWS}results/{UWS}result") is None
    assert HTTP.get(f"{url}/results/result").status_code == 404
    name = url.rpartition("/")[2]
    asked = {
        query: [one.get("id") for one in document(f"{tap(base_url, 'archived')}/async{query}")]
        for query in ("", "?PHASE=ARCHIVED")
    }
    assert name not in asked[""]
    assert name in asked["?PHASE=ARCHIVED"]


def test_run_at_creation_is_overlooked(base_url: str) -> None:
    url = made(tap(base_url, "forgetsrun"), data=RUN)
    assert text(f"{url}/phase") == "PENDING"
    assert finished(url) == "COMPLETED"


def test_a_creation_is_answered_with_the_job(base_url: str) -> None:
    answer = create(tap(base_url, "showsjob"))
    assert (answer.status_code, "location" in answer.headers) == (200, False)
    assert "<uws:phase>PENDING</uws:phase>" in answer.text


def test_VO_10_a_server_of_1_0_ignores_wait(base_url: str) -> None:
    url = made(tap(base_url, "uws10"), data=RUN)
    job = document(f"{url}?WAIT=-1")
    assert job.get("version") is None
    assert value(job, "phase") in ("QUEUED", "EXECUTING")
    assert job.find(f"{UWS}creationTime") is None
    assert job.find(f"{UWS}endTime") is None


def test_VO_15_only_post_deletes(base_url: str) -> None:
    url = made(tap(base_url, "nodelete"))
    assert HTTP.delete(url).status_code == 405
    assert HTTP.post(url, data={"ACTION": "DELETE"}).status_code == 303
    assert HTTP.get(url).status_code == 404


def test_VO_16_a_job_vanishes_while_somebody_waits(base_url: str) -> None:
    url = made(tap(base_url, "vanishes"), slow(1), data=RUN)
    assert httpx.get(f"{url}?WAIT=30&PHASE=QUEUED", timeout=60).status_code == 404


def test_VO_8_redirects_are_relative(base_url: str) -> None:
    answer = create(tap(base_url, "relative"))
    location = answer.headers["location"]
    assert location.startswith("/faults/relative/tap/async/")
    assert HTTP.get(str(answer.url.join(location))).status_code == 200


def test_redirects_lead_to_another_host(base_url: str) -> None:
    origin = HTTP.get(f"{base_url}foreign/address").json()[0]
    assert create(tap(base_url, "elsewhere")).headers["location"].startswith(f"{origin}/faults/")


def test_the_list_is_empty_although_there_are_jobs(base_url: str) -> None:
    url = made(tap(base_url, "nolist"))
    assert len(document(f"{tap(base_url, 'nolist')}/async")) == 0
    assert HTTP.get(url).status_code == 200


def test_the_fourth_job_is_refused() -> None:
    with serving(rows=500) as base:
        jobs = [made(tap(base, "fewjobs")) for _ in range(3)]
        refused = create(tap(base, "fewjobs"))
        assert (refused.status_code, "3 jobs of yours" in error_of(refused)) == (503, True)
        HTTP.delete(jobs[0])
        assert create(tap(base, "fewjobs")).status_code == 303


def test_short_jobs_are_stopped_and_forgotten() -> None:
    clock = Clock()
    with serving(rows=500, clock=clock) as base:
        url = made(tap(base, "shortjobs"), slow(8))
        HTTP.post(f"{url}/executionduration", data={"EXECUTIONDURATION": "500"})
        assert text(f"{url}/executionduration") == "1"
        assert finished(url) == "ABORTED"
        clock.now += 60
        assert HTTP.get(url).status_code == 404


def test_a_clock_is_ahead() -> None:
    clock = Clock(1_795_000_000.0)
    with serving(rows=500, clock=clock) as base:
        right, ahead = (value(document(made(one)), "creationTime") for one in
                        (f"{base}tap", tap(base, "ahead")))  # fmt: skip
        assert (right, ahead) == ("2026-11-18T11:06:40.000Z", "2026-11-19T11:06:40.000Z")


@pytest.mark.parametrize(
    ("case", "reason"),
    [("smalluploads", "more than 100 rows"), ("nouploads", "This service takes no tables")],
)
def test_uploads_are_limited(base_url: str, case: str, reason: str) -> None:
    table = votable(n=list(range(101)))
    form = {"LANG": "ADQL", "QUERY": "SELECT * FROM TAP_UPLOAD.t", "UPLOAD": "t,param:t"}
    answer = HTTP.post(f"{tap(base_url, case)}/sync", data=form, files={"t": ("t", table)})
    assert (answer.status_code, reason in error_of(answer)) == (400, True)
    capabilities = text(f"{tap(base_url, case)}/capabilities")
    assert ('<hard unit="row">100</hard>' in capabilities) == (case == "smalluploads")
    assert ("upload-inline" in capabilities) == (case == "smalluploads")
