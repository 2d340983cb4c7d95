"""Bodies of broken answers."""

import pyarrow as pa

from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.output.votable import VOTableWriter

FIELDS = [
    ResultField("obs_id", "char", "*", ucd="meta.id"),
    ResultField("s_ra", "double", unit="deg", ucd="pos.eq.ra"),
    ResultField("s_dec", "double", unit="deg", ucd="pos.eq.dec"),
]

MAINTENANCE_PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><title>Down for maintenance</title></head>
<body><h1>Down for maintenance</h1><p>The archive is back on Monday.</p></body></html>
"""

NOT_XML = b"%PDF-1.4 this is no VOTable\x00\xff\xfe at all\n"

#: Astropy writes no table without fields, so this one is spelled out.
ZERO_COLUMNS = b"""<?xml version="1.0" encoding="UTF-8"?>
<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/>
<TABLE><DATA><TABLEDATA></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
"""


def rows(start: int, count: int) -> pa.RecordBatch:
    """Return ``count`` rows of ``FIELDS``, numbered from ``start``."""
    numbers = range(start, start + count)
    return pa.record_batch(
        [
            pa.array([f"fault-{number:06d}" for number in numbers]),
            pa.array([number * 0.01 % 360 for number in numbers]),
            pa.array([number * 0.005 % 90 for number in numbers]),
        ],
        names=[field.name for field in FIELDS],
    )


def table(count: int, serialization: str = "tabledata", ending: Ending | None = None) -> bytes:
    """Return a whole VOTable with ``count`` rows."""
    writer = VOTableWriter(FIELDS, serialization)
    return writer.head() + writer.rows(rows(0, count)) + writer.tail(ending or Ending())


def truncated(count: int = 1000) -> bytes:
    """Return a BINARY2 VOTable cut in the middle of its stream and of a row."""
    whole = table(count, "binary2")
    return whole[: len(whole) * 3 // 5 + 1]


def two_votables(count: int = 20) -> bytes:
    """Return a VOTable in whose rows a second whole one begins, as a failing service writes it."""
    whole = table(count)
    middle = whole.index(b"</TR>", len(whole) // 2) + len(b"</TR>")
    error = table(0, ending=Ending("ERROR", "The connection to the database was lost."))
    return whole[:middle] + error + whole[middle:]
