"""astroquery's TAP client, unchanged, runs jobs and sends tables to the sandbox."""

# mypy: disable-error-code=import-untyped

from pathlib import Path

import pytest
from astropy.table import Table
from astroquery.utils.tap.core import TapPlus

from obsdeck.tests.sandbox.serving import shared_url

pytestmark = pytest.mark.peer

QUERY = "SELECT TOP 5 obs_id FROM ivoa.ObsCore ORDER BY obs_publisher_did"


@pytest.fixture(scope="module")
def service() -> TapPlus:
    return TapPlus(url=f"{shared_url()}tap")


def test_a_job_gives_its_rows_and_is_listed(service: TapPlus) -> None:
    job = service.launch_job_async(QUERY)
    assert (len(job.get_results()), job.get_phase()) == (5, "COMPLETED")
    assert job.jobid in {one.jobid for one in service.list_async_jobs()}


@pytest.mark.parametrize("way", ["launch_job", "launch_job_async"])
def test_a_file_goes_along(service: TapPlus, way: str, tmp_path: Path) -> None:
    """With a Table in place of a file, astroquery gives FORMAT twice, which we refuse."""
    file = tmp_path / "mine.xml"
    Table({"n": [1, 2, 39]}).write(file, format="votable")
    job = getattr(service, way)(
        "SELECT SUM(n) AS s FROM TAP_UPLOAD.mine",
        upload_resource=str(file),
        upload_table_name="mine",
    )
    assert list(job.get_results()["s"]) == [42]
