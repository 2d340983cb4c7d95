"""FITS binary tables (FITS 4.0 §7.3): header by astropy, rows by batches."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import numpy as np

from obsdeck.credentials.redact import MARK, PLAIN_MARK
from obsdeck.tables.cells import Cells, cells_of
from obsdeck.tables.columns import BadTableError, Column, Kind, printable
from obsdeck.tables.measure import Measure, Spool, escaped
from obsdeck.tables.packing import Part, fixed, joined
from obsdeck.tables.provenance import Provenance
from obsdeck.tables.units import fits_unit

_LETTERS = {
    "bool": ("L", "u1"),
    "uint8": ("B", ">u1"),
    "int16": ("I", ">i2"),
    "int32": ("J", ">i4"),
    "int64": ("K", ">i8"),
    "float32": ("E", ">f4"),
    "float64": ("D", ">f8"),
}
_COMPLEX = {"float32": "C", "float64": "M"}
_WIDER: dict[Kind, Kind] = {"uint8": "int16", "int16": "int32", "int32": "int64"}
"""For a column with nulls that uses every number."""

_LIMITS = {"uint8": (0, 255), "int16": (-(2**15), 2**15 - 1), "int32": (-(2**31), 2**31 - 1)}
_LIMITS["int64"] = (-(2**63), 2**63 - 1)

_BLOCK = 2880
_MOST_COLUMNS = 999
"""FITS 4.0 §7.3.1: TFIELDS."""

_LONGEST_NAME = 60
"""Characters; TTYPE stands on one card."""

_PADDING_FACTOR, _PADDING_FREE = 4, 1_000_000_000
"""Texts are of one width until that costs more bytes; then they go to the heap.

What astropy reads from there are arrays of single characters, so that it is no first choice.
"""

_KEYWORDS = {"ucd": "TUCD", "utype": "TUTYP", "xtype": "TXTYP", "description": "TCOMM"}
"""Not of the standard, but what TOPCAT and others write and read."""


@dataclass(frozen=True)
class _Plan:
    """How a column is written.

    Attributes
    ----------
    format
        TFORM.
    on_heap
        Whether its values are in the heap (FITS 4.0 §7.3.5).
    null
        TNULL; None where it has none.
    """

    column: Column
    measure: Measure
    format: str
    on_heap: bool = False
    null: int | None = None


def write_fits(spool: Spool, out: IO[bytes], folder: Path) -> None:
    """Write all rows; there must be no lists of texts among the columns (see `lists`).

    Parameters
    ----------
    spool
        The rows.
    out
        Where to write.
    folder
        Where there is room for the heap, which stands behind the rows.
    """
    if len(spool.columns) > _MOST_COLUMNS:
        raise BadTableError(f"FITS tables have at most {_MOST_COLUMNS} columns.")
    pairs = zip(spool.columns, spool.measures, strict=True)
    plans = [_plan(column, measure, spool.rows) for column, measure in pairs]
    with ExitStack() as stack:
        heap = stack.enter_context(tempfile.TemporaryFile(dir=folder))
        rows = stack.enter_context(tempfile.TemporaryFile(dir=folder))
        for piece in _rows(spool, plans, heap):
            rows.write(piece)
        sizes = rows.tell(), heap.tell()
        out.write(_head(spool, plans, heap_size=sizes[1]))
        for file in (rows, heap):
            file.seek(0)
            shutil.copyfileobj(file, out, 1 << 20)
        out.write(b"\0" * (-sum(sizes) % _BLOCK))


def has_escapes(spool: Spool) -> list[str]:
    """Return the names of columns whose texts FITS cannot hold as they are."""
    return [
        column.name
        for column, measure in zip(spool.columns, spool.measures, strict=True)
        if not measure.is_ascii
    ]


def _plan(column: Column, measure: Measure, rows: int) -> _Plan:
    if column.kind == "text":
        padded = measure.longest * rows
        if padded > max(_PADDING_FACTOR * measure.bytes, _PADDING_FREE):
            return _Plan(column, measure, f"QA({measure.longest})", on_heap=True)
        return _Plan(column, measure, f"{max(measure.longest, 1)}A")
    null = _null(column, measure)
    while measure.has_nulls and null is None and column.kind in _WIDER:
        column = replace(column, kind=_WIDER[column.kind])
        null = _null(column, measure)
    letter = _COMPLEX[column.kind] if column.parts == 2 else _LETTERS[column.kind][0]
    if column.shape == "list":
        most = measure.most // column.parts
        return _Plan(column, measure, f"Q{letter}({most})", on_heap=True, null=null)
    return _Plan(column, measure, f"{column.size}{letter}", null=null)


def _null(column: Column, measure: Measure) -> int | None:
    """Return an integer that stands for null, as it is nobody's value; None without one."""
    if not measure.has_nulls or column.kind not in _LIMITS:
        return None
    low, high = _LIMITS[column.kind]
    least = high if measure.least is None else measure.least
    greatest = low if measure.greatest is None else measure.greatest
    given = column.facts.get("nullValue", "")
    wished = int(given) if given.lstrip("+-").isdecimal() and len(given) < 20 else low
    for number in (wished, low, high):
        if low <= number <= high and not least <= number <= greatest:
            return number
    return None


