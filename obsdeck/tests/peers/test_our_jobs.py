"""Our client runs jobs at real services: GAVO DaCHS, where it is there, and the sandbox."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..sandbox.serving import shared_url

ROOT = Path(__file__).resolve().parents[3]
CLIENT = ROOT / "test" / "support" / "jobclient.mjs"
DACHS = os.environ.get("OBSDECK_DACHS", "http://127.0.0.1:8080")
NO_DACHS = os.environ.get("OBSDECK_NO_DACHS", "" if "OBSDECK_DACHS" in os.environ else "not asked")

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        not (ROOT / "lib" / "protocol" / "index.js").exists() or not shutil.which("node"),
        reason="our client is not compiled (npm run build:lib) or there is no Node",
    ),
]

THREE = "SELECT TOP 3 obs_id FROM ivoa.ObsCore ORDER BY obs_id"
LONG = {
    "sandbox": "SELECT TOP 1 obsdeck_delay(60) AS s FROM ivoa.ObsCore",
    "dachs": "SELECT COUNT(*) AS n FROM ivoa.obscore AS a JOIN ivoa.obscore AS b"
    " ON a.s_ra < b.s_ra JOIN ivoa.obscore AS c ON b.t_min < c.t_min",
}


@pytest.fixture(
    params=[
        "sandbox",
        pytest.param(
            "dachs", marks=pytest.mark.skipif(bool(NO_DACHS), reason=f"no DaCHS: {NO_DACHS}")
        ),
    ]
)
def service(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Give the name and the TAP address of a service."""
    return request.param, f"{DACHS}/tap" if request.param == "dachs" else f"{shared_url()}tap"


def ours(url: str, query: str, *how: str) -> subprocess.CompletedProcess[str]:
    """Run a query as a job with our client."""
    command = ["node", str(CLIENT), url, "1000", *how]
    return subprocess.run(
        command, input=query, capture_output=True, text=True, check=False, timeout=100
    )


def told(url: str, query: str, *how: str) -> dict[str, Any]:
    """Return what our client tells of a job."""
    done = ours(url, query, *how)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def odd(case: str, query: str = THREE) -> dict[str, Any]:
    """Return what our client tells of a job at a service with odd jobs."""
    return told(f"{shared_url()}faults/{case}/tap", query)


def test_VO_7_a_job_runs_is_fetched_and_deleted(service: tuple[str, str]) -> None:
    _, url = service
    job = told(url, THREE)
    assert job["executionDuration"] == 100
    assert job["kept"] == pytest.approx(3, abs=0.01)
    assert job["listed"] is True
    assert job["phases"][-1] == "COMPLETED"
    assert len(job["rows"]) == 3
    assert job["gone"] == "not-found"


def test_a_table_goes_along(service: tuple[str, str]) -> None:
    _, url = service
    job = told(url, "SELECT n * 2 AS m FROM TAP_UPLOAD.numbers WHERE n > 1 ORDER BY n")
    assert len(job["rows"]) == 2


def test_VO_14_a_job_that_runs_is_stopped(service: tuple[str, str]) -> None:
    name, url = service
    job = told(url, LONG[name], "stop")
    assert job["phases"][0] in {"QUEUED", "EXECUTING"}
    assert job["phases"][-1] == "ABORTED"
    assert job["gone"] == "not-found"


def test_VO_17_an_error_is_told_in_the_services_words(service: tuple[str, str]) -> None:
    _, url = service
    job = told(url, "SELECT nosuchcolumn FROM ivoa.ObsCore")
    assert job["phases"][-1] == "ERROR"
    assert "nosuchcolumn" in job["error"]


@pytest.mark.parametrize(
    "case", ["held", "suspended", "unknown", "newphase", "forgetsrun", "showsjob", "relative"]
)
def test_VO_8_VO_11_VO_12_VO_13_odd_jobs_end_with_their_rows(case: str) -> None:
    job = odd(case)
    assert job["phases"][-1] == "COMPLETED"
    assert len(job["rows"]) == 3


def test_VO_12_an_archived_job_has_no_rows() -> None:
    assert odd("archived")["phases"][-1] == "ARCHIVED"


def test_VO_10_VO_18_uws_1_0_is_asked_with_pauses() -> None:
    job = odd("uws10")
    assert job["canWait"] is False
    assert job["phases"][-1] == "COMPLETED"
    assert min(job["gaps"], default=1000) >= 990


def test_VO_15_a_service_without_delete_is_asked_by_post() -> None:
    assert odd("nodelete")["gone"] == "not-found"


def test_VO_16_a_job_that_vanishes_is_told_as_gone() -> None:
    done = ours(f"{shared_url()}faults/vanishes/tap", THREE)
    assert done.returncode != 0
    assert "The service no longer knows this job." in done.stderr


def test_a_job_at_another_host_is_refused() -> None:
    done = ours(f"{shared_url()}faults/elsewhere/tap", THREE)
    assert done.returncode != 0
    assert "which is another service" in done.stderr


def test_settings_that_a_service_clips_are_read_back() -> None:
    job = odd("shortjobs")
    assert job["executionDuration"] == 1
    assert job["kept"] < 0.001
