"""An astropy Table of Arrow rows, as PyVO's results are: units on columns, nulls masked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from obsdeck.tables.cells import DTYPES, cells_of
from obsdeck.tables.columns import Column
from obsdeck.tables.provenance import Provenance
from obsdeck.tables.stream import read_stream
from obsdeck.tables.units import unit_of

if TYPE_CHECKING:
    from astropy.table import Table


def table_of(stream: bytes) -> Table:
    """Return the rows of an Arrow IPC stream.

    UCD, utype and xtype are in the `meta` of each column. Lists of any length are arrays in
    a column of objects.

    Raises
    ------
    BadTableError
        When it is no whole stream.
    """
    from astropy.table import Table  # noqa: PLC0415 - slow

    rows = read_stream(io.BytesIO(stream))
    batches = list(rows.batches)
    table = Table(meta=_meta(Provenance.of(rows.schema)))
    for index, column in enumerate(rows.columns):
        array = pa.concat_arrays([b.column(index) for b in batches]) if batches else None
        filled = pa.array([], column.arrow) if array is None else array
        table.add_column(_column(filled, column), name=column.name)
    return table


def _meta(provenance: Provenance) -> dict[str, Any]:
    # Of several queries, the last would take the place of the others.
    meta: dict[str, Any] = dict(reversed(provenance.infos()))
    return {**meta, "further_queries": list(provenance.more)} if provenance.more else meta


def _column(array: pa.Array, column: Column) -> Any:
    from astropy.table import Column as Plain  # noqa: PLC0415 - slow
    from astropy.table import MaskedColumn  # noqa: PLC0415 - slow

    values, nulls = _values(array, column)
    facts = column.facts
    about = {
        "unit": unit_of(facts.get("unit", "")),
        "description": facts.get("description") or None,
        "meta": {key: facts[key] for key in ("ucd", "utype", "xtype") if facts.get(key)},
    }
    if nulls.any():
        return MaskedColumn(values, mask=nulls, **about)
    return Plain(values, **about)


def _values(array: pa.Array, column: Column) -> tuple[Any, Any]:
    """Return the values and which of them are null."""
    cells = cells_of(array, column)
    if column.kind == "text":
        if column.shape == "scalar":
            return _texts(cells.values.to_pylist()), ~cells.valid
        return _objects(array.to_pylist()), ~cells.valid
    values = np.asarray(cells.values, dtype=DTYPES[column.kind])
    present = cells.present
    if column.parts == 2:
        values = values.view(np.complex64 if column.kind == "float32" else np.complex128)
        present = present[::2]
    if column.shape == "list":
        ends = np.cumsum(cells.counts // column.parts)
        return _objects(np.split(values, ends[:-1]) if len(ends) else []), ~cells.valid
    if column.shape == "fixed":
        shape = (len(array), column.size)
        return values.reshape(shape), ~present.reshape(shape)
    return values, ~present


def _texts(texts: list[str]) -> Any:
    return np.array(texts, dtype=str) if texts else np.array([], dtype="U1")


def _objects(values: list[Any]) -> Any:
    """Return an array of objects, also where all of them have the same length."""
    objects = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):
        objects[index] = value
    return objects
