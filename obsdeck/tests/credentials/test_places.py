"""Finding credentials where the archives' own tools keep them."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Place
from obsdeck.credentials.kinds import kinds
from obsdeck.credentials.places import Found, Surroundings, discover, entry_at
from obsdeck.credentials.writeback import write_back
from obsdeck.tests.credentials.asking import NOW, jwt, shipped

KINDS = kinds(lambda: NOW)
MMODA, RUBIN, AURORAX = shipped("mmoda"), shipped("rubin"), shipped("aurorax")


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    """Give an empty environment, working folder and home."""
    for name in ("work", "home"):
        (tmp_path / name).mkdir()
    return Surroundings({}, tmp_path / "work", tmp_path / "home")


def oda(name: str, left: float = 3600, **claims: Any) -> str:
    return jwt({"sub": name, "exp": NOW + left, "roles": "refresh-tokens", **claims})


def rubin(letter: str) -> str:
    return f"gt-{letter * 22}.{letter * 22}"


def found(archive: Archive, around: Surroundings) -> list[tuple[str, str, str]]:
    """Return kind, name and text of everything that is found."""
    kind = KINDS[archive.definition["signIn"]["kind"]]
    return [
        (f.place.kind, f.place.name, f.credential.secret.reveal())
        for f in discover(archive, kind, around, NOW)
    ]


def fill(around: Surroundings, *places: int, token: Callable[[int], str]) -> None:
    """Put a token into some of MMODA's four places."""
    if 0 in places:
        around.environment["ODA_TOKEN"] = token(0)
    if 1 in places:
        (around.folder / ".oda-token").write_text(token(1))
    if 2 in places:
        (around.home / ".oda-token").write_text(token(2))
    if 3 in places:
        (around.folder / ".oda_api_context").write_text(json.dumps({"token": token(3), "x": 1}))


NAMES = [
    ("environment", "ODA_TOKEN"),
    ("file", ".oda-token"),
    ("file", "~/.oda-token"),
    ("file", ".oda_api_context"),
]


@pytest.mark.parametrize("first", range(4))
def test_MMODA_1_the_four_places_have_their_order(around: Surroundings, first: int) -> None:
    fill(around, *range(first, 4), token=lambda place: oda(str(place)))
    assert found(MMODA, around) == [(*NAMES[place], oda(str(place))) for place in range(first, 4)]


@pytest.mark.parametrize("left", [0, -1, -1e6])
def test_MMODA_2_an_expired_token_is_passed_over(around: Surroundings, left: float) -> None:
    fill(around, 0, 1, 2, token=lambda place: oda(str(place), left if place < 2 else 60))
    assert found(MMODA, around) == [(*NAMES[2], oda("2", 60))]


@pytest.mark.parametrize("text", ["", "rubbish", jwt({"sub": "x"}), jwt({"exp": "soon"}), "a.b.c"])
def test_MMODA_3_a_token_without_end_and_rubbish_are_passed_over(
    around: Surroundings, text: str
) -> None:
    fill(around, 0, 1, 3, token=lambda place: text if place < 2 else oda("good"))
    assert found(MMODA, around) == [(*NAMES[3], oda("good"))]


@pytest.mark.parametrize("blank", ["\n", "  \t", "\r\n\r\n"])
def test_MMODA_4_blanks_around_a_token_do_not_count(around: Surroundings, blank: str) -> None:
    fill(around, *range(4), token=lambda place: f"{blank}{oda(str(place))}{blank}")
    assert [text for _, _, text in found(MMODA, around)] == [oda(str(place)) for place in range(4)]


def test_MMODA_5_nothing_found_is_no_error(around: Surroundings) -> None:
    assert found(MMODA, around) == []


@pytest.mark.parametrize("content", ["", "[]", '{"token": 5}', "{", "{}", '"token"', "[" * 9000])
def test_a_context_file_without_token_is_passed_over(around: Surroundings, content: str) -> None:
    (around.folder / ".oda_api_context").write_text(content)
    assert found(MMODA, around) == []


