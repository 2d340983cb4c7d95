"""Results as CSV, TSV and JSON."""

import csv
import io
import json
import math
from datetime import date, datetime

import pyarrow as pa

from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField


class SeparatedWriter:
    """Writes values with a separator and a line of names; nulls are empty, arrays have blanks."""

    def __init__(self, fields: list[ResultField], delimiter: str) -> None:
        self._fields = fields
        self._delimiter = delimiter

    def head(self) -> bytes:
        """Return the line of names."""
        return self._lines([[field.name for field in self._fields]])

    def rows(self, batch: pa.RecordBatch) -> bytes:
        """Return a batch of rows."""
        columns = [column.to_pylist() for column in batch.columns]
        return self._lines([[_text(cell) for cell in row] for row in zip(*columns, strict=True)])

    def tail(self, _ending: Ending) -> bytes:
        """Return nothing: this format cannot tell that rows are missing."""
        return b""

    def _lines(self, rows: list[list[str]]) -> bytes:
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=self._delimiter, lineterminator="\n").writerows(rows)
        return buffer.getvalue().encode()


class JsonWriter:
    """Writes ``{"metadata": [...], "data": [[...], ...]}``, the shape ESO's archive has."""

    def __init__(self, fields: list[ResultField]) -> None:
        self._fields = fields
        self._has_rows = False

    def head(self) -> bytes:
        """Return the metadata."""
        metadata = [
            {key: value for key, value in vars(field).items() if value is not None}
            for field in self._fields
        ]
        return f'{{"metadata": {json.dumps(metadata, ensure_ascii=False)}, "data": ['.encode()

    def rows(self, batch: pa.RecordBatch) -> bytes:
        """Return a batch of rows."""
        if not batch.num_rows:
            return b""
        columns = [column.to_pylist() for column in batch.columns]
        rows = [
            json.dumps([_json(cell) for cell in row], ensure_ascii=False)
            for row in zip(*columns, strict=True)
        ]
        opening = ",\n" if self._has_rows else "\n"
        self._has_rows = True
        return (opening + ",\n".join(rows)).encode()

    def tail(self, _ending: Ending) -> bytes:
        """Return the closing brackets."""
        return b"\n]}\n"


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        return " ".join(_text(element) for element in cell)
    return str(_json(cell))


def _json(cell: object) -> object:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell
