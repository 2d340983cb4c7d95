"""`api/jobs`: the list of jobs that pages share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jupyter_core.paths import jupyter_data_dir
from tornado.httpclient import HTTPResponse

from obsdeck.tests.conftest import Fetch
from obsdeck.tests.jobs.records import record
from obsdeck.tests.routes.signing import error_of


async def put(api: Fetch, job: str, body: Any) -> HTTPResponse:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return await api("jobs", job, method="PUT", body=text)


async def listed(api: Fetch) -> dict[str, Any]:
    answered: dict[str, Any] = json.loads((await api("jobs")).body)
    return answered


async def test_jobs_are_kept_listed_and_forgotten(api: Fetch) -> None:
    assert await listed(api) == {"jobs": [], "problems": []}
    response = await put(api, "one", record("one"))
    assert (response.code, json.loads(response.body)) == (200, record("one"))
    assert (await listed(api))["jobs"] == [record("one")]
    changed = record("one", ended=1_795_000_001_000)
    await put(api, "one", changed)
    assert (await listed(api))["jobs"] == [changed]
    for _ in range(2):
        assert (await api("jobs", "one", method="DELETE")).code == 204
    assert (await listed(api))["jobs"] == []


async def test_answers_are_kept_by_nobody(api: Fetch) -> None:
    response = await api("jobs")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Etag" not in response.headers


async def test_a_damaged_list_is_told(api: Fetch) -> None:
    await put(api, "one", record("one"))
    (path,) = (Path(jupyter_data_dir()) / "obsdeck" / "jobs").glob("*.json")
    path.write_text("{")
    (problem,) = (await listed(api))["problems"]
    assert "set aside" in problem


HOSTILE: dict[str, Any] = {
    "no JSON": "{",
    "no text": b"\xff\xfe\x00",
    "empty": "",
    "a list": "[]",
    "deep": "[" * 100_000,
    "another id": record("two"),
    "an address of another scheme": record("one", url="ftp://archive.example/1"),
    "an endless number": '{"created": 1e999}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_bodies_are_refused(api: Fetch, body: Any) -> None:
    response = await put(api, "one", body)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert (await listed(api))["jobs"] == []


async def test_a_body_that_is_too_long_is_refused(api: Fetch) -> None:
    response = await put(api, "one", b" " * 5_000_001)
    assert (response.code, error_of(response)["kind"]) == (413, "rejected")


@pytest.mark.parametrize("job", ["..", "a_b", "x" * 65, "one%0d%0aX-Evil:1", "ü"])
async def test_ids_that_are_none_lead_nowhere(api: Fetch, job: str) -> None:
    assert (await api("jobs", job, method="DELETE")).code in {400, 404, 405}
