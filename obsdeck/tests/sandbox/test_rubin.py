"""What is particular about TAP at the sandbox's Rubin Science Platform."""

from collections.abc import Iterator

import pytest

from obsdeck.sandbox.foreign.storage import LIFETIME
from obsdeck.tests.sandbox.jobs import QUICK, document, finished, made
from obsdeck.tests.sandbox.serving import error_of, serving
from obsdeck.tests.sandbox.signing import HTTP, Clock, bearer, desk, tap

PATH = "rubin/api/tap"


@pytest.fixture(scope="module")
def own(clock: Clock) -> Iterator[str]:
    """Return a sandbox whose foreign host nobody else uses."""
    with serving(rows=500, clock=clock) as url:
        yield url


@pytest.fixture
def mine(own: str) -> dict[str, str]:
    """Return the header of a token."""
    return bearer(desk(own, "rubin/auth/tokens"))


def signed_url(own: str, mine: dict[str, str]) -> str:
    """Run a job and return where its result is."""
    url = made(f"{own}{PATH}", QUICK, headers=mine)
    assert finished(url, headers=mine) == "COMPLETED"
    answer = HTTP.get(f"{url}/results/result", headers=mine)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_result_is_behind_a_signed_address_on_another_host(
    own: str, mine: dict[str, str]
) -> None:
    address = signed_url(own, mine)
    assert address.startswith(HTTP.get(f"{own}foreign/address").json()[0])
    assert "X-Goog-Signature=" in address
    answer = HTTP.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv")
    assert len(answer.text.splitlines()) == 4


@pytest.mark.parametrize("header", ["Authorization", "Cookie"])
def test_the_storage_refuses_those_who_say_who_they_are(
    own: str, mine: dict[str, str], header: str
) -> None:
    address = signed_url(own, mine)
    answer = HTTP.get(address, headers={header: mine["Authorization"]})
    assert (answer.status_code, "Only one auth mechanism allowed" in answer.text) == (400, True)
    log = HTTP.get(f"{own}foreign/log").json()
    assert header in {name for name, _ in log[-1]["headers"]}


def test_a_signed_address_ends_and_cannot_be_changed(
    own: str, mine: dict[str, str], clock: Clock
) -> None:
    address = signed_url(own, mine)
    assert HTTP.get(address[:-1] + ("0" if address[-1] != "0" else "1")).status_code == 403
    clock.now += LIFETIME
    answer = HTTP.get(address)
    assert (answer.status_code, "ExpiredToken" in answer.text) == (400, True)


def test_signed_addresses_run_out_when_told_to(own: str, mine: dict[str, str]) -> None:
    old = signed_url(own, mine)
    assert HTTP.delete(f"{own}foreign/signed").status_code == 204
    new = signed_url(own, mine)
    assert [HTTP.get(address).status_code for address in (old, new)] == [400, 200]


def test_jobs_are_those_of_the_account(own: str, mine: dict[str, str]) -> None:
    url = made(f"{own}{PATH}", QUICK, headers=mine)
    listed = document(f"{own}{PATH}/async", headers=mine)
    assert url.rpartition("/")[2] in {one.get("id") for one in listed}
    assert HTTP.get(url).status_code == 401


def test_RUBIN_12_intersects_is_neither_listed_nor_answered(own: str, mine: dict[str, str]) -> None:
    capabilities = HTTP.get(f"{own}{PATH}/capabilities").text
    assert "<form>CONTAINS</form>" in capabilities
    for name in ("INTERSECTS", "REGION", "AREA", "BOX"):
        assert f"<form>{name}</form>" not in capabilities
    query = "SELECT COUNT(*) FROM ivoa.ObsCore WHERE {} = 1"
    refused = query.format("INTERSECTS(s_region, CIRCLE('ICRS', 55, -32, 1))")
    answer = tap(own, PATH, refused, headers=mine)
    assert error_of(answer) == "INTERSECTS is not supported by this service."
    within = query.format("CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 55, -32, 1))")
    assert tap(own, PATH, within, headers=mine).status_code == 200


@pytest.mark.parametrize("column", ["access_estsize", "pol_states", "obs_release_date", "dp_id"])
def test_columns_that_rubin_lacks_are_missing(own: str, mine: dict[str, str], column: str) -> None:
    answer = tap(own, PATH, f"SELECT {column} FROM ivoa.ObsCore", headers=mine)
    assert f"Unknown column {column}" in error_of(answer)


def test_RUBIN_16_images_of_visits_have_no_tract_and_coadds_no_visit(
    own: str, mine: dict[str, str]
) -> None:
    query = (
        "SELECT CASE WHEN lsst_visit IS NULL THEN 0 ELSE 1 END AS v, "
        "CASE WHEN lsst_detector IS NULL THEN 0 ELSE 1 END AS d, "
        "CASE WHEN lsst_tract IS NULL THEN 0 ELSE 1 END AS t, "
        "CASE WHEN lsst_patch IS NULL THEN 0 ELSE 1 END AS p FROM ivoa.ObsCore"
    )
    answer = tap(own, PATH, query, headers=mine)
    assert set(answer.text.splitlines()[1:]) == {"1,1,0,0", "0,0,1,1"}


def test_the_links_of_an_image_lead_to_its_file(own: str, mine: dict[str, str]) -> None:
    query = "SELECT TOP 1 access_url FROM ivoa.ObsCore WHERE access_url IS NOT NULL"
    url = tap(own, PATH, query, headers=mine).text.splitlines()[1].strip('"')
    assert "NotFoundFault" not in HTTP.get(url, headers=mine).text
