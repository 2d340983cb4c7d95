"""The shipped definitions and the schema that keeps them and others in shape."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from obsdeck.addresses.url import parse_target
from obsdeck.archives import sources
from obsdeck.archives.archive import service_urls
from obsdeck.archives.schema import InvalidDefinitionError, load_schema, validate
from obsdeck.archives.store import ArchiveStore
from obsdeck.credentials.origins import may_see

SHIPPED = {definition["id"]: definition for definition in sources.shipped()}


def test_the_archives_of_the_first_version_are_there() -> None:
    assert {
        "sandbox", "eso", "rubin", "gavo", "cadc", "alma", "mast", "irsa", "gaia", "vizier",
        "euro-vo", "mmoda", "aurorax", "pyobs", "sandbox-eso", "sandbox-rubin", "sandbox-mmoda",
        "sandbox-aurorax", "sandbox-pyobs", "sandbox-basic", "cds-sesame",
    } == set(SHIPPED)  # fmt: skip
    assert len(list(sources.shipped())) == len(SHIPPED)


@pytest.mark.parametrize("definition", SHIPPED.values(), ids=SHIPPED)
def test_a_shipped_definition_is_valid(definition: dict[str, Any]) -> None:
    validate(definition)


@pytest.mark.parametrize("definition", SHIPPED.values(), ids=SHIPPED)
def test_its_origins_cover_what_is_asked_with_the_credential(definition: dict[str, Any]) -> None:
    """`tokenUrl` gets user name and password, and no need to see what it handed out.

    Signed addresses lead to storage, which takes no credential.
    """
    storage = {service["url"] for service in definition["services"].get("storage", [])}
    asked = set(service_urls(definition)) - storage - {definition["signIn"].get("tokenUrl")}
    for url in asked:
        assert any(covers(origin, url) for origin in definition["origins"]), url


def covers(origin: str, url: str) -> bool:
    allowed, target = parse_target(origin), parse_target(url)
    prefix = allowed.path.rstrip("/")
    below = target.path == prefix or target.path.startswith(f"{prefix}/")
    return allowed.origin == target.origin and below


@pytest.mark.parametrize("definition", SHIPPED.values(), ids=SHIPPED)
def test_it_is_called_securely(definition: dict[str, Any]) -> None:
    if not definition["id"].startswith("sandbox"):
        assert all(url.startswith("https://") for url in service_urls(definition))


def test_no_two_share_an_origin_or_a_rank() -> None:
    origins = [origin for definition in SHIPPED.values() for origin in definition["origins"]]
    ranks = [definition["rank"] for definition in SHIPPED.values()]
    assert len(set(origins)) == len(origins)
    assert len(set(ranks)) == len(ranks)


def test_the_schema_is_a_schema_and_describes_everything() -> None:
    schema = load_schema()
    Draft202012Validator.check_schema(schema)
    undescribed = [path for path, node in properties(schema) if "description" not in node]
    assert undescribed == []


def properties(node: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every declared property; those inside conditions only refer to declared ones."""
    if not isinstance(node, dict):
        return
    for name, child in node.get("properties", {}).items():
        yield f"{path}.{name}", child
        yield from properties(child, f"{path}.{name}")
    for name, child in node.get("$defs", {}).items():
        yield from properties(child, f"$defs.{name}")
    if "items" in node:
        yield from properties(node["items"], f"{path}[]")


def test_every_object_of_the_schema_is_closed() -> None:
    schema = load_schema()
    objects = [schema, *(d for d in schema["$defs"].values() if d["type"] == "object")]
    assert all(node.get("additionalProperties") is False for node in objects)


GOOD = copy.deepcopy(SHIPPED["gavo"])

