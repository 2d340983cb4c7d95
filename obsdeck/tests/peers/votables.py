"""VOTables of every datatype and arraysize, written by rules of their own.

A value is ``None``, a Python scalar, a complex number, or a flat list; ``as_read`` says what a
reader should make of it, in the form of ``cells``.
"""

from __future__ import annotations

import base64
import random
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any
from xml.sax.saxutils import escape

SERIALIZATIONS = ("TABLEDATA", "BINARY", "BINARY2")
ARRAYSIZES = (None, "1", "3", "*", "4*", "2x3", "2x*", "2x3x*")
ROWS = 12

#: struct codes of the numbers.
CODES = {"unsignedByte": "B", "short": "h", "int": "i", "long": "q", "float": "f", "double": "d"}
CODES |= {"floatComplex": "f", "doubleComplex": "d"}
TEXTS = ("char", "unicodeChar")
DATATYPES = ("boolean", "bit", *CODES, *TEXTS)

#: ``VALUES null`` of the integers, which have no other null in BINARY.
MAGIC = {"unsignedByte": 7, "short": -32768, "int": -9, "long": -(2**63)}

NAN, INF = float("nan"), float("inf")
REALS = {
    "f": (0.0, -0.0, NAN, INF, -INF, 1.5, 3.4028234663852886e38, 1.401298464324817e-45),
    "d": (0.0, -0.0, NAN, INF, -INF, 0.1, 1.7976931348623157e308, 5e-324, 9007199254740993.0),
}
INTEGERS = {
    "unsignedByte": (0, 1, 128, 255),
    "short": (0, -1, -32767, 32767),
    "int": (0, -1, -(2**31), 2**31 - 1),
    "long": (0, -1, 1 - 2**63, 2**63 - 1, 2**53 + 1),
}
LETTERS = {"char": "aZ9 <&>\"'", "unicodeChar": "aé<&Ω日\u0301\U0001f52d\U00010348"}


@dataclass(frozen=True)
class Column:
    """A FIELD."""

    datatype: str
    arraysize: str | None

    @property
    def axes(self) -> list[str]:
        """Its axes as written; none for a scalar."""
        return [] if self.arraysize is None else self.arraysize.split("x")

    @property
    def is_variable(self) -> bool:
        """Whether a count stands before each cell in BINARY."""
        return bool(self.axes) and self.axes[-1].endswith("*")

    @property
    def block(self) -> int:
        """Values of all axes but the last."""
        return prod(int(axis) for axis in self.axes[:-1])

    @property
    def is_single(self) -> bool:
        """Whether a cell is one value, not a list: a text has its first axis in itself."""
        return len(self.axes) < 2 if self.datatype in TEXTS else self.arraysize in (None, "1")

    @property
    def length(self) -> int:
        """Values, or code units, of a cell of fixed size."""
        return self.block * int(self.axes[-1]) if self.axes else 1

    @property
    def name(self) -> str:
        """Its name, which tells what it is."""
        return f"{self.datatype}_{self.arraysize or 'scalar'}"


