"""The file of stored sign-ins: private, whole, and shared by several servers."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from obsdeck import locks
from obsdeck.errors import ObsdeckError
from obsdeck.locks import locked
from obsdeck.signin.vault.entry import held_to_json
from obsdeck.signin.vault.file import FileVault
from obsdeck.tests.signin.parts import TOKEN, Clock, held

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights of files are POSIX's")


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    """Give a vault in a folder that is not there yet."""
    return FileVault(tmp_path / "data" / "accounts", Clock())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def another(vault: FileVault) -> FileVault:
    """Return the same vault as another server sees it."""
    return FileVault(vault.folder, Clock())


def test_file_and_folder_are_private(vault: FileVault) -> None:
    before = os.umask(0)
    try:
        vault.put("owner", "one", held())
    finally:
        os.umask(before)
    assert mode(vault.folder) == 0o700
    assert {mode(path) for path in vault.folder.iterdir()} == {0o600}
    assert TOKEN in vault.path("owner").read_text("utf-8")


def test_the_name_of_the_file_says_nothing_of_the_person(vault: FileVault) -> None:
    vault.put("user:ada/../../etc", "one", held())
    (path,) = vault.folder.glob("*.json")
    assert path.parent == vault.folder
    assert "ada" not in path.name


def test_a_file_that_others_could_read_is_made_private_and_told(vault: FileVault) -> None:
    vault.put("owner", "one", held())
    vault.read("owner")
    vault.path("owner").chmod(0o644)
    assert set(vault.read("owner").entries) == {"one"}
    assert mode(vault.path("owner")) == 0o600
    (problem,) = vault.problems("owner")
    assert "could read the stored sign-ins" in problem


def test_a_folder_that_others_could_enter_is_made_private(vault: FileVault) -> None:
    vault.folder.mkdir(parents=True, mode=0o755)
    vault.folder.chmod(0o755)
    vault.put("owner", "one", held())
    assert mode(vault.folder) == 0o700


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"version": 1}',
        b'{"version": "1", "entries": {}, "aside": []}',
        b'{"version": 1, "entries": [], "aside": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_set_aside_and_told(vault: FileVault, damaged: bytes) -> None:
    vault.put("owner", "one", held())
    vault.put("user:ada", "one", held())
    vault.path("owner").write_bytes(damaged)
    assert dict(vault.read("owner").entries) == {}
    kept = vault.path("owner").with_name(f"{vault.path('owner').name}.damaged-1800000000")
    assert kept.read_bytes() == damaged
    assert vault.problems("owner") == (
        f"The stored sign-ins could not be read. They were set aside as {kept.name}; "
        "the others are unharmed.",
    )
    assert set(vault.read("user:ada").entries) == {"one"}
    vault.put("owner", "two", held())
    assert set(another(vault).read("owner").entries) == {"two"}


def test_a_second_damage_in_the_same_second_loses_nothing(vault: FileVault) -> None:
    for text in ("first", "second"):
        vault.folder.mkdir(parents=True, exist_ok=True)
        vault.path("owner").write_text(text, "utf-8")
        vault.read("owner")
    kept = sorted(path.read_text("utf-8") for path in vault.folder.glob("*.damaged-*"))
    assert kept == ["first", "second"]


def with_end(expires: object) -> dict[str, object]:
    """Return an entry whose end may be no time."""
    entry = held_to_json(held())
    return {**entry, "credential": {**entry["credential"], "expires": expires}}


@pytest.mark.parametrize(
    "entry",
    [
        None,
        [],
        {"credential": {}},
        {"credential": {"kind": "fake", "secret": 7}, "place": {}, "fingerprint": ""},
        *(with_end(end) for end in (10**400, 1e300, -1, "soon", True)),
    ],
)
def test_a_damaged_entry_does_not_harm_the_others(vault: FileVault, entry: object) -> None:
    vault.put("owner", "one", held())
    document = json.loads(vault.path("owner").read_text("utf-8"))
    document["entries"]["two"] = entry
    vault.path("owner").write_text(json.dumps(document), "utf-8")
    assert set(vault.read("owner").entries) == {"one"}
    (problem,) = vault.problems("owner")
    (kept,) = vault.folder.glob("*.damaged-*")
    assert kept.name in problem
    assert json.loads(kept.read_text("utf-8")) == {"two": entry}
    assert mode(kept) == 0o600
    assert set(another(vault).read("owner").entries) == {"one"}
    assert another(vault).problems("owner") == ()


def test_a_file_of_a_newer_version_is_left_alone(vault: FileVault) -> None:
    vault.put("owner", "one", held())
    newer = json.dumps({"version": 2, "something": "else"})
    vault.path("owner").write_text(newer, "utf-8")
    assert dict(vault.read("owner").entries) == {}
    with pytest.raises(ObsdeckError, match="newer version"):
        vault.put("owner", "two", held())
    assert vault.path("owner").read_text("utf-8") == newer
    assert "newer version" in vault.problems("owner")[0]


def test_writing_does_not_follow_a_link(vault: FileVault, tmp_path: Path) -> None:
    vault.folder.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text('{"version": 1, "entries": {}, "aside": []}', "utf-8")
    before = elsewhere.read_text("utf-8")
    vault.path("owner").symlink_to(elsewhere)
    vault.put("owner", "one", held())
    assert elsewhere.read_text("utf-8") == before
    assert not vault.path("owner").is_symlink()
    assert set(vault.read("owner").entries) == {"one"}


def test_a_lock_file_that_is_a_link_is_not_followed(vault: FileVault, tmp_path: Path) -> None:
    vault.folder.mkdir(parents=True)
    vault.path("owner").with_suffix(".lock").symlink_to(tmp_path / "made")
    with pytest.raises(ObsdeckError):
        vault.put("owner", "one", held())
    assert not (tmp_path / "made").exists()


def test_another_servers_changes_are_seen_and_kept(vault: FileVault) -> None:
    """RUBIN_3's like for stored ones: nothing is read only once."""
    second = another(vault)
    vault.put("owner", "one", held())
    assert set(second.read("owner").entries) == {"one"}
    second.put("owner", "two", held())
    assert set(vault.read("owner").entries) == {"one", "two"}
    vault.drop("owner", "one")
    assert set(second.read("owner").entries) == {"two"}


