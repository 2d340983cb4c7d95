"""Public clients, unchanged, sign in to the sandbox."""

# mypy: disable-error-code=import-untyped

import getpass
from pathlib import Path
from typing import Any

import pytest
import pyvo
import requests

from obsdeck.tests.sandbox.serving import shared_url
from obsdeck.tests.sandbox.signing import bearer, desk, eso_token, password_of

pytestmark = pytest.mark.peer

ABSENT = "{} is not installed"
RESERVED_FRAMES = (
    "SELECT TOP 2 dp_id FROM dbo.raw WHERE prog_id LIKE '%.A-%' AND prog_type <> 'DDT' "
    "AND release_date > '2026-11-22'"
)


@pytest.fixture
def base_url() -> str:
    return shared_url()


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the clients away from tokens and passwords of whoever runs the tests."""
    for name in ("ODA_TOKEN", "ODA_API_TOKEN", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def _session(**attributes: Any) -> requests.Session:
    session = requests.Session()
    session.headers.update(attributes.get("headers", {}))
    session.auth = attributes.get("auth")
    return session


def _tap(base: str, path: str, **attributes: Any) -> pyvo.dal.TAPService:
    return pyvo.dal.TAPService(f"{base}{path}", session=_session(**attributes))


def test_pyvo_sees_more_of_eso_with_a_token(base_url: str) -> None:
    query = "SELECT obs_publisher_did, obs_release_date FROM ivoa.ObsCore"
    anonymous = _tap(base_url, "eso/tap").search(query)
    signed = _tap(base_url, "eso/tap", headers=bearer(eso_token(base_url))).search(query)
    assert set(anonymous["obs_publisher_did"]) < set(signed["obs_publisher_did"])
    assert max(anonymous["obs_release_date"]) < "2027" < max(signed["obs_release_date"])


@pytest.mark.parametrize("kind", ["bearer", "basic"])
def test_pyvo_queries_rubin_with_its_token_in_both_forms(base_url: str, kind: str) -> None:
    token = desk(base_url, "rubin/auth/tokens")
    headers, auth = bearer(token), ("x-oauth-basic", token)
    attributes: Any = {"headers": headers} if kind == "bearer" else {"auth": auth}
    service = _tap(base_url, "rubin/api/tap", **attributes)
    assert len(service.search("SELECT TOP 3 lsst_visit FROM ivoa.ObsCore")) == 3
    assert "ivoa.ObsCore" in service.tables.keys()  # noqa: SIM118 - pyvo's own mapping


@pytest.mark.parametrize("path", ["rubin/api/tap", "basic/tap", "bearer/tap", "vo/tap"])
def test_pyvo_is_refused_without_an_account(base_url: str, path: str) -> None:
    with pytest.raises(pyvo.dal.DALServiceError, match=r"401|needed"):
        _tap(base_url, path).search("SELECT TOP 1 obs_id FROM ivoa.ObsCore")


def test_pyvo_queries_protected_tables(base_url: str) -> None:
    query = "SELECT prog_id, title FROM obsdeck.proposals"
    services: dict[str, dict[str, Any]] = {
        "basic/tap": {"auth": ("astronomer", password_of("astronomer"))},
        "bearer/tap": {"headers": bearer(desk(base_url, "bearer/token"))},
    }
    for path, attributes in services.items():
        assert len(_tap(base_url, path, **attributes).search(query)) > 10, path


def test_astroquery_signs_in_to_eso_and_fetches_reserved_files(
    base_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    eso = pytest.importorskip("astroquery.eso", reason=ABSENT.format("astroquery"))
    keyring = pytest.importorskip("keyring", reason=ABSENT.format("keyring"))
    monkeypatch.setattr(keyring, "get_password", lambda *_: None)
    monkeypatch.setattr(getpass, "getpass", lambda *_: password_of("astronomer"))

    def client() -> Any:
        made = eso.EsoClass()
        made.AUTH_URL = f"{base_url}eso/sso/oidc/token"
        made.DOWNLOAD_URL = f"{base_url}eso/dataPortal/file/"
        return made

    identifiers = [str(row["dp_id"]) for row in _tap(base_url, "eso/tap").search(RESERVED_FRAMES)]
    signed = client()
    signed.login(username="astronomer")
    assert not signed._auth_info.expired()
    files = signed.retrieve_data(identifiers, destination=str(tmp_path / "signed"))
    assert sorted(Path(file).name for file in files) == sorted(f"{i}.fits" for i in identifiers)
    anonymous = client().retrieve_data(identifiers, destination=str(tmp_path / "anonymous"))
    assert list(anonymous) == []


def test_astroquery_reports_a_wrong_password(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    eso = pytest.importorskip("astroquery.eso", reason=ABSENT.format("astroquery"))
    client = eso.EsoClass()
    monkeypatch.setattr(client, "AUTH_URL", f"{base_url}eso/sso/oidc/token")
    assert client._authenticate(username="astronomer", password="wrong") is False


def test_oda_api_reads_terms_and_refreshes(base_url: str) -> None:
    gallery = pytest.importorskip("oda_api.gallery_api", reason=ABSENT.format("oda_api"))
    client = gallery.GalleryDispatcherAPI(url=f"{base_url}mmoda/dispatch-data")
    token = desk(base_url, "mmoda/")
    products = client.get_list_terms_gallery(group="products", parent="isgri", token=token)
    assert "isgri_image" in products
    newer = client.refresh_token(token_to_refresh=token)
    assert newer != token
    assert client.get_list_terms_gallery(group="instruments", token=newer)


def test_oda_api_finds_the_token_in_the_environment_and_shows_refusals(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery = pytest.importorskip("oda_api.gallery_api", reason=ABSENT.format("oda_api"))
    monkeypatch.setenv("ODA_TOKEN", desk(base_url, "mmoda/", "student"))
    client = gallery.GalleryDispatcherAPI(url=f"{base_url}mmoda/dispatch-data")
    with pytest.raises(RuntimeError, match="roles are missing: refresh-tokens"):
        client.refresh_token()


def test_pyaurorax_lists_and_adds_sources(base_url: str, tmp_path: Path) -> None:
    pyaurorax = pytest.importorskip("pyaurorax", reason=ABSENT.format("pyaurorax"))

    def client(key: str | None) -> Any:
        return pyaurorax.PyAuroraX(
            api_base_url=f"{base_url}aurorax",
            api_key=key,
            download_output_root_path=str(tmp_path / "data"),
            read_tar_temp_path=str(tmp_path / "tar"),
        )

    record = pyaurorax.search.DataSource(
        program="peer",
        platform="ridge",
        instrument_type="camera",
        source_type="ground",
        display_name="Peer",
    )
    added = client(desk(base_url, "aurorax/")).search.sources.add(record)
    listed = client("").search.sources.list()
    assert added.identifier in {source.identifier for source in listed}
    with pytest.raises(pyaurorax.AuroraXUnauthorizedError):
        client("wrong").search.sources.add(record)
    with pytest.raises(pyaurorax.AuroraXAPIError, match="Could not create"):
        client(desk(base_url, "aurorax/", "student")).search.sources.add(record)
