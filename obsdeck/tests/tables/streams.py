"""Arrow streams as the page sends them."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa

ABOUT = {
    "obsdeck.archive": "Local archive",
    "obsdeck.service": "https://archive.example/tap",
    "obsdeck.query": "SELECT *\nFROM ivoa.ObsCore -- “é”",
    "obsdeck.date": "2026-11-21T21:04:09Z",
}

BIG = 2**53 + 1
"""No double has this value."""


def column(name: str, kind: pa.DataType, /, **facts: str) -> pa.Field:
    return pa.field(name, kind, metadata=facts)


COLUMNS: list[tuple[pa.Field, list[Any]]] = [
    (
        column(
            "s_ra",
            pa.float64(),
            datatype="double",
            unit="deg",
            ucd="pos.eq.ra",
            utype="obscore:Char.SpatialAxis.Ra",
            description="Right ascension <ICRS> & more",
        ),
        [55.7467, None, -0.1],
    ),
    (column("visit", pa.int64(), datatype="long", nullValue="-1"), [BIG, None, -BIG]),
    (column("level", pa.int16(), datatype="short"), [3, -32768, None]),
    (column("flag", pa.uint8(), datatype="unsignedByte"), [255, 0, None]),
    (column("good", pa.bool_(), datatype="boolean"), [True, False, True]),
    (column("name", pa.string(), datatype="char"), ['a "b", c\nd', None, ""]),
    (column("who", pa.string(), datatype="unicodeChar"), ["é😀", "plain", None]),
    (
        column("t_min", pa.string(), datatype="char", xtype="timestamp", ucd="time.start"),
        ["2016-09-26T03:04:09", None, "2016-09-26T03:04:10"],
    ),
    (column("flux", pa.float32(), datatype="float", unit="10**-3Jy"), [0.1, None, 1e30]),
    (column("box", pa.list_(pa.float64(), 4), datatype="double"), [[1, 2, 3, 4], None, [0] * 4]),
    (column("any", pa.list_(pa.int32()), datatype="int"), [[1, 2, 3], [], None]),
    (column("z", pa.list_(pa.float32(), 2), datatype="floatComplex"), [[1, 2], [3, 4], None]),
    (column("band_2", pa.string(), name="band", datatype="char"), ["g", "r", "i"]),
]


def stream(columns: list[tuple[pa.Field, list[Any]]] | None = None, batch_rows: int = 2) -> bytes:
    """Return a whole stream of batches of a few rows each."""
    chosen = COLUMNS if columns is None else columns
    schema = pa.schema([field for field, _ in chosen], metadata=ABOUT)
    arrays = [pa.array(values, field.type) for field, values in chosen]
    return packed(pa.record_batch(arrays, schema=schema), batch_rows)


def packed(batch: pa.RecordBatch, batch_rows: int = 1 << 20) -> bytes:
    """Return a batch as a whole stream."""
    out = io.BytesIO()
    with pa.ipc.new_stream(out, batch.schema) as writer:
        for first in range(0, batch.num_rows, batch_rows):
            writer.write_batch(batch.slice(first, batch_rows))
    return out.getvalue()
