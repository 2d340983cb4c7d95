"""The cells of a column of one batch as flat numpy arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.tables.columns import Column

DTYPES = {
    "bool": "?",
    "uint8": "u1",
    "int16": "i2",
    "int32": "i4",
    "int64": "i8",
    "float32": "f4",
    "float64": "f8",
}
"""NumPy's types by kind."""

Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class Cells:
    """Values of all rows, one after the other.

    Attributes
    ----------
    valid
        Per row: whether the cell has a value.
    counts
        Per row: how many values it has; 0 for a list that is null.
    values
        Numbers, NaN where a floating-point one is null and 0 where another is; or texts as
        an Arrow array without nulls.
    present
        Per value: False where it is null.
    """

    valid: Numbers
    counts: Numbers
    values: Any
    present: Numbers


def cells_of(array: pa.Array, column: Column) -> Cells:
    """Return the cells of an array of the column's own type."""
    valid = array.is_valid().to_numpy(zero_copy_only=False)
    counts, flat = _unfolded(array, column, valid)
    if column.parts == 2:
        flat = _fixed_values(flat, 2)
        counts = counts * 2
    present = flat.is_valid().to_numpy(zero_copy_only=False)
    if column.shape == "fixed" or column.parts == 2:
        # Values under a null are whatever the writer left there.
        present = present & np.repeat(valid, counts)
        flat = pc.if_else(pa.array(present), flat, pa.scalar(None, flat.type))
    return Cells(valid, counts, _values(flat, column), present)


def _unfolded(array: pa.Array, column: Column, valid: Numbers) -> tuple[Numbers, pa.Array]:
    rows = len(array)
    if column.shape == "scalar":
        return np.ones(rows, np.int64), array
    if column.shape == "fixed":
        return np.full(rows, column.size, np.int64), _fixed_values(array, column.size)
    lengths = pc.fill_null(pc.list_value_length(array), 0).to_numpy()
    return np.where(valid, lengths, 0).astype(np.int64), array.flatten()


def _fixed_values(array: pa.FixedSizeListArray, size: int) -> pa.Array:
    """Return all values, those under nulls included (`flatten` leaves them out)."""
    return array.values.slice(array.offset * size, len(array) * size)


def _values(flat: pa.Array, column: Column) -> Any:
    if column.kind == "text":
        return pc.fill_null(flat, "")
    if column.kind == "bool":
        return pc.fill_null(flat, False).to_numpy(zero_copy_only=False)
    nothing = float("nan") if column.kind.startswith("float") else 0
    return pc.fill_null(flat, pa.scalar(nothing, flat.type)).to_numpy(zero_copy_only=False)
