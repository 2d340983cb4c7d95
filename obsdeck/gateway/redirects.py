"""Redirects, followed by us so that every hop is checked (RFC 9110 §15.4)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from obsdeck.addresses.url import BadAddressError, Target, resolve_location
from obsdeck.credentials.credential import Signature
from obsdeck.credentials.origins import may_see, over_https
from obsdeck.credentials.parameters import without_query
from obsdeck.credentials.redact import holds_secret
from obsdeck.gateway.call import Answer, Call
from obsdeck.gateway.headers import without_body

_TO_GET = frozenset({301, 302, 303})
_SAME_METHOD = frozenset({307, 308})
_READING = frozenset({"GET", "HEAD"})


def upgraded(call: Call) -> Call:
    """Take https where a request "as me" names http and only https may see the credential.

    Only for reading and on the default ports, where both mean the same (tables of archives
    still hold addresses from before https).
    """
    if call.wallet is None or call.method not in _READING or may_see(call.archive, call.target):
        return call
    better = over_https(call.target)
    if better is None or not may_see(call.archive, better):
        return call
    return replace(call, target=better)


def next_hop(call: Call, answer: Answer, signature: Signature) -> Call | None:
    """Return the request an answer redirects to, or None if it is final.

    301, 302 and 303 become a GET without body; 307 and 308 repeat method and body, the body
    only within the origin. The credential does not leave the origin either, and does not
    come back: what a foreign host redirects to is that host's choice.

    Raises
    ------
    ObsdeckError
        If the address cannot be read or the body cannot be sent again.
    """
    location = _location(answer)
    if location is None or answer.status not in _TO_GET | _SAME_METHOD:
        return None
    method = call.method if answer.status in _SAME_METHOD or call.method == "HEAD" else "GET"
    target = _without(signature, call, _read(call, location))
    moved = upgraded(replace(call, method=method, target=target))
    stays = moved.target.origin == call.target.origin
    moved = replace(moved, wallet=call.wallet if stays else None)
    if answer.status in _TO_GET:
        return replace(moved, body=None, headers=without_body(call.headers))
    if call.body is not None and not (stays and call.body.replayable):
        raise call.rejected(
            f"{call.target.host} passes the upload on to {target.origin}, which is not followed.",
            hint="Use the address of that service directly.",
        )
    return moved


def _without(signature: Signature, call: Call, target: Target) -> Target:
    """Take what signed the request in out of the address that the archive made of it.

    A server that adds a slash repeats the whole query; the next hop is signed anew.

    Raises
    ------
    ObsdeckError
        If the credential stands anywhere else in the address.
    """
    target = replace(target, target=without_query(target.target, signature.parameters))
    for text in (target.url, unquote(target.url), unquote(unquote(target.url))):
        if holds_secret(text, signature.secrets):
            raise call.rejected(
                f"{call.target.host} redirects to an address that repeats your credential, "
                "which is not followed."
            )
    return target


def _location(answer: Answer) -> bytes | None:
    return next((value for name, value in answer.headers if name.lower() == b"location"), None)


def _read(call: Call, location: bytes) -> Target:
    try:
        return resolve_location(call.target, location)
    except BadAddressError as error:
        raise call.rejected(
            f"{call.target.host} redirects to an address that is not called, because {error}."
        ) from error
