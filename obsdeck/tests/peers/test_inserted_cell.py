"""The code that "Insert as cell" writes, run as a kernel would run it."""

# mypy: disable-error-code=import-untyped

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy import units
from astropy.io.votable import parse_single_table

from ..sandbox.serving import shared_url
from .test_oracle import ROOT, needs_our_reader

pytestmark = needs_our_reader

LONGS = (9223372036854775807, 9007199254740993)

TARGETS = """<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
<FIELD name="name" datatype="char" arraysize="*"/><FIELD name="n" datatype="int"/>
<DATA><TABLEDATA><TR><TD>it's "one"</TD><TD>1</TD></TR><TR><TD>zw\u00f6lf</TD><TD>12</TD></TR>
</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>"""


def cell(flavour: str, **query: Any) -> str:
    """Write a cell for a query to the sandbox."""
    told = {"serviceUrl": f"{shared_url()}tap", **query}
    done = subprocess.run(
        ["node", str(ROOT / "test" / "support" / "cell.mjs"), flavour],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def run(source: str) -> dict[str, Any]:
    """Run a code cell; returns its names."""
    names: dict[str, Any] = {}
    exec(source, names)
    return names


def shell(source: str, folder: Path) -> Any:
    """Run a shell cell; returns the table that it saves."""
    magic, _, script = source.partition("\n")
    assert magic == "%%bash"
    subprocess.run(["bash", "-e", "-c", script], cwd=folder, check=True, capture_output=True)
    return parse_single_table(folder / "obsdeck.vot").to_table()


def test_VO_22_a_cell_fetches_64_bit_integers_with_all_digits() -> None:
    (row,) = run(cell("pyvo", adql=f"SELECT {LONGS[0]} AS a, {LONGS[1]} AS b"))["table"]
    assert (int(row["a"]), int(row["b"])) == LONGS


def test_a_shell_cell_saves_the_answer(tmp_path: Path) -> None:
    table = shell(cell("curl", adql='SELECT 7 AS "it\'s"'), tmp_path)
    assert [tuple(row) for row in table] == [(7,)]


def test_an_adql_cell_holds_the_text_as_it_is() -> None:
    adql = 'SELECT "a""b" \\n -- \u00e9\nFROM t'
    assert run(cell("adql", adql=adql))["adql"] == adql


@pytest.mark.parametrize("flavour", ["pyvo", "curl"])
def test_a_cell_brings_along_the_tables_of_its_query(flavour: str, tmp_path: Path) -> None:
    source = cell(
        flavour,
        adql="SELECT name, n FROM TAP_UPLOAD.targets ORDER BY n",
        uploads=[{"name": "targets", "votable": TARGETS}],
    )
    table = shell(source, tmp_path) if flavour == "curl" else run(source)["table"]
    assert [tuple(row) for row in table] == [('it\'s "one"', 1), ("zw\u00f6lf", 12)]


def test_a_cell_of_several_queries_has_the_rows_of_all() -> None:
    source = cell("pyvo", adql="SELECT 1 AS a", more=[{"adql": "SELECT 2 AS a", "maxrec": 3}])
    assert run(source)["table"]["a"].tolist() == [1, 2]


def test_a_cell_asks_with_the_module_of_astroquery(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own address is replaced: no test leaves this machine."""
    cadc = pytest.importorskip("astroquery.cadc", reason="astroquery is not installed")
    pyvo = pytest.importorskip("pyvo")
    client = cadc.CadcClass.__new__(cadc.CadcClass)
    monkeypatch.setattr(
        type(client), "cadctap", pyvo.dal.TAPService(f"{shared_url()}tap"), raising=False
    )
    monkeypatch.setattr(cadc, "Cadc", client)
    module = {
        "module": "astroquery.cadc",
        "name": "Cadc",
        "method": "exec_sync",
        "rows": "table",
    }
    source = cell("astroquery", adql="SELECT 7 AS a", astroquery=module)
    assert run(source)["table"]["a"].tolist() == [7]


def test_a_cell_of_rows_is_a_table_with_units_nulls_and_descriptions() -> None:
    nothing = dict.fromkeys(["unit", "description", "ucd", "arraysize"])
    fields = [
        {**nothing, "name": "s_ra", "datatype": "double", "unit": "deg", "ucd": "pos.eq.ra"},
        {**nothing, "name": "id", "datatype": "char", "arraysize": "*", "description": 'a: "b"\n'},
        {**nothing, "name": "id", "datatype": "int"},
        {**nothing, "name": "ok", "datatype": "boolean"},
        {**nothing, "name": "v", "datatype": "double", "arraysize": "*"},
        {**nothing, "name": "odd", "datatype": "float", "unit": "no unit at all"},
    ]
    rows = [
        [55.7467, 'x,"y" \\ """ \u00e9', 3, True, [1.5, 2], 0.5],
        [None, "z\nz", None, False, [3], None],
    ]
    table = run(cell("rows", fields=fields, rows=rows))["table"]
    assert table.colnames == ["s_ra", "id", "id_2", "ok", "v", "odd"]
    assert table["s_ra"].unit == units.deg
    assert table["s_ra"].description is None
    assert table["id"].description == 'a: "b" '
    assert table["s_ra"].meta["ucd"] == "pos.eq.ra"
    assert [table["s_ra"][0], table["s_ra"][1]] == [55.7467, np.ma.masked]
    assert table["id"].tolist() == ['x,"y" \\ """ \u00e9', "z\nz"]
    assert table["id_2"].tolist() == [3, None]
    assert table["ok"].tolist() == [True, False]
    assert [list(value) for value in table["v"]] == [[1.5, 2], [3]]