@dataclass(frozen=True)
class Table:
    """A table in one serialization."""

    serialization: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    def document(self, *, counts_blocks: bool = False) -> bytes:
        """Write it; where asked, with counts of blocks, as astropy has them."""
        fields = "".join(map(field, self.columns))
        if self.serialization == "TABLEDATA":
            data = "".join(
                f"<TR>{''.join(map(cell_text, self.columns, r))}</TR>" for r in self.rows
            )
        else:
            stream = b"".join(self._row(row, counts_blocks) for row in self.rows)
            data = f'<STREAM encoding="base64">{base64.encodebytes(stream).decode()}</STREAM>'
        return (
            '<?xml version="1.0"?><VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/'
            f'v1.3"><RESOURCE type="results"><TABLE>{fields}<DATA><{self.serialization}>{data}'
            f"</{self.serialization}></DATA></TABLE></RESOURCE></VOTABLE>"
        ).encode()

    def _row(self, row: Sequence[Any], counts_blocks: bool) -> bytes:
        cells = b"".join(
            cell_bytes(column, value, counts_blocks)
            for column, value in zip(self.columns, row, strict=True)
        )
        if self.serialization == "BINARY":
            return cells
        bits = "".join(str(int(value is None)) for value in row)
        size = -(-len(bits) // 8)
        return int(bits.ljust(size * 8, "0"), 2).to_bytes(size, "big") + cells


def tables(number: int = 50) -> list[Table]:
    """Make so many tables: the first 24 have every datatype x arraysize x serialization."""
    return [table(index) for index in range(number)]


def table(index: int) -> Table:
    """Make a table of one column for each datatype, in an order of its own."""
    chance = random.Random(index)
    serialization = SERIALIZATIONS[index % 3]
    columns = [
        Column(datatype, ARRAYSIZES[(index // 3 + at) % len(ARRAYSIZES)])
        for at, datatype in enumerate(DATATYPES)
    ]
    chance.shuffle(columns)
    rows = tuple(tuple(some_value(column, chance) for column in columns) for _ in range(ROWS))
    return Table(serialization, tuple(columns), rows)


def some_value(column: Column, chance: random.Random) -> Any:
    """Take a value of a column, null in one of six."""
    if chance.random() < 1 / 6:
        return None
    if column.datatype in TEXTS:
        texts = [some_text(column, chance) for _ in range(some_length(column, chance))]
        return texts[0] if column.is_single else texts
    values = [some_number(column.datatype, chance) for _ in range(some_length(column, chance))]
    return values[0] if column.is_single else values


def some_length(column: Column, chance: random.Random) -> int:
    """Choose how many values, or texts, a cell has."""
    if column.is_single:
        return 1
    width = int(column.axes[0]) if column.datatype in TEXTS else 1
    if column.is_variable:
        blocks = chance.randrange(5 if column.arraysize == "4*" else 4)
        return column.block // width * blocks
    return column.length // width


def some_text(column: Column, chance: random.Random) -> str:
    """Make a text that fits, counted in UTF-16 units; within an array it fills its place."""
    limit = int(column.axes[0].rstrip("*") or 9) if column.axes else 1
    letters = LETTERS[column.datatype]
    exact = not column.is_single
    units, text = limit if exact else chance.randint(1, limit), ""
    while units_of(text) < units:
        letter = "x" if exact else chance.choice(letters)
        text += letter if units_of(text + letter) <= units else "y"
    return text


def some_number(datatype: str, chance: random.Random) -> Any:
    """Choose a value at or near the limits of a datatype."""
    if datatype == "boolean":
        return chance.random() < 0.5
    if datatype == "bit":
        return chance.randrange(2)
    if datatype in INTEGERS:
        return chance.choice(INTEGERS[datatype])
    reals = REALS[CODES[datatype]]
    if datatype.endswith("Complex"):
        return complex(chance.choice(reals), chance.choice(reals))
    return chance.choice(reals)


def units_of(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-be")) // 2


def field(column: Column) -> str:
    """Write a FIELD."""
    size = "" if column.arraysize is None else f' arraysize="{column.arraysize}"'
    magic = MAGIC.get(column.datatype)
    values = "" if magic is None else f'<VALUES null="{magic}"/>'
    return f'<FIELD name="{column.name}" datatype="{column.datatype}"{size}>{values}</FIELD>'


def cell_text(column: Column, value: Any) -> str:
    """Write a TD."""
    if value is None:
        return "<TD/>"
    values = value if isinstance(value, list) else [value]
    if column.datatype in TEXTS:
        return f"<TD>{escape(''.join(values))}</TD>"
    return f"<TD>{' '.join(map(number_text, values))}</TD>"


def number_text(value: Any) -> str:
    """Write a number of TABLEDATA; Python's shortest form of a double names it exactly."""
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, complex):
        return f"{number_text(value.real)} {number_text(value.imag)}"
    return {"nan": "NaN", "inf": "+Inf", "-inf": "-Inf"}.get(repr(value), repr(value))


def cell_bytes(column: Column, value: Any, counts_blocks: bool) -> bytes:
    """Write a cell of BINARY; a null is what the datatype has for it."""
    if column.datatype in TEXTS:
        texts = [] if value is None else value if isinstance(value, list) else [value]
        code, unit = ("utf-8", 1) if column.datatype == "char" else ("utf-16-be", 2)
        data = "".join(texts).encode(code)
        count = len(data) // unit
        data = data if column.is_variable else data.ljust(column.length * unit, b"\0")
    else:
        values = list_of(column, value)
        count, data = len(values), pack(column.datatype, values)
    if not column.is_variable:
        return data
    return struct.pack(">i", count // column.block if counts_blocks else count) + data


def list_of(column: Column, value: Any) -> list[Any]:
    """Give the values of a cell, or those that stand for null."""
    if value is None:
        return [] if column.is_variable else [None] * column.length
    return value if isinstance(value, list) else [value]


def pack(datatype: str, values: Sequence[Any]) -> bytes:
    """Write the values of a cell."""
    if datatype == "boolean":
        return b"".join({None: b"?", True: b"T", False: b"F"}[value] for value in values)
    if datatype == "bit":
        bits = "".join(str(value or 0) for value in values)
        size = -(-len(bits) // 8)
        return int(bits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")
    magic = MAGIC.get(datatype, complex(NAN, NAN) if datatype.endswith("Complex") else NAN)
    full = [magic if value is None else value for value in values]
    if datatype.endswith("Complex"):
        full = [part for value in full for part in (value.real, value.imag)]
    return struct.pack(f">{len(full)}{CODES[datatype]}", *full)


def as_read(column: Column, value: Any, serialization: str) -> Any:
    """Say what a reader should make of a value."""
    if value is None:
        return null_as_read(column, serialization)
    if column.datatype in TEXTS:
        return value if column.is_single or value or serialization != "TABLEDATA" else None
    if isinstance(value, list):
        # An array without values is nothing at all in TABLEDATA.
        is_nothing = not value and serialization == "TABLEDATA"
        return None if is_nothing else [number_as_read(column.datatype, item) for item in value]
    return number_as_read(column.datatype, value)


def null_as_read(column: Column, serialization: str) -> Any:
    """Say what becomes of a null: BINARY has no flags for it."""
    if serialization != "BINARY":
        return None
    if column.datatype in TEXTS:
        width = int(column.axes[0]) if column.axes and not column.is_single else 0
        fixed = [] if column.is_variable else [""] * (column.length // max(width, 1))
        return "" if column.is_single else fixed
    values = [number_as_read(column.datatype, item) for item in list_of(column, None)]
    return values[0] if column.is_single else values


def number_as_read(datatype: str, value: Any) -> Any:
    """Say what becomes of a number; one that is missing is null, 0 or NaN."""
    if datatype == "boolean":
        return value
    if datatype == "bit":
        return real(value or 0)
    if value is None and datatype in MAGIC:
        return None
    if datatype.endswith("Complex"):
        value = complex(NAN, NAN) if value is None else value
        return [real(value.real), real(value.imag)]
    value = NAN if value is None else value
    return {"i": str(value)} if datatype == "long" else real(value)


def real(value: float) -> dict[str, str]:
    """Write a number by the bits of its double."""
    return {"f": struct.pack(">d", float(value)).hex()}
