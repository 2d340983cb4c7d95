"""What a user may add: public hosts that belong to nobody here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from obsdeck.archives.store import ArchiveStore
from obsdeck.archives.user import UserFile
from obsdeck.errors import ObsdeckError

VECTORS = Path(__file__).resolve().parents[3] / "test" / "vectors"
#: Read by the page's tests too: the rule is written in both languages.
OWNERS: dict[str, list[str]] = json.loads((VECTORS / "owners.json").read_text())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "obsdeck" / "archives.json"


@pytest.fixture
def store(path: Path) -> ArchiveStore:
    return ArchiveStore(UserFile(path))


def refusal(store: ArchiveStore, body: Any) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        store.add(body)
    return caught.value


@pytest.mark.parametrize("url", OWNERS["owned"])
def test_a_host_of_a_shipped_archive_cannot_be_claimed(
    store: ArchiveStore, path: Path, url: str
) -> None:
    error = refusal(store, {"name": "Mine", "url": url})
    assert (error.kind, error.status) == ("rejected", 409)
    assert error.message == "This host belongs to ESO, which is already here."
    assert not path.exists()


def test_another_port_of_such_a_host_is_another_service(store: ArchiveStore) -> None:
    added = store.add({"name": "Mine", "url": "https://archive.eso.org:8443/tap"})
    assert added.definition["origins"] == ["https://archive.eso.org:8443"]


@pytest.mark.parametrize("url", OWNERS["free"])
def test_a_host_that_nobody_names_can_be_added(store: ArchiveStore, url: str) -> None:
    assert store.add({"name": "Mine", "url": url}).definition["services"]["tap"][0]["url"] == url


@pytest.mark.parametrize(
    "change",
    [
        {"origins": ["https://trap.example", "https://archive.eso.org"]},
        {"services": {"tap": [{"url": "https://archive.eso.org/tap", "title": "Trap"}]}},
        {
            "signIn": {
                "kind": "oidc-password",
                "tokenUrl": "https://data.lsst.cloud/token",
                "tokenField": "id_token",
            }
        },
    ],
    ids=["origins", "services", "sign-in"],
)
def test_a_foreign_origin_cannot_hide_in_a_whole_definition(
    store: ArchiveStore, change: dict[str, Any]
) -> None:
    definition = {
        "name": "Trap",
        "kind": "ivoa",
        "description": "",
        "services": {"tap": [{"url": "https://trap.example/tap", "title": "Trap"}]},
        "signIn": {"kind": "basic"},
        "origins": ["https://trap.example"],
        "rank": 1,
    }
    assert refusal(store, {**definition, **change}).status == 409
    assert store.add(definition).id == "user-trap"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080/tap",
        "http://127.0.0.1/tap",
        "http://127.1/tap",
        "http://2130706433/tap",
        "http://0x7f.1/tap",
        "http://[::1]/tap",
        "http://[::ffff:10.0.0.1]/tap",
        "http://10.0.0.7/tap",
        "http://192.168.0.10/tap",
        "http://169.254.169.254/",
        "http://dachs.localhost/tap",
    ],
)
def test_a_private_host_cannot_be_added(store: ArchiveStore, path: Path, url: str) -> None:
    error = refusal(store, {"name": "Mine", "url": url})
    assert (error.kind, error.status) == ("refused-address", 403)
    assert "an administrator" in error.hint
    assert "c.Obsdeck" not in error.message + error.hint
    assert not path.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "", "url": "https://x.example/tap"},
        {"name": "   ", "url": "https://x.example/tap"},
        {"name": "x"},
        {"name": "x", "url": 5},
        {"name": "x", "url": "x.example/tap"},
        {"name": "x", "url": "ftp://x.example/tap"},
        {"name": "x", "url": "https://alice:secret@x.example/tap"},
        {"name": "x", "url": "https://x.example/tap?run=1"},
        {"name": "x", "url": "https:///tap"},
        {"name": "x", "url": "https://[::1/tap"},
        {"name": "x" * 81, "url": "https://x.example/tap"},
        {"name": "x", "services": {"tap": []}},
        {"name": "x", "services": "none"},
    ],
)
def test_what_is_no_archive_is_refused_readably(store: ArchiveStore, path: Path, body: Any) -> None:
    error = refusal(store, body)
    assert error.status == 400
    assert error.kind in {"rejected", "refused-address"}
    assert "secret" not in error.message
    assert not path.exists()


def test_an_origin_that_cannot_be_read_is_refused(store: ArchiveStore) -> None:
    """The schema's pattern is looser than what is called: nothing may slip through between."""
    definition = {
        "name": "Trap",
        "kind": "ivoa",
        "description": "",
        "services": {"tap": [{"url": "https://x.example/tap", "title": "x"}]},
        "signIn": {"kind": "basic"},
        "origins": ["https://archive..eso.org"],
        "rank": 1,
    }
    assert refusal(store, definition).status == 400


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocker = tmp_path / "obsdeck"
    blocker.write_text("a file where the folder should be", "utf-8")
    store = ArchiveStore(UserFile(blocker / "archives.json"))
    error = refusal(store, {"name": "x", "url": "https://x.example/tap"})
    assert error.kind == "unavailable"
    assert error.message.startswith("Your archives could not be stored")


def test_a_file_that_cannot_be_read_is_told_and_left_alone(tmp_path: Path) -> None:
    unreadable = tmp_path / "archives.json"
    unreadable.mkdir()
    store = ArchiveStore(UserFile(unreadable))
    (problem,) = store.problems()
    assert problem.startswith("Your own archives cannot be read")
    error = refusal(store, {"name": "x", "url": "https://x.example/tap"})
    assert error.kind == "unavailable"
    assert [entry.name for entry in tmp_path.iterdir()] == ["archives.json"]


def test_a_failed_write_leaves_the_old_file(
    store: ArchiveStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add({"name": "x", "url": "https://x.example/tap"})
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    error = refusal(store, {"name": "y", "url": "https://y.example/tap"})
    assert "No space left on device" in error.message
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["archives.json"]
