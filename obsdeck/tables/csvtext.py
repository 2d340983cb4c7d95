"""CSV as RFC 4180 has it: UTF-8, CRLF, a header line, quotes where they are needed.

Null is nothing between commas and an empty text is a pair of quotes. Numbers are the shortest
text that reads back as the same number.
"""

from __future__ import annotations

from typing import IO

import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.tables.stream import Rows

_NEEDS_QUOTES = r'[",\r\n]|^$|^\s|\s$'
_END = "\r\n"


def write_csv(rows: Rows, out: IO[bytes]) -> int:
    """Write all rows, of which no column has lists (see `lists`); returns how many."""
    header = _quoted(pa.array([column.name for column in rows.columns], pa.string()))
    out.write((",".join(header.to_pylist()) + _END).encode("utf-8"))
    count = 0
    for batch in rows.batches:
        if batch.num_rows and batch.num_columns:
            cells = [_text(array) for array in batch.columns]
            lines = pc.binary_join_element_wise(*cells, ",")
            whole = pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), _END)
            out.write(whole[0].as_buffer())
            out.write(_END.encode("ascii"))
        count += batch.num_rows
    return count


def _text(array: pa.Array) -> pa.Array:
    texts = _quoted(array) if pa.types.is_string(array.type) else array.cast(pa.string())
    return pc.fill_null(texts, "")


def _quoted(texts: pa.Array) -> pa.Array:
    doubled = pc.replace_substring(texts, '"', '""')
    quoted = pc.binary_join_element_wise('"', doubled, '"', "")
    return pc.if_else(pc.match_substring_regex(texts, _NEEDS_QUOTES), quoted, texts)
