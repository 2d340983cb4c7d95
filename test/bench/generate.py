"""Write the benchmark's tables: N rows of 30 ObsCore-like columns in each serialization.

``python test/bench/generate.py FOLDER ROWS [SEED]`` writes ``tabledata-ROWS.xml``,
``binary-ROWS.xml`` and ``binary2-ROWS.xml``. The same seed gives the same bytes. Rows are
made and written one after the other, so memory does not grow with their number.
"""

from __future__ import annotations

import base64
import random
import struct
import sys
from pathlib import Path
from typing import BinaryIO, Protocol
from xml.sax.saxutils import escape, quoteattr

from columns import COLUMNS, Cell, Column

FORMATS = {"short": ">h", "int": ">i", "long": ">q", "float": ">f", "double": ">d"}

LINE_BYTES = 57
"""Bytes in a line of base64, 76 characters (RFC 2045 §6.8)."""

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">\n'
    '<RESOURCE type="results">\n<INFO name="QUERY_STATUS" value="OK"/>\n'
    '<TABLE name="obscore" nrows="{rows}">\n{fields}<DATA>'
)
TAIL = "</DATA>\n</TABLE>\n</RESOURCE>\n</VOTABLE>\n"


class RowWriter(Protocol):
    """Writes the rows of one serialization."""

    def row(self, cells: list[Cell]) -> None:
        """Write one row."""

    def close(self) -> None:
        """Write what still waits, and the end tags."""


class TableDataWriter:
    """TABLEDATA (VOTable 1.4 §5.1): null is an empty cell."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.write(b"<TABLEDATA>\n")

    def row(self, cells: list[Cell]) -> None:
        """Write one TR."""
        texts = ("<TD/>" if cell is None else f"<TD>{escape(str(cell))}</TD>" for cell in cells)
        self._file.write(f"<TR>{''.join(texts)}</TR>\n".encode())

    def close(self) -> None:
        """End the element."""
        self._file.write(b"</TABLEDATA>\n")


class BinaryWriter:
    """BINARY and BINARY2 (VOTable 1.4 §5.3, §5.4), in lines of base64."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._waiting = bytearray()
        file.write(f'<{name}><STREAM encoding="base64">\n'.encode())

    def row(self, cells: list[Cell]) -> None:
        """Write one row as far as it fills lines."""
        if self._name == "BINARY2":
            self._waiting += null_flags(cells)
        for column, cell in zip(COLUMNS, cells, strict=True):
            self._waiting += encoded(column, cell)
        whole = len(self._waiting) // LINE_BYTES * LINE_BYTES
        self._write(whole)

    def close(self) -> None:
        """Write the last line, and end the element."""
        self._write(len(self._waiting))
        self._file.write(f"</STREAM></{self._name}>\n".encode())

    def _write(self, size: int) -> None:
        self._file.write(base64.encodebytes(self._waiting[:size]))
        del self._waiting[:size]


def null_flags(cells: list[Cell]) -> bytes:
    """One bit a column, from the most significant on, set for null."""
    size = (len(cells) + 7) // 8
    bits = "".join("1" if cell is None else "0" for cell in cells).ljust(size * 8, "0")
    return int(bits, 2).to_bytes(size, "big")


def encoded(column: Column, cell: Cell) -> bytes:
    """Encode a cell; null as NaN, as no text, or as the column's own value."""
    if column.is_text:
        text = "" if cell is None else str(cell)
        data = text.encode("utf-16-be" if column.datatype == "unicodeChar" else "ascii")
        count = len(data) // 2 if column.datatype == "unicodeChar" else len(data)
        return struct.pack(">i", count) + data
    if cell is None:
        cell = int(column.null) if column.null else float("nan")
    return struct.pack(FORMATS[column.datatype], cell)


def field(column: Column) -> str:
    """Describe a column as a FIELD."""
    size = ' arraysize="*"' if column.is_text else ""
    attributes = "".join(
        f" {name}={quoteattr(value)}"
        for name, value in (("ucd", column.ucd), ("unit", column.unit))
        if value
    )
    values = f'<VALUES null="{column.null}"/>' if column.null else ""
    start = f'<FIELD name="{column.name}" datatype="{column.datatype}"{size}{attributes}'
    return f"{start}>{values}</FIELD>\n"


def generate(folder: Path, rows: int, seed: int) -> None:
    """Write the three documents of one size."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("tabledata", "binary", "binary2")
    files = [(folder / f"{name}-{rows}.xml.part").open("wb") for name in names]
    head = HEAD.format(rows=rows, fields="".join(map(field, COLUMNS))).encode()
    for file in files:
        file.write(head)
    writers: list[RowWriter] = [
        TableDataWriter(files[0]),
        BinaryWriter(files[1], "BINARY"),
        BinaryWriter(files[2], "BINARY2"),
    ]
    rng = random.Random(seed)
    for row in range(rows):
        cells = [column.make(rng, row) for column in COLUMNS]
        for writer in writers:
            writer.row(cells)
    for writer, file in zip(writers, files, strict=True):
        writer.close()
        file.write(TAIL.encode())
        file.close()
        # A file of this name is complete: an interrupted run leaves none.
        Path(file.name).rename(file.name.removesuffix(".part"))


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
