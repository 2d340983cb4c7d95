"""Addresses that are never called, whoever names them and however they are written."""

from __future__ import annotations

import pytest
from jupyter_server.serverapp import ServerApp

from obsdeck.gateway.client import GatewayClient
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import Names, error_of
from obsdeck.tests.upstream import Upstream

LITERALS = {
    "loopback": "127.0.0.1",
    "loopback-other": "127.8.8.8",
    "unspecified": "0.0.0.0",
    "this-network": "0.1.2.3",
    "private-10": "10.0.0.1",
    "private-172": "172.31.255.254",
    "private-192": "192.168.1.1",
    "metadata": "169.254.169.254",
    "metadata-azure": "168.63.129.16",
    "carrier-grade-nat": "100.64.0.1",
    "multicast": "224.0.0.251",
    "broadcast": "255.255.255.255",
    "reserved": "250.1.1.1",
    "benchmark": "198.18.0.1",
    "ipv6-loopback": "[::1]",
    "ipv6-unspecified": "[::]",
    "ipv6-link-local": "[fe80::1]",
    "ipv6-private": "[fc00::1]",
    "ipv6-site-local": "[fec0::1]",
    "ipv6-metadata": "[fd00:ec2::254]",
    "ipv6-multicast": "[ff02::1]",
    "ipv4-mapped": "[::ffff:127.0.0.1]",
    "ipv4-mapped-hex": "[::ffff:a9fe:a9fe]",
    "ipv4-compatible": "[::127.0.0.1]",
    "ipv4-translated": "[::ffff:0:7f00:1]",
    "nat64": "[64:ff9b::7f00:1]",
    "nat64-local": "[64:ff9b:1::808:808]",
    "6to4": "[2002:c0a8:0101::1]",
    "teredo-client": "[2001:0:808:808::80ff:fffe]",
    "teredo-server": "[2001:0:7f00:1::f7f7:f7f7]",
    "isatap": "[2a00::5efe:7f00:1]",
}

SPELLINGS = {
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "octal": "0177.0.0.1",
    "short": "127.1",
    "dotted-hexadecimal": "0x7f.0x0.0x0.0x1",
    "zero": "0",
}

LOCAL_NAMES = {
    "localhost": "localhost",
    "capitals-and-root-dot": "LOCALHOST.",
    "below-localhost": "archive.localhost",
    "hosts-file-name": "ip6-localhost",
}


@pytest.mark.parametrize(
    "host",
    [
        pytest.param(host, id=name)
        for name, host in {**LITERALS, **SPELLINGS, **LOCAL_NAMES}.items()
    ],
)
async def test_addresses_that_are_not_public_are_refused(
    through: Fetch, upstream: Upstream, host: str
) -> None:
    response = await through(f"http://{host}:{upstream.port}/x", archive="eso")
    error = error_of(response)
    assert response.code == 403
    assert error["kind"] == "refused-address"
    assert error["archive"] == "eso"
    assert error["message"].startswith("ESO: ")
    assert upstream.connections == 0


RESOLVED = {
    "loopback": ["127.0.0.1"],
    "private": ["10.1.2.3"],
    "metadata": ["169.254.169.254"],
    "mapped": ["::ffff:127.0.0.1"],
    "second-of-two": ["93.184.216.34", "127.0.0.1"],
    "first-of-two": ["127.0.0.1", "93.184.216.34"],
    "ipv6-beside-public-ipv4": ["93.184.216.34", "fd00::1"],
}


@pytest.mark.parametrize(
    "addresses", [pytest.param(found, id=name) for name, found in RESOLVED.items()]
)
async def test_names_that_lead_to_such_addresses_are_refused(
    through: Fetch, upstream: Upstream, names: Names, addresses: list[str]
) -> None:
    names["archive.example"] = addresses
    response = await through(f"http://archive.example:{upstream.port}/x", archive="eso")
    assert error_of(response)["kind"] == "refused-address"
    assert upstream.connections == 0


