"""Where rows of several queries are from, in each format."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from astropy.io import fits
from astropy.io.votable import parse

from obsdeck.tables.astropytable import table_of
from obsdeck.tables.formats import write_rows
from obsdeck.tables.names import TableFormat
from obsdeck.tables.provenance import Provenance
from obsdeck.tables.stream import read_stream
from obsdeck.tests.tables.streams import ABOUT, column, packed

QUERIES = ["SELECT 2", "SELECT 3 -- " + "x" * 200]
SLICED = {
    **ABOUT,
    "obsdeck.query": "SELECT 1",
    "obsdeck.queries": json.dumps(QUERIES),
    "obsdeck.slices": "4",
}


def sliced(about: dict[str, str]) -> bytes:
    schema = pa.schema([column("x", pa.int32())], metadata=about)
    return packed(pa.record_batch([pa.array([1], pa.int32())], schema=schema))


def write(folder: Path, format: TableFormat) -> tuple[Path, tuple[str, ...]]:
    path = folder / f"rows.{format}"
    with path.open("xb") as out:
        written = write_rows(read_stream(io.BytesIO(sliced(SLICED))), format, out, folder)
    return path, written.notes


def infos(votable: Path | io.BytesIO) -> list[tuple[str, str]]:
    found = parse(votable).resources[0].infos
    return [(info.name, info.value) for info in found if info.name in ("query", "slices")]


ALL = [("query", "SELECT 1"), *(("query", text) for text in QUERIES), ("slices", "4")]


def test_votable_names_all_queries(tmp_path: Path) -> None:
    assert infos(write(tmp_path, "votable")[0]) == ALL


def test_fits_names_all_queries(tmp_path: Path) -> None:
    with fits.open(write(tmp_path, "fits")[0]) as document:
        document.verify("exception")
        header = document[1].header
        assert [header[key] for key in ("QUERY", "QUERY2", "QUERY3")] == ["SELECT 1", *QUERIES]
        assert header["NSLICES"] == 4


def test_parquet_names_all_queries(tmp_path: Path) -> None:
    metadata = pq.read_schema(write(tmp_path, "parquet")[0]).metadata
    assert infos(io.BytesIO(metadata[b"IVOA.VOTable-Parquet.content"])) == ALL
    assert json.loads(metadata[b"obsdeck.queries"]) == QUERIES


def test_arrow_names_all_queries(tmp_path: Path) -> None:
    with pa.ipc.open_file(write(tmp_path, "arrow")[0]) as file:
        assert json.loads(file.schema.metadata[b"obsdeck.queries"]) == QUERIES
        assert file.schema.metadata[b"obsdeck.slices"] == b"4"


def test_csv_says_that_it_cannot(tmp_path: Path) -> None:
    path, notes = write(tmp_path, "csv")
    assert path.read_bytes() == b"x\r\n1\r\n"
    assert notes == ("CSV has no place for the 4 queries these rows are from.",)


def test_a_selection_knows_all_queries() -> None:
    meta = table_of(sliced(SLICED)).meta
    assert meta["query"] == "SELECT 1"
    assert meta["further_queries"] == QUERIES
    assert meta["slices"] == "4"
    assert "slices" not in table_of(sliced(ABOUT)).meta


@pytest.mark.parametrize(
    "queries", ["[", "{}", "null", "[1]", "[" * 90_000, '"' + "x" * 200_000 + '"', "\x00"]
)
@pytest.mark.parametrize("slices", ["", "-1", "0", "x", "9" * 500, "\u0663"])
def test_what_makes_no_sense_is_left_out(queries: str, slices: str) -> None:
    about = {**ABOUT, "obsdeck.queries": queries, "obsdeck.slices": slices}
    found = Provenance.of(pa.schema([], metadata=about))
    assert (found.more, found.slices) == ((), 1)


def test_further_queries_are_bounded_and_masked() -> None:
    secret = "SELECT 'https://ada:invented-pw-2@archive.example/'"
    about = {**ABOUT, "obsdeck.queries": json.dumps([secret, *map(str, range(500))])}
    found = Provenance.of(pa.schema([], metadata=about))
    assert len(found.more) == 100
    assert found.slices == 101
    assert "invented-pw-2" not in found.more[0]
