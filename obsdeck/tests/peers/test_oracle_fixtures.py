"""Our reader of VOTables against ``astropy.io.votable`` on documents of real services."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .cells import is_same, plain
from .test_oracle import ROOT, astropy_s, needs_our_reader, ours

SHARED = Path(os.environ.get("OBSDECK_SHARED", ROOT.parent / "shared")) / "fixtures"
FOLDERS = ("vo", "rubin", "eso")
DOCUMENTS = [
    path
    for folder in FOLDERS
    if (SHARED / folder).is_dir()
    for path in sorted((SHARED / folder).iterdir())
    if path.name.endswith((".xml", ".vot", ".gz"))
]

TEXT_AXES = "texts with several axes, which it refuses"

#: Readable documents that astropy does not read, by the reason.
ASTROPY_REFUSES = {
    "astropy_custom_datatype.xml": "a datatype of no standard; we read it as text",
    "astropy_too_many_columns.xml.gz": "more TDs than FIELDs; we drop them and say so",
    "cds_stilts_all_but_k_test.expect.vot": TEXT_AXES,
    "cds_stilts_all_but_k_test.vot": TEXT_AXES,
    "cds_unicode.vot": TEXT_AXES,
    "cds_vot_utf8_array_dt.xml": TEXT_AXES,
    "cds_vot_with_empty_prec.vot": "an empty precision",
    "synthetic_invalid_xml_chars.xml": "characters that XML forbids; we replace them and say so",
    "synthetic_odd_arraysizes.xml": "blanks around an arraysize",
    "synthetic_unescaped_ampersand.xml": "a bare ampersand; we read it as text and say so",
    **dict.fromkeys(
        [path.name for path in DOCUMENTS if path.name.startswith("synthetic_golden_")],
        f"{TEXT_AXES}; golden.spec.ts compares these with the expected cells",
    ),
}

#: Columns in which astropy is wrong, by document.
ASTROPY_IS_WRONG = {
    # An empty TD is null (VOTable 1.4 §6); it makes 0 of it without a VALUES null.
    "astropy_gemini.xml": {"content_length"},
}

#: Documents with rows of no column, which astropy does not count.
WITHOUT_FIELDS = {"astropy_no_field_not_empty_table.xml", "pyvo_query_missingcolumns.xml"}

pytestmark = [
    *needs_our_reader,
    pytest.mark.skipif(not DOCUMENTS, reason=f"no shared fixtures at {SHARED}"),
]


@pytest.fixture(scope="module")
def answers() -> dict[Path, dict[str, Any]]:
    """Read all documents with our reader, at once."""
    return dict(zip(DOCUMENTS, ours(DOCUMENTS), strict=True))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_both_readers_have_the_same_cells(path: Path, answers: dict[Path, Any]) -> None:
    mine = answers[path]
    if path.name in ASTROPY_REFUSES:
        assert "tables" in mine
        with pytest.raises(Exception, match=r"\S"):
            astropy_s(str(path))
    elif "tables" not in mine:
        assert mine["kind"] == "bad-answer"
        assert mine["message"].endswith(("”", ".", "…"))
    elif path.name in WITHOUT_FIELDS:
        assert [len(table["columns"]) for table in mine["tables"]] == [0]
    else:
        compare(mine, astropy_s(str(path)), ASTROPY_IS_WRONG.get(path.name, set()))


def test_there_is_something_to_compare(answers: dict[Path, Any]) -> None:
    cells = sum(
        table["rows"] * len(table["columns"])
        for path, answer in answers.items()
        if path.name not in ASTROPY_REFUSES
        for table in answer.get("tables", [])
    )
    assert cells > 50_000


def compare(mine: Any, theirs: Any, left_out: set[str]) -> None:
    """Compare the tables of a document; ours begin with that of the results."""
    others = list(theirs.iter_tables())
    assert len(others) == len(mine["tables"])
    for table in mine["tables"]:
        names = [field["name"] for field in table["fields"]]
        other = next(one for one in others if [field.name for field in one.fields] == names)
        others.remove(other)
        assert len(other.array) == table["rows"]
        for row, name, cell, wanted in cells(table, other.array):
            if name not in left_out:
                assert is_same(cell, wanted), f"row {row}, {name}: {cell} is not {wanted}"


def cells(table: Any, array: Any) -> Iterator[tuple[int, str, Any, Any]]:
    """Give row, column, and both cells."""
    for index, field in enumerate(table["fields"]):
        column = array[array.dtype.names[index]] if table["rows"] else []
        for row, (cell, other) in enumerate(zip(table["columns"][index], column, strict=True)):
            wanted = plain(other, field["datatype"])
            is_one = field["arraysize"] == "1" and isinstance(wanted, list)
            yield row, field["name"], cell, wanted[0] if is_one else wanted
