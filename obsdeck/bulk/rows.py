"""Rows that somebody chose, in whatever form they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from obsdeck.errors import ObsdeckError

Row = Mapping[str, Any]
"""Cells by lower-case name of their column; those without a value are left out."""


def rows_of(selection: Any) -> list[Row]:
    """Return the rows of a selection.

    Parameters
    ----------
    selection
        A widget's selection, an astropy or pandas table, results of PyVO, one address, or a
        list of addresses or of mappings.

    Raises
    ------
    ObsdeckError
        `rejected` for anything else.
    """
    if isinstance(selection, str):
        return [{"access_url": selection}]
    table = getattr(selection, "table", None)
    if table is None and hasattr(selection, "to_table"):
        table = selection.to_table()
    found = selection if table is None else table
    if hasattr(found, "colnames"):  # astropy
        return [_row({name: row[name] for name in found.colnames}) for row in found]
    if hasattr(found, "to_dict") and hasattr(found, "columns"):  # pandas
        return [_row(row) for row in found.to_dict("records")]
    if isinstance(found, Iterable) and not isinstance(found, Mapping):
        return [_item(item) for item in found]
    raise _unknown(selection)


def _item(item: Any) -> Row:
    if isinstance(item, str):
        return {"access_url": item}
    if isinstance(item, Mapping):
        return _row(item)
    raise _unknown(item)


def _row(cells: Mapping[str, Any]) -> Row:
    plain = {str(name).lower(): _plain(value) for name, value in cells.items()}
    return {name: value for name, value in plain.items() if value is not None}


def _plain(value: Any) -> Any:
    """Return a value of Python's own; None for a cell without one."""
    if value is None or value is np.ma.masked:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return value.strip() or None
    return None if isinstance(value, float) and np.isnan(value) else value


def _unknown(what: Any) -> ObsdeckError:
    return ObsdeckError(
        "rejected",
        f"A {type(what).__name__} is no selection.",
        hint="Give a table with a column access_url, or a list of addresses.",
    )
