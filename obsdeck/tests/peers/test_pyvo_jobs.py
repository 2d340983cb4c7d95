"""pyvo, unchanged, runs jobs and sends tables to the sandbox."""

# mypy: disable-error-code=import-untyped

import pytest
import pyvo
from astropy.table import Table
from pyvo.dal.exceptions import DALQueryError, DALServiceError

from obsdeck.tests.sandbox.serving import shared_url

pytestmark = pytest.mark.peer

QUERY = "SELECT TOP 5 obs_id, s_ra FROM ivoa.ObsCore ORDER BY obs_publisher_did"


@pytest.fixture(scope="module")
def service() -> pyvo.dal.TAPService:
    return pyvo.dal.TAPService(f"{shared_url()}tap")


def test_a_job_gives_the_rows_of_a_synchronous_query(service: pyvo.dal.TAPService) -> None:
    expected = service.run_sync(QUERY).to_table()
    found = service.run_async(QUERY).to_table()
    assert len(found) == 5
    assert all(found["obs_id"] == expected["obs_id"])
    assert all(found["s_ra"] == expected["s_ra"])


def test_every_step_of_a_job(service: pyvo.dal.TAPService) -> None:
    job = service.submit_job(QUERY)
    assert job.phase == "PENDING"
    job.execution_duration = 20
    assert job.execution_duration.sec == 20
    assert job.query == QUERY
    assert not job.owner
    assert job.job_id in {one.jobid for one in service.get_job_list()}
    job.run().wait(timeout=60)
    assert job.phase == "COMPLETED"
    assert [uri.rpartition("/async/")[2] for uri in job.result_uris] == [
        f"{job.job_id}/results/result"
    ]
    assert len(job.fetch_result()) == 5
    job.delete()
    assert job.job_id not in {one.jobid for one in service.get_job_list()}


def test_a_job_that_fails_says_why(service: pyvo.dal.TAPService) -> None:
    job = service.submit_job("SELECT sra FROM ivoa.ObsCore")
    with pytest.raises(DALQueryError, match="Unknown column sra"):
        job.run().wait(timeout=60).raise_if_error()
    job.delete()


def test_a_job_that_was_deleted_is_gone(service: pyvo.dal.TAPService) -> None:
    job = service.submit_job(QUERY)
    other = pyvo.dal.AsyncTAPJob(job.url)
    job.delete()
    with pytest.raises(DALServiceError, match="no such job"):
        other.run()


JOIN = (
    "SELECT t.label, COUNT(*) AS n FROM TAP_UPLOAD.targets AS t JOIN ivoa.ObsCore AS o "
    "ON 1 = CONTAINS(POINT('ICRS', o.s_ra, o.s_dec), CIRCLE('ICRS', t.ra, t.dec, 0.1)) "
    "GROUP BY t.label ORDER BY t.label"
)
TARGETS = Table({"label": ["M 31", "M 83"], "ra": [10.6847, 204.2538], "dec": [41.2688, -29.8658]})


@pytest.mark.parametrize("way", ["run_sync", "run_async"])
def test_tables_go_along(service: pyvo.dal.TAPService, way: str) -> None:
    found = getattr(service, way)(JOIN, uploads={"targets": TARGETS})
    assert list(found["label"]) == ["M 31", "M 83"]
    assert all(found["n"] > 10)


def test_a_result_goes_along_again(service: pyvo.dal.TAPService) -> None:
    first = service.run_sync("SELECT TOP 9 obs_publisher_did AS did FROM ivoa.ObsCore")
    query = (
        "SELECT o.obs_publisher_did FROM ivoa.ObsCore AS o "
        "JOIN TAP_UPLOAD.mine AS m ON m.did = o.obs_publisher_did"
    )
    found = service.run_async(query, uploads={"mine": first})
    assert set(found["obs_publisher_did"]) == set(first["did"])


def test_an_address_to_upload_from_is_refused(service: pyvo.dal.TAPService) -> None:
    with pytest.raises(DALQueryError, match="fetches nothing from elsewhere"):
        service.run_sync("SELECT 1 AS x", uploads={"t": "http://127.0.0.1:1/t.xml"})
