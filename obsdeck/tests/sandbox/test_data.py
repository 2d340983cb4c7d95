"""The invented observations: same seed, same rows; and everything ObsCore promises."""

import json

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.catalog.obscore import MANDATORY, OBSCORE
from obsdeck.sandbox.data.observations import observations
from obsdeck.sandbox.data.odd import odd_rows
from obsdeck.sandbox.engine.shapes import read_region
from obsdeck.tests.sandbox.querying import one

BASE = "http://127.0.0.1:1/"


def _rows(seed: int = 20_261_121, count: int = 8_000) -> pa.Table:
    return observations(OBSCORE, seed, count, BASE)


@pytest.fixture(scope="module")
def rows() -> pa.Table:
    return _rows()


def test_the_same_seed_gives_the_same_rows() -> None:
    assert _rows(7, 900).equals(_rows(7, 900))
    assert json.dumps(odd_rows(7)) == json.dumps(odd_rows(7))


def test_another_seed_gives_other_identifiers_values_and_order() -> None:
    one_seed, other = _rows(7, 900), _rows(8, 900)
    for name in ("obs_publisher_did", "s_ra", "obs_collection"):
        assert not one_seed[name].equals(other[name]), name
    assert odd_rows(7)[5:] != odd_rows(8)[5:]


def test_the_base_url_changes_nothing_but_links() -> None:
    moved = observations(OBSCORE, 7, 900, "http://127.0.0.1:9999/")
    here = _rows(7, 900)
    assert moved.drop_columns("access_url").equals(here.drop_columns("access_url"))


def test_the_number_of_rows_is_as_asked(rows: pa.Table) -> None:
    assert rows.num_rows == 8_000
    assert _rows(1, 2_345).num_rows == 2_345


def test_every_level_and_product_type_is_there(rows: pa.Table) -> None:
    assert set(rows["calib_level"].to_pylist()) == {0, 1, 2, 3, 4}
    kinds = {"image", "cube", "spectrum", "sed", "timeseries", "visibility", "event"}
    assert set(rows["dataproduct_type"].to_pylist()) == kinds | {"measurements", None}


def test_identifiers_are_unique(rows: pa.Table) -> None:
    assert len(set(rows["obs_publisher_did"].to_pylist())) == rows.num_rows


def test_most_columns_have_nulls_and_none_has_nan(rows: pa.Table) -> None:
    with_nulls = [name for name in rows.column_names if rows[name].null_count]
    assert len(with_nulls) > 40
    for column in rows.columns:
        if pa.types.is_floating(column.type):
            assert not pc.any(pc.is_nan(column)).as_py()


def test_no_column_is_empty(rows: pa.Table) -> None:
    assert [name for name in rows.column_names if rows[name].null_count == rows.num_rows] == []


def test_char_columns_hold_ascii_only(rows: pa.Table) -> None:
    for column in OBSCORE.columns:
        if column.datatype == "char":
            texts = [text for text in rows[column.name].to_pylist() if text is not None]
            assert all(text.isascii() for text in texts), column.name


def test_footprints_can_be_read_and_hold_their_centre(rows: pa.Table) -> None:
    for text in rows["s_region"].to_pylist():
        if text is not None:
            read_region(text)


def test_times_and_wavelengths_are_in_order(rows: pa.Table) -> None:
    for low, high in (("t_min", "t_max"), ("em_min", "em_max")):
        ordered = pc.less_equal(rows[low], rows[high])
        assert pc.all(ordered).as_py()


def test_difficult_values_are_there(rows: pa.Table) -> None:
    titles = [title for title in rows["obs_title"].to_pylist() if title]
    joined = "".join(titles)
    assert any(ord(character) > 0xFFFF for character in joined)
    assert max(map(len, titles)) > 700
    for part in ("<script>", "&amp;", '"', "'", "\n", "]]>"):
        assert part in joined
    identifiers = "".join(rows["obs_publisher_did"].to_pylist())
    for part in "+&=/#%é?":
        assert part in identifiers
    assert pc.max(rows["access_estsize"]).as_py() > 2**31
    assert pc.max(rows["obs_serial"]).as_py() == 2**63 - 1
    assert pc.min(rows["obs_serial"]).as_py() < -(2**53)


def test_proprietary_products_are_released_far_in_the_future(rows: pa.Table) -> None:
    closed = rows.filter(pc.equal(rows["data_rights"], "proprietary"))
    assert closed.num_rows > 100
    assert min(closed["obs_release_date"].to_pylist()) > "2040"


def test_a_product_without_a_link_has_no_format(rows: pa.Table) -> None:
    without = rows.filter(pc.is_null(rows["access_url"]))
    assert without.num_rows > 20
    assert without["access_format"].null_count == without.num_rows


def test_all_mandatory_columns_are_published_with_their_metadata() -> None:
    assert len(MANDATORY) == 29 + 1
    for column in MANDATORY:
        assert column.ucd, column.name
        assert column.utype, column.name
        assert column.std, column.name


@pytest.mark.parametrize(
    ("ra", "dec", "radius", "least", "most"),
    [
        (55.75, -32.29, 0.3, 100, 999),
        (204.2538, -29.8658, 0.3, 100, 999),
        (266.4168, -29.0078, 0.5, 50, 999),
        (10.6847, 41.2688, 1.0, 50, 999),
        (40.6696, -0.0133, 0.3, 50, 999),
        (0.0, 2.0, 0.5, 50, 999),
        (0.0, 90.0, 1.0, 20, 999),
        (0.0, -90.0, 1.0, 20, 999),
    ],
)
def test_cones_at_the_fields_are_well_filled(  # noqa: PLR0917
    archive: Archive, ra: float, dec: float, radius: float, least: int, most: int
) -> None:
    where = f"1 = CONTAINS(POINT(s_ra, s_dec), CIRCLE({ra}, {dec}, {radius}))"
    count = one(archive, f"(SELECT COUNT(*) FROM ivoa.ObsCore WHERE {where})")
    assert least <= count <= most
