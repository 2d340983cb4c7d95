"""`api/archives`: what the page is told, and what a user may add."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from jupyter_core.paths import jupyter_data_dir
from tornado.httpclient import HTTPResponse

from obsdeck.archives.schema import validate
from obsdeck.tests.conftest import Fetch

OWN = {"name": "My DaCHS", "url": "https://dachs.example/tap/"}


def stored() -> Path:
    return Path(jupyter_data_dir()) / "obsdeck" / "archives.json"


async def post(api: Fetch, body: Any) -> HTTPResponse:
    return await api("archives", method="POST", body=json.dumps(body))


async def listed(api: Fetch) -> dict[str, Any]:
    answered: dict[str, Any] = json.loads((await api("archives")).body)
    return answered


def error_of(response: HTTPResponse) -> dict[str, Any]:
    error: dict[str, Any] = json.loads(response.body)["error"]
    return error


async def test_the_list_is_in_the_order_of_menus_and_names_sources(api: Fetch) -> None:
    answered = await listed(api)
    archives = answered["archives"]
    assert [a["rank"] for a in archives] == sorted(a["rank"] for a in archives)
    by_id = {a["id"]: a for a in archives}
    assert by_id["local"]["origin"] == "administrator"
    assert by_id["eso"]["origin"] == "shipped"
    assert not any(a["editable"] for a in archives)
    assert answered["problems"] == []
    assert "sandbox" not in by_id  # switched off here


async def test_one_definition(api: Fetch) -> None:
    response = await api("archives", "eso")
    definition = json.loads(response.body)
    assert definition["name"] == "ESO"
    service = definition["services"]["tap"][0]
    assert service["jobSeconds"] == 3600
    assert service["profiles"]["dbo.raw"]["title"] == "ESO raw frames"
    assert (await api("archives", "nowhere")).code == 404


async def test_an_own_archive_is_added_kept_private_and_removed(api: Fetch) -> None:
    response = await post(api, OWN)
    added = json.loads(response.body)
    assert response.code == 201
    assert added["id"] == "user-my-dachs"
    assert added["services"] == {"tap": [{"url": "https://dachs.example/tap", "title": "My DaCHS"}]}
    assert (added["origin"], added["editable"]) == ("user", True)
    validate({key: value for key, value in added.items() if key not in {"origin", "editable"}})
    assert stat.S_IMODE(stored().stat().st_mode) == 0o600
    assert added in (await listed(api))["archives"]
    assert (await api("archives", added["id"], method="DELETE")).code == 204
    assert added not in (await listed(api))["archives"]


async def test_two_archives_of_one_name_get_two_ids(api: Fetch) -> None:
    first = json.loads((await post(api, OWN)).body)
    second = json.loads((await post(api, {**OWN, "url": "https://b.example/tap"})).body)
    assert (first["id"], second["id"]) == ("user-my-dachs", "user-my-dachs-2")


async def test_a_whole_definition_can_be_added(api: Fetch) -> None:
    definition = {
        "name": "Observatory",
        "kind": "pyobs",
        "description": "Frames of our telescope.",
        "services": {"rest": {"url": "https://archive.observatory.example"}},
        "signIn": {"kind": "drf-token"},
        "origins": ["https://archive.observatory.example"],
        "rank": 200,
    }
    added = json.loads((await post(api, definition)).body)
    assert added["id"] == "user-observatory"
    assert added["kind"] == "pyobs"


async def test_an_international_host_name_is_stored_as_it_is_called(api: Fetch) -> None:
    added = json.loads((await post(api, {"name": "Ü", "url": "https://bücher.example/tap"})).body)
    assert added["origins"] == ["https://xn--bcher-kva.example"]
    assert added["id"] == "user-u"


async def test_a_host_of_a_shipped_archive_cannot_be_claimed(api: Fetch) -> None:
    response = await post(api, {"name": "Mine", "url": "https://archive.eso.org/tap_obs"})
    error = error_of(response)
    assert response.code == 409
    assert (error["kind"], error["archive"]) == ("rejected", "eso")
    assert error["message"] == "This host belongs to ESO, which is already here."
    assert not stored().exists()


async def test_a_body_that_is_no_json_is_refused(api: Fetch) -> None:
    response = await api("archives", method="POST", body="{")
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")


@pytest.mark.parametrize("archive", ["eso", "local"])
async def test_archives_of_others_cannot_be_removed(api: Fetch, archive: str) -> None:
    response = await api("archives", archive, method="DELETE")
    assert (response.code, error_of(response)["kind"]) == (403, "forbidden")
    assert (await api("archives", archive)).code == 200


async def test_removing_an_unknown_archive_is_not_found(api: Fetch) -> None:
    assert (await api("archives", "user-nothing", method="DELETE")).code == 404


@pytest.mark.parametrize("damaged", ["{", "[]", '{"archives": 3}', ""])
async def test_a_damaged_file_is_set_aside_and_told(api: Fetch, damaged: str) -> None:
    stored().parent.mkdir(parents=True)
    stored().write_text(damaged, "utf-8")
    (problem,) = (await listed(api))["problems"]
    (kept,) = stored().parent.glob("archives.json.damaged-*")
    assert str(kept) in problem
    assert kept.read_text("utf-8") == damaged
    assert (await post(api, OWN)).code == 201


async def test_a_bad_entry_does_not_take_the_others_along(api: Fetch) -> None:
    good = json.loads((await post(api, OWN)).body)
    file = json.loads(stored().read_text("utf-8"))
    file["archives"].append({"id": "user-bad", "name": "Bad"})
    stored().write_text(json.dumps(file), "utf-8")
    answered = await listed(api)
    assert good["id"] in [a["id"] for a in answered["archives"]]
    assert "user-bad" in answered["problems"][0]


async def test_an_archive_that_collides_with_a_shipped_one_is_not_used(api: Fetch) -> None:
    """As when a later version ships what the user had added before."""
    await post(api, OWN)
    text = stored().read_text("utf-8").replace("dachs.example", "dc.g-vo.org")
    stored().write_text(text, "utf-8")
    answered = await listed(api)
    assert "user-my-dachs" not in [a["id"] for a in answered["archives"]]
    assert "GAVO DC" in answered["problems"][0]
    assert (await api("gateway", "user-my-dachs")).code == 404
    assert (await api("archives", "user-my-dachs", method="DELETE")).code == 204


class TestForbidden:
    """Where the administrator does not want archives of the users' own."""

    @pytest.fixture
    def obsdeck_config(self) -> dict[str, Any]:
        """Switch it off."""
        return {"allow_user_archives": False}

    async def test_nothing_is_added(self, api: Fetch) -> None:
        """The route refuses and the handshake does not offer it."""
        response = await post(api, OWN)
        assert (response.code, error_of(response)["kind"]) == (403, "forbidden")
        hello = json.loads((await api("hello")).body)
        assert "archives" in hello["features"]
        assert "add-archives" not in hello["features"]


