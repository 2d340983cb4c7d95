"""Rows of VOTables: astropy's converters encode the values, a column at a time.

astropy's own loop asks numpy for the mask of every cell, which takes most of its time. Here whole
columns go through the same converters, and only the finished cells are put in order. The bytes are
those of astropy (a test compares them).
"""

# mypy: disable-error-code=import-untyped

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from astropy.io.votable.converters import Converter

from obsdeck.sandbox.output.fields import ResultField

#: Datatypes whose scalars have one size, so that astropy encodes a column in one call.
_NUMBERS = frozenset({"unsignedByte", "short", "int", "long", "float", "double"})


@dataclass(frozen=True)
class Column:
    """One column of a batch: values of shape ``(n, ...)`` and a mask of shape ``(n,)``."""

    field: ResultField
    converter: Converter
    values: np.ndarray
    mask: np.ndarray

    @property
    def is_number(self) -> bool:
        """Whether a cell is one real number."""
        return self.field.datatype in _NUMBERS and self.field.arraysize is None

    @property
    def is_array(self) -> bool:
        """Whether a cell has several elements; complex numbers do."""
        if self.field.is_text:
            return False
        return self.field.arraysize is not None or self.field.datatype.endswith("Complex")


def tabledata(columns: Sequence[Column]) -> bytes:
    """Return rows for TABLEDATA; a null is an empty cell (VOTable 1.4, 5.1)."""
    rows = zip(*(_texts(column) for column in columns), strict=True)
    return "".join(f"<TR>{''.join(row)}</TR>\n" for row in rows).encode()


def binary(columns: Sequence[Column]) -> bytes:
    """Return rows for the stream of BINARY (VOTable 1.4, 5.3)."""
    return _joined(_with_nulls(column) for column in columns)


def binary2(columns: Sequence[Column]) -> bytes:
    """Return rows for the stream of BINARY2: flags of nulls before each row (VOTable 1.4, 5.4)."""
    flags = np.packbits(np.column_stack([column.mask for column in columns]), axis=1)
    return _joined([_items(flags.tobytes(), flags.shape[1]), *map(_without_nulls, columns)])


#: How the rows of each serialization are written.
ENCODERS: dict[str, Callable[[Sequence[Column]], bytes]] = {
    "tabledata": tabledata,
    "binary": binary,
    "binary2": binary2,
}


def _joined(columns: Iterable[list[bytes]]) -> bytes:
    return b"".join(map(b"".join, zip(*columns, strict=True)))


def _texts(column: Column) -> list[str]:
    output = column.converter.output
    texts = [
        "" if is_null else output(value, False)
        for value, is_null in zip(column.values, column.mask.tolist(), strict=True)
    ]
    return [f"<TD>{text}</TD>" if text else "<TD/>" for text in texts]


def _with_nulls(column: Column) -> list[bytes]:
    """Encode nulls as values: NaN, ``?`` or the VALUES null of the field."""
    if column.is_number:
        return _numbers(column, column.converter.filter_array(column.values, column.mask))
    output = column.converter.binoutput
    return [output(*cell) for cell in zip(column.values, column.mask.tolist(), strict=True)]


def _without_nulls(column: Column) -> list[bytes]:
    """Encode anything in place of nulls, of which the flags tell."""
    if column.is_number:
        return _numbers(column, column.values)
    if column.is_array:
        return _with_nulls(column)
    output = column.converter.binoutput
    return [output(value, None) for value in column.values]


def _numbers(column: Column, values: np.ndarray) -> list[bytes]:
    return _items(column.converter.binoutput(values, None), values.dtype.itemsize)


def _items(data: bytes, size: int) -> list[bytes]:
    """Cut bytes into pieces of one size."""
    pieces: list[bytes] = np.frombuffer(data, dtype=f"V{size}").tolist()
    return pieces
