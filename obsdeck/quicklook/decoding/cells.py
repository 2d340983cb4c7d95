"""Rows of a table as JSON: `what=rows`."""

from __future__ import annotations

from typing import Any

import numpy as np
from astropy.io import fits

from obsdeck.quicklook.decoding.answers import Answer, finite, json_answer
from obsdeck.quicklook.decoding.asked import Asked
from obsdeck.quicklook.decoding.spectrumcolumns import columns_of
from obsdeck.quicklook.decoding.tables import Table
from obsdeck.quicklook.decoding.values import printable

_MOST_ROWS = 500
_USUAL_ROWS = 100
_MOST_ELEMENTS = 8
"""Of a cell that is an array."""
_LONGEST_TEXT = 500
_SAFE_INTEGER = 2**53 - 1
"""The largest that a number of the page holds exactly."""


def rows(table: Table, asked: Asked) -> Answer:
    """Return `{start, total, columns: [{name, unit, format}], rows}`.

    A cell is a number, a text, true or false, null, or `{length, first}` for an array, of which
    the first elements are told. Integers that a page cannot hold exactly are texts.

    Parameters
    ----------
    table
        Whose rows they are.
    asked
        `start` and `count` (at most 500).
    """
    start = asked.integer("start", 0, 0, table.count)
    found = table.rows(start, asked.integer("count", _USUAL_ROWS, 0, _MOST_ROWS))
    columns = columns_of(table.hdu.header)
    cells = [_column(table, found, number) for number in range(1, len(columns) + 1)]
    return json_answer(
        {
            "start": start,
            "total": table.count,
            "columns": [{"name": c.name, "unit": c.unit, "format": c.format} for c in columns],
            "rows": [list(row) for row in zip(*cells, strict=True)],
        }
    )


def _column(table: Table, found: fits.FITS_rec, number: int) -> list[Any]:
    values = found.field(number - 1)
    if table.is_array(number):
        return [_variable(table, number, cell) for cell in values]
    null = found.columns[number - 1].null
    return [None if _is_null(value, null) else _cell(value) for value in values]


def _variable(table: Table, number: int, cell: Any) -> Any:
    first = table.array(number, cell, _LONGEST_TEXT)
    if first.dtype.kind == "S":
        return printable(first.tobytes().decode("latin-1").rstrip("\0 "), _LONGEST_TEXT)
    return {"length": int(cell[0]), "first": [_cell(value) for value in first[:_MOST_ELEMENTS]]}


def _is_null(value: Any, null: Any) -> bool:
    return isinstance(null, int) and np.ndim(value) == 0 and value == null


def _cell(value: Any) -> Any:
    if np.ndim(value):
        flat = np.ravel(value)
        return {"length": flat.size, "first": [_cell(one) for one in flat[:_MOST_ELEMENTS]]}
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value) if abs(int(value)) <= _SAFE_INTEGER else str(value)
    if isinstance(value, (float, np.floating)):
        return finite(float(value))
    return printable(str(value).rstrip(), _LONGEST_TEXT)
