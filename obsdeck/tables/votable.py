"""VOTable 1.4 with BINARY2 rows (VOTable 1.4 §5.4): head by astropy, rows by batches."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.tables.cells import Cells, cells_of
from obsdeck.tables.columns import Column
from obsdeck.tables.measure import Measure, Spool
from obsdeck.tables.packing import Part, fixed, joined
from obsdeck.tables.provenance import Provenance

_TYPES = {
    "bool": ("boolean", "?"),
    "uint8": ("unsignedByte", ">u1"),
    "int16": ("short", ">i2"),
    "int32": ("int", ">i4"),
    "int64": ("long", ">i8"),
    "float32": ("float", ">f4"),
    "float64": ("double", ">f8"),
}
_COMPLEX = {"float32": "floatComplex", "float64": "doubleComplex"}

_BEFORE_ROWS = b'<DATA>\n<BINARY2>\n<STREAM encoding="base64">\n'
_AFTER_ROWS = b"</STREAM>\n</BINARY2>\n</DATA>\n"
_TABLE_END = b"</TABLE>"


def write_votable(spool: Spool, out: IO[bytes]) -> None:
    """Write all rows; there must be no lists of texts among the columns (see `lists`)."""
    head, tail = votable_frame(spool)
    out.write(head)
    out.write(_BEFORE_ROWS)
    for line in _lines(_rows(spool)):
        out.write(line)
    out.write(_AFTER_ROWS)
    out.write(tail)


def votable_frame(spool: Spool) -> tuple[bytes, bytes]:
    """Return the document without rows, before and after the place of its DATA."""
    from astropy.io.votable import tree  # noqa: PLC0415 - slow

    document = tree.VOTableFile(version="1.4")
    resource = tree.Resource(type="results")
    document.resources.append(resource)
    for name, text in Provenance.of(spool.schema).infos():
        resource.infos.append(tree.Info(name=name, value=" ".join(text.split())))
    table = tree.TableElement(document, nrows=0)
    resource.tables.append(table)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # units and UCDs are the service's, good or bad
        for column, measure in zip(spool.columns, spool.measures, strict=True):
            field = tree.Field(document, **_field(column, measure))
            field.description = column.facts.get("description") or None
            table.fields.append(field)
        written = io.BytesIO()
        document.to_xml(written)
    # astropy counts the rows it writes, which are none.
    counted = b'<TABLE nrows="%d">' % spool.rows
    whole = written.getvalue().replace(b'<TABLE nrows="0">', counted, 1)
    before, end, after = whole.partition(_TABLE_END)
    return before, end + after


def _field(column: Column, measure: Measure) -> dict[str, Any]:
    attributes: dict[str, Any] = {"name": column.given_name, **_type(column, measure)}
    for key in ("unit", "ucd", "utype", "xtype"):
        if column.facts.get(key):
            attributes[key] = column.facts[key]
    return attributes


def _type(column: Column, measure: Measure) -> dict[str, str]:
    if column.kind == "text":
        return {"datatype": "char" if measure.is_ascii else "unicodeChar", "arraysize": "*"}
    datatype = _COMPLEX[column.kind] if column.parts == 2 else _TYPES[column.kind][0]
    if column.shape == "scalar":
        return {"datatype": datatype}
    return {"datatype": datatype, "arraysize": str(column.size) if column.shape == "fixed" else "*"}


def _rows(spool: Spool) -> Iterator[bytes]:
    for batch in spool.batches():
        cells = [
            cells_of(array, column)
            for array, column in zip(batch.columns, spool.columns, strict=True)
        ]
        yield joined(_parts(cells, spool, batch.num_rows), batch.num_rows)


def _parts(cells: list[Cells], spool: Spool, rows: int) -> Iterator[Part]:
    nulls = np.stack([~each.valid for each in cells], axis=1)
    yield Part(np.packbits(nulls, axis=1))
    for each, column, measure in zip(cells, spool.columns, spool.measures, strict=True):
        if column.kind == "text":
            yield from _texts(each, measure)
        else:
            yield from _numbers(each, column, rows)


def _numbers(cells: Cells, column: Column, rows: int) -> Iterator[Part]:
    if column.kind == "bool":
        letters = np.where(cells.values, ord("T"), ord("F"))
        values = np.where(cells.present, letters, ord("?")).astype(np.uint8)
    else:
        values = cells.values.astype(_TYPES[column.kind][1])
    if column.shape != "list":
        yield fixed(values, rows)
        return
    yield _count(cells.counts // column.parts)
    yield Part(values.view(np.uint8), cells.counts * values.itemsize)


def _texts(cells: Cells, measure: Measure) -> Iterator[Part]:
    data, lengths = _encoded(cells.values, measure.is_ascii)
    yield _count(lengths if measure.is_ascii else lengths // 2)
    yield Part(data, lengths)


def _encoded(texts: pa.Array, is_ascii: bool) -> tuple[Any, Any]:
    """Return all characters, and how many bytes each text has."""
    if is_ascii:
        lengths = pc.binary_length(texts).to_numpy().astype(np.int64)
        first, last = texts.offset, texts.offset + len(texts)
        offsets = np.frombuffer(texts.buffers()[1], np.int32)
        buffer = texts.buffers()[2]
        data = np.frombuffer(buffer or b"", np.uint8)
        return data[offsets[first] : offsets[last]], lengths
    encoded = [text.encode("utf-16-be") for text in texts.to_pylist()]
    return np.frombuffer(b"".join(encoded), np.uint8), np.array([*map(len, encoded)], np.int64)


def _count(counts: Any) -> Part:
    """Return the number that stands before what has any number of values."""
    return Part(counts.astype(">i4").view(np.uint8).reshape(-1, 4))


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield base64, whose groups of three bytes go across pieces."""
    rest = b""
    for piece in pieces:
        whole = rest + piece
        cut = len(whole) - len(whole) % 57
        rest = whole[cut:]
        yield base64.encodebytes(whole[:cut])
    yield base64.encodebytes(rest)
