"""Refusals are sentences about the query, not about the engine."""

import duckdb
import pytest

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.engine.database import _refusal
from obsdeck.tests.sandbox.querying import run

NO_COLUMNS = "SELECT names no columns: list them, or write * for all. Text after -- is a comment."
ANSWER = "The query cannot be answered: "

REFUSALS = {
    "SELECT " + "1 + " * 1200 + "1": "The query is nested too deeply.",
    "SELECT " + "-" * 300 + "1": NO_COLUMNS,
    "SELECT FROM ivoa.ObsCore": NO_COLUMNS,
    "SELECT 'a' + 1": f"{ANSWER}+ cannot be applied to text and an integer.",
    "SELECT SUM(obs_id) FROM ivoa.ObsCore": f"{ANSWER}SUM cannot be applied to text.",
    "SELECT 1 FROM ivoa.ObsCore WHERE s_ra LIKE 'x'": (
        f"{ANSWER}LIKE cannot be applied to a number and text."
    ),
    "SELECT 1 FROM ivoa.ObsCore WHERE obs_id > 3": f"{ANSWER}Cannot compare text and an integer.",
    "SELECT 1 FROM obsdeck.odd WHERE series = 3": (
        f"{ANSWER}an integer cannot be converted to an array."
    ),
    "SELECT CAST('INT32' AS INTEGER)": (f"{ANSWER}Could not convert string 'INT32' to an integer."),
    "SELECT CAST(1e300 AS INTEGER)": f"{ANSWER}the value 1e+300 is out of range.",
    "SELECT 9223372036854775807 + 1": (f"{ANSWER}Overflow in addition (9223372036854775807 + 1)."),
    "SELECT * FROM": 'Incorrect ADQL query at line 1, column 10 near "FROM": expected table name.',
    "SELECT 'a": (
        "Incorrect ADQL query: it cannot be read; is a quotation mark or a comment left open?"
    ),
}


@pytest.mark.parametrize("query", REFUSALS, ids=[query[:40] for query in REFUSALS])
def test_a_refusal_speaks_of_the_query(archive: Archive, query: str) -> None:
    with pytest.raises(QueryError) as refusal:
        run(archive, query)
    assert str(refusal.value) == REFUSALS[query]


def test_a_query_that_needs_too_much_memory_says_so() -> None:
    error = duckdb.OutOfMemoryException("Out of Memory Error: set 'max_temp_directory_size'")
    assert str(_refusal(error)) == "The query needs more memory than the sandbox has."
