"""The columns of a result: what the catalogue says of them, else what the engine's types say."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import types

from obsdeck.sandbox.adql.outputs import Output


@dataclass(frozen=True)
class ResultField:
    """A FIELD (VOTable 1.4, section 4.1)."""

    name: str
    datatype: str
    arraysize: str | None = None
    unit: str | None = None
    ucd: str | None = None
    utype: str | None = None
    xtype: str | None = None
    description: str | None = None

    @property
    def shape(self) -> tuple[int, ...] | None:
        """Axes of an array of fixed size, fastest first; None for scalars and other arrays."""
        if self.arraysize is None or "*" in self.arraysize:
            return None
        return tuple(int(axis) for axis in self.arraysize.split("x"))

    @property
    def is_text(self) -> bool:
        """Whether a cell is one string."""
        return self.datatype in ("char", "unicodeChar")


def result_fields(outputs: Sequence[Output], schema: pa.Schema) -> list[ResultField]:
    """Describe the columns of a result.

    Parameters
    ----------
    outputs
        What the query says of each column.
    schema
        What the engine says of each column, in the same order.
    """
    return [_field(output, column.type) for output, column in zip(outputs, schema, strict=True)]


def _field(output: Output, kind: pa.DataType) -> ResultField:
    source = output.source
    if source is None:
        datatype, arraysize, xtype = described(kind)
        return ResultField(
            output.label, datatype, arraysize, output.unit, xtype=output.xtype or xtype
        )
    return ResultField(
        output.label,
        source.datatype,
        source.arraysize,
        source.unit,
        source.ucd,
        source.utype,
        source.xtype,
        source.description or None,
    )


def described(kind: pa.DataType) -> tuple[str, str | None, str | None]:
    """Return datatype, arraysize and xtype for a type of the engine.

    Text of expressions is ``unicodeChar``: it may hold anything, and ``char`` is ASCII.
    """
    if types.is_list(kind) or types.is_fixed_size_list(kind):
        return described(kind.value_type)[0], "*", None
    if types.is_timestamp(kind) or types.is_date(kind):
        return "char", "*", "timestamp"
    if kind in _NUMBERS:
        return _NUMBERS[kind], None, None
    return "unicodeChar", "*", None


_NUMBERS = {
    pa.bool_(): "boolean",
    pa.uint8(): "unsignedByte",
    pa.int8(): "short",
    pa.int16(): "short",
    pa.uint16(): "int",
    pa.int32(): "int",
    pa.uint32(): "long",
    pa.int64(): "long",
    pa.float32(): "float",
    pa.float64(): "double",
}
