"""Who may see a credential: property tests and the shipped definitions (see the leak matrix)."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsdeck.addresses.url import parse_target
from obsdeck.archives.archive import Archive, Definition, Source
from obsdeck.credentials.origins import is_private, is_sign_in_address, may_see, over_https

HOME = "https://archive.example/api/v1"


def archive(
    *origins: str, source: Source = "shipped", trusted: bool = False, **sign_in: object
) -> Archive:
    definition: Definition = {
        "id": "x",
        "name": "X",
        "services": {},
        "signIn": {"kind": "bearer", **sign_in},
        "origins": list(origins),
    }
    return Archive(definition, source, trusted)


@pytest.mark.parametrize(
    "url",
    [
        HOME,
        f"{HOME}/",
        f"{HOME}/tap/sync?QUERY=a/../b%2e%2e",
        f"{HOME}/caf%C3%A9%20x",
        f"{HOME}//x",
        "https://ARCHIVE.example.:443/api/v1/x",
    ],
)
def test_addresses_below_an_origin_see_the_credential(url: str) -> None:
    assert may_see(archive(HOME), parse_target(url))


@given(st.text(alphabet="abv1/.%2eE5cCfF;\\", max_size=12))
def test_no_spelling_leads_out_of_a_prefix(tail: str) -> None:
    """Decoded as often as one likes, a path that is let through stays below, part by part."""
    path = f"/api/v1/{tail}"
    if not may_see(archive(HOME), parse_target(f"https://archive.example{path}")):
        return
    slashes = path.count("/")
    for _ in range(3):
        path = unquote(path)
        assert path.startswith("/api/v1/")
        assert path.count("/") == slashes
        assert not {".", ".."} & set(path.split("/"))
        assert not set(path) & set("\\;")


@given(
    st.sampled_from(["..", ".", "/", "\\", ";", "%", "\0", "\r\n", "\uff0e\uff0e", "\uff0f", ". ."])
)
def test_an_encoded_separator_is_never_below_a_prefix(hidden: str) -> None:
    for escaped in (quote(hidden, safe=""), quote(quote(hidden, safe=""), safe="")):
        url = f"{HOME}/{escaped.replace('.', '%2E')}"
        assert not may_see(archive(HOME), parse_target(url))


def test_an_origin_without_path_covers_every_path() -> None:
    whole = archive("https://archive.example")
    assert may_see(whole, parse_target("https://archive.example/a/%2e%2e/b;x"))
    assert may_see(archive("https://archive.example/"), parse_target("https://archive.example"))


def test_nothing_is_covered_where_no_origin_is_named() -> None:
    assert not may_see(archive(), parse_target(HOME))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_http_is_private_on_this_machine_where_somebody_trusted_says_so(host: str) -> None:
    origin = f"http://{host}:8923"
    target = parse_target(f"{origin}/x")
    assert may_see(archive(origin, source="administrator", trusted=True), target)
    assert not may_see(archive(origin, source="user"), target)
    assert not may_see(archive(origin, source="shipped"), target)


@pytest.mark.parametrize("host", ["archive.example", "10.0.0.1", "[::ffff:127.0.0.1]"])
def test_http_elsewhere_is_never_private(host: str) -> None:
    origin = f"http://{host}"
    assert not is_private(archive(origin, trusted=True), parse_target(f"{origin}/x"))


@pytest.mark.parametrize(
    "url",
    [
        "https://archive.example/api/refresh",
        "https://archive.example/api/refresh/",
        "https://archive.example/api//refresh?x=1",
        "https://archive.example/api/REFRESH",
        "https://archive.example/api/%72efresh",
        "https://archive.example/api/%2572efresh",
        "https://archive.example/api/x/../refresh",
        "https://archive.example/api;v=1/refresh;x",
        "https://archive.example/api/refresh/.json",
        "http://archive.example:443/api/refresh",
        "https://login.example/token",
        "https://archive.example/users",
        "https://archive.example/Users/ada/tokens",
    ],
)
def test_addresses_that_hand_out_tokens_are_recognised(url: str) -> None:
    signing_in = archive(
        HOME,
        tokenUrl="https://login.example/token",
        refreshUrl="https://archive.example/api/refresh",
        issuers=["https://archive.example/users"],
    )
    assert is_sign_in_address(signing_in, parse_target(url))
    assert not is_sign_in_address(signing_in, parse_target(f"{HOME}/refreshments"))


def test_ESO_48_only_the_default_port_of_http_has_an_https_counterpart() -> None:
    better = over_https(parse_target("http://Archive.example./x?a=%2f"))
    assert better is not None
    assert (better.origin, better.target) == ("https://archive.example", "/x?a=%2f")
    assert better.url == "https://archive.example/x?a=%2f"
    assert over_https(parse_target("http://archive.example:8080/x")) is None
    assert over_https(parse_target("https://archive.example/x")) is None
