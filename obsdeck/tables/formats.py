"""The formats in which rows are saved."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa

from obsdeck.tables.csvtext import write_csv
from obsdeck.tables.fits import has_escapes, write_fits
from obsdeck.tables.lists import folded, is_list, is_list_of_texts
from obsdeck.tables.measure import Measure, Spool
from obsdeck.tables.names import TableFormat
from obsdeck.tables.provenance import Provenance
from obsdeck.tables.stream import Rows
from obsdeck.tables.votable import votable_frame, write_votable


@dataclass(frozen=True)
class Written:
    """What was written: how many rows, and what the format could not hold, in sentences."""

    rows: int
    notes: tuple[str, ...] = ()


def write_rows(rows: Rows, format: TableFormat, out: IO[bytes], folder: Path) -> Written:
    """Write rows in a format.

    Parameters
    ----------
    rows
        Read to the end.
    format
        What to write.
    out
        An empty file.
    folder
        Where there is room for what some formats must put aside for a while.

    Raises
    ------
    BadTableError
        When the rows cannot be read, or the format has no place for them.
    OSError
        When the disk is full, or fails.
    """
    return _WRITERS[format](rows, out, folder)


def _votable(rows: Rows, out: IO[bytes], folder: Path) -> Written:
    with Spool.of(folded(rows, is_list_of_texts), folder) as spool:
        write_votable(spool, out)
        return Written(spool.rows, _as_json(rows, is_list_of_texts))


def _fits(rows: Rows, out: IO[bytes], folder: Path) -> Written:
    with Spool.of(folded(rows, is_list_of_texts), folder) as spool:
        write_fits(spool, out, folder)
        notes = _as_json(rows, is_list_of_texts)
        names = has_escapes(spool)
        if names:
            told = f"FITS holds ASCII only; other characters are escaped in {_list(names)}."
            notes = (*notes, told)
        return Written(spool.rows, notes)


def _csv(rows: Rows, out: IO[bytes], _folder: Path) -> Written:
    notes = _as_json(rows, is_list)
    slices = Provenance.of(rows.schema).slices
    if slices > 1:
        told = f"CSV has no place for the {slices} queries these rows are from."
        notes = (*notes, told)
    return Written(write_csv(folded(rows, is_list), out), notes)


def _arrow(rows: Rows, out: IO[bytes], _folder: Path) -> Written:
    count = 0
    with pa.ipc.new_file(out, rows.schema) as writer:
        for batch in rows.batches:
            writer.write_batch(batch)
            count += batch.num_rows
    return Written(count)


def _parquet(rows: Rows, out: IO[bytes], _folder: Path) -> Written:
    import pyarrow.parquet as pq  # noqa: PLC0415 - slow

    schema = rows.schema.with_metadata({**(rows.schema.metadata or {}), **_voparquet(rows)})
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in rows.batches:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))
            count += batch.num_rows
    return Written(count)


def _voparquet(rows: Rows) -> dict[bytes, bytes]:
    """Return the metadata by which a Parquet file tells what a VOTable's head does.

    VOParquet convention 1.0: the document without its rows, under two keys.
    """
    measures = [Measure(is_ascii=False) for _ in rows.columns]
    columns = folded(rows, is_list_of_texts).columns
    head = Spool(columns, rows.schema, 0, measures, io.BytesIO())
    return {
        b"IVOA.VOTable-Parquet.version": b"1.0",
        b"IVOA.VOTable-Parquet.content": b"".join(votable_frame(head)),
    }


def _as_json(rows: Rows, which: Callable[..., bool]) -> tuple[str, ...]:
    names = [column.name for column in rows.columns if which(column)]
    return (f"Arrays are written as JSON texts in {_list(names)}.",) if names else ()


def _list(names: list[str]) -> str:
    more = len(names) - 5
    return ", ".join(names[:5]) + (f" and {more} more columns" if more > 0 else "")


_WRITERS: dict[TableFormat, Callable[[Rows, IO[bytes], Path], Written]] = {
    "votable": _votable,
    "fits": _fits,
    "parquet": _parquet,
    "csv": _csv,
    "arrow": _arrow,
}
