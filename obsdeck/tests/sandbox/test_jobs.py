"""Jobs of the sandbox: every resource of UWS 1.1."""

# mypy: disable-error-code=import-untyped

import threading
import time
from datetime import UTC, datetime
from xml.etree import ElementTree

import httpx
import pytest

from obsdeck.tests.sandbox.jobs import (
    QUICK,
    UWS,
    XLINK,
    create,
    document,
    finished,
    made,
    slow,
    value,
)
from obsdeck.tests.sandbox.jobs import text as text_of
from obsdeck.tests.sandbox.serving import error_of, serving, sync
from obsdeck.tests.sandbox.signing import HTTP, Clock, bearer, eso_token


@pytest.fixture(scope="module")
def tap(base_url: str) -> str:
    """Return the address of the open TAP service."""
    return f"{base_url}tap"


def test_a_job_goes_from_pending_to_a_result(tap: str) -> None:
    url = made(tap)
    job = document(url)
    assert (job.tag, job.get("version")) == (f"{UWS}job", "1.1")
    assert (value(job, "phase"), value(job, "startTime")) == ("PENDING", None)
    assert job.find(f"{UWS}results/{UWS}result") is None
    assert finished(url) == "COMPLETED"
    job = document(url)
    assert value(job, "startTime") is not None
    assert value(job, "endTime") is not None
    result = job.find(f"{UWS}results/{UWS}result")
    assert result is not None
    assert (result.get("id"), result.get("mime-type")) == ("result", "text/csv")
    answer = HTTP.get(result.get(f"{XLINK}href") or "")
    assert answer.text == sync(QUICK, FORMAT="csv").text
    assert len(answer.content) == int(result.get("size") or 0)


def test_a_job_runs_at_creation_where_that_is_asked(tap: str) -> None:
    url = made(tap, data={"PHASE": "RUN"})
    assert value(document(f"{url}?WAIT=30&PHASE=QUEUED"), "phase") != "PENDING"
    assert finished(url) == "COMPLETED"


def test_each_value_has_an_address(tap: str) -> None:
    url = made(tap, data={"RUNID": "label é"})
    job = document(url)
    assert value(job, "runId") == "label é"
    assert text_of(f"{url}/phase") == "PENDING"
    assert text_of(f"{url}/owner") == ""
    assert text_of(f"{url}/quote") == ""
    assert text_of(f"{url}/executionduration") == value(job, "executionDuration")
    assert text_of(f"{url}/destruction") == value(job, "destruction")
    assert [node.get("id") for node in document(f"{url}/parameters")] == [
        "REQUEST",
        "LANG",
        "QUERY",
        "FORMAT",
    ]
    assert len(document(f"{url}/results")) == 0
    assert HTTP.get(f"{url}/results/result").status_code == 404
    assert HTTP.get(f"{url}/error").status_code == 404
    assert HTTP.get(f"{url}/other").status_code == 404


@pytest.mark.parametrize("seconds", [0, 6])
def test_wait_returns_at_once_for_another_phase(tap: str, seconds: int) -> None:
    url = made(tap)
    start = time.monotonic()
    assert value(document(f"{url}?WAIT={seconds}&PHASE=QUEUED"), "phase") == "PENDING"
    assert time.monotonic() - start < 5


def test_wait_blocks_until_the_phase_changes(tap: str) -> None:
    url = made(tap)
    seen: list[str | None] = []

    def wait() -> None:
        answer = httpx.get(f"{url}?WAIT=-1&PHASE=PENDING", timeout=60)
        seen.append(value(ElementTree.fromstring(answer.content), "phase"))

    waiting = threading.Thread(target=wait)
    waiting.start()
    waiting.join(0.3)
    assert seen == []
    HTTP.post(f"{url}/phase", data={"PHASE": "ABORT"})
    waiting.join(30)
    assert seen == ["ABORTED"]


def test_a_query_chooses_how_long_its_job_takes(tap: str) -> None:
    url = made(tap, slow(2), data={"PHASE": "RUN"})
    phases = ["QUEUED"]
    assert text_of(f"{url}/phase") == "QUEUED"
    while phases[-1] not in ("COMPLETED", "ERROR"):
        phases.append(value(document(f"{url}?WAIT=30&PHASE={phases[-1]}"), "phase") or "")
    assert phases == ["QUEUED", "EXECUTING", "COMPLETED"]


