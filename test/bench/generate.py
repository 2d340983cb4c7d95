"""Write the benchmark's tables: N rows of 30 ObsCore-like columns in each serialization.

``python test/bench/generate.py FOLDER ROWS [SEED]`` writes ``tabledata-ROWS.xml``,
``binary-ROWS.xml`` and ``binary2-ROWS.xml``. The same seed gives the same bytes, and apart from
the comment that names the writer they are those that ``astropy.io.votable`` writes for this
table: an element a line and indented, fixed lengths of strings, base64 in a single line.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from columns import TEXT, TYPES, Column, obscore

BLOCK_ROWS = 30_000
"""Rows that are made at a time: a multiple of 3, so that base64 needs no padding between."""

HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\
 xsi:schemaLocation="http://www.ivoa.net/xml/VOTable/v1.3\
 http://www.ivoa.net/xml/VOTable/VOTable-1.4.xsd">
 <RESOURCE type="results">
  <TABLE>
"""
TAIL = """\
   </DATA>
  </TABLE>
 </RESOURCE>
</VOTABLE>
"""


def field(column: Column) -> str:
    """Describe a column as a FIELD."""
    size = f' arraysize="{column.width}"' if column.datatype == TEXT else ""
    names = f'datatype="{column.datatype}" name="{column.name}"'
    return f'   <FIELD ID="{column.name}"{size} {names}/>\n'


def tabledata(columns: list[Column], rows: int) -> Iterator[bytes]:
    """Encode rows as TABLEDATA (VOTable 1.4 §5.1)."""
    yield b"    <TABLEDATA>\n"
    # What all rows share is written into the row's pattern once.
    cells = (cell_texts(c, 0, 1)[0].replace("%", "%%") if c.is_constant else "%s" for c in columns)
    lines = "".join(f"      <TD>{cell}</TD>\n" for cell in cells)
    row = f"     <TR>\n{lines}     </TR>\n"
    varying = [column for column in columns if not column.is_constant]
    for first in range(0, rows, BLOCK_ROWS):
        last = min(first + BLOCK_ROWS, rows)
        texts = [cell_texts(column, first, last) for column in varying]
        yield "".join(row % cells for cells in zip(*texts, strict=True)).encode()
    yield b"    </TABLEDATA>\n"


def cell_texts(column: Column, first: int, last: int) -> list[str]:
    """Write the cells of some rows as text, doubles with as many digits as they need."""
    cells = column.block(first, last)
    if isinstance(cells, list):
        return [escape(cell) for cell in cells]
    return [repr(cell).removesuffix(".0") for cell in cells.tolist()]


def binary(name: str, columns: list[Column], rows: int) -> Iterator[bytes]:
    """Encode rows as BINARY or BINARY2 (VOTable 1.4 §5.3, §5.4)."""
    yield f'    <{name}>\n     <STREAM encoding="base64">\n'.encode()
    flags = [("null flags", "u1", (len(columns) + 7) // 8)] if name == "BINARY2" else []
    layout = [(column.name, TYPES[column.datatype], column.width) for column in columns]
    for first in range(0, rows, BLOCK_ROWS):
        last = min(first + BLOCK_ROWS, rows)
        block = np.zeros(last - first, dtype=[*flags, *layout])
        for column in columns:
            block[column.name] = items(column, first, last)
        yield base64.b64encode(block)
    yield f"     </STREAM>\n    </{name}>\n".encode()


def items(column: Column, first: int, last: int) -> np.ndarray:
    """Cells of some rows as an array of rows and items, short texts filled up with zeros."""
    cells = column.block(first, last)
    if isinstance(cells, list):
        return np.array(cells, f"S{column.width}").view("u1").reshape(len(cells), -1)
    return cells.reshape(-1, 1)


def generate(folder: Path, rows: int, seed: int) -> None:
    """Write the three documents of one size."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = obscore(rows, seed)
    head = f"{HEAD}{''.join(map(field, columns))}   <DATA>\n".encode()
    bodies = {
        "tabledata": tabledata(columns, rows),
        "binary": binary("BINARY", columns, rows),
        "binary2": binary("BINARY2", columns, rows),
    }
    for name, body in bodies.items():
        path = folder / f"{name}-{rows}.xml"
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(head)
            file.writelines(body)
            file.write(TAIL.encode())
        # A file of this name is complete: an interrupted run leaves none.
        part.rename(path)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
