"""Which columns of an Arrow stream can be saved, and what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow as pa

Kind = Literal["bool", "uint8", "int16", "int32", "int64", "float32", "float64", "text"]
"""What one value is."""

Shape = Literal["scalar", "fixed", "list"]
"""One value a cell, always the same number of them, or any number."""

MOST_COLUMNS = 10_000
MOST_VALUES = 1_000_000
"""Values of a fixed array; a schema can claim any number without a single byte of data."""

FACTS = ("unit", "ucd", "utype", "xtype", "description")
"""What is told of a column besides its name; the keys of its metadata in Arrow."""

_ARROW: dict[Kind, pa.DataType] = {
    "bool": pa.bool_(),
    "uint8": pa.uint8(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "text": pa.string(),
}


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class BadTableError(ValueError):
    """Rows that cannot be saved; the text is a sentence for the user."""


@dataclass(frozen=True)
class Column:
    """A column as it is saved.

    Attributes
    ----------
    name
        Different from those of all other columns.
    kind
        What one value is; of a complex number, what its parts are.
    shape
        How many values a cell has.
    size
        Values of a cell where that is fixed, else 1.
    parts
        2 for complex numbers, else 1.
    facts
        Texts by the keys of Arrow's metadata (see `src/protocol/votable/schema.ts`).
    """

    name: str
    kind: Kind
    shape: Shape = "scalar"
    size: int = 1
    parts: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def given_name(self) -> str:
        """The name as the service gave it, which another column may have too."""
        return self.facts.get("name") or printable(self.name)

    @property
    def arrow(self) -> pa.DataType:
        """Its type in Arrow."""
        value = _ARROW[self.kind]
        if self.parts == 2:
            value = pa.list_(value, 2)
        if self.shape == "fixed":
            return pa.list_(value, self.size)
        return pa.list_(value) if self.shape == "list" else value


def printable(text: str) -> str:
    """Return a text without control characters, which XML and FITS headers cannot hold."""
    return _CONTROL.sub(" ", text)


def columns_of(schema: pa.Schema) -> list[Column]:
    """Return the columns of a schema.

    Raises
    ------
    BadTableError
        For types that no service's table has: structs, maps, binary, decimals, nested lists.
    """
    if len(schema) > MOST_COLUMNS:
        raise BadTableError(f"The table has more than {MOST_COLUMNS:,} columns.")
    if len(set(schema.names)) < len(schema):
        raise BadTableError("Two columns have the same name.")
    return [_column(each) for each in schema]


def saved_schema(columns: list[Column], source: pa.Schema) -> pa.Schema:
    """Return the schema of `columns`, with the metadata as they were."""
    fields = [pa.field(c.name, c.arrow, metadata=dict(c.facts)) for c in columns]
    return pa.schema(fields, metadata=source.metadata)


def _column(source: pa.Field) -> Column:
    facts = _texts(source.metadata)
    is_complex = facts.get("datatype", "").endswith("Complex")
    shape: Shape = "scalar"
    inner, size, parts = source.type, 1, 1
    if is_complex and _is_pair(inner):
        inner, parts = inner.value_type, 2
    elif pa.types.is_fixed_size_list(inner):
        shape, size, inner = "fixed", inner.list_size, inner.value_type
    elif pa.types.is_list(inner) or pa.types.is_large_list(inner):
        shape, inner = "list", inner.value_type
    if shape != "scalar" and is_complex and _is_pair(inner):
        inner, parts = inner.value_type, 2
    if size * parts > MOST_VALUES:
        raise BadTableError(f"Column {source.name!r} has more than {MOST_VALUES:,} values a cell.")
    return Column(source.name, _kind(source.name, inner), shape, size, parts, facts)


def _is_pair(kind: pa.DataType) -> bool:
    is_pair = pa.types.is_fixed_size_list(kind) and kind.list_size == 2
    return bool(is_pair and pa.types.is_floating(kind.value_type))


def _kind(name: str, kind: pa.DataType) -> Kind:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    found = next((word for test, word in _KINDS if test(kind)), None)
    if found is None:
        # Only the outer word: a hostile type is nested a thousand times in its own name.
        word = str(kind).partition("<")[0][:40]
        raise BadTableError(f"Column {name!r} cannot be saved: its values are of type {word}.")
    return found


_KINDS: tuple[tuple[Any, Kind], ...] = (
    (pa.types.is_boolean, "bool"),
    (pa.types.is_uint8, "uint8"),
    (lambda kind: kind in (pa.int8(), pa.int16()), "int16"),
    (lambda kind: kind in (pa.uint16(), pa.int32()), "int32"),
    (lambda kind: kind in (pa.uint32(), pa.int64(), pa.uint64()), "int64"),
    (lambda kind: kind in (pa.float16(), pa.float32()), "float32"),
    (pa.types.is_float64, "float64"),
    (lambda kind: kind in (pa.string(), pa.large_string(), pa.null()), "text"),
    (lambda kind: pa.types.is_timestamp(kind) or pa.types.is_date(kind), "text"),
)


def _texts(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {
        key.decode("utf-8", "replace"): printable(value.decode("utf-8", "replace"))
        for key, value in (metadata or {}).items()
    }
