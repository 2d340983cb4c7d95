"""ADQL: values, names, types and what is said about mistakes."""

import math

import pytest

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Archive
from obsdeck.tests.sandbox.querying import one, run


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("ABS(-3)", 3),
        ("CEILING(2.1)", 3.0),
        ("FLOOR(-2.1)", -3.0),
        ("LOG(10)", math.log(10)),
        ("LOG10(1000)", 3.0),
        ("EXP(1)", math.e),
        ("MOD(-7, 3)", -1),
        ("POWER(2, 10)", 1024.0),
        ("SQRT(2)", math.sqrt(2)),
        ("ROUND(2.567, 2)", 2.57),
        ("ROUND(2.5)", 3.0),
        ("TRUNCATE(2.567, 2)", 2.56),
        ("TRUNCATE(-2.9)", -2.0),
        ("PI()", math.pi),
        ("DEGREES(PI())", 180.0),
        ("RADIANS(180)", math.pi),
        ("SIN(1) + COS(1) + TAN(1)", math.sin(1) + math.cos(1) + math.tan(1)),
        ("COT(1)", 1 / math.tan(1)),
        ("ATAN2(1, -1)", math.atan2(1, -1)),
        ("ASIN(1) + ACOS(1) + ATAN(1)", math.pi / 2 + math.pi / 4),
        ("'a' || 'b' || UPPER('c') || LOWER('D')", "abCd"),
        ("COALESCE(NULL, 'x')", "x"),
        ("NULLIF(1, 1)", None),
        ("CASE WHEN 2 > 1 THEN 'yes' ELSE 'no' END", "yes"),
        ("CAST('12' AS INTEGER)", 12),
        ("CAST(1.5 AS VARCHAR)", "1.5"),
        ("9223372036854775807", 2**63 - 1),
        ("'it''s'", "it's"),
        ("ivo_nocasematch('Hello', 'h%O')", 1),
        ("ivo_hasword('The Crab nebula', 'crab NEBULA')", 1),
        ("ivo_hasword('Crabs', 'crab')", 0),
        ("ivo_hashlist_has('image#Cube', 'cube')", 1),
    ],
)
def test_values(archive: Archive, expression: str, expected: object) -> None:
    found = one(archive, expression)
    found = float(found) if isinstance(expected, float) else found
    assert found == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_random_numbers_lie_between_0_and_1(archive: Archive) -> None:
    found = run(archive, "SELECT RAND() AS r FROM obsdeck.odd")[1]
    assert all(0 <= value < 1 for (value,) in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("id BETWEEN 1 AND 3", [1, 2, 3]),
        ("id IN (0, 2) OR id = 4", [0, 2, 4]),
        ("id NOT IN (SELECT id FROM obsdeck.odd WHERE id > 1)", [0, 1]),
        ('"has ""quotes""" LIKE \'it%\'', [0]),
        ("letters LIKE '_i_htchr'", [0]),
        ("words ILIKE 'ωΡΊΩΝ%'", [0]),
        ('id < 3 AND "Mixed Case" IS NULL', [2]),
        ('"size" IS NOT NULL AND id < 3', [0, 1]),
        ("EXISTS (SELECT 1 FROM obsdeck.empty) OR id = 1", [1]),
        ("NOT id > 0", [0]),
    ],
)
def test_conditions(archive: Archive, condition: str, ids: list[int]) -> None:
    found = run(archive, f"SELECT id FROM obsdeck.odd WHERE {condition} ORDER BY id")[1]
    assert [row[0] for row in found] == ids


ODD = "obsdeck.odd"

