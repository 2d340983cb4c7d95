"""The list of jobs on disk: private, bounded, shared by several servers."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from obsdeck.errors import ObsdeckError
from obsdeck.jobs import ledger as module
from obsdeck.jobs.ledger import Ledger
from obsdeck.jobs.record import read_record
from obsdeck.tests.jobs.records import record


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Give a ledger in a folder that is not there yet."""
    return Ledger(tmp_path / "data" / "jobs", lambda: 1_795_000_000.0)


def put(ledger: Ledger, job: str, **changes: object) -> None:
    ledger.put("owner", read_record(record(job, **changes)))


def ids(ledger: Ledger, identity: str = "owner") -> list[str]:
    return [job["id"] for job in ledger.read(identity)]


def test_jobs_come_back_newest_first(ledger: Ledger) -> None:
    assert ledger.read("owner") == []
    put(ledger, "old", created=1.0)
    put(ledger, "new", created=2.0)
    assert ids(ledger) == ["new", "old"]
    assert ids(Ledger(ledger.folder)) == ["new", "old"]
    ledger.drop("owner", "new")
    ledger.drop("owner", "never")
    assert ids(ledger) == ["old"]


def test_a_job_that_is_kept_again_is_replaced(ledger: Ledger) -> None:
    put(ledger, "one", name="first")
    put(ledger, "one", name="second")
    assert [job["name"] for job in ledger.read("owner")] == ["second"]


def test_everybody_has_a_list_of_his_own(ledger: Ledger) -> None:
    put(ledger, "one")
    assert ids(ledger, "user:ada") == []


@pytest.mark.skipif(os.name == "nt", reason="rights of files are POSIX's")
def test_file_and_folder_are_private_and_name_nobody(ledger: Ledger) -> None:
    ledger.put("user:ada/../x", read_record(record()))
    assert stat.S_IMODE(ledger.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in ledger.folder.iterdir()} == {0o600}
    assert not [path for path in ledger.folder.iterdir() if "ada" in path.name]


def test_ended_jobs_are_forgotten_first(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_JOBS", 3)
    put(ledger, "runs-1", created=1.0)
    put(ledger, "ended-2", created=2.0, ended=5.0)
    put(ledger, "ended-3", created=3.0, ended=5.0)
    put(ledger, "runs-4", created=4.0)
    assert ids(ledger) == ["runs-4", "ended-3", "runs-1"]
    put(ledger, "runs-5", created=5.0)
    put(ledger, "runs-6", created=6.0)
    assert ids(ledger) == ["runs-6", "runs-5", "runs-4"]


def test_the_file_stays_small(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10_000)
    for number in range(4):
        put(ledger, f"job-{number}", created=float(number), adql="x" * 4_000)
    assert ids(ledger) == ["job-3", "job-2"]
    assert ledger.path("owner").stat().st_size < 10_000


@pytest.mark.parametrize("damaged", [b"{", b"[]", b"\xff\xfe", b"", b'{"jobs": 3}', b"[" * 99_999])
def test_a_damaged_file_is_set_aside_and_told(ledger: Ledger, damaged: bytes) -> None:
    put(ledger, "one")
    ledger.path("owner").write_bytes(damaged)
    assert ids(ledger) == []
    (kept,) = ledger.folder.glob("*.damaged-*")
    assert kept.read_bytes() == damaged
    (problem,) = ledger.problems("owner")
    assert kept.name in problem
    put(ledger, "two")
    assert ids(ledger) == ["two"]


def test_a_damaged_job_does_not_take_the_others_along(ledger: Ledger) -> None:
    put(ledger, "good")
    document = json.loads(ledger.path("owner").read_bytes())
    document["jobs"].append(record("bad", url="file:///etc/passwd"))
    ledger.path("owner").write_text(json.dumps(document))
    assert ids(ledger) == ["good"]
    assert len(list(ledger.folder.glob("*.damaged-*"))) == 1
    assert "1 of its jobs could be read" in ledger.problems("owner")[0]
    assert ids(Ledger(ledger.folder)) == ["good"]


def test_a_list_of_a_newer_version_is_left_alone(ledger: Ledger) -> None:
    put(ledger, "one")
    newer = '{"version": 2, "jobs": {}}'
    ledger.path("owner").write_text(newer)
    assert ids(ledger) == []
    assert "newer version" in ledger.problems("owner")[0]
    with pytest.raises(ObsdeckError, match="newer version"):
        put(ledger, "two")
    assert ledger.path("owner").read_text() == newer


def test_two_servers_lose_nothing_of_each_other(ledger: Ledger) -> None:
    def work(name: str) -> None:
        own = Ledger(ledger.folder)
        for number in range(20):
            put(own, f"{name}-{number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids(ledger)) == 60


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("a file")
    with pytest.raises(ObsdeckError, match="The list of jobs cannot be") as caught:
        put(Ledger(tmp_path / "jobs"), "one")
    assert (caught.value.kind, caught.value.status) == ("unavailable", 500)
