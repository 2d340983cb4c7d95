"""Which addresses may ever see an archive's credential: exactly those its definition names.

When in doubt the answer is no: a request then goes out anonymously, which can be mended, while
a credential that was sent cannot be taken back.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import replace
from urllib.parse import unquote, unquote_to_bytes

from obsdeck.addresses.network import is_local_name, literal
from obsdeck.addresses.url import DEFAULT_PORTS, Target, parse_target
from obsdeck.archives.archive import Archive

_HANDS_OUT_TOKENS = ("tokenUrl", "refreshUrl")
"""Members of `signIn` whose answers hold a token; `issuers` are more of them."""

_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AMBIGUOUS = re.compile(r"[\\;%\x00-\x1f\x7f]")
"""Characters that some server takes for a separator, an escape or an end, once decoded."""

_MAX_DECODINGS = 4


def may_see(archive: Archive, target: Target) -> bool:
    """Return whether a request to an address may carry the archive's credential.

    Scheme, host and port are those of an entry of the definition's `origins`, the path lies
    below that entry's, and the connection is private (`is_private`).
    """
    return is_private(archive, target) and any(
        _covers(parse_target(entry), target) for entry in archive.definition.get("origins", [])
    )


def is_private(archive: Archive, target: Target) -> bool:
    """Return whether nobody on the way can read what is sent to an address.

    That is https, or http to this machine where an administrator or the sandbox says so.
    """
    if target.scheme == "https":
        return True
    address = literal(target.host)
    on_this_machine = address.is_loopback if address else is_local_name(target.host)
    return on_this_machine and target.origin in archive.trusted_origins


def is_sign_in_address(archive: Archive, target: Target) -> bool:
    """Return whether an address hands out tokens, however its path is spelled.

    Whoever asks one in somebody's name gets a token to see, which no page and no notebook shall.
    """
    sign_in = archive.definition.get("signIn", {})
    handing_out = [sign_in[member] for member in _HANDS_OUT_TOKENS if member in sign_in]
    for url in (*handing_out, *sign_in.get("issuers", [])):
        named = parse_target(url)
        same_place = (named.host, named.port) == (target.host, target.port)
        if same_place and _is_below(_plainest(target.path), _plainest(named.path)):
            return True
    return False


def over_https(target: Target) -> Target | None:
    """Return the https address of the same thing, None where that cannot be known."""
    if (target.scheme, target.port) != ("http", DEFAULT_PORTS["http"]):
        return None
    authority = target.origin.removeprefix("http://")
    return replace(target, scheme="https", port=DEFAULT_PORTS["https"], authority=authority)


def _covers(entry: Target, target: Target) -> bool:
    if entry.origin != target.origin:
        return False
    prefix = entry.path.rstrip("/")
    if not prefix:
        return True
    return _is_below(target.path, prefix) and _is_unambiguous(target.path)


def _is_below(path: str, prefix: str) -> bool:
    """Return whether a path is another or lies below it, whole segments compared."""
    return path == prefix or path.startswith(f"{prefix}/")


def _is_unambiguous(path: str) -> bool:
    """Return whether every server reads a path alike, so that it cannot leave its prefix."""
    if _BAD_ESCAPE.search(path):
        return False
    try:
        decoded = unquote_to_bytes(path).decode("utf-8", "strict")
    except UnicodeDecodeError:
        return False
    for text in (decoded, unicodedata.normalize("NFKC", decoded)):
        # More slashes than before: one of them was hidden.
        if _AMBIGUOUS.search(text) or text.count("/") != path.count("/"):
            return False
        if any(segment and not segment.strip(". ") for segment in text.split("/")):
            return False
    return True


def _plainest(path: str) -> str:
    """Return a path the way the most lenient server reads it."""
    for _ in range(_MAX_DECODINGS):
        path = unquote(path)
    path = unicodedata.normalize("NFKC", path).replace("\\", "/")
    segments = [segment.partition(";")[0].strip() for segment in path.split("/")]
    return posixpath.normpath("/" + "/".join(filter(None, segments))).casefold()