QUERIES: list[tuple[str, list[tuple[object, ...]]]] = [
    (f"SELECT TOP 2 id FROM {ODD} ORDER BY id DESC", [(39,), (38,)]),
    (f"SELECT TOP 2 id AS Nr FROM {ODD} ORDER BY Nr OFFSET 3", [(3,), (4,)]),
    (f"SELECT TOP 1 id, -id FROM {ODD} ORDER BY 2", [(39, -39)]),
    (f"SELECT DISTINCT id - id FROM {ODD}", [(0,)]),
    (f"SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id) FROM {ODD}", [(40, 40, 0, 39)]),
    (
        f"SELECT MOD(id, 2) AS m, COUNT(*) FROM {ODD} GROUP BY MOD(id, 2) HAVING MOD(id, 2) = 1",
        [(1, 20)],
    ),
    (f"SELECT id FROM {ODD} WHERE id = 1 UNION ALL SELECT 1", [(1,), (1,)]),
    (f"SELECT id FROM {ODD} WHERE id = 1 UNION SELECT 1", [(1,)]),
    (f"SELECT id FROM {ODD} WHERE id < 3 EXCEPT SELECT id FROM {ODD} WHERE id > 0", [(0,)]),
    (f"SELECT id FROM {ODD} WHERE id < 3 INTERSECT SELECT id FROM {ODD} WHERE id > 1", [(2,)]),
    (f"WITH few AS (SELECT id AS n FROM {ODD} WHERE id < 2) SELECT SUM(n) FROM few", [(1,)]),
    (
        f"SELECT a.id, b.id FROM {ODD} AS a JOIN {ODD} AS b ON a.id = b.id + 38 ORDER BY 1",
        [(38, 0), (39, 1)],
    ),
    (
        f"SELECT TOP 1 o.id, e.id FROM {ODD} o LEFT OUTER JOIN obsdeck.empty e ON o.id = e.id "
        "ORDER BY o.id",
        [(0, None)],
    ),
    (f"SELECT t.n FROM (SELECT COUNT(*) AS n FROM {ODD}) AS t", [(40,)]),
    (f"(SELECT COUNT(*) FROM {ODD})", [(40,)]),
    (f"SELECT COUNT(*) FROM {ODD} NATURAL JOIN obsdeck.empty", [(0,)]),
    (f"SELECT COUNT(*) FROM {ODD} a JOIN {ODD} b USING (id)", [(40,)]),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[query for query, _ in QUERIES])
def test_queries(archive: Archive, query: str, expected: list[tuple[object, ...]]) -> None:
    assert run(archive, query)[1] == expected


def test_table_and_plain_column_names_ignore_case(archive: Archive) -> None:
    fields, _ = run(archive, "SELECT TOP 1 S_RA, obscore.S_dec FROM IVOA.obscore")
    assert [field.name for field in fields] == ["s_ra", "s_dec"]


def test_aliases_keep_their_spelling(archive: Archive) -> None:
    fields, _ = run(archive, 'SELECT id AS RowNr, id AS "Row nr", 1 AS "ÄÖ" FROM obsdeck.odd')
    assert [field.name for field in fields] == ["RowNr", "Row nr", "ÄÖ"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT s_ra FROM ivoa.ObsCore",
        "SELECT s_ra AS lon FROM ivoa.ObsCore",
        "SELECT t.x FROM (SELECT s_ra AS x FROM ivoa.ObsCore) AS t",
        "WITH w AS (SELECT * FROM ivoa.ObsCore) SELECT s_ra FROM w",
    ],
)
def test_plain_columns_keep_their_metadata(archive: Archive, query: str) -> None:
    field = run(archive, query.replace("SELECT ", "SELECT TOP 1 ", 1))[0][0]
    assert (field.datatype, field.unit, field.ucd) == ("double", "deg", "pos.eq.ra")
    assert field.utype == "obscore:Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1"
    assert field.description


def test_star_gives_every_column_in_order(archive: Archive) -> None:
    fields, _ = run(archive, "SELECT TOP 1 * FROM obsdeck.odd")
    table = archive.catalog.table("obsdeck.odd")
    assert table is not None
    assert [field.name for field in fields] == [column.name for column in table.columns]
    assert [field.datatype for field in fields] == [column.datatype for column in table.columns]


