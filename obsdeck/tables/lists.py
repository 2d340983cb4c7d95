"""Arrays in formats that have no place for them: as JSON texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyarrow as pa

from obsdeck.tables.columns import Column, saved_schema
from obsdeck.tables.stream import Rows


def is_list(column: Column) -> bool:
    """Return whether cells have more than one value (a complex number is two)."""
    return column.shape != "scalar" or column.parts == 2


def is_list_of_texts(column: Column) -> bool:
    """Return whether it is an array of texts, which astropy reads from no VOTable."""
    return column.shape != "scalar" and column.kind == "text"


def folded(rows: Rows, which: Callable[[Column], bool]) -> Rows:
    """Return the same rows with some columns as JSON texts; null where there is no array."""
    chosen = [which(column) for column in rows.columns]
    if not any(chosen):
        return rows
    columns = [
        replace(column, kind="text", shape="scalar", size=1, parts=1) if fold else column
        for column, fold in zip(rows.columns, chosen, strict=True)
    ]
    schema = saved_schema(columns, rows.schema)
    return Rows(columns, schema, _batches(rows, chosen, schema))


def _batches(rows: Rows, chosen: list[bool], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in rows.batches:
        arrays = [
            _texts(array) if fold else array
            for array, fold in zip(batch.columns, chosen, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _texts(array: pa.Array) -> pa.Array:
    texts = (
        None if value is None else json.dumps(value, ensure_ascii=False)
        for value in array.to_pylist()
    )
    return pa.array(texts, pa.string())