@pytest.mark.parametrize("argument", ["601", "-1", "'x'", "s_ra", "1, 2"])
def test_a_delay_is_a_number_of_bounded_size(argument: str) -> None:
    answer = sync(f"SELECT 1 AS x FROM ivoa.ObsCore WHERE obsdeck_delay({argument}) = 1")
    assert answer.status_code == 400
    assert "obsdeck_delay takes" in error_of(answer)


def test_VO_14_abort_works_in_pending_queued_and_executing(tap: str) -> None:
    pending = made(tap)
    queued = made(tap, slow(500), data={"PHASE": "RUN"})
    executing = made(tap, slow(2), data={"PHASE": "RUN"})
    assert value(document(f"{executing}?WAIT=30&PHASE=QUEUED"), "phase") == "EXECUTING"
    for url in (pending, queued, executing):
        answer = HTTP.post(f"{url}/phase", data={"PHASE": "ABORT"})
        assert (answer.status_code, answer.headers["location"]) == (303, url)
        assert text_of(f"{url}/phase") == "ABORTED"


def test_a_job_that_ended_is_not_aborted(tap: str) -> None:
    url = made(tap)
    assert finished(url) == "COMPLETED"
    HTTP.post(f"{url}/phase", data={"PHASE": "ABORT"})
    assert text_of(f"{url}/phase") == "COMPLETED"
    assert HTTP.get(f"{url}/results/result").status_code == 200


def test_a_job_is_stopped_when_its_time_is_up(tap: str) -> None:
    url = made(tap, slow(300))
    HTTP.post(f"{url}/executionduration", data={"EXECUTIONDURATION": "1"})
    HTTP.post(f"{url}/parameters", data={"QUERY": slow(2.5)})
    assert finished(url) == "ABORTED"
    stopped = document(url).findtext(f"{UWS}errorSummary/{UWS}message")
    assert stopped == "The job was stopped: it took more than 1 seconds."


def test_duration_and_destruction_are_clipped(tap: str) -> None:
    url = made(tap)
    for given, kept in (("99999", "3600"), ("0", "3600"), ("20", "20")):
        answer = HTTP.post(f"{url}/executionduration", data={"EXECUTIONDURATION": given})
        assert (answer.status_code, answer.headers["location"]) == (303, url)
        assert text_of(f"{url}/executionduration") == kept
    created = datetime.fromisoformat(value(document(url), "creationTime") or "")
    HTTP.post(f"{url}/destruction", data={"DESTRUCTION": "2999-01-01T00:00:00Z"})
    clipped = datetime.fromisoformat(text_of(f"{url}/destruction"))
    assert (clipped - created).days == 7
    soon = datetime.now(UTC).replace(year=created.year + 1).isoformat(timespec="milliseconds")
    assert HTTP.post(f"{url}/destruction", data={"DESTRUCTION": soon}).status_code == 303


@pytest.mark.parametrize(
    ("child", "data"),
    [
        ("phase", {"PHASE": "SLEEP"}),
        ("phase", {}),
        ("executionduration", {"EXECUTIONDURATION": "long"}),
        ("executionduration", {"EXECUTIONDURATION": "-1"}),
        ("destruction", {"DESTRUCTION": "tomorrow"}),
        ("", {"ACTION": "KEEP"}),
    ],
)
def test_orders_nobody_understands_are_refused(tap: str, child: str, data: dict[str, str]) -> None:
    url = made(tap)
    answer = HTTP.post(f"{url}/{child}".rstrip("/"), data=data)
    assert answer.status_code == 400
    assert answer.text.startswith("UsageFault: ")
    assert text_of(f"{url}/phase") == "PENDING"


def test_parameters_change_while_a_job_is_pending(tap: str) -> None:
    url = made(tap)
    assert HTTP.post(f"{url}/parameters", data={"query": "SELECT 7 AS x"}).status_code == 303
    assert finished(url) == "COMPLETED"
    assert text_of(f"{url}/results/result") == "x\n7\n"
    assert HTTP.post(f"{url}/parameters", data={"QUERY": "SELECT 8"}).status_code == 403


