"""PyVO, unchanged, and our own client get the same rows of the same service, value by value."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import pytest
import pyvo
from astropy.table import MaskedColumn

from ..sandbox.serving import shared_url
from .cells import is_same, plain

ROOT = Path(__file__).resolve().parents[3]
CLIENT = ROOT / "test" / "support" / "tapclient.mjs"
DACHS = os.environ.get("OBSDECK_DACHS", "http://127.0.0.1:8080")
NO_DACHS = os.environ.get("OBSDECK_NO_DACHS", "" if "OBSDECK_DACHS" in os.environ else "not asked")

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        not (ROOT / "lib" / "protocol" / "index.js").exists() or not shutil.which("node"),
        reason="our client is not compiled (npm run build:lib) or there is no Node",
    ),
]

QUERIES = {
    "every column of observations": ("SELECT * FROM ivoa.ObsCore ORDER BY obs_publisher_did", 3000),
    "every datatype": ("SELECT * FROM obsdeck.odd", 100),
    "no rows": ("SELECT * FROM obsdeck.empty", 100),
    "groups": (
        "SELECT dataproduct_type, COUNT(*) AS n, MIN(s_ra) AS lowest FROM ivoa.ObsCore"
        " GROUP BY dataproduct_type ORDER BY n, dataproduct_type",
        100,
    ),
    "a cone": (
        "SELECT obs_id, s_ra, s_dec, s_region, access_estsize FROM ivoa.ObsCore"
        " WHERE CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 0, 2, 0.5)) = 1"
        " ORDER BY obs_publisher_did",
        1000,
    ),
    "a row limit": ("SELECT obs_id FROM ivoa.ObsCore ORDER BY obs_id", 7),
    "schema": ("SELECT * FROM TAP_SCHEMA.columns ORDER BY table_name, column_name", 1000),
}


def ours(url: str, query: str, maxrec: int) -> dict[str, Any]:
    """Ask with our client."""
    command = ["node", str(CLIENT), url, str(maxrec)]
    done = subprocess.run(
        command, input=query, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def theirs(url: str, query: str, maxrec: int) -> Any:
    """Ask with PyVO; answers an astropy table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyvo.dal.TAPService(url).search(query, maxrec=maxrec).to_table()


def compare(url: str, query: str, maxrec: int) -> None:
    """Compare what both clients make of one query."""
    answer = ours(url, query, maxrec)
    table = theirs(url, query, maxrec)
    assert len(answer["rows"]) == len(table)
    assert [field["name"] for field in answer["fields"]] == list(table.colnames)
    for index, (field, column) in enumerate(zip(answer["fields"], table.itercols(), strict=True)):
        cells = column if isinstance(column, MaskedColumn) else list(column)
        for row, value in enumerate(cells):
            mine, other = answer["rows"][row][index], plain(value, field["datatype"])
            assert is_same(mine, other), f"row {row}, {field['name']}: {mine} is not {other}"


@pytest.mark.parametrize("name", QUERIES)
def test_both_clients_get_the_same_rows_of_the_sandbox(name: str) -> None:
    compare(f"{shared_url()}tap", *QUERIES[name])


@pytest.mark.skipif(NO_DACHS != "", reason=f"DaCHS: {NO_DACHS}")
@pytest.mark.parametrize(
    "query",
    [
        "SELECT TOP 2000 * FROM ivoa.obscore ORDER BY obs_publisher_did",
        "SELECT TOP 500 * FROM obsdeck_bulk.obs ORDER BY obs_id",
    ],
)
def test_both_clients_get_the_same_rows_of_dachs(query: str) -> None:
    compare(f"{DACHS}/tap", query, 5000)


@pytest.mark.skipif(NO_DACHS != "", reason=f"DaCHS: {NO_DACHS}")
def test_text_beyond_the_basic_plane_arrives_from_dachs() -> None:
    """DaCHS 2.7 counts characters where BINARY has UTF-16 units: astropy reads shifted rows."""
    answer = ours(f"{DACHS}/tap", "SELECT title FROM obsdeck.astral ORDER BY n", 10)
    assert answer["rows"] == [["plain"], ["telescope \N{TELESCOPE} here"], ["after"]]