@pytest.mark.parametrize(
    ("expression", "datatype", "unit"),
    [
        ("COUNT(*)", "long", None),
        ("SUM(lsst_visit)", "long", None),
        ("AVG(t_exptime)", "double", "s"),
        ("MAX(s_ra)", "double", "deg"),
        ("MAX(target_name)", "unicodeChar", None),
        ("MIN(calib_level)", "int", None),
        ("COUNT(*) > 1", "boolean", None),
        ("1.5", "double", None),
        ("CAST('2026-01-01' AS TIMESTAMP)", "char", None),
    ],
)
def test_expressions_get_a_datatype(
    archive: Archive, expression: str, datatype: str, unit: str | None
) -> None:
    fields, _ = run(archive, f"SELECT {expression} AS x FROM ivoa.ObsCore")
    assert (fields[0].datatype, fields[0].unit) == (datatype, unit)


def test_a_set_operation_does_not_claim_ascii(archive: Archive) -> None:
    """The left side is ``char``, but the right side brings other letters."""
    fields, found = run(archive, "SELECT letters FROM obsdeck.odd WHERE id = 0 UNION SELECT 'é'")
    assert fields[0].datatype == "unicodeChar"
    assert ("é",) in found


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (
            "SELECT sra FROM ivoa.ObsCore",
            "Unknown column sra at line 1, column 8. Did you mean s_ra",
        ),
        ("SELECT\n  1,\n  sra FROM ivoa.ObsCore", "at line 3, column 3"),
        ("SELECT obscore.nope FROM ivoa.ObsCore", "Unknown column nope"),
        ("SELECT x.y FROM ivoa.ObsCore", "Unknown column x.y"),
        ("SELECT t.b FROM (SELECT 1 AS a) AS t", "Unknown column b"),
        ("SELECT s_ra FROM ivoa.ObsCore ORDER BY nope", "Unknown column nope"),
        ("SELECT s_ra AS lon FROM ivoa.ObsCore WHERE lon > 1", "Unknown column lon"),
        ('SELECT "S_RA" FROM ivoa.ObsCore', "Unknown column S_RA .* Did you mean s_ra"),
        ("SELECT Mixed FROM obsdeck.odd", 'Did you mean "Mixed Case"'),
        ("SELECT * FROM obscore", "Unknown table obscore. Did you mean ivoa.ObsCore"),
        ("SELECT * FROM ivoa.ObsCoer", "Did you mean ivoa.ObsCore"),
        ("SELECT * FROM nowhere.at_all", "Unknown table nowhere.at_all"),
        ("SELECT id FROM obsdeck.odd a, obsdeck.odd b", "in more than one table"),
        ("SELECT s_ra FROM ivoa.ObsCore WHERE s_ra >", 'line 1, column 42 near ">"'),
        ("SELECT (1 FROM ivoa.ObsCore", "Incorrect ADQL query at line 1"),
        ("SELECT 'open", "Incorrect ADQL query"),
        ("SELEC 1", "Incorrect ADQL query at line 1"),
        ("", "The query is empty"),
        ("-- nothing", "The query is empty"),
        ("SELECT s_ra, COUNT(*) FROM ivoa.ObsCore", "GROUP BY"),
        ("SELECT CAST('x' AS INTEGER)", "Could not convert"),
        ("SELECT 9223372036854775807 + 1", "Overflow"),
        ("SELECT SUM(obs_serial) FROM ivoa.ObsCore", "does not fit into 64 bits"),
        ("SELECT SUM(target_name) FROM ivoa.ObsCore", "cannot be answered"),
        ("SELECT LOG(1, 2)", "LOG takes 1 argument"),
        ("SELECT FROBNICATE(1)", "Unknown function FROBNICATE"),
        ("SELECT TOP 5 * FROM ivoa.ObsCore LIMIT 3", "Incorrect ADQL query"),
    ],
)
def test_mistakes_are_explained(archive: Archive, query: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        run(archive, query)
