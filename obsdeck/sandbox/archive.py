"""The archive without HTTP: published tables, their rows, and queries over them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyarrow as pa

from obsdeck.sandbox.adql.errors import QueryError, QueryStoppedError
from obsdeck.sandbox.adql.names import Names
from obsdeck.sandbox.adql.translate import translate
from obsdeck.sandbox.catalog.model import STORED, Catalog, Schema, Table
from obsdeck.sandbox.catalog.obscore import OBSCORE
from obsdeck.sandbox.catalog.odd import EMPTY, ODD
from obsdeck.sandbox.catalog.tap_schema import KEYS, TAP_SCHEMA, tap_schema_rows
from obsdeck.sandbox.data.observations import observations
from obsdeck.sandbox.data.odd import odd_rows
from obsdeck.sandbox.engine.database import Cursor, Database
from obsdeck.sandbox.output.fields import ResultField, result_fields

DEFAULT_SEED = 20_261_121
DEFAULT_ROWS = 8_000

CATALOG = Catalog(
    (
        Schema("ivoa", "Tables the IVOA defines", (OBSCORE,)),
        Schema("obsdeck", "Tables that show what a client must bear", (ODD, EMPTY)),
        TAP_SCHEMA,
    ),
    KEYS,
)

_ELEMENTS = {
    "BOOLEAN": pa.bool_(),
    "UTINYINT": pa.uint8(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "FLOAT": pa.float32(),
    "DOUBLE": pa.float64(),
    "VARCHAR": pa.string(),
}


class Archive:
    """The tables of the sandbox with one seed, loaded into an engine of its own.

    Parameters
    ----------
    base_url
        Where the archive is served, with a slash at the end; links in rows start with it.
    seed
        Same seed, same rows.
    rows
        Rows of ``ivoa.ObsCore``.
    """

    def __init__(self, base_url: str, seed: int = DEFAULT_SEED, rows: int = DEFAULT_ROWS) -> None:
        self.base_url = base_url
        self.catalog = CATALOG
        self._names = Names(CATALOG)
        self._database = Database(CATALOG, _content(base_url, seed, rows))

    def query(self, adql: str) -> "Query":
        """Prepare a query; nothing happens until it is started."""
        return Query(adql, self._names, self._database.cursor())

    def first_row(self, adql: str) -> dict[str, object] | None:
        """Return the first row of a query by column name, or None; blocks."""
        query = self.query(adql)
        try:
            fields = query.start()
            batch = query.next_batch()
        finally:
            query.close()
        if batch is None or not batch.num_rows:
            return None
        values = [column[0].as_py() for column in batch.columns]
        return dict(zip([field.name for field in fields], values, strict=True))

    def close(self) -> None:
        """Drop the data."""
        self._database.close()


class Query:
    """One ADQL query. ``start`` and ``batches`` belong in a worker thread."""

    def __init__(self, adql: str, names: Names, cursor: Cursor) -> None:
        self._adql = adql
        self._names = names
        self._cursor = cursor
        self._batches: Iterator[pa.RecordBatch] = iter(())
        self._stopped: str | None = None

    def start(self) -> list[ResultField]:
        """Translate and run the query.

        Returns
        -------
        list
            The columns of the result.

        Raises
        ------
        QueryError
            If anything is wrong with the query.
        """
        with self._reason_given():
            translation = translate(self._adql, self._names)
            schema, self._batches = self._cursor.run(translation.sql)
        return result_fields(translation.outputs, schema)

    def next_batch(self) -> pa.RecordBatch | None:
        """Return the next rows, or None at the end; raises QueryError as ``start`` does."""
        with self._reason_given():
            return next(self._batches, None)

    def interrupt(self, reason: str) -> None:
        """Stop the query from another thread; it ends with a QueryError of this text.

        An interrupt between two steps of the engine is lost: repeat it until the query ends.
        """
        self._stopped = reason
        self._cursor.interrupt()

    def close(self) -> None:
        """Free what the query holds; call it in the thread that read."""
        self._batches = iter(())
        self._cursor.close()

    @contextmanager
    def _reason_given(self) -> Iterator[None]:
        """Say why the query was stopped, also if that happened before this step began."""
        if self._stopped is not None:
            raise QueryError(self._stopped)
        try:
            yield
        except QueryStoppedError as error:
            raise QueryError(self._stopped or str(error)) from None


def _content(base_url: str, seed: int, rows: int) -> dict[str, pa.Table]:
    described = tap_schema_rows(CATALOG)
    described |= {ODD.name: odd_rows(seed), EMPTY.name: []}
    content = {name: _arrow(_published(name), of_table) for name, of_table in described.items()}
    return content | {OBSCORE.name: observations(OBSCORE, seed, rows, base_url)}


def _published(name: str) -> Table:
    table = CATALOG.table(name)
    if table is None:
        raise KeyError(name)
    return table


def _arrow(table: Table, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    arrays = []
    for column in table.columns:
        kind = _ELEMENTS[STORED[column.datatype].removesuffix("[]")]
        is_list = column.stored_type.endswith("[]")
        values = [row.get(column.name) for row in rows]
        arrays.append(pa.array(values, pa.list_(kind) if is_list else kind))
    return pa.table(arrays, names=[column.name for column in table.columns])
