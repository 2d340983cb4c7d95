"""Each format, read back by what astronomers read it with."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from astropy.io import fits
from astropy.io.votable import parse
from astropy.table import Table

from obsdeck.tables.columns import BadTableError
from obsdeck.tables.formats import Written, write_rows
from obsdeck.tables.names import TableFormat
from obsdeck.tables.stream import read_stream
from obsdeck.tests.tables.streams import BIG, COLUMNS, column, stream


def write(
    folder: Path, format: TableFormat, columns: list[tuple[pa.Field, list[Any]]] | None = None
) -> tuple[Path, Written]:
    path = folder / f"rows.{format}"
    with path.open("xb") as out:
        rows = read_stream(io.BytesIO(stream(columns)))
        return path, write_rows(rows, format, out, folder)


def test_votable_keeps_everything(tmp_path: Path) -> None:
    path, written = write(tmp_path, "votable")
    assert written == Written(3)
    document = parse(path, verify="exception")
    fields = {field.name: field for field in document.get_first_table().fields}
    assert list(fields)[-1] == "band"
    ra = fields["s_ra"]
    assert (str(ra.unit), ra.ucd, ra.utype) == (
        "deg",
        "pos.eq.ra",
        "obscore:Char.SpatialAxis.Ra",
    )
    assert ra.description == "Right ascension <ICRS> & more"
    assert fields["t_min"].xtype == "timestamp"
    assert (fields["name"].datatype, fields["who"].datatype) == ("char", "unicodeChar")
    assert document.get_first_table().nrows == 3
    infos = {info.name: info.value for info in document.resources[0].infos}
    assert infos["query"] == "SELECT * FROM ivoa.ObsCore -- “é”"
    assert infos["publisher"] == "Local archive"

    table = document.get_first_table().to_table(use_names_over_ids=True)
    assert table["visit"].dtype == np.int64
    assert list(table["visit"]) == [BIG, np.ma.masked, -BIG]
    assert list(table["level"]) == [3, -32768, np.ma.masked]
    assert list(table["flag"]) == [255, 0, np.ma.masked]
    assert list(table["name"]) == ['a "b", c\nd', "", ""]
    assert list(table["who"]) == ["é😀", "plain", ""]
    assert table["flux"][0] == np.float32(0.1)
    assert list(table["box"][0]) == [1, 2, 3, 4]
    assert list(table["any"][0]) == [1, 2, 3]
    assert list(table["z"]) == [1 + 2j, 3 + 4j, np.ma.masked]
    assert list(table["band"]) == ["g", "r", "i"]


def test_fits_keeps_what_it_can(tmp_path: Path) -> None:
    path, written = write(tmp_path, "fits")
    told = "FITS holds ASCII only; other characters are escaped in who."
    assert written == Written(3, (told,))
    with fits.open(path) as document:
        document.verify("exception")
        header = document[1].header
        assert (header["TTYPE1"], header["TUNIT1"], header["TUCD1"]) == ("s_ra", "deg", "pos.eq.ra")
        assert header["TCOMM1"] == "Right ascension <ICRS> & more"
        assert header["TUNIT9"] == "10**-3 Jy"
        assert header["TNULL2"] == -(2**63)
        assert header["ORIGIN"] == "Local archive"
        assert header["QUERY"].startswith("SELECT * FROM ivoa.ObsCore")
        assert header["DATE"] == "2026-11-21T21:04:09Z"
    table = Table.read(path, hdu=1)
    assert list(table["visit"]) == [BIG, np.ma.masked, -BIG]
    assert list(table["level"]) == [3, -32768, np.ma.masked]
    assert list(table["flag"]) == [255, 0, np.ma.masked]
    assert math.isnan(table["s_ra"].filled(np.nan)[1])
    assert table["name"][0] == 'a "b", c\nd'
    assert table["who"][0] == "\\xe9\\U0001f600"
    assert [list(cell) for cell in table["any"]] == [[1, 2, 3], [], []]
    assert list(table["z"][:2]) == [1 + 2j, 3 + 4j]
    assert list(table["box"][0]) == [1, 2, 3, 4]


def test_parquet_keeps_everything(tmp_path: Path) -> None:
    path, written = write(tmp_path, "parquet")
    assert written == Written(3)
    table = pq.read_table(path)
    assert table.schema.field("s_ra").metadata[b"unit"] == b"deg"
    assert table.schema.field("s_ra").metadata[b"ucd"] == b"pos.eq.ra"
    for index, (_field, values) in enumerate(COLUMNS):
        read = table.column(index).to_pylist()
        if index == 8:
            assert read == [np.float32(0.1), None, np.float32(1e30)]
        else:
            assert read == values
    assert table.schema.metadata[b"IVOA.VOTable-Parquet.version"] == b"1.0"
    head = parse(io.BytesIO(table.schema.metadata[b"IVOA.VOTable-Parquet.content"]))
    assert str(head.get_first_table().fields[0].unit) == "deg"


def test_arrow_keeps_everything(tmp_path: Path) -> None:
    path, written = write(tmp_path, "arrow")
    assert written == Written(3)
    table = pa.ipc.open_file(path).read_all()
    assert table.schema.field("s_ra").metadata[b"unit"] == b"deg"
    assert table.schema.metadata[b"obsdeck.archive"] == b"Local archive"
    assert table.column("visit").to_pylist() == [BIG, None, -BIG]


def test_ESO_55_csv_survives_commas_and_lines_in_values(tmp_path: Path) -> None:
    path, written = write(tmp_path, "csv")
    assert written == Written(3, ("Arrays are written as JSON texts in box, any, z.",))
    raw = path.read_bytes()
    assert raw.count(b"\r\n") == 4
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream, strict=True))
    assert rows[0] == [field.name for field, _ in COLUMNS]
    assert {len(row) for row in rows} == {len(COLUMNS)}
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["visit"] == str(BIG)
    assert first["name"] == 'a "b", c\nd'
    assert first["who"] == "é😀"
    assert float(first["s_ra"]) == 55.7467
    assert first["any"] == "[1, 2, 3]"
    assert Table.read(path, format="csv")["visit"][0] == BIG


def test_csv_tells_empty_texts_from_nothing(tmp_path: Path) -> None:
    path, _ = write(tmp_path, "csv", [(column("a", pa.string()), ["", None, " x", "1"])])
    assert path.read_bytes() == b'a\r\n""\r\n\r\n" x"\r\n1\r\n'


def random_floats(seed: int) -> list[float]:
    bits = np.random.default_rng(seed).integers(0, 2**63, 2_000, dtype=np.int64)
    values = bits.view(np.float64)
    return [*values[np.isfinite(values)].tolist(), 0.1, -0.0, 5e-324, 1.7976931348623157e308]


@pytest.mark.parametrize("format", ["votable", "fits", "parquet", "csv"])
def test_numbers_are_exact(tmp_path: Path, format: TableFormat) -> None:
    values = random_floats(seed=len(format))
    path, _ = write(tmp_path, format, [(column("x", pa.float64()), values)])
    if format == "parquet":
        read = pq.read_table(path).column("x").to_pylist()
    else:
        read = list(Table.read(path, format="ascii.csv" if format == "csv" else format)["x"])
    assert [float(value).hex() for value in read] == [value.hex() for value in values]


@pytest.mark.parametrize("format", ["votable", "fits", "parquet", "csv", "arrow"])
def test_a_table_without_rows_has_its_columns(tmp_path: Path, format: TableFormat) -> None:
    empty: list[tuple[pa.Field, list[Any]]] = [(field, []) for field, _ in COLUMNS]
    path, written = write(tmp_path, format, empty)
    assert written.rows == 0
    if format in ("arrow", "parquet"):
        reader = pq.read_table if format == "parquet" else pa.ipc.open_file
        assert len(reader(path).schema) == len(COLUMNS)
    else:
        table = Table.read(path, format="ascii.csv" if format == "csv" else format)
        assert (len(table), len(table.colnames)) == (0, len(COLUMNS))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.uint8(), [0, 255, None]),
        (pa.int16(), [-(2**15), 5, None]),
        (pa.int32(), [-(2**31), 5, None]),
        (pa.int64(), [-(2**63), 5, None]),
        (pa.int64(), [2**63 - 1, 5, None]),
        (pa.int64(), [None, None]),
    ],
)
def test_the_null_of_fits_is_nobodys_value(
    tmp_path: Path, kind: pa.DataType, values: list[Any]
) -> None:
    columns = [(column("x", kind, nullValue="5"), values)]
    path, _ = write(tmp_path, "fits", columns)
    read = Table.read(path, hdu=1)["x"]
    assert [None if value is np.ma.masked else value for value in read] == values


def test_the_null_of_the_service_is_kept_where_it_can_be(tmp_path: Path) -> None:
    path, _ = write(tmp_path, "fits", [(column("x", pa.int32(), nullValue="-9"), [1, None])])
    assert fits.getheader(path, 1)["TNULL1"] == -9


def test_one_long_text_does_not_make_all_rows_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsdeck.tables.fits._PADDING_FREE", 1_000_000)
    texts = ["x" * 30_000, *["short"] * 5_000]
    path, _ = write(tmp_path, "fits", [(column("t", pa.string()), texts)])
    assert path.stat().st_size < 1_000_000
    assert ["".join(text) for text in fits.getdata(path, 1)["t"]] == texts


def test_dictionaries_are_texts(tmp_path: Path) -> None:
    values = pa.array(["a", None, "b", "a"]).dictionary_encode()
    columns = [(column("d", values.type), values.to_pylist())]
    path, _ = write(tmp_path, "csv", columns)
    assert path.read_bytes() == b"d\r\na\r\n\r\nb\r\na\r\n"


def test_a_dictionary_bomb_is_refused(tmp_path: Path) -> None:
    indices = pa.array(np.zeros(100_000, np.int32))
    bomb = pa.DictionaryArray.from_arrays(indices, pa.array(["x" * 1_000_000]))
    batch = pa.record_batch([bomb], names=["x"])
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    sink.seek(0)
    with (tmp_path / "x.csv").open("wb") as out, pytest.raises(BadTableError, match="too large"):
        write_rows(read_stream(sink), "csv", out, tmp_path)


def test_a_secret_in_the_query_is_masked(tmp_path: Path) -> None:
    schema = pa.schema(
        [column("x", pa.int32())],
        metadata={"obsdeck.service": "https://ada:invented-pw-1@archive.example/tap?token=abc123"},
    )
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, schema):
        pass
    formats: tuple[TableFormat, ...] = ("votable", "fits")
    for format in formats:
        sink.seek(0)
        path = tmp_path / format
        with path.open("xb") as out:
            write_rows(read_stream(sink), format, out, tmp_path)
        text = path.read_bytes()
        assert b"archive.example" in text
        assert b"invented-pw-1" not in text
        assert b"abc123" not in text


def test_names_that_xml_and_headers_cannot_hold(tmp_path: Path) -> None:
    columns = [
        (column("a\x01b", pa.int32(), unit="\x02", description="\x00 <&>\x1b"), [1]),
        (column('"><x/>', pa.int32(), ucd='">]]>'), [2]),
        (column("é", pa.int32(), unit="not a unit é"), [3]),
    ]
    formats: tuple[TableFormat, ...] = ("votable", "fits")
    for format in formats:
        path, _ = write(tmp_path, format, columns)
        table = Table.read(path, format=format)
        assert [table[name][0] for name in table.colnames] == [1, 2, 3]