async def patch(api: Fetch, archive: str, body: str) -> HTTPResponse:
    return await api("archives", archive, method="PATCH", body=body)


async def test_the_sign_in_of_an_own_archive_is_set_up_later(api: Fetch) -> None:
    await post(api, OWN)
    response = await patch(api, "user-my-dachs", json.dumps({"signIn": {"kind": "basic"}}))
    changed = json.loads(response.body)
    assert response.code == 200
    assert (changed["signIn"], changed["editable"]) == ({"kind": "basic"}, True)
    assert json.loads((await api("archives", "user-my-dachs")).body) == changed
    assert stat.S_IMODE(stored().stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("archive", "body", "status"),
    [
        ("eso", '{"signIn": {"kind": "none"}}', 403),
        ("local", '{"signIn": {"kind": "basic"}}', 403),
        ("nowhere", '{"signIn": {"kind": "basic"}}', 404),
        ("user-my-dachs", "no JSON", 400),
        ("user-my-dachs", "[]", 400),
        (
            "user-my-dachs",
            '{"origins": ["https://archive.eso.org"], "signIn": {"kind": "basic"}}',
            409,
        ),
        ("user-my-dachs", '{"signIn": {"kind": "bearer", "places": [{"file": "/x"}]}}', 400),
        ("user-my-dachs", '{"signIn": {"kind": "ivoa-bearer", "tokenUrl": "https://[::1]/"}}', 403),
    ],
)
async def test_a_hostile_change_changes_nothing(
    api: Fetch, archive: str, body: str, status: int
) -> None:
    await post(api, OWN)
    before = stored().read_bytes()
    response = await patch(api, archive, body)
    assert response.code == status
    assert error_of(response)["status"] == status
    assert stored().read_bytes() == before
