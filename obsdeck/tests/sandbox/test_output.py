"""Documents of results, read back by astropy and by the standard library."""

# mypy: disable-error-code=import-untyped

import csv
import io
import json
import re
from typing import Any

import numpy as np
import pytest
from astropy.io.votable import parse, validate
from astropy.io.votable.tree import VOTableFile

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.output.arrays import column_values
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.formats import find_format
from obsdeck.sandbox.output.votable import _skeleton, error_document
from obsdeck.tests.sandbox.querying import run

SERIALIZATIONS = ["votable/td", "votable/b", "votable/b2"]


def _document(archive: Archive, adql: str, name: str, ending: Ending | None = None) -> bytes:
    found = find_format(name)
    assert found is not None
    query = archive.query(adql)
    try:
        writer = found.writer(query.start())
        pieces = [writer.head()]
        while (batch := query.next_batch()) is not None:
            pieces.append(writer.rows(batch))
        pieces.append(writer.tail(ending or Ending()))
    finally:
        query.close()
    return b"".join(pieces)


def _votable(archive: Archive, adql: str, name: str, ending: Ending | None = None) -> VOTableFile:
    return parse(io.BytesIO(_document(archive, adql, name, ending)))


def _plain(value: Any) -> Any:
    """Return a cell of astropy as the engine gives it."""
    if isinstance(value, np.ndarray):
        return np.ma.asarray(value).filled(0).ravel().tolist()
    if isinstance(value, complex | np.complexfloating):
        return [value.real, value.imag]
    return value.item() if isinstance(value, np.generic) else value


@pytest.mark.parametrize("name", SERIALIZATIONS)
def test_every_datatype_comes_back_unchanged(archive: Archive, name: str) -> None:
    adql = "SELECT * FROM obsdeck.odd ORDER BY id"
    fields, expected = run(archive, adql)
    table = _votable(archive, adql, name).get_first_table()
    assert len(table.array) == len(expected)
    for row, found, mask in zip(expected, table.array.data, table.array.mask, strict=True):
        for field, want, got, is_masked in zip(fields, row, found, mask, strict=True):
            if want is None:
                assert np.all(is_masked) or len(got) == 0, field.name
            else:
                assert not np.any(is_masked), field.name
                # astropy's reader trims text cells of TABLEDATA; blanks are significant.
                trims = name == "votable/td" and isinstance(want, str)
                assert _plain(got) == (want.strip() if trims else want), field.name


@pytest.mark.parametrize("name", SERIALIZATIONS)
def test_obscore_comes_back_unchanged_over_many_batches(archive: Archive, name: str) -> None:
    """More than two batches, so base64 of several streams has been joined."""
    adql = (
        "SELECT TOP 5000 obs_id, obs_title, s_ra, obs_serial, access_estsize, calib_level, snr "
        "FROM ivoa.ObsCore ORDER BY obs_publisher_did"
    )
    _, expected = run(archive, adql)
    array = _votable(archive, adql, name).get_first_table().array
    assert len(array) == 5000
    for index, column in enumerate(array.dtype.names):
        wanted = [row[index] for row in expected]
        nulls = [value is None for value in wanted]
        if array[column].dtype.kind != "O":
            assert array[column].mask.tolist() == nulls or not any(nulls)
        got = [
            None if null else _plain(v) for v, null in zip(array[column].data, nulls, strict=True)
        ]
        assert got == wanted, column


@pytest.mark.parametrize("serialization", ["tabledata", "binary", "binary2"])
@pytest.mark.parametrize("table", ["obsdeck.odd", "ivoa.ObsCore"])
def test_rows_are_what_astropy_writes(archive: Archive, serialization: str, table: str) -> None:
    """The own loop of astropy over the same values, with all their nulls, gives the same bytes."""
    adql = f"SELECT TOP 300 * FROM {table}"
    ours = _document(archive, adql, f"application/x-votable+xml;serialization={serialization}")
    theirs = _written_by_astropy(archive, adql, serialization)
    assert _without_layout(ours) == _without_layout(theirs)


def _written_by_astropy(archive: Archive, adql: str, serialization: str) -> bytes:
    query = archive.query(adql)
    try:
        fields, batch = query.start(), query.next_batch()
    finally:
        query.close()
    assert batch is not None
    votable, table = _skeleton(fields, serialization, {})
    table.create_arrays(batch.num_rows)
    for name, field, column in zip(table.array.dtype.names, fields, batch.columns, strict=True):
        values, mask = column_values(field, column)
        table.array.data[name] = values
        table.array.mask[name] = mask.reshape(-1, *[1] * (values.ndim - 1))
    buffer = io.BytesIO()
    votable.to_xml(buffer)
    return buffer.getvalue()


def _without_layout(document: bytes) -> list[str]:
    """Return the tags and texts of a document without the blanks around them."""
    pieces = re.split("(?=<)|(?<=>)", document.decode())
    return [piece.strip() for piece in pieces if not piece.isspace()]


@pytest.mark.parametrize("name", SERIALIZATIONS)
def test_no_rows_give_a_table_with_columns(archive: Archive, name: str) -> None:
    table = _votable(archive, "SELECT * FROM obsdeck.empty", name).get_first_table()
    assert [field.name for field in table.fields] == ["id", "name", "value"]
    assert len(table.array) == 0