FIELD = {"column": "dp_cat", "label": "Category", "control": "choice", "values": "text"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["id"], "Capital"),
        (["id"], "new"),
        (["id"], "-x"),
        (["id"], ""),
        (["id"], "a" * 64),
        (["name"], ""),
        (["name"], "a\u0007b"),
        (["name"], 5),
        (["kind"], "unknown"),
        (["surprise"], 1),
        (["rank"], -1),
        (["rank"], "first"),
        (["defaultRowLimit"], 0),
        (["origins"], ["ftp://dc.g-vo.org"]),
        (["signIn"], {"kind": "bearer", "issuers": []}),
        (["signIn"], {"kind": "bearer", "issuers": ["https://x.example:99999/tokens"]}),
        (["origins"], ["https://user@dc.g-vo.org"]),
        (["origins"], ["https://*.g-vo.org/?q"]),
        (["origins"], ["https://dc.g-vo.org", "https://dc.g-vo.org"]),
        (["services", "tap"], []),
        (["services", "tap", 0, "url"], "javascript:alert(1)"),
        (["services", "tap", 0, "url"], "https://a b/tap"),
        (["services", "tap", 0, "url"], "//dc.g-vo.org/tap"),
        (["services", "tap", 0, "title"], ""),
        (["services", "tap", 0, "maxrec"], 0),
        (["services", "tap", 0, "extra"], True),
        (["services", "telepathy"], {"url": "https://x.example"}),
        (["signIn"], {}),
        (["signIn"], {"kind": "password"}),
        (["signIn"], {"kind": "oidc-password"}),
        (["signIn"], {"kind": "api-key"}),
        (["signIn"], {"kind": "jwt-parameter"}),
        (["signIn"], {"kind": "none", "secret": "x"}),
        (["signIn"], {"kind": "ivoa-bearer"}),
        (["signIn"], {"kind": "bearer", "scheme": "digest"}),
        (["signIn"], {"kind": "bearer", "early": -1}),
        (["signIn"], {"kind": "bearer", "pattern": "("}),
        (["signIn"], {"kind": "bearer", "places": []}),
        (["signIn"], {"kind": "bearer", "places": [{}]}),
        (["signIn"], {"kind": "bearer", "places": [{"environment": "A", "file": "b"}]}),
        (["signIn"], {"kind": "bearer", "places": [{"environment": "A=B"}]}),
        (["signIn"], {"kind": "bearer", "userInfoUrl": "javascript:alert(1)"}),
        (["services", "tap", 0, "jobSeconds"], 0),
        (["services", "tap", 0, "uploadRows"], 1.5),
        (["services", "tap", 0, "profiles"], {}),
        (["services", "tap", 0, "profiles"], {"": {"title": "No table"}}),
        (["services", "tap", 0, "profiles"], {"t": {"title": ""}}),
        (["services", "tap", 0, "profiles"], {"t": {"sql": "DROP"}}),
        (["services", "tap", 0, "profiles"], {"t": {"key": "a\nb"}}),
        (["services", "tap", 0, "profiles"], {"t": {"position": {"ra": "ra"}}}),
        (["services", "tap", 0, "profiles"], {"t": {"time": {"min": "a", "max": "b", "as": "jd"}}}),
        (["services", "tap", 0, "profiles"], {"t": {"size": {"column": "s", "bytes": 0}}}),
        (["services", "tap", 0, "profiles"], {"t": {"fields": []}}),
        (["services", "tap", 0, "profiles"], {"t": {"fields": [{"column": "a"}]}}),
        (["services", "tap", 0, "profiles"], {"t": {"fields": [{**FIELD, "control": "html"}]}}),
        (["services", "tap", 0, "profiles"], {"t": {"fields": [{**FIELD, "noon": 24}]}}),
        (["services", "tap", 0, "profiles"], {"t": {"fields": [{**FIELD, "label": "x" * 81}]}}),
        (["services", "tap", 0, "profiles"], {"t": {"fields": [FIELD] * 101}}),
    ],
)
def test_the_schema_rejects(path: list[Any], value: Any) -> None:
    bad = copy.deepcopy(GOOD)
    place: Any = bad
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(InvalidDefinitionError, match=r"^\$"):
        validate(bad)


def test_a_definition_of_a_user_may_say_what_its_forms_offer() -> None:
    own = copy.deepcopy(GOOD)
    odd = {**FIELD, "column": '"o\'dd; --"', "choices": [{"value": None}, {"value": 3}]}
    own["services"]["tap"][0]["profiles"] = {"mine.t": {"title": "Mine", "fields": [odd]}}
    assert validate(own) is own


@pytest.mark.parametrize("archive", ["eso", "sandbox-eso"])
def test_raw_frames_of_eso_have_a_form_of_their_own(archive: str) -> None:
    service = SHIPPED[archive]["services"]["tap"][0]
    profile = service["profiles"]["dbo.raw"]
    assert service["jobSeconds"] == 3600
    assert service["meAsJob"] is True
    assert (profile["title"], profile["key"]) == ("ESO raw frames", "dp_id")
    columns = {field["column"]: field for field in profile["fields"]}
    assert {"dp_cat", "dp_type", "dp_tech", "instrument", "prog_id", "object"} <= set(columns)
    assert columns["dp_type"]["control"] == columns["dp_tech"]["control"] == "words"


@pytest.mark.parametrize("member", ["id", "name", "kind", "services", "signIn", "origins", "rank"])
def test_the_schema_misses(member: str) -> None:
    with pytest.raises(InvalidDefinitionError, match=member):
        validate({key: value for key, value in GOOD.items() if key != member})


