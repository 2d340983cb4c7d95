"""Target addresses, read strictly and kept byte for byte.

A signed URL is void as soon as one byte of its path or query is rewritten, so nothing
here decodes, re-encodes or reorders: the text is split, checked and sent as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, urljoin

DEFAULT_PORTS = {"http": 80, "https": 443}

_SPLIT = re.compile(
    r"^(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<target>[^#]*)"
)
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$")
_AUTHORITY = re.compile(
    r"^(?P<host>\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]|[^:\[\]]+)(:(?P<port>[0-9]{0,5}))?$"
)
_UNSENDABLE = re.compile(r"[^\x21-\x7e]")
_MAX_LENGTH = 32_768
"""Longest address taken; a TAP query of that size belongs into a POST body."""


class BadAddressError(ValueError):
    """An address that is never called; the text says why, as the end of a sentence."""


@dataclass(frozen=True)
class Target:
    """An address that is well-formed (whether its host may be called is not yet known).

    Attributes
    ----------
    scheme
        `http` or `https`.
    host
        Host in lower case without brackets and without the root's trailing dot.
    port
        Port, the scheme's default when the address names none.
    authority
        Host and port as written, for the `Host` header.
    target
        Path and query, byte for byte.
    """

    scheme: str
    host: str
    port: int
    authority: str
    target: str

    @property
    def origin(self) -> str:
        """Normalised `scheme://host[:port]`, the key of all origin comparisons."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.port == DEFAULT_PORTS[self.scheme]:
            return f"{self.scheme}://{host}"
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def path(self) -> str:
        """Path without the query."""
        return self.target.partition("?")[0]

    @property
    def loggable(self) -> str:
        """The address without its query, which may hold a token."""
        return f"{self.origin}{self.path}"

    @property
    def url(self) -> str:
        """The whole address as it is requested."""
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_target(url: str) -> Target:
    """Read an absolute http(s) address.

    Raises
    ------
    BadAddressError
        For other schemes, user info, blanks and control characters, unreadable hosts and ports.
    """
    if len(url) > _MAX_LENGTH:
        raise BadAddressError(f"it is longer than {_MAX_LENGTH} characters")
    if _UNSENDABLE.search(url):
        raise BadAddressError("it contains blanks, control or non-ASCII characters")
    match = _SPLIT.match(url)
    if match is None:
        raise BadAddressError("it is no absolute address")
    scheme = match["scheme"].lower()
    if scheme not in DEFAULT_PORTS:
        # Not quoted: in a redirect it is whatever an archive wrote.
        raise BadAddressError("only http and https are called")
    host, port = _split_authority(match["authority"], scheme)
    target = match["target"]
    if not target.startswith("/"):
        target = f"/{target}"
    return Target(scheme, host, port, match["authority"], target)


def _split_authority(authority: str, scheme: str) -> tuple[str, int]:
    if "@" in authority:
        raise BadAddressError("it contains a user name or password")
    match = _AUTHORITY.match(authority)
    if match is None:
        raise BadAddressError("its host cannot be read")
    host = match["host"].lower()
    if host.startswith("["):
        host = host[1:-1]
    else:
        if not _HOST.match(host) or ".." in host:
            raise BadAddressError("its host cannot be read")
        host = host.removesuffix(".")
    port = int(match["port"] or DEFAULT_PORTS[scheme])
    if not 0 < port < 65536:
        raise BadAddressError("its port is no port number")
    return host, port


def resolve_location(base: Target, location: bytes) -> Target:
    """Read a `Location` header relative to the address that sent it (RFC 9110 §10.2.2).

    Raises
    ------
    BadAddressError
        As `parse_target`.
    """
    # Raw blanks and UTF-8 in a Location are common; browsers escape them likewise.
    text = quote_from_bytes(location.strip(), safe="!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~")
    if _SCHEME.match(text):
        return parse_target(text)
    if text.startswith("//"):
        return parse_target(f"{base.scheme}:{text}")
    if text.startswith("/"):
        return parse_target(f"{base.scheme}://{base.authority}{text}")
    return parse_target(urljoin(base.url, text))
