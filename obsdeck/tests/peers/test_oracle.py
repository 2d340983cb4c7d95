"""Our reader of VOTables against written values, and both against ``astropy.io.votable``."""

# mypy: disable-error-code=import-untyped

from __future__ import annotations

import io
import json
import shutil
import subprocess
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io.votable import parse

from .cells import is_nan, is_same, plain
from .votables import ARRAYSIZES, DATATYPES, SERIALIZATIONS, TEXTS, Column, Table, as_read, tables

ROOT = Path(__file__).resolve().parents[3]
READER = ROOT / "test" / "support" / "readtables.mjs"
TABLES = tables()

needs_our_reader = [
    pytest.mark.peer,
    pytest.mark.skipif(
        not (ROOT / "lib" / "protocol" / "index.js").exists() or not shutil.which("node"),
        reason="our reader is not compiled (npm run build:lib) or there is no Node",
    ),
]


pytestmark = needs_our_reader


def ours(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Read documents with our reader."""
    done = subprocess.run(
        ["node", str(READER)],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Read the generated tables, all at once."""
    folder = tmp_path_factory.mktemp("tables")
    paths = [folder / f"{index}.xml" for index in range(len(TABLES))]
    for path, table in zip(paths, TABLES, strict=True):
        path.write_bytes(table.document())
    return ours(paths)


def test_the_tables_have_every_datatype_arraysize_and_serialization() -> None:
    seen = {(t.serialization, c.datatype, c.arraysize) for t in TABLES for c in t.columns}
    assert len(TABLES) >= 50
    assert len(seen) == len(SERIALIZATIONS) * len(DATATYPES) * len(ARRAYSIZES)


@pytest.mark.parametrize("index", range(len(TABLES)))
def test_our_reader_has_the_written_values(index: int, generated: list[dict[str, Any]]) -> None:
    table, answer = TABLES[index], generated[index]
    assert "tables" in answer, answer
    (read,) = answer["tables"]
    for at, column in enumerate(table.columns):
        wanted = [as_read(column, row[at], table.serialization) for row in table.rows]
        for row, (mine, written) in enumerate(zip(read["columns"][at], wanted, strict=True)):
            place = f"row {row}, {column.name} in {table.serialization}"
            assert is_exactly(mine, written), f"{place}: {mine} is not {written}"


@pytest.mark.parametrize("index", range(len(TABLES)))
def test_astropy_has_the_written_values(index: int) -> None:
    table = TABLES[index]
    for at, column in enumerate(table.columns):
        if why_astropy_differs(column, table.serialization) is not None:
            continue
        rows = tuple((row[at],) for row in table.rows)
        alone = Table(table.serialization, (column,), rows)
        array = astropy_s(io.BytesIO(alone.document(counts_blocks=True))).get_first_table().array
        cells = cells_of(column, array[column.name])
        for row, ((written,), other) in enumerate(zip(rows, cells, strict=True)):
            wanted = as_read(column, written, table.serialization)
            place = f"row {row}, {column.name} in {table.serialization}"
            cell = plain_of_one(column, other)
            is_null = wanted is None and np.ma.getmaskarray(array[column.name])[row].all()
            assert is_null or is_same(wanted, cell), f"{place}: {cell} is not {wanted}"


def astropy_s(source: Any) -> Any:
    """Read a document with astropy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parse(source)


def why_astropy_differs(column: Column, serialization: str) -> str | None:
    """Say why astropy is no oracle for a column: the written values alone are, then."""
    if column.datatype in TEXTS and len(column.axes) > 1:
        return "it refuses texts with several axes"
    if column.datatype == "bit" and serialization != "TABLEDATA":
        if column.is_variable:
            return "it takes the count of bits for one of bytes"
        if column.arraysize is None:
            return "it looks for a single bit in another place of its byte"
    if column.datatype.endswith("Complex") and serialization == "TABLEDATA":
        return None if column.is_variable or column.arraysize is None else "it refuses empty cells"
    return None


def cells_of(column: Column, cells: Any) -> Any:
    """Take the cells of a column; astropy masks a complex number if one part of it is NaN."""
    is_complex = column.datatype.endswith("Complex")
    return [np.ma.getdata(cell) for cell in np.ma.getdata(cells)] if is_complex else cells


def plain_of_one(column: Column, cell: Any) -> Any:
    """Write a cell of astropy's, which has arrays of one for a size of 1."""
    if isinstance(cell, np.ndarray) and cell.ndim == 0:
        cell = cell[()]
    mine = plain(cell, column.datatype)
    return mine[0] if column.arraysize == "1" and column.datatype not in TEXTS else mine


def is_exactly(mine: Any, written: Any) -> bool:
    """Compare bit for bit, but for the many bit patterns of NaN."""
    if isinstance(mine, list) and isinstance(written, list):
        return len(mine) == len(written) and all(map(is_exactly, mine, written))
    if mine == written:
        return True
    return is_nan(mine) and is_nan(written)
