"""Public addresses stay callable, whatever they are wrapped in."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsdeck.addresses.network import refusal

PUBLIC = [
    "8.8.8.8",
    "134.171.42.10",
    "172.32.0.1",
    "100.128.0.1",
    "169.253.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_called(address: str) -> None:
    assert refusal(ip_address(address)) is None


@given(st.ip_addresses(v=4))
def test_an_embedded_address_counts_like_the_plain_one(plain: IPv4Address) -> None:
    """Whichever way IPv6 carries it: mapped, NAT64, 6to4, Teredo client."""
    octets = plain.packed
    inverted = bytes(byte ^ 0xFF for byte in octets)
    public_server = ip_address("8.8.8.8").packed
    carriers = [
        bytes(10) + b"\xff\xff" + octets,
        b"\x00\x64\xff\x9b" + bytes(8) + octets,
        b"\x20\x02" + octets + bytes(10),
        b"\x20\x01\x00\x00" + public_server + bytes(4) + inverted,
    ]
    verdicts = {refusal(ip_address(packed)) is None for packed in carriers}
    assert verdicts == {refusal(plain) is None}
