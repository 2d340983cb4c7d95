"""What formats must know of all rows before they can write the first one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.tables.cells import Cells, cells_of
from obsdeck.tables.columns import Column
from obsdeck.tables.stream import Rows


def escaped(text: str) -> bytes:
    """Return a text in ASCII, other characters by their numbers, as Python writes them."""
    return text.encode("ascii", "backslashreplace")


@dataclass
class Measure:
    """What is known of a column.

    Attributes
    ----------
    bytes
        UTF-8 bytes of all texts together.
    longest
        Characters of the longest text, as `escaped` gives them.
    is_ascii
        Whether all texts are.
    values, most
        Values of all cells together, and of the longest list.
    has_nulls
        Whether a value of a cell is null, or, other than of lists, the cell is.
    least, greatest
        Of integers; None without any.
    """

    bytes: int = 0
    longest: int = 0
    is_ascii: bool = True
    values: int = 0
    most: int = 0
    has_nulls: bool = False
    least: int | None = None
    greatest: int | None = None

    def take(self, cells: Cells, column: Column) -> None:
        """Add the cells of a batch."""
        self.values += int(cells.counts.sum())
        self.most = max(self.most, int(cells.counts.max(initial=0)))
        # A list that is null has no values that could say so.
        has_nulls = not (cells.present.all() and (column.shape == "list" or cells.valid.all()))
        self.has_nulls = self.has_nulls or has_nulls
        if column.kind == "text":
            self._take_texts(cells.values)
        elif column.kind in ("uint8", "int16", "int32", "int64"):
            self._take_integers(cells)

    def _take_texts(self, texts: pa.Array) -> None:
        lengths = pc.binary_length(texts)
        self.bytes += pc.sum(lengths).as_py() or 0
        if pc.all(pc.string_is_ascii(texts), min_count=0).as_py():
            self.longest = max(self.longest, pc.max(lengths).as_py() or 0)
            return
        self.is_ascii = False
        self.longest = max(self.longest, *(len(escaped(text)) for text in texts.to_pylist()))

    def _take_integers(self, cells: Cells) -> None:
        known = cells.values[cells.present]
        if known.size:
            least, greatest = int(known.min()), int(known.max())
            self.least = least if self.least is None else min(self.least, least)
            self.greatest = greatest if self.greatest is None else max(self.greatest, greatest)


@dataclass
class Spool:
    """Rows that were read once, are measured, and can be read again from disk.

    Attributes
    ----------
    columns, schema
        As of the rows.
    rows
        How many there are.
    measures
        One for each column.
    """

    columns: list[Column]
    schema: pa.Schema
    rows: int
    measures: list[Measure]
    _file: IO[bytes] = field(repr=False)

    @classmethod
    def of(cls, rows: Rows, folder: Path) -> Spool:
        """Read all rows.

        Parameters
        ----------
        rows
            Read to the end.
        folder
            Where there is room for them; the file has no name there, so that it never stays.
        """
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        measures = [Measure() for _ in rows.columns]
        count = 0
        with pa.ipc.new_stream(file, rows.schema) as writer:
            for batch in rows.batches:
                writer.write_batch(batch)
                count += batch.num_rows
                for array, column, measure in zip(
                    batch.columns, rows.columns, measures, strict=True
                ):
                    measure.take(cells_of(array, column), column)
        return cls(rows.columns, rows.schema, count, measures, file)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches, from the first one on."""
        self._file.seek(0)
        yield from pa.ipc.open_stream(self._file)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
