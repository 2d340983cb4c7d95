"""Columns of tables as types of Arrow."""

import pyarrow as pa

from obsdeck.sandbox.catalog.model import Column

_ELEMENTS = {
    "BOOLEAN": pa.bool_(),
    "UTINYINT": pa.uint8(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "FLOAT": pa.float32(),
    "DOUBLE": pa.float64(),
    "VARCHAR": pa.string(),
}


def arrow_type(column: Column) -> pa.DataType:
    """Return the type of the cells of a column; arrays are lists."""
    element = _ELEMENTS[column.stored_type.removesuffix("[]")]
    return pa.list_(element) if column.stored_type.endswith("[]") else element
