"""The archive without HTTP: published tables, their rows, and queries over them."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

import pyarrow as pa

from obsdeck.sandbox.adql.errors import QueryError, QueryStoppedError
from obsdeck.sandbox.adql.names import Names
from obsdeck.sandbox.adql.reserved import Conditions
from obsdeck.sandbox.adql.translate import Translation, translate
from obsdeck.sandbox.engine.database import Cursor, Database
from obsdeck.sandbox.holdings import OPEN, Holding, Making
from obsdeck.sandbox.output.fields import ResultField, result_fields
from obsdeck.sandbox.uploads.upload import Upload, UploadError

DEFAULT_SEED = 20_261_121
DEFAULT_ROWS = 8_000


class Archive:
    """The tables of one service with one seed, in an engine of its own.

    The rows are made when the first query comes, or by ``load``.

    Parameters
    ----------
    base_url
        Where the archive is served, with a slash at the end; links in rows start with it.
    seed
        Same seed, same rows.
    rows
        Rows of ``ivoa.ObsCore``.
    holding
        The tables.
    clock
        Returns Unix time in seconds; decides what is released.
    """

    def __init__(
        self,
        base_url: str,
        seed: int = DEFAULT_SEED,
        rows: int = DEFAULT_ROWS,
        holding: Holding = OPEN,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.base_url = base_url
        self.catalog = holding.catalog
        self.geometry = holding.geometry
        self._holding = holding
        self._making = Making(base_url, seed, rows)
        self._clock = clock
        self._names = Names(holding.catalog)
        self._lock = threading.Lock()
        self._loaded: Database | None = None

    def load(self) -> Database:
        """Return the engine with the rows, made once; blocks."""
        with self._lock:
            if self._loaded is None:
                content = self._holding.content(self._making)
                self._loaded = Database(self.catalog, content)
            return self._loaded

    def query(
        self,
        adql: str,
        programmes: Sequence[str] = (),
        uploaded: Callable[[], Sequence[Upload]] = tuple,
    ) -> "Query":
        """Prepare a query; nothing happens until it is started.

        Parameters
        ----------
        adql
            The query.
        programmes
            Patterns of the observing programmes whose reserved rows whoever asks may see.
        uploaded
            Reads the tables that came with the query; raises UploadError.
        """
        uploads = cache(lambda: _read(uploaded))

        def translated() -> Translation:
            names = self._names.with_uploads([upload.table for upload in uploads()])
            return translate(adql, names, self._conditions(programmes), self.geometry)

        def opened() -> Cursor:
            cursor = self.load().cursor()
            cursor.bring(uploads())
            return cursor

        return Query(translated, opened)

    def rows(self, adql: str, programmes: Sequence[str] = ()) -> list[dict[str, object]]:
        """Return the rows of a query by column name, as few as fit into one batch; blocks."""
        query = self.query(adql, programmes)
        try:
            fields = query.start()
            batch = query.next_batch()
        finally:
            query.close()
        if batch is None:
            return []
        named = batch.rename_columns([field.name for field in fields])
        rows: list[dict[str, object]] = named.to_pylist()
        return rows

    def first_row(self, adql: str, programmes: Sequence[str] = ()) -> dict[str, object] | None:
        """Return the first row of a query by column name, or None; blocks."""
        return next(iter(self.rows(adql, programmes)), None)

    def close(self) -> None:
        """Drop the data."""
        if self._loaded is not None:
            self._loaded.close()

    def _conditions(self, programmes: Sequence[str]) -> Conditions:
        now = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%S")
        reserved = self._holding.reserved
        return {
            table.key: reserved[table.name].condition(programmes, now)
            for table in self.catalog.tables
            if table.name in reserved
        }


def _read(uploaded: Callable[[], Sequence[Upload]]) -> Sequence[Upload]:
    try:
        return uploaded()
    except UploadError as error:
        raise QueryError(str(error)) from None


class Query:
    """One ADQL query. ``start`` and ``batches`` belong in a worker thread."""

    def __init__(self, translated: Callable[[], Translation], opened: Callable[[], Cursor]) -> None:
        self._translated = cache(translated)
        self._opened = opened
        self._cursor: Cursor | None = None
        self._batches: Iterator[pa.RecordBatch] = iter(())
        self._stopped: str | None = None

    def prepare(self) -> float:
        """Translate the query; return the seconds it asks to be delayed. Raises QueryError."""
        with self._reason_given():
            return self._translated().delay

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
            translation = self._translated()
            self._cursor = self._opened()
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
        if self._cursor is not None:
            self._cursor.interrupt()

    def close(self) -> None:
        """Free what the query holds; call it in the thread that read."""
        self._batches = iter(())
        if self._cursor is not None:
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
