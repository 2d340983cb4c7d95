"""Chosen rows as they come from the page."""

from __future__ import annotations

import math
from typing import Any

import pytest

from obsdeck.errors import ObsdeckError
from obsdeck.tables.columns import BadTableError
from obsdeck.tests.tables.streams import ABOUT, BIG, COLUMNS, stream
from obsdeck.tests.widgets.pages import choose
from obsdeck.widgets.selection import Selection


@pytest.fixture
def sent() -> list[dict[str, Any]]:
    """Give what goes to the page."""
    return []


@pytest.fixture
def selection(sent: list[dict[str, Any]]) -> Selection:
    """Give a selection before the page has said anything."""
    return Selection(sent.append)


def test_before_the_first_search_there_is_nothing(selection: Selection) -> None:
    assert (len(selection), selection.rows) == (0, ())
    assert (len(selection.table), selection.table.colnames) == (0, [])


@pytest.mark.parametrize("part_bytes", [1 << 22, 1000, 7])
def test_chosen_rows_are_a_table_with_units(selection: Selection, part_bytes: int) -> None:
    choose(selection, stream(), [0, 4, 70_000], part_bytes)
    assert (len(selection), selection.rows) == (3, (0, 4, 70_000))
    table = selection.table
    assert table is selection.table
    assert table.colnames == [field.name for field, _ in COLUMNS]
    assert str(table["s_ra"].unit) == "deg"
    assert table["s_ra"].description == "Right ascension <ICRS> & more"
    assert table["s_ra"].meta == {"ucd": "pos.eq.ra", "utype": "obscore:Char.SpatialAxis.Ra"}
    assert list(table["visit"].filled(0)) == [BIG, 0, -BIG]
    assert list(table["visit"].mask) == [False, True, False]
    assert math.isnan(table["s_ra"].filled(math.nan)[1])
    assert list(table["who"].filled("none")) == ["é😀", "plain", "none"]
    assert list(table["any"][0]) == [1, 2, 3]
    assert list(table["box"][0]) == [1, 2, 3, 4]
    assert table["z"][1] == 3 + 4j
    assert table.meta["publisher"] == ABOUT["obsdeck.archive"]


def test_without_a_choice_the_columns_are_there(selection: Selection) -> None:
    choose(selection, stream([(field, []) for field, _ in COLUMNS]), [])
    assert len(selection) == 0
    assert len(selection.table) == 0
    assert selection.table.colnames == [field.name for field, _ in COLUMNS]
    assert str(selection.table["s_ra"].unit) == "deg"


def test_callbacks_are_told_of_each_choice(selection: Selection) -> None:
    told: list[int] = []

    def callback(chosen: Selection) -> None:
        told.append(len(chosen))

    selection.on_change(callback)
    choose(selection, stream(), [1, 2, 3], part_bytes=500)
    choose(selection, stream(), [])
    selection.on_change(callback, remove=True)
    choose(selection, stream(), [1])
    assert told == [3, 0]


def test_too_many_rows_are_an_error_in_words(selection: Selection) -> None:
    choose(selection, stream(), [1, 2, 3])
    selection.take({"type": "selection", "count": 250_000, "most": 200_000}, [])
    assert (len(selection), selection.rows) == (250_000, ())
    with pytest.raises(ObsdeckError, match="250,000 rows are chosen, and at most 200,000"):
        _ = selection.table
    choose(selection, stream(), [1, 2, 3])
    assert len(selection.table) == 3


@pytest.mark.parametrize(
    ("content", "buffers"),
    [
        ({}, []),
        ({"count": "many"}, []),
        ({"count": 3}, []),
        ({"count": 3, "part": 1, "parts": 2, "streamBytes": 3}, [memoryview(b"abc")]),
        ({"count": 3, "part": 0, "parts": 1, "streamBytes": 3}, [memoryview(b"abc")]),
        ({"count": 10**9, "part": 0, "parts": 1, "streamBytes": 0}, [memoryview(b"abc")]),
        ({"count": 3, "part": 0, "parts": 1}, []),
        ({"count": -1, "part": 0, "parts": 1, "streamBytes": 7}, [memoryview(b"abc")]),
        ({"count": 3, "part": 0, "parts": 1, "streamBytes": -9}, [memoryview(b"abc")]),
    ],
)
def test_what_is_no_choice_changes_nothing(
    selection: Selection, content: dict[str, Any], buffers: list[memoryview]
) -> None:
    choose(selection, stream(), [1, 2, 3])
    selection.take({"type": "selection", **content}, buffers)
    assert selection.rows == (1, 2, 3)
    assert len(selection.table) == 3


def test_a_later_choice_replaces_one_that_did_not_arrive_whole(selection: Selection) -> None:
    content = {"type": "selection", "count": 9, "part": 0, "parts": 5, "streamBytes": 1}
    selection.take(content, [memoryview(b"abc")])
    choose(selection, stream(), [1, 2, 3], part_bytes=900)
    assert selection.rows == (1, 2, 3)


def test_rows_that_are_no_arrow_are_an_error_when_they_are_used(selection: Selection) -> None:
    choose(selection, b"no Arrow", [1])
    with pytest.raises(BadTableError, match="no whole Arrow stream"):
        _ = selection.table


def test_choosing_from_python_tells_the_page(
    selection: Selection, sent: list[dict[str, Any]]
) -> None:
    selection.select([5, 1, 1])
    selection.select([])
    assert sent == [{"type": "select", "rows": [1, 5]}, {"type": "select", "rows": []}]
