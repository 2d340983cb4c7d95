"""Columns of the engine as the masked numpy arrays astropy writes."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.sandbox.output.fields import ResultField

_NUMPY = {
    "boolean": np.dtype(bool),
    "bit": np.dtype(bool),
    "unsignedByte": np.dtype("u1"),
    "short": np.dtype("i2"),
    "int": np.dtype("i4"),
    "long": np.dtype("i8"),
    "float": np.dtype("f4"),
    "double": np.dtype("f8"),
    "floatComplex": np.dtype("c8"),
    "doubleComplex": np.dtype("c16"),
}


def column_values(field: ResultField, column: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Return values and a mask that is true for nulls.

    Parameters
    ----------
    field
        What the column is in the VOTable.
    column
        The cells as the engine gives them.

    Returns
    -------
    tuple
        Values of shape ``(n,)``, or ``(n, ...)`` for arrays of fixed size; the mask of shape
        ``(n,)``.
    """
    mask = np.asarray(pc.is_null(column))
    if field.is_text:
        return _texts(column), mask
    if field.datatype.endswith("Complex"):
        return _complex(field, column), mask
    if field.arraysize is None:
        return _scalars(field, column), mask
    if field.shape is None:
        return _variable(field, column), mask
    return _fixed(field, column), mask


def _texts(column: pa.Array) -> np.ndarray:
    if pa.types.is_temporal(column.type):
        return _objects([None if v is None else v.isoformat() for v in column.to_pylist()])
    return np.asarray(column.fill_null("").to_numpy(zero_copy_only=False), dtype=object)


def _objects(values: list[object]) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = ["" if value is None else value for value in values]
    return array


def _scalars(field: ResultField, column: pa.Array) -> np.ndarray:
    kind = _NUMPY[field.datatype]
    cast = column.cast(pa.from_numpy_dtype(kind))
    filled = cast.fill_null(False if kind.kind == "b" else 0)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=kind)


def _complex(field: ResultField, column: pa.Array) -> np.ndarray:
    pairs = [pair or (0.0, 0.0) for pair in column.to_pylist()]
    return np.array([complex(*pair) for pair in pairs], dtype=_NUMPY[field.datatype])


def _variable(field: ResultField, column: pa.Array) -> np.ndarray:
    kind = _NUMPY[field.datatype]
    array = np.empty(len(column), dtype=object)
    # astropy writes elements together with their masks, so plain arrays will not do.
    array[:] = [
        np.ma.array(cell or [], dtype=kind, mask=[False] * len(cell or []))
        for cell in column.to_pylist()
    ]
    return array


def _fixed(field: ResultField, column: pa.Array) -> np.ndarray:
    assert field.shape is not None  # noqa: S101 - narrows the type
    # The first axis runs fastest (VOTable 1.4, 2.2), numpy's last one does.
    axes = field.shape[::-1]
    blank = [0] * int(np.prod(axes))
    cells = [cell if cell is not None else blank for cell in column.to_pylist()]
    return np.array(cells, dtype=_NUMPY[field.datatype]).reshape(len(cells), *axes)