@pytest.mark.peer
def test_MMODA_1_the_public_client_finds_the_same(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All subsets of the four places, the variable holding an expired token each time."""
    client = pytest.importorskip("oda_api.token", reason="oda_api is not installed")
    monkeypatch.setattr("time.time", lambda: NOW)
    monkeypatch.chdir(around.folder)
    monkeypatch.setenv("HOME", str(around.home))
    files = [around.folder / ".oda-token", around.home / ".oda-token"]
    for mask in range(16):
        places = [place for place in range(4) if mask & 1 << place]
        for file in (*files, around.folder / ".oda_api_context"):
            file.unlink(missing_ok=True)
        fill(around, *places, token=lambda place: oda(str(place), 60 if place else -5))
        monkeypatch.setenv("ODA_TOKEN", around.environment.pop("ODA_TOKEN", ""))
        around.environment["ODA_TOKEN"] = os.environ["ODA_TOKEN"]
        ours = [text for _, _, text in found(MMODA, around)]
        assert client.discover_token() == next(iter(ours), None), places


def rubin_at(around: Surroundings, tmp_path: Path) -> tuple[Archive, list[dict[str, Any]]]:
    """Return Rubin with its absolute places moved below a folder, and these places."""
    places = [dict(entry) for entry in RUBIN.definition["signIn"]["places"]]
    for entry in places:
        if entry.get("file", "").startswith("/"):
            entry["file"] = str(tmp_path / entry["file"][1:])
    around.environment["NUBLADO_RUNTIME_MOUNTS_DIR"] = str(tmp_path / "mounts")
    return shipped("rubin", places=places), places


def test_RUBIN_2_the_sources_have_their_order(around: Surroundings, tmp_path: Path) -> None:
    archive, places = rubin_at(around, tmp_path)
    expected = []
    for letter, entry in zip("abcde", places, strict=True):
        name = entry.get("environment") or entry["file"]
        if "environment" in entry:
            around.environment[name] = f" {rubin(letter)}\n"
        else:
            path = around.path(name)
            assert path is not None
            path.parent.mkdir(parents=True)
            path.write_text(f"{rubin(letter)}\n")
        kind = "environment" if "environment" in entry else "hub"
        expected.append((kind, name, rubin(letter)))
    assert found(archive, around) == expected
    assert [name.rpartition("/")[2] for _, name, _ in expected] == [
        "token", "token", "NUBLADO_TOKEN", "ACCESS_TOKEN", "token",
    ]  # fmt: skip


def test_RUBIN_2_the_shipped_sources_are_those_of_the_platform() -> None:
    places = RUBIN.definition["signIn"]["places"]
    assert [entry.get("environment") or entry["file"] for entry in places] == [
        "/etc/nublado/secrets/token",
        "$NUBLADO_RUNTIME_MOUNTS_DIR/secrets/token",
        "NUBLADO_TOKEN",
        "ACCESS_TOKEN",
        "/opt/lsst/software/jupyterlab/secrets/token",
    ]  # fmt: skip


def test_RUBIN_3_a_changed_file_is_picked_up(around: Surroundings, tmp_path: Path) -> None:
    archive, _ = rubin_at(around, tmp_path)
    file = tmp_path / "mounts" / "secrets" / "token"
    file.parent.mkdir(parents=True)
    file.write_text(rubin("a"))
    assert [text for _, _, text in found(archive, around)] == [rubin("a")]
    file.write_text(rubin("b"))
    assert [text for _, _, text in found(archive, around)] == [rubin("b")]
    file.unlink()
    assert found(archive, around) == []


def test_somebody_elses_access_token_is_not_taken_for_rubins(around: Surroundings) -> None:
    around.environment["ACCESS_TOKEN"] = "ghp_anotherServicesInventedToken"
    assert found(RUBIN, around) == []


def test_the_key_of_aurorax_comes_from_the_environment(around: Surroundings) -> None:
    around.environment["AURORAX_API_KEY"] = "k-invented\n"
    assert found(AURORAX, around) == [("environment", "AURORAX_API_KEY", "k-invented")]


def test_a_user_archive_has_no_places_whatever_it_says(around: Surroundings) -> None:
    around.environment["HOME_SECRET"] = "x"
    places = [{"environment": "HOME_SECRET"}, {"file": "~/.ssh/id_ed25519"}]
    theirs = shipped("aurorax", source="user", places=places)
    assert found(theirs, around) == []
    assert entry_at(theirs, Place("environment", "HOME_SECRET")) is None


def test_what_is_no_small_text_file_is_passed_over(around: Surroundings) -> None:
    token = around.folder / ".oda-token"
    token.mkdir()
    assert found(MMODA, around) == []
    token.rmdir()
    os.mkfifo(token)  # a pipe without a writer would block a plain read for ever
    assert found(MMODA, around) == []
    token.unlink()
    token.write_bytes(b"\xff\xfe")
    assert found(MMODA, around) == []
    token.write_text(oda("x" * 200_000))
    assert found(MMODA, around) == []


def test_files_are_read_where_no_open_is_without_waiting(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has no `O_NONBLOCK`."""
    monkeypatch.delattr(os, "O_NONBLOCK")
    fill(around, 1, token=lambda n: oda(f"t{n}"))
    assert len(found(MMODA, around)) == 1


def test_a_variable_that_is_not_set_leads_nowhere(around: Surroundings) -> None:
    assert around.path("$NOT_SET/secrets/token") is None
    around.environment["NOT_SET"] = ""
    assert around.path("$NOT_SET/secrets/token") is None
    assert around.path("~/x") == around.home / "x"
    assert around.path("x/y") == around.folder / "x" / "y"
    assert around.path("/x") == Path("/x")


# --- the way back


def renew_at(around: Surroundings, old: str, new: str) -> bool:
    """Find the old token and put the new one back."""
    kind = KINDS["jwt-parameter"]
    first = next(discover(MMODA, kind, around, NOW))
    assert first.credential.secret.reveal() == old
    renewed = kind.read(MMODA, new)
    assert renewed is not None
    return write_back(MMODA, first, renewed, around, NOW)


@pytest.mark.parametrize("place", [1, 2])
def test_a_renewed_token_goes_back_to_its_file(around: Surroundings, place: int) -> None:
    old, new = oda("ada"), oda("ada", 9999)
    fill(around, place, token=lambda _: f"{old}\n")
    folder = around.folder if place == 1 else around.home
    (folder / ".oda-token").chmod(0o400)
    assert renew_at(around, old, new)
    kept = folder / f"old-oda-token_{int(NOW)}"
    assert sorted(file.name for file in folder.iterdir()) == [".oda-token", kept.name]
    assert (folder / ".oda-token").read_text() == new
    assert kept.read_text() == old
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o400
    assert [text for _, _, text in found(MMODA, around)] == [new]


def test_a_renewed_token_of_the_environment_stays_in_this_process(around: Surroundings) -> None:
    old, new = oda("ada"), oda("ada", 9999)
    fill(around, 0, token=lambda _: old)
    assert renew_at(around, old, new)
    assert around.environment["ODA_TOKEN"] == new
    assert list(around.folder.iterdir()) == []


def test_a_link_is_followed_and_kept(around: Surroundings, tmp_path: Path) -> None:
    old, new = oda("ada"), oda("ada", 9999)
    target = tmp_path / "real-token"
    target.write_text(old)
    link = around.folder / ".oda-token"
    link.symlink_to(target)
    assert renew_at(around, old, new)
    assert link.is_symlink()
    assert target.read_text() == new


def test_the_context_file_of_the_client_is_left_alone(around: Surroundings) -> None:
    old = oda("ada")
    fill(around, 3, token=lambda _: old)
    before = (around.folder / ".oda_api_context").read_bytes()
    assert not renew_at(around, old, oda("ada", 9999))
    assert (around.folder / ".oda_api_context").read_bytes() == before


def test_a_file_that_a_hub_keeps_fresh_is_left_alone(around: Surroundings, tmp_path: Path) -> None:
    archive, _ = rubin_at(around, tmp_path)
    file = tmp_path / "mounts" / "secrets" / "token"
    file.parent.mkdir(parents=True)
    file.write_text(rubin("a"))
    kind = KINDS["bearer"]
    (first,) = discover(archive, kind, around, NOW)
    new = kind.read(archive, rubin("b"))
    assert new is not None
    assert not write_back(archive, first, new, around, NOW)
    assert file.read_text() == rubin("a")


def test_a_token_that_another_tool_put_there_meanwhile_is_not_overwritten(
    around: Surroundings,
) -> None:
    fill(around, 1, token=lambda _: oda("ada"))
    kind = KINDS["jwt-parameter"]
    (first,) = discover(MMODA, kind, around, NOW)
    (around.folder / ".oda-token").write_text(oda("newer", 5000))
    renewed = kind.read(MMODA, oda("ada", 9999))
    assert renewed is not None
    assert not write_back(MMODA, first, renewed, around, NOW)
    assert (around.folder / ".oda-token").read_text() == oda("newer", 5000)


def test_a_failed_write_leaves_the_old_token(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = oda("ada")
    fill(around, 1, token=lambda _: old)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        renew_at(around, old, oda("ada", 9999))
    assert [file.name for file in around.folder.iterdir()] == [".oda-token"]
    assert (around.folder / ".oda-token").read_text() == old


def test_a_place_that_is_not_in_the_definition_is_not_written(around: Surroundings) -> None:
    fill(around, 1, token=lambda _: oda("ada"))
    renewed = KINDS["jwt-parameter"].read(MMODA, oda("ada", 9999))
    assert renewed is not None
    strange = Found(Place("file", "~/.bashrc"), renewed)
    assert not write_back(MMODA, strange, renewed, around, NOW)


@pytest.mark.parametrize(
    ("instance", "is_found"),
    [
        ("", True),
        ("https://data.lsst.cloud", True),
        ("https://data.lsst.cloud/", True),
        ("https://usdf-rsp.slac.stanford.edu", False),
        ("https://data.lsst.cloud.evil.example", False),
        ("not an address", False),
    ],
)
def test_a_token_of_another_installation_is_not_taken(
    around: Surroundings, instance: str, is_found: bool
) -> None:
    around.environment.update({"NUBLADO_TOKEN": rubin("a"), "EXTERNAL_INSTANCE_URL": instance})
    assert bool(found(RUBIN, around)) is is_found
