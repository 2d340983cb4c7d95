"""Nothing but SELECT over the published tables gets through."""

import duckdb
import pytest

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Archive
from obsdeck.tests.sandbox.querying import one, run

HOSTILE = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('http://127.0.0.1/')",
    "SELECT * FROM glob('*')",
    "SELECT * FROM '/etc/passwd'",
    'SELECT * FROM "/etc/passwd"',
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_settings",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_tables",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM memory.ivoa.obscore",
    "SELECT getenv('HOME')",
    "SELECT current_setting('threads')",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT region_area('Circle ICRS 0 0 1')",
    "SELECT query('SELECT 1')",
    "SELECT COLUMNS('s_.*') FROM ivoa.ObsCore",
    "SELECT 1; DROP TABLE ivoa.ObsCore",
    "SELECT 1; SELECT 2",
    "DROP TABLE ivoa.ObsCore",
    "DELETE FROM ivoa.ObsCore",
    "UPDATE ivoa.ObsCore SET s_ra = 0",
    "INSERT INTO ivoa.ObsCore SELECT * FROM ivoa.ObsCore",
    "CREATE TABLE x AS SELECT 1",
    "SELECT * INTO x FROM ivoa.ObsCore",
    "COPY (SELECT 1) TO '/tmp/obsdeck-escaped'",
    "ATTACH '/tmp/obsdeck-escaped.db'",
    "PRAGMA database_list",
    "SET threads = 1",
    "CALL pragma_version()",
    "INSTALL httpfs",
    "LOAD httpfs",
    "EXPLAIN SELECT 1",
    "DESCRIBE ivoa.ObsCore",
    "EXPORT DATABASE '/tmp/obsdeck-escaped'",
    "VALUES (1)",
    "WITH x AS (DELETE FROM ivoa.ObsCore RETURNING *) SELECT * FROM x",
    "WITH RECURSIVE t AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM t) SELECT * FROM t",
    "SELECT * FROM ivoa.ObsCore, LATERAL (SELECT 1) AS x",
    "SELECT * FROM UNNEST([1, 2])",
    "SELECT [1, 2, 3]",
    "SELECT {'a': 1}",
    "SELECT s_ra[1] FROM ivoa.ObsCore",
    "SELECT x -> x + 1",
    "SELECT $1",
    "SELECT ?",
    "SELECT @threads",
    "SELECT SUM(s_ra) OVER () FROM ivoa.ObsCore",
    "SELECT * FROM ivoa.ObsCore TABLESAMPLE 10",
    "SELECT 1 FROM ivoa.ObsCore FOR UPDATE",
    "SELECT DISTINCT ON (s_ra) s_dec FROM ivoa.ObsCore",
    "SELECT * EXCLUDE (s_ra) FROM ivoa.ObsCore",
    "SELECT CAST('x' AS BLOB)",
    "SELECT CAST('x' AS JSON)",
    "SELECT CAST(1 AS STRUCT(a INTEGER))",
    "SELECT INTERVAL '1' DAY",
    "SELECT CURRENT_USER",
    "SELECT " + "(" * 500 + "1" + ")" * 500,
    "SELECT " + "- " * 3000 + "1",
    "SELECT " + "1 + " * 5000 + "1",
    "SELECT " + ", ".join(["1"] * 15_000),
    "SELECT " + "ABS(" * 200 + "1" + ")" * 200,
]


@pytest.mark.parametrize("query", HOSTILE, ids=[query[:60] for query in HOSTILE])
def test_hostile_queries_are_refused_with_a_text(archive: Archive, query: str) -> None:
    with pytest.raises(QueryError) as refusal:
        run(archive, query)
    assert 10 < len(str(refusal.value)) < 300


def test_the_data_survive_hostile_queries(archive: Archive) -> None:
    assert one(archive, "(SELECT COUNT(*) FROM ivoa.ObsCore)") == 8000


def test_a_quoted_statement_is_only_text(archive: Archive) -> None:
    text = "'; DROP TABLE ivoa.ObsCore; -- /* "
    assert one(archive, "'" + text.replace("'", "''") + "'") == text


@pytest.mark.parametrize(
    "statement",
    [
        "SET threads = 1",
        "COPY (SELECT 1) TO '/tmp/obsdeck-escaped'",
        "SELECT * FROM read_text('/etc/hosts')",
    ],
)
def test_the_engine_itself_is_locked(archive: Archive, statement: str) -> None:
    """Should the allow-list ever fail, the engine still refuses."""
    cursor = archive.load()._connection.cursor()
    with pytest.raises(duckdb.Error, match=r"configuration|disabled"):
        cursor.execute(statement)
    cursor.close()