async def test_a_name_is_looked_up_once_and_the_checked_address_is_called(
    through: Fetch, upstream: Upstream, client: GatewayClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second look-up could give another answer (DNS rebinding)."""
    asked: list[str] = []

    async def look_up(host: str, _port: int) -> list[object]:
        from ipaddress import ip_address  # noqa: PLC0415

        asked.append(host)
        return [ip_address("127.0.0.1")]

    client.resolver = look_up  # type: ignore[assignment]
    monkeypatch.setattr("obsdeck.gateway.backend.refusal", lambda address: None)
    response = await through(f"http://rebinding.example:{upstream.port}/x", archive="eso")
    assert response.code == 200
    assert asked == ["rebinding.example"]
    assert upstream.requests[0].headers["host"] == f"rebinding.example:{upstream.port}"


UNREADABLE = {
    "no-scheme": "archive.eso.org/tap",
    "relative": "/tap/sync",
    "file": "file:///etc/passwd",
    "ftp": "ftp://archive.eso.org/x",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,x",
    "gopher": "gopher://archive.eso.org:70/1",
    "user-name": "https://archive.eso.org@127.0.0.1/x",
    "user-and-password": "https://user:secret@archive.eso.org/x",
    "backslash": "https://archive.eso.org\\@127.0.0.1/x",
    "blank": "https://archive.eso.org/a b",
    "tab": "https://archive.eso.org/a\tb",
    "non-ascii": "https://archive.eso.org/\xe9",
    "percent-host": "https://%31%32%37.0.0.1/x",
    "zone-id": "http://[fe80::1%25eth0]/x",
    "no-host": "https:///x",
    "port-0": "https://archive.eso.org:0/x",
    "port-too-big": "https://archive.eso.org:65536/x",
    "empty-label": "https://archive..eso.org/x",
    "two-root-dots": "https://archive.eso.org../x",
    "brackets-around-ipv4": "http://[192.0.43.8]/x",
    "too-long": "https://archive.eso.org/" + "a" * 32_768,
}


@pytest.mark.parametrize("url", [pytest.param(url, id=name) for name, url in UNREADABLE.items()])
async def test_RUBIN_47_addresses_that_cannot_be_meant_are_refused(
    through: Fetch, url: str
) -> None:
    response = await through(url, archive="eso")
    error = error_of(response)
    assert response.code == 400
    assert error["kind"] == "refused-address"
    assert error["message"].startswith("ESO: this address is not called, because ")


async def test_the_port_of_jupyter_is_refused_even_to_the_administrator(
    through: Fetch, jp_serverapp: ServerApp, client: GatewayClient, upstream: Upstream
) -> None:
    client.own_port = lambda: upstream.port
    response = await through(f"{upstream.origin}/tap/sync")
    error = error_of(response)
    assert error["kind"] == "refused-address"
    assert "this Jupyter server itself" in error["message"]
    assert upstream.requests == []


async def test_only_the_archive_that_names_a_private_origin_may_call_it(
    through: Fetch, upstream: Upstream
) -> None:
    allowed = await through(f"{upstream.origin}/x")
    refused = await through(f"{upstream.origin}/x", archive="eso")
    new = await through(f"{upstream.origin}/x", archive="new")
    assert allowed.code == 200
    assert [error_of(r)["kind"] for r in (refused, new)] == ["refused-address"] * 2
    assert len(upstream.requests) == 1


async def test_a_private_origin_is_allowed_exactly(through: Fetch, upstream: Upstream) -> None:
    same_machine = await through(f"http://localhost:{upstream.port}/x")
    other_scheme = await through(f"https://127.0.0.1:{upstream.port}/x")
    other_port = await through("http://127.0.0.1:1/x")
    for response in (same_machine, other_scheme, other_port):
        assert error_of(response)["kind"] == "refused-address"
    assert upstream.connections == 0
