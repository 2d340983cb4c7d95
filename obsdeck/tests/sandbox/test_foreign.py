"""The foreign host writes down what it is sent."""

import socket
from collections.abc import Iterator

import pytest

from obsdeck.tests.sandbox.serving import serving
from obsdeck.tests.sandbox.signing import HTTP


@pytest.fixture(scope="module")
def own_url() -> Iterator[str]:
    """Return a sandbox whose foreign host nobody else uses."""
    with serving(rows=500) as url:
        yield url


@pytest.fixture(autouse=True)
def _forgotten(own_url: str) -> None:
    assert HTTP.delete(f"{own_url}foreign/log").status_code == 204


def test_it_has_another_port_and_three_names(own_url: str) -> None:
    origins = HTTP.get(f"{own_url}foreign/address").json()
    port = own_url.split(":")[2].rstrip("/")
    assert [origin.rpartition(":")[0] for origin in origins] == [
        "http://127.0.0.1",
        "http://localhost",
        "http://[::1]",
    ]
    assert port not in {origin.rpartition(":")[2] for origin in origins}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_everything_that_is_sent_is_noted(own_url: str, method: str) -> None:
    origin = HTTP.get(f"{own_url}foreign/address").json()[0]
    headers = {"Authorization": "Bearer invented", "X-Other": "é".encode("latin-1")}
    HTTP.request(method, f"{origin}/a/b?token=invented", headers=headers, content=b"body \xff")  # type: ignore[arg-type]
    (entry,) = HTTP.get(f"{own_url}foreign/log").json()
    assert (entry["method"], entry["path"], entry["query"]) == (method, "/a/b", "token=invented")
    assert ["Authorization", "Bearer invented"] in entry["headers"]
    assert entry["host"] == origin.removeprefix("http://")
    assert entry["body"] == "body �"


@pytest.mark.parametrize("prefix", ["", "eso/", "rubin/api/", "mmoda/dispatch-data/"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_lead_there_from_below_every_path(own_url: str, prefix: str, status: int) -> None:
    url = f"{own_url}{prefix}foreign/redirect?status={status}"
    answer = HTTP.post(url, content="secret")
    assert answer.status_code == status
    HTTP.post(url, content="secret", follow_redirects=True)
    (entry,) = HTTP.get(f"{own_url}foreign/log").json()
    # What a client does with method and body is told by the status (RFC 9110, 15.4).
    assert (entry["method"], entry["body"]) == (
        ("POST", "secret") if status in (307, 308) else ("GET", "")
    )


def test_redirects_lead_to_each_name(own_url: str) -> None:
    origins = HTTP.get(f"{own_url}foreign/address").json()
    for number, origin in enumerate(origins):
        answer = HTTP.get(f"{own_url}foreign/redirect?to={number}")
        assert answer.headers["location"].startswith(f"{origin}/")


@pytest.mark.parametrize(
    "query", ["to=9", "to=-1", "to=http://127.0.0.1", "status=200", "status=x"]
)
def test_redirects_lead_nowhere_else(own_url: str, query: str) -> None:
    answer = HTTP.get(f"{own_url}foreign/redirect?{query}")
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_pages_of_other_origins_may_not_read_the_log(own_url: str) -> None:
    answer = HTTP.get(f"{own_url}foreign/log")
    assert "access-control-allow-origin" not in answer.headers


def test_it_stops_with_the_sandbox() -> None:
    with serving(rows=500) as url:
        origin = HTTP.get(f"{url}foreign/address").json()[0]
        assert HTTP.get(origin).status_code == 200
    host, _, port = origin.removeprefix("http://").rpartition(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=5)