def _head(spool: Spool, plans: list[_Plan], heap_size: int) -> bytes:
    from astropy.io import fits  # noqa: PLC0415 - slow

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # units are the service's, good or bad
        columns = [
            fits.Column(
                name=name,
                format=plan.format,
                unit=_ascii(fits_unit(plan.column.facts.get("unit", ""))) or None,
                null=plan.null,
            )
            for name, plan in zip(_names(spool.columns), plans, strict=True)
        ]
        header = fits.BinTableHDU.from_columns(columns, nrows=0).header
        header["NAXIS2"] = spool.rows
        header["PCOUNT"] = heap_size
        for number, plan in enumerate(plans, 1):
            # astropy takes the longest list from the rows, which it does not see.
            header[f"TFORM{number}"] = plan.format
            for fact, keyword in _KEYWORDS.items():
                text = _ascii(plan.column.facts.get(fact, ""))
                if text:
                    header[f"{keyword}{number}"] = text
        _tell_provenance(header, Provenance.of(spool.schema))
        primary = fits.PrimaryHDU().header.tostring()
        return bytes((primary + header.tostring()).encode("ascii"))


def _tell_provenance(header: Any, provenance: Provenance) -> None:
    further = ((f"QUERY{number}", text) for number, text in enumerate(provenance.more, 2))
    for keyword, text in (
        ("ORIGIN", provenance.archive),
        ("SERVICE", provenance.service),
        ("DATE", provenance.date),
        ("QUERY", provenance.query),
        *further,
    ):
        if text:
            header[keyword] = _ascii(text)
    if provenance.slices > 1:
        header["NSLICES"] = provenance.slices


def _names(columns: list[Column]) -> list[str]:
    """Return names as TTYPE can hold them, all different, whatever the case of letters."""
    taken: set[str] = set()
    names = []
    for number, column in enumerate(columns, 1):
        name = _ascii(column.name)[:_LONGEST_NAME]
        if not name or name.lower() in taken:
            name = f"{name[: _LONGEST_NAME - 6]}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _ascii(text: str) -> str:
    """Return a text as header cards can hold it, on one line."""
    plain = printable(text).replace(MARK, PLAIN_MARK)
    return escaped(" ".join(plain.split())).decode("ascii")


def _rows(spool: Spool, plans: list[_Plan], heap: IO[bytes]) -> Iterator[bytes]:
    for batch in spool.batches():
        count = batch.num_rows
        parts = (
            _part(cells_of(array, plan.column), plan, count, heap)
            for array, plan in zip(batch.columns, plans, strict=True)
        )
        yield joined(parts, count)


def _part(cells: Cells, plan: _Plan, rows: int, heap: IO[bytes]) -> Part:
    if plan.column.kind == "text":
        return _texts(cells, plan, rows, heap)
    values = _numbers(cells, plan)
    if not plan.on_heap:
        return fixed(values, rows)
    counts = cells.counts // plan.column.parts
    return _descriptors(counts, cells.counts * values.itemsize, values.tobytes(), heap)


def _numbers(cells: Cells, plan: _Plan) -> Any:
    kind = plan.column.kind
    if kind == "bool":
        letters = np.where(cells.values, ord("T"), ord("F"))
        return np.where(cells.present, letters, 0).astype(np.uint8)
    values = cells.values.astype(_LETTERS[kind][1])
    if plan.null is not None:
        values[~cells.present] = plan.null
    return values


def _texts(cells: Cells, plan: _Plan, rows: int, heap: IO[bytes]) -> Part:
    texts = [escaped(text) for text in cells.values.to_pylist()]
    if plan.on_heap:
        lengths = np.array([*map(len, texts)], np.int64)
        return _descriptors(lengths, lengths, b"".join(texts), heap)
    return fixed(np.array(texts, dtype=f"S{max(plan.measure.longest, 1)}"), rows)


def _descriptors(counts: Any, lengths: Any, data: bytes, heap: IO[bytes]) -> Part:
    """Put values on the heap, and return how many and where they are (64-bit descriptors)."""
    offsets = heap.tell() + np.cumsum(lengths) - lengths
    heap.write(data)
    return fixed(np.stack([counts, offsets], axis=1).astype(">i8"), len(counts))
