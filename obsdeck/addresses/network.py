"""Which network addresses may be called: public unicast ones, however they are written."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address

# Spelled out, because `ipaddress.is_global` has changed its mind between Python releases.
_REFUSED = [
    (ip_network(net), reason)
    for net, reason in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier's private address"),
        ("127.0.0.0/8", "a loopback address"),
        ("168.63.129.16/32", "a cloud provider's metadata address"),
        ("169.254.0.0/16", "a link-local or metadata address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a relay address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("64:ff9b:1::/48", "a private translation address"),
        ("100::/64", "a discard address"),
        ("2001:db8::/32", "a documentation address"),
        ("3fff::/20", "a documentation address"),
        ("5f00::/16", "a reserved address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
    )
]

OWN_NETWORK_HINT = "An address on your own network can be added by an administrator only."
"""What a user can do about a refusal."""

_EMBEDDING = [
    # network, position of the first of four bytes
    (ip_network("::/96"), 12),  # IPv4-compatible
    (ip_network("::ffff:0:0/96"), 12),  # IPv4-mapped
    (ip_network("::ffff:0:0:0/96"), 12),  # IPv4-translated
    (ip_network("64:ff9b::/96"), 12),  # NAT64
    (ip_network("2002::/16"), 2),  # 6to4
    (ip_network("2001::/32"), 4),  # Teredo server
]
_TEREDO = ip_network("2001::/32")
_ISATAP_MARKS = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")


def refusal(address: IPAddress) -> str | None:
    """Return why an address is not called, such as "a loopback address", or None."""
    for candidate in (address, *_embedded(address)):
        for network, reason in _REFUSED:
            if candidate.version == network.version and candidate in network:
                return reason
    return None


def literal(host: str) -> IPAddress | None:
    """Return the address a host spells in a standard way, or None for a name.

    Unusual spellings (`127.1`, `0x7f000001`) count as names here: the resolver reads them
    and its answer is checked.
    """
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_local_name(host: str) -> bool:
    """Whether a name means this machine by definition (RFC 6761 §6.3 and common hosts files)."""
    return host in {
        "localhost",
        "localhost.localdomain",
        "ip6-localhost",
        "ip6-loopback",
    } or host.endswith(".localhost")


def _embedded(address: IPAddress) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address carries."""
    if isinstance(address, IPv4Address):
        return
    packed = address.packed
    for network, start in _EMBEDDING:
        if address in network:
            yield IPv4Address(packed[start : start + 4])
    if address in _TEREDO:  # the client's address is stored inverted (RFC 4380 §4)
        yield IPv4Address(bytes(byte ^ 0xFF for byte in packed[12:]))
    if packed[8:12] in _ISATAP_MARKS:
        yield IPv4Address(packed[12:])
