"""pyvo, unchanged: links, cutouts at once and as jobs, from the sandbox."""

# mypy: disable-error-code=import-untyped

import io

import numpy as np
import pytest
import pyvo
from astropy import units as u
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.wcs import WCS
from pyvo.dal.adhoc import DatalinkResults
from pyvo.dal.exceptions import DALServiceError

from obsdeck.tests.sandbox.serving import rows, shared_url
from obsdeck.tests.sandbox.signing import HTTP

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def service() -> pyvo.dal.TAPService:
    return pyvo.dal.TAPService(f"{shared_url()}tap")


def _query(kind: str, count: int = 1) -> str:
    return (
        f"SELECT TOP {count} * FROM ivoa.ObsCore WHERE dataproduct_subtype = '{kind}' "
        "AND data_rights = 'public' AND access_url IS NOT NULL"
    )


def _links(service: pyvo.dal.TAPService, kind: str) -> tuple[DatalinkResults, pyvo.dal.Record]:
    record = service.run_sync(_query(kind))[0]
    return record.getdatalink(), record


def test_links_of_many_rows_come_in_batches(service: pyvo.dal.TAPService) -> None:
    found = service.run_sync(_query("vvv.tile", 130))
    links = list(found.iter_datalinks())
    assert len(links) == len(found) > 100
    assert all(one.original_row["access_url"] for one in links)
    assert [str(one[0]["ID"]) for one in links] == list(found["obs_publisher_did"])
    assert {str(one[0].semantics) for one in links} == {"#this"}


def test_a_cutout_has_the_shape_and_the_place_asked_for(service: pyvo.dal.TAPService) -> None:
    links, record = _links(service, "vvv.tile")
    (cutout,) = [one for one in links if str(one["service_def"]) == "soda-shape"]
    center = SkyCoord(record["s_ra"], record["s_dec"], unit="deg")
    answer = cutout.process(circle=(center.ra, center.dec, 0.05 * u.deg))
    (hdu,) = fits.open(io.BytesIO(answer.read()))
    height, width = hdu.data.shape
    sky = WCS(hdu.header)
    scale = sky.proj_plane_pixel_scales()[0].to_value(u.deg)
    assert abs(width * scale - 0.1) < 2 * scale
    middle = sky.pixel_to_world((width - 1) / 2, (height - 1) / 2)
    assert middle.separation(center).deg < scale


def test_soda_results_of_pyvo_cut_cubes(service: pyvo.dal.TAPService) -> None:
    _, record = _links(service, "muse.datacube")
    low, high = float(record["em_min"]), float(record["em_max"])
    soda = service.run_sync(_query("muse.datacube"))[0]
    stream = soda.processed(
        circle=(record["s_ra"] * u.deg, record["s_dec"] * u.deg, 0.004 * u.deg),
        band=(low, (low + high) / 2) * u.m,
    )
    (cube,) = fits.open(io.BytesIO(stream.read()))
    assert abs(cube.data.shape[0] - 60) <= 1


def test_described_services_are_called_by_their_inputs(service: pyvo.dal.TAPService) -> None:
    links, _ = _links(service, "vvv.tile")
    (rebin,) = [one for one in links if str(one["service_def"]) == "rebin"]
    (hdu,) = fits.open(io.BytesIO(rebin.process(factor=4, statistic="max").read()))
    assert hdu.data.shape == (375, 375)


def test_errors_are_told_in_the_words_of_the_service() -> None:
    did = rows(_query("vvv.tile").replace("*", "obs_publisher_did"))[0][0]
    url = f"{shared_url()}soda/sync"
    answer = HTTP.get(url, params={"ID": did, "CIRCLE": "1 2"})
    assert answer.text == "UsageError: CIRCLE takes three numbers, not 2.\n"


def test_a_cutout_as_a_job(service: pyvo.dal.TAPService) -> None:
    links, record = _links(service, "vvv.tile")
    descriptor = links.get_adhocservice_by_id("soda-async-shape")
    circle = f"{record['s_ra']} {record['s_dec']} 0.05"
    about = {param.name: param.value for param in descriptor.params}
    assert about["standardID"] == "ivo://ivoa.net/std/SODA#async-1.0"
    made = HTTP.post(
        about["accessURL"],
        data={"ID": record["obs_publisher_did"], "CIRCLE": [circle, circle], "PHASE": "RUN"},
    )
    job = pyvo.dal.AsyncTAPJob(made.headers["location"])
    job.wait(timeout=60)
    assert job.phase == "COMPLETED"
    assert [one.id_ for one in job.results] == ["cutout-1", "cutout-2"]
    hdus = fits.open(io.BytesIO(HTTP.get(job.result_uris[1]).content))
    assert np.isfinite(hdus[0].data).any()
    job.delete()
    with pytest.raises(DALServiceError):
        job._update()
