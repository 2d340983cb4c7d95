"""Reading an Arrow IPC stream that nobody vouches for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.tables.columns import BadTableError, Column, columns_of, saved_schema

BATCH_ROWS = 16_384
"""Rows that are worked on at once, however many a batch of the stream has."""

MOST_UNFOLDED = 500_000_000
"""Bytes of a column in one batch; a dictionary can hand out the same huge value for each row."""

_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
"""How a stream ends (Arrow columnar format, IPC streaming format)."""

_NOT_ARROW = "The rows could not be read: they are no whole Arrow stream."


@dataclass(frozen=True)
class Rows:
    """The rows of a table, to be read once.

    Attributes
    ----------
    columns
        The columns.
    schema
        Of the batches; its metadata say where the rows are from (see `provenance`).
    batches
        At most `BATCH_ROWS` rows each, checked, of exactly this schema.
    """

    columns: list[Column]
    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


class _Counted(io.RawIOBase):
    """Remembers how a stream ended: Arrow's reader also takes one that just stops."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._last = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read as the stream does."""
        found = self._stream.read(len(buffer))
        buffer[: len(found)] = found
        self._last = (self._last + found[-8:])[-8:]
        return len(found)

    @property
    def is_whole(self) -> bool:
        """Whether the end was told, and nothing comes after it."""
        return self._last == _END and not self._stream.read(1)


def read_stream(stream: IO[bytes]) -> Rows:
    """Begin to read a stream.

    Raises
    ------
    BadTableError
        Here or while the batches are read: when it is none, is cut off or inconsistent.
    """
    counted = _Counted(stream)
    try:
        reader = pa.ipc.open_stream(counted)
    except (pa.ArrowException, OSError, ValueError):
        raise BadTableError(_NOT_ARROW) from None
    columns = columns_of(reader.schema)
    schema = saved_schema(columns, reader.schema)
    return Rows(columns, schema, _checked(_batches(reader, columns, schema), counted))


def _checked(batches: Iterator[pa.RecordBatch], counted: _Counted) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except BadTableError:
        raise
    except pa.ArrowMemoryError:
        raise BadTableError("The rows are too large to be saved.") from None
    except (pa.ArrowException, OSError, ValueError):
        raise BadTableError(_NOT_ARROW) from None
    if not counted.is_whole:
        raise BadTableError(_NOT_ARROW)


def _batches(
    reader: pa.RecordBatchStreamReader, columns: list[Column], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    for batch in reader:
        batch.validate(full=True)
        for first in range(0, batch.num_rows, BATCH_ROWS):
            piece = batch.slice(first, BATCH_ROWS)
            pairs = zip(piece.columns, columns, strict=True)
            arrays = [_plain(array, column) for array, column in pairs]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _plain(array: pa.Array, column: Column) -> pa.Array:
    """Return an array of the column's own type: no dictionaries, no other widths."""
    if isinstance(array, pa.DictionaryArray):
        _check_unfolded(array, column)
        array = array.dictionary_decode()
    if array.type == column.arrow:
        return array
    try:
        return array.cast(column.arrow)
    except pa.ArrowInvalid:
        message = f"Column {column.name!r} holds a value that is too large to be saved."
        raise BadTableError(message) from None


def _check_unfolded(array: pa.DictionaryArray, column: Column) -> None:
    values = array.dictionary
    longest = values.nbytes
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        longest = pc.max(pc.binary_length(values)).as_py() or 0
    if longest * len(array) > MOST_UNFOLDED:
        raise BadTableError(f"Column {column.name!r} is too large to be saved.")