@pytest.mark.parametrize("by", ["DELETE", "ACTION"])
def test_VO_15_deletion_by_method_and_by_action(tap: str, by: str) -> None:
    url = made(tap)
    data = {"ACTION": "DELETE"}
    answer = HTTP.delete(url) if by == "DELETE" else HTTP.post(url, data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{tap}/async")
    for child in ("", "/phase", "/results", "/results/result", "/error", "/parameters"):
        assert HTTP.get(f"{url}{child}").status_code == 404


def test_VO_17_a_failed_job_has_a_summary_and_a_votable(tap: str) -> None:
    """VO-17: the error is a VOTable with status 200."""
    url = made(tap, "SELECT sra FROM ivoa.ObsCore")
    assert finished(url) == "ERROR"
    summary = document(url).find(f"{UWS}errorSummary")
    assert summary is not None
    assert (summary.get("type"), summary.get("hasDetail")) == ("fatal", "true")
    message = summary.findtext(f"{UWS}message") or ""
    assert message.startswith("Unknown column sra")
    error = HTTP.get(f"{url}/error")
    assert error.status_code == 200
    assert error_of(error) == message


@pytest.mark.parametrize(
    "data", [{"LANG": "PQL"}, {"QUERY": ""}, {"FORMAT": "holes"}, {"MAXREC": "-1"}]
)
def test_what_is_wrong_with_parameters_is_told_by_the_job(tap: str, data: dict[str, str]) -> None:
    url = made(tap, data=data)
    assert finished(url) == "ERROR"


def test_the_list_has_filters(tap: str) -> None:
    with serving(rows=500, clock=Clock()) as base:
        jobs = [made(f"{base}tap") for _ in range(4)]
        finished(jobs[1])
        names = [url.rpartition("/")[2] for url in jobs]

        def listed(query: str = "") -> list[str | None]:
            return [node.get("id") for node in document(f"{base}tap/async{query}")]

        assert listed() == names[::-1]
        assert listed("?LAST=2") == names[:1:-1]
        assert listed("?PHASE=COMPLETED") == [names[1]]
        assert listed("?PHASE=COMPLETED&PHASE=PENDING") == names[::-1]
        assert listed("?PHASE=COMPLETED&LAST=1") == [names[1]]
        assert listed("?AFTER=2999-01-01T00:00:00") == []
        assert listed("?AFTER=1999-01-01") == names[::-1]
        assert HTTP.get(f"{base}tap/async?LAST=0").status_code == 400
        assert HTTP.get(f"{base}tap/async?AFTER=now").status_code == 400
        first = document(f"{base}tap/async")[-1]
        assert first.get(f"{XLINK}href") == jobs[0]
        assert value(first, "phase") == "PENDING"


def test_jobs_are_forgotten_when_their_time_has_come() -> None:
    clock = Clock()
    with serving(rows=500, clock=clock) as base:
        short, long = (made(f"{base}tap") for _ in range(2))
        finished(short)
        soon = datetime.fromtimestamp(clock.now + 60, UTC).isoformat()
        HTTP.post(f"{short}/destruction", data={"DESTRUCTION": soon})
        clock.now += 59
        assert HTTP.get(short).status_code == 200
        clock.now += 1
        assert HTTP.get(short).status_code == 404
        assert [node.get("id") for node in document(f"{base}tap/async")] == [
            long.rpartition("/")[2]
        ]
        clock.now += 86_400
        assert HTTP.get(long).status_code == 404


def test_jobs_belong_to_whoever_made_them(base_url: str) -> None:
    tap = f"{base_url}eso/tap"
    mine = bearer(eso_token(base_url))
    url = made(tap, headers=mine)
    assert HTTP.get(url).status_code == 401
    assert HTTP.get(url, headers=bearer(eso_token(base_url, "student"))).status_code == 403
    assert text_of(f"{url}/owner", headers=mine) == "astronomer"
    listed = {one.get("id") for one in document(f"{tap}/async", headers=mine)}
    assert url.rpartition("/")[2] in listed
    assert len(document(f"{tap}/async")) == 0
    for method in ("GET", "DELETE", "POST"):
        assert HTTP.request(method, url).status_code == 401
    assert HTTP.get(url, headers=mine).status_code == 200
    assert HTTP.delete(url, headers=mine).status_code == 303


def test_creation_refuses_phases_nobody_knows(tap: str) -> None:
    answer = create(tap, data={"PHASE": "SLEEP"})
    assert (answer.status_code, error_of(answer)) == (
        400,
        "PHASE must be RUN or ABORT, not 'SLEEP'.",
    )
