"""A table with too few columns, and one with many."""

from obsdeck.sandbox.catalog.obscore import MANDATORY
from obsdeck.tests.sandbox.serving import error_of
from obsdeck.tests.sandbox.signing import HTTP, bearer, count, desk, tap


def test_VO_49_an_obscore_without_half_of_its_columns(base_url: str) -> None:
    """The service calls it ObsCore all the same."""
    query = "SELECT column_name FROM TAP_SCHEMA.columns WHERE table_name = 'ivoa.ObsCore'"
    has = set(tap(base_url, "poor/tap", query).text.splitlines()[1:])
    missing = {column.name for column in MANDATORY} - has
    assert len(missing) > len(MANDATORY) / 2
    assert {"calib_level", "obs_publisher_did", "s_region", "access_estsize"} <= missing
    assert count(tap(base_url, "poor/tap")) == 1500
    assert "ObsCore#core-1.1" in HTTP.get(f"{base_url}poor/tap/capabilities").text
    for name in missing:
        answer = tap(base_url, "poor/tap", f"SELECT {name} FROM ivoa.ObsCore")
        assert f"Unknown column {name}" in error_of(answer)


def test_a_schema_of_two_thousand_columns(base_url: str) -> None:
    query = "SELECT COUNT(*) AS n FROM TAP_SCHEMA.columns WHERE table_name = 'obsdeck.wide'"
    assert count(tap(base_url, "wide/tap", query)) == 2000
    row = tap(base_url, "wide/tap", "SELECT * FROM obsdeck.wide").text.splitlines()
    assert [len(line.split(",")) for line in row] == [2000, 2000]
    assert "ObsCore#core" not in HTTP.get(f"{base_url}wide/tap/capabilities").text
    assert HTTP.get(f"{base_url}wide/tap/tables").text.count("<column ") > 2000


def test_a_quota_of_nothing_blocks(base_url: str) -> None:
    mine = bearer(desk(base_url, "rubin/auth/tokens"))
    answer = tap(base_url, "rubin/api/live", headers=mine)
    assert (answer.status_code, "retry-after" in answer.headers) == (403, False)
    assert answer.json()["detail"][0]["msg"] == "Access to live is blocked"
    assert answer.headers["x-ratelimit-limit"] == "0"
