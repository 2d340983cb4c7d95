"""How one signs in to an archive of the user's own: at adding, and later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from obsdeck.archives.archive import Archive, binding
from obsdeck.archives.store import ArchiveStore
from obsdeck.archives.user import UserFile
from obsdeck.errors import ObsdeckError

TAP = {"name": "Mine", "url": "https://mine.example/tap/"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archives.json"


@pytest.fixture
def store(path: Path) -> ArchiveStore:
    return ArchiveStore(UserFile(path))


def added(store: ArchiveStore, **more: Any) -> Mapping[str, Any]:
    sign_in: Mapping[str, Any] = store.add({**TAP, **more}).definition["signIn"]
    return sign_in


def refusal(store: ArchiveStore, body: Mapping[str, Any]) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        store.add(body)
    return caught.value


@pytest.mark.parametrize(
    "sign_in",
    [
        {"kind": "none"},
        {"kind": "basic"},
        {"kind": "bearer"},
        {"kind": "api-key", "header": "X-API-Key"},
        {"kind": "ivoa-bearer", "tokenUrl": "https://login.mine.example/login"},
    ],
)
def test_the_sign_in_is_chosen_at_adding(store: ArchiveStore, sign_in: dict[str, str]) -> None:
    assert added(store, signIn=sign_in) == sign_in


def test_a_tap_service_has_none_and_pyobs_its_own_unless_told(store: ArchiveStore) -> None:
    assert added(store) == {"kind": "none"}
    pyobs = store.add({"name": "P", "url": "https://p.example/archive/", "kind": "pyobs"})
    assert pyobs.definition["signIn"] == {
        "kind": "drf-token",
        "tokenUrl": "https://p.example/archive/api-token-auth/",
        "userInfoUrl": "https://p.example/archive/frames/?offset=0&limit=1",
    }


def test_any_archive_may_hand_out_tokens_as_pyobs_does(store: ArchiveStore) -> None:
    assert added(store, signIn={"kind": "drf-token"}) == {
        "kind": "drf-token",
        "tokenUrl": "https://mine.example/tap/api-token-auth/",
    }


@pytest.mark.parametrize(
    "sign_in",
    [
        "basic",
        {},
        {"kind": "telepathy"},
        {"kind": "api-key"},
        {"kind": "ivoa-bearer"},
        {"kind": "bearer", "places": [{"file": "~/.ssh/id_ed25519"}]},
        {"kind": "bearer", "scheme": "basic"},
        {"kind": "bearer", "pattern": "(a+)+$"},
        {"kind": "bearer", "tokenInfoUrl": "https://mine.example/info"},
        {"kind": "jwt-parameter", "parameter": "token", "refreshUrl": "https://mine.example/r"},
        {
            "kind": "oidc-password",
            "tokenUrl": "https://mine.example/token",
            "tokenField": "t",
            "fixedParameters": {"client_secret": "x"},
        },
        {"kind": "api-key", "header": "Host"},
        {"kind": "api-key", "header": "Cookie"},
        {"kind": "api-key", "header": "content-length"},
        {"kind": "api-key", "header": "Proxy-Authorization"},
        {"kind": "api-key", "header": "X-Key\r\nHost"},
        {"kind": "ivoa-bearer", "tokenUrl": "http://mine.example/login"},
        {"kind": "ivoa-bearer", "tokenUrl": "https://10.0.0.7/login"},
        {"kind": "ivoa-bearer", "tokenUrl": "https://localhost/login"},
        {"kind": "ivoa-bearer", "tokenUrl": "https://www.eso.org/sso/oidc/token"},
        {"kind": "ivoa-bearer", "tokenUrl": "https://ada:pw@mine.example/login"},
        {"kind": "bearer", "userInfoUrl": "https://data.lsst.cloud/auth/api/v1/user-info"},
    ],
)
def test_what_could_lead_a_secret_astray_is_refused(
    store: ArchiveStore, path: Path, sign_in: Any
) -> None:
    error = refusal(store, {**TAP, "signIn": sign_in})
    assert error.kind in {"rejected", "refused-address"}
    assert not path.exists()


def test_nobody_signs_in_over_http(store: ArchiveStore) -> None:
    plain = {"name": "Plain", "url": "http://plain.example/tap"}
    error = refusal(store, {**plain, "signIn": {"kind": "basic"}})
    assert error.kind == "rejected"
    assert "one signs in over https only" in error.message
    assert store.add(plain).definition["signIn"] == {"kind": "none"}


def test_a_stored_definition_is_checked_at_every_use(store: ArchiveStore, path: Path) -> None:
    """The file may come from an older version or another program."""
    store.add({**TAP, "signIn": {"kind": "bearer"}})
    stored = json.loads(path.read_text())
    stored["archives"][0]["signIn"]["places"] = [{"environment": "HOME"}]
    path.write_text(json.dumps(stored))
    assert "user-mine" not in [archive.id for archive in store.all()]
    (problem,) = store.problems()
    assert "places can be set by an administrator only" in problem


# --- later


def test_the_sign_in_is_set_up_later(store: ArchiveStore) -> None:
    before = store.add(TAP)
    changed = store.change("user-mine", {"signIn": {"kind": "basic"}})
    assert changed.definition == {**before.definition, "signIn": {"kind": "basic"}}
    assert store.get("user-mine").definition == changed.definition
    assert [archive.id for archive in store.all()].count("user-mine") == 1


def test_a_change_keeps_the_place_in_the_file(store: ArchiveStore, path: Path) -> None:
    for name in ("One", "Two", "Three"):
        store.add({"name": name, "url": f"https://{name.lower()}.example/tap"})
    store.change("user-two", {"signIn": {"kind": "bearer"}})
    stored = json.loads(path.read_text())["archives"]
    assert [entry["id"] for entry in stored] == ["user-one", "user-two", "user-three"]


def test_origins_can_be_told_with_it(store: ArchiveStore) -> None:
    store.add(TAP)
    origins = ["https://mine.example", "https://files.mine.example/data"]
    changed = store.change("user-mine", {"signIn": {"kind": "basic"}, "origins": origins})
    assert changed.definition["origins"] == origins


def test_a_changed_pyobs_gets_its_addresses(store: ArchiveStore) -> None:
    store.add(
        {"name": "P", "url": "https://p.example", "kind": "pyobs", "signIn": {"kind": "none"}}
    )
    changed = store.change("user-p", {"signIn": {"kind": "drf-token"}})
    assert changed.definition["signIn"]["tokenUrl"] == "https://p.example/api-token-auth/"
    assert "userInfoUrl" in changed.definition["signIn"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"signIn": None},
        {"signIn": {"kind": "basic"}, "name": "ESO"},
        {"signIn": {"kind": "basic"}, "services": {}},
        {"signIn": {"kind": "basic"}, "origins": ["https://archive.eso.org"]},
        {"signIn": {"kind": "basic"}, "origins": ["http://mine.example"]},
        {"signIn": {"kind": "basic"}, "origins": "https://mine.example"},
        {"signIn": {"kind": "bearer", "places": [{"environment": "HOME"}]}},
        {"signIn": {"kind": "ivoa-bearer", "tokenUrl": "https://127.0.0.1/x"}},
    ],
)
def test_a_bad_change_changes_nothing(
    store: ArchiveStore, path: Path, body: dict[str, Any]
) -> None:
    store.add(TAP)
    before = path.read_bytes()
    with pytest.raises(ObsdeckError) as caught:
        store.change("user-mine", body)
    assert caught.value.kind in {"rejected", "refused-address"}
    assert path.read_bytes() == before


@pytest.mark.parametrize(("name", "kind"), [("eso", "forbidden"), ("nowhere", "not-found")])
def test_only_ones_own_can_be_changed(store: ArchiveStore, name: str, kind: str) -> None:
    with pytest.raises(ObsdeckError) as caught:
        store.change(name, {"signIn": {"kind": "none"}})
    assert caught.value.kind == kind


# --- what a credential is bound to


def archive(**sign_in: Any) -> Archive:
    definition = {
        "id": "a",
        "name": "A",
        "services": {"tap": [{"url": "https://a.example/tap", "title": "A"}]},
        "signIn": {"kind": "bearer", **sign_in},
        "origins": ["https://a.example", "https://b.example"],
        "rank": 1,
    }
    return Archive(definition, "user")


def changed(**members: Any) -> Archive:
    return Archive({**archive().definition, **members}, "user")


@pytest.mark.parametrize(
    "other",
    [
        archive(kind="basic"),
        archive(tokenUrl="https://a.example/token"),
        archive(userInfoUrl="https://a.example/me"),
        archive(refreshUrl="https://a.example/refresh"),
        archive(header="X-Key"),
        archive(parameter="token"),
        archive(scheme="basic"),
        changed(origins=["https://a.example"]),
        changed(origins=["https://a.example", "https://b.example", "https://c.example"]),
        changed(origins=["https://a.example", "http://b.example"]),
        changed(id="b"),
        Archive(archive().definition, "shipped"),
    ],
)
def test_whatever_sends_a_credential_elsewhere_breaks_its_binding(other: Archive) -> None:
    assert binding(other) != binding(archive())


@pytest.mark.parametrize(
    "same",
    [
        archive(),
        archive(registerUrl="https://a.example/register", resetUrl="https://a.example/reset"),
        archive(roles={"x": "y"}, early=600, patternHint="x"),
        changed(name="Another name", rank=5),
        changed(origins=["https://b.example", "https://a.example"]),
    ],
)
def test_what_people_read_does_not(same: Archive) -> None:
    assert binding(same) == binding(archive())
