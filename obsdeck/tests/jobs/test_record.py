"""What is taken as the record of a job, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.jobs.record import read_record
from obsdeck.tests.jobs.records import record

HIDDEN = "invented-secret-4711-of-ada"

HOSTILE: dict[str, Any] = {
    "no object": [],
    "null": None,
    "an unknown member": record(answer=[1, 2]),
    "rows instead of their number": record(rows=[1, 2]),
    "a number of rows below none": record(rows=-1),
    "a path that is none": record(saved=5),
    "a long path": record(saved="x" * 4_001),
    "an end that nobody brought about": record(removed="EXECUTING"),
    "no id": record(id=None),
    "an id that leads elsewhere": record(id="../../x"),
    "a long id": record(id="x" * 65),
    "an id with a line": record(id="one\n"),
    "an archive that is none": record(archive="Not One"),
    "no address": record(url=None),
    "another scheme": record(url="javascript:alert(1)"),
    "a file": record(url="file:///etc/passwd"),
    "user and password in the address": record(url=f"https://ada:{HIDDEN}@archive.example/1"),
    "a token in the address": record(url=f"https://archive.example/1?token={HIDDEN}"),
    "a token in the service": record(service=f"https://archive.example/tap?access_token={HIDDEN}"),
    "a line in the address": record(url="https://archive.example/\r\nX: 1"),
    "a relative address": record(url="/async/1"),
    "a long address": record(url="https://archive.example/" + "x" * 4_000),
    "a service without address": record(service=""),
    "somebody else": record(**{"as": "ada"}),
    "a name of another type": record(name=["x"]),
    "a long name": record(name="x" * 501),
    "a long query": record(adql="x" * 1_000_001),
    "half a character": record(adql="\ud800"),
    "a limit of another type": record(maxrec="5"),
    "a limit that is a truth": record(maxrec=True),
    "a negative limit": record(maxrec=-1),
    "an endless limit": record(maxrec=10**400),
    "no time": record(created=None),
    "a time that is no number": record(created=float("nan")),
    "an endless time": record(created=10**400),
    "a time beyond the calendar": record(created=9e15),
    "a negative end": record(ended=-1),
    "a place that is no truth": record(elsewhere="yes"),
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_records_are_refused_and_never_quoted(value: object) -> None:
    with pytest.raises(ObsdeckError) as caught:
        read_record(value)
    assert caught.value.kind == "rejected"
    assert HIDDEN not in caught.value.message


@pytest.mark.parametrize("member", ["name", "table", "adql", "url", "service"])
def test_a_secret_that_is_in_use_is_not_kept(member: str) -> None:
    secret = Secret(HIDDEN)
    value = record(**{member: f"https://archive.example/{HIDDEN}/x"})
    with pytest.raises(ObsdeckError, match="holds a secret"):
        read_record(value)
    del secret


def test_a_whole_record_is_taken_as_it_is() -> None:
    value = record(
        **{"as": "me"}, ended=5, elsewhere=True, rows=7, saved="a/b.vot", removed="COMPLETED"
    )
    assert read_record(value) == value


def test_what_is_null_is_left_out() -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        ("as", "ended", "elsewhere", "rows", "saved", "removed")
    )
    assert read_record(record(**nothing)) == record()