def test_a_full_disk_is_told_without_the_secret(
    vault: FileVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.put("owner", "one", held("invented-old"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("obsdeck.files.os.fsync", full)
    with pytest.raises(ObsdeckError) as refusal:
        vault.put("owner", "one", held("invented-new"))
    assert refusal.value.message == "The sign-in could not be stored: No space left on device."
    assert "invented" not in repr(refusal.value.__cause__)
    monkeypatch.undo()
    assert vault.read("owner").entries["one"].credential.secret.reveal() == "invented-old"
    assert sorted(path.suffix for path in vault.folder.iterdir()) == [".json", ".lock"]


def test_a_lock_that_is_held_for_too_long_is_told(
    vault: FileVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_PATIENCE_SECONDS", 0.05)
    vault.put("owner", "one", held())
    with locked(vault.path("owner").with_suffix(".lock")), pytest.raises(ObsdeckError) as refusal:
        vault.put("owner", "two", held())
    assert "another process holds its lock" in refusal.value.message


_WRITER = """
import sys
from pathlib import Path
from obsdeck.signin.vault.entry import held_to_json
from obsdeck.signin.vault.file import FileVault
from obsdeck.tests.signin.parts import held

vault = FileVault(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    vault.put("owner", f"{sys.argv[2]}-{number}", held(f"invented-{number}"))
"""


def writer(vault: FileVault, name: str, count: int) -> subprocess.Popen[str]:
    """Start a process that stores sign-ins once it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(vault.folder), name, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_lose_none_of_each_others_sign_ins(vault: FileVault) -> None:
    processes = [writer(vault, name, 100) for name in ("first", "second")]
    for process in processes:  # both at once
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    expected = {f"{name}-{number}" for name in ("first", "second") for number in range(100)}
    assert set(vault.read("owner").entries) == expected


def test_a_writer_that_is_killed_leaves_a_whole_file(vault: FileVault) -> None:
    vault.put("owner", "before", held())
    for round_ in range(5):
        process = writer(vault, f"round-{round_}", 100_000)
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        while f"round-{round_}-{round_ + 1}" not in another(vault).read("owner").entries:
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        entries = another(vault).read("owner").entries
        assert "before" in entries
        assert another(vault).problems("owner") == ()
        vault.put("owner", "after", held())  # the lock is free again
    assert sorted({path.suffix for path in vault.folder.iterdir()}) == [".json", ".lock"]