@pytest.mark.parametrize("name", SERIALIZATIONS)
@pytest.mark.parametrize("status", ["OVERFLOW", "ERROR"])
@pytest.mark.parametrize("table", ["odd", "empty"])
def test_a_bad_ending_follows_the_table(
    archive: Archive, name: str, status: str, table: str
) -> None:
    adql = f"SELECT id FROM obsdeck.{table}"
    document = _document(archive, adql, name, Ending(status, "a < reason"))
    infos = parse(io.BytesIO(document)).resources[0].infos
    assert [info.value for info in infos] == ["OK", status]
    assert infos[1].content == "a < reason"
    assert document.index(b"</TABLE>") < document.index(status.encode())


@pytest.mark.parametrize("name", SERIALIZATIONS)
@pytest.mark.parametrize("table", ["odd", "empty"])
def test_documents_are_valid_votable(archive: Archive, name: str, table: str) -> None:
    adql = f"SELECT * FROM obsdeck.{table}"
    document = _document(archive, adql, name, Ending("OVERFLOW", "more"))
    report = io.StringIO()
    validate(io.BytesIO(document), output=report)
    assert "found no violations" in report.getvalue()
    identifiers = [line.split('ID="')[1].split('"')[0] for line in _lines_with_id(document)]
    assert len(set(identifiers)) == len(identifiers)


def _lines_with_id(document: bytes) -> list[str]:
    return [line for line in document.decode().splitlines() if ' ID="' in line]


def test_columns_of_one_name_stay_apart(archive: Archive) -> None:
    adql = "SELECT id, id, id + 1 AS id FROM obsdeck.odd WHERE id = 7"
    table = _votable(archive, adql, "votable").get_first_table()
    assert [field.name for field in table.fields] == ["id", "id", "id"]
    assert len({field.ID for field in table.fields}) == 3
    assert list(table.array[0]) == [7, 7, 8]


def test_only_binary_declares_null_values(archive: Archive) -> None:
    for name, declared in zip(SERIALIZATIONS, [0, 1, 0], strict=True):
        document = _document(archive, "SELECT small FROM obsdeck.odd", name)
        assert document.count(b'<VALUES null="-32768"') == declared


def test_csv_can_be_read_back(archive: Archive) -> None:
    adql = "SELECT obs_title, s_ra, calib_level, target_name FROM ivoa.ObsCore"
    read = list(csv.reader(io.StringIO(_document(archive, adql, "csv").decode())))
    assert read[0] == ["obs_title", "s_ra", "calib_level", "target_name"]
    expected = run(archive, adql)[1]
    assert len(read) == len(expected) + 1
    for got, (title, ra, level, target) in zip(read[1:], expected, strict=True):
        assert (got[0], float(got[1]), int(got[2]), got[3]) == (title, ra, level, target or "")


def test_tsv_separates_with_tabs(archive: Archive) -> None:
    document = _document(
        archive, "SELECT id, flag FROM obsdeck.odd WHERE id < 3 ORDER BY id", "tsv"
    )
    assert document.decode() == "id\tflag\n0\ttrue\n1\tfalse\n2\t\n"


def test_json_has_the_shape_of_eso(archive: Archive) -> None:
    adql = (
        'SELECT id, big, "Mixed Case", series, s.s_ra '
        "FROM obsdeck.odd, ivoa.ObsCore AS s WHERE id < 3"
    )
    read = json.loads(_document(archive, adql, "json"))
    assert list(read) == ["metadata", "data"]
    assert read["metadata"][4]["unit"] == "deg"
    assert read["metadata"][3] == {
        "name": "series",
        "datatype": "int",
        "arraysize": "*",
        "description": "Any number of integers",
    }
    assert [tuple(row) for row in read["data"]] == [
        tuple(list(cell) if isinstance(cell, tuple) else cell for cell in row)
        for row in run(archive, adql)[1]
    ]


def test_json_without_rows(archive: Archive) -> None:
    assert json.loads(_document(archive, "SELECT id FROM obsdeck.empty", "json"))["data"] == []


def test_what_json_cannot_say_is_null(archive: Archive) -> None:
    read = json.loads(_document(archive, "SELECT ACOS(2), SUM(id) FROM obsdeck.odd", "json"))
    assert read["data"] == [[None, 780]]


@pytest.mark.parametrize(
    "name",
    [
        "votable",
        "VOTable",
        "application/x-votable+xml",
        "application/x-votable+xml; serialization=BINARY2",
        "application/x-votable+xml;serialization=tabledata",
        "votable/b",
        "text/csv",
        "text/csv;header=present",
        "tsv",
        "json",
    ],
)
def test_names_of_formats(name: str) -> None:
    assert find_format(name) is not None


@pytest.mark.parametrize("name", ["fits", "votable/x", "html", ""])
def test_other_formats_are_unknown(name: str) -> None:
    assert find_format(name) is None


def test_an_error_document_escapes_its_text() -> None:
    info = parse(io.BytesIO(error_document("a < b & c"))).resources[0].infos[0]
    assert (info.value, info.content) == ("ERROR", "a < b & c")