def test_the_sandbox_moves_to_its_real_port() -> None:
    store = ArchiveStore(None, sandbox_origin=lambda: "http://127.0.0.1:4711")
    first = store.all()[0]
    assert first.name == "Sandbox (works offline)"
    assert first.definition["services"]["tap"][0]["url"] == "http://127.0.0.1:4711/tap"
    assert first.definition["origins"] == ["http://127.0.0.1:4711"]
    assert first.trusted_origins == {"http://127.0.0.1:4711"}
    validate(first.definition)


def test_the_systems_of_the_sandbox_are_shown_on_wish_only() -> None:
    usual = ArchiveStore(None, sandbox_origin=lambda: "http://127.0.0.1:4711").all()
    assert [a.id for a in usual if a.id.startswith("sandbox")] == ["sandbox"]
    off = ArchiveStore(None, sandbox_systems=True).all()
    assert [a.id for a in off if a.id.startswith("sandbox")] == []


def test_the_systems_of_the_sandbox_move_with_their_sign_in() -> None:
    origin, storage = "http://127.0.0.1:4711", "http://127.0.0.1:4712"
    store = ArchiveStore(
        None,
        sandbox_origin=lambda: origin,
        sandbox_storage=lambda: storage,
        sandbox_systems=True,
    )
    played = [archive for archive in store.all() if archive.id.startswith("sandbox")]
    assert {archive.name for archive in played} == {
        "Sandbox (works offline)", "Sandbox ESO", "Sandbox Rubin", "Sandbox MMODA",
        "Sandbox AuroraX", "Sandbox pyobs", "Sandbox Basic",
    }  # fmt: skip
    for archive in played:
        validate(archive.definition)
        named = {origin, storage} if "storage" in archive.definition["services"] else {origin}
        assert {target.origin for target in archive.targets} == named
        assert "892" not in json.dumps(archive.definition)
        assert archive.trusted_origins == named
        assert not may_see(archive, parse_target(f"{storage}/storage/x"))
    mmoda = store.get("sandbox-mmoda").definition["signIn"]
    assert mmoda["refreshUrl"] == f"{origin}/mmoda/dispatch-data/refresh_token"


@pytest.mark.parametrize("system", ["eso", "rubin", "mmoda", "aurorax", "pyobs"])
def test_the_sandbox_signs_in_as_the_real_one(system: str) -> None:
    real, played = SHIPPED[system], SHIPPED[f"sandbox-{system}"]
    assert played["kind"] == real["kind"]
    same = ("kind", "header", "parameter", "pattern", "tokenField", "fixedParameters", "roles")
    for member in same:
        assert played["signIn"].get(member) == real["signIn"].get(member), member


def test_no_other_shipped_archive_may_call_private_addresses() -> None:
    archives = ArchiveStore(None).all()
    assert [archive.id for archive in archives if archive.trusted_origins] == []


def test_the_administrator_replaces_a_shipped_archive() -> None:
    moved = copy.deepcopy(SHIPPED["eso"])
    moved["services"]["tap"][0]["url"] = "https://archive.eso.org/tap_new"
    (eso,) = [a for a in ArchiveStore(None, [moved]).all() if a.id == "eso"]
    assert eso.source == "administrator"
    assert eso.definition["services"]["tap"][0]["url"].endswith("tap_new")


def test_a_bad_definition_of_the_administrator_is_told_and_left_out() -> None:
    store = ArchiveStore(None, [{"id": "odd"}])
    (problem,) = store.problems()
    assert "administrator" in problem
    assert "odd" in problem
    assert "odd" not in [archive.id for archive in store.all()]


def packaged() -> list[dict[str, Any]]:
    return [{**GOOD, "id": "heasarc", "name": "HEASARC"}, {**GOOD, "id": "eso", "name": "Fake"}]


def broken() -> list[dict[str, Any]]:
    raise RuntimeError("no network")


def test_other_packages_add_archives_but_replace_none(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("good", f"{__name__}:packaged", sources.ENTRY_POINT_GROUP),
        EntryPoint("broken", f"{__name__}:broken", sources.ENTRY_POINT_GROUP),
    ]
    monkeypatch.setattr(sources, "entry_points", lambda group: points)
    store = ArchiveStore(None)
    by_id = {archive.id: archive for archive in store.all()}
    assert by_id["heasarc"].source == "package"
    assert by_id["heasarc"].trusted_origins == frozenset()
    assert by_id["eso"].name == "ESO"
    assert store.problems() == ["The archives of the package “broken” cannot be read: no network"]
