"""The engine: one in-memory database, locked after loading."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from obsdeck.sandbox.adql.errors import QueryError, QueryStoppedError
from obsdeck.sandbox.adql.names import stored_name, upload_name
from obsdeck.sandbox.catalog.model import Catalog, Table
from obsdeck.sandbox.engine import functions
from obsdeck.sandbox.engine.bounds import with_bounds
from obsdeck.sandbox.engine.refusals import explained
from obsdeck.sandbox.uploads.upload import Upload

#: Rows the engine hands over at once.
BATCH_ROWS = 2048

_MEMORY_LIMIT = "1GB"
_UDF_MARK = "executing the UDF: "


class Database:
    """Published tables in the engine.

    No statement can reach files, the network or the settings once this is made: external access is
    off and the configuration locked. The allow-list of ``adql.allow`` stands in front of that.
    """

    def __init__(self, catalog: Catalog, content: Mapping[str, pa.Table]) -> None:
        self._connection = duckdb.connect(
            ":memory:", config={"memory_limit": _MEMORY_LIMIT, "threads": 2, "temp_directory": ""}
        )
        for table in catalog.tables:
            self._load(table, content[table.name])
        functions.register(self._connection)
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def cursor(self) -> "Cursor":
        """Open a cursor for one query."""
        return Cursor(self._connection.cursor())

    def close(self) -> None:
        """Drop everything."""
        self._connection.close()

    def _load(self, table: Table, rows: pa.Table) -> None:
        schema, name = table.key
        self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        _fill(self._connection, f"TABLE {schema}.{name}", table, rows)


class Cursor:
    """One query in the engine; may be interrupted from any thread."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def bring(self, uploads: Sequence[Upload]) -> None:
        """Add tables that only this cursor sees; they go with it."""
        for upload in uploads:
            made = f"TEMP TABLE {_delimited(upload_name(upload.table.key[1]))}"
            _fill(self._connection, made, upload.table, upload.rows)

    def run(self, sql: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """Run translated SQL.

        Returns
        -------
        tuple
            The types of the result and its batches, which may be zero.

        Raises
        ------
        QueryError
            If the engine refuses the query or is interrupted, here or while reading.
        """
        try:
            reader = self._connection.sql(sql).to_arrow_reader(BATCH_ROWS)
        except duckdb.Error as error:
            raise _refusal(error) from None
        schema = pa.schema([(f.name, _plain_type(f.type)) for f in reader.schema])
        return schema, self._batches(reader, schema)

    def interrupt(self) -> None:
        """Stop the running query; it ends with a QueryError."""
        self._connection.interrupt()

    def close(self) -> None:
        """Free what the query holds."""
        self._connection.close()

    def _batches(self, reader: pa.RecordBatchReader, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        try:
            for batch in reader:
                yield batch.cast(schema)
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise _refusal(error) from None


def _fill(connection: duckdb.DuckDBPyConnection, made: str, table: Table, rows: pa.Table) -> None:
    """Make a table of the rows; its columns get the names and types that queries find."""
    published = [
        f"CAST({_delimited(c.name)} AS {c.stored_type}) AS {_delimited(stored_name(c.name))}"
        for c in table.columns
    ]
    bounded = with_bounds(table, rows)
    bounds = [_delimited(name) for name in bounded.column_names[len(published) :]]
    columns = ", ".join(published + bounds)
    connection.register("incoming", bounded)
    connection.execute(f"CREATE {made} AS SELECT {columns} FROM incoming")  # noqa: S608
    connection.unregister("incoming")


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """Return a type VOTable has: decimals come from sums of integers and from literals."""
    if not pa.types.is_decimal(kind):
        return kind
    return pa.int64() if kind.scale == 0 else pa.float64()


def _delimited(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _refusal(error: Exception) -> QueryError:
    """Return the reason in the engine's words without its name, its SQL and its advice."""
    text = str(error)
    if isinstance(error, duckdb.InterruptException) or "INTERRUPT" in text:
        return QueryStoppedError("The query was stopped.")
    if _UDF_MARK in text:
        return QueryError(text.partition(_UDF_MARK)[2].partition(": ")[2].splitlines()[0])
    if isinstance(error, duckdb.OutOfMemoryException) or "Out of Memory" in text:
        return QueryError("The query needs more memory than the sandbox has.")
    if isinstance(error, pa.ArrowInvalid):
        return QueryError("The query cannot be answered: a sum does not fit into 64 bits.")
    reason = text.splitlines()[0].partition("Error: ")[2] or text.splitlines()[0]
    return QueryError(explained(reason))
