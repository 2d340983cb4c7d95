"""Answers without the secret that some servers send back in them."""

from __future__ import annotations

import re
from io import BytesIO

from requests import Response
from urllib3 import HTTPResponse

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.parameters import without_query
from obsdeck.credentials.redact import PLAIN_MARK, mask, needles
from obsdeck.credentials.secret import Secret

_LONGEST_MESSAGE = 1_048_576
"""Bytes kept of the body of an error answer."""

_FRAMING = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_STANDS_FOR_CREDENTIALS = ("Set-Cookie", "X-VO-Bearer", "Authorization")
"""The VO's password sign-in and AuroraX's answer with a token in the latter two."""

_TEXT = re.compile(r"text/|application/(.*[+-])?(json|xml|javascript)\b", re.IGNORECASE)


def conceal(response: Response, signature: Signature | None, *, is_streamed: bool) -> Response:
    """Take the secrets of a request out of its answer.

    Servers echo addresses, and with them MMODA's `token`. Looked through are header lines, the
    reason, messages of errors, and texts that are read whole; data that is streamed is not.
    Cookies and tokens in header lines are dropped: they stand for the credential they were
    given for.
    """
    for name in _STANDS_FOR_CREDENTIALS:
        _replace(response, name, None)
    response.cookies.clear()
    if signature is None:
        return response
    secrets = signature.secrets
    for name, value in list(response.headers.items()):
        # The next hop is signed anew, if it may be.
        plain = without_query(value, signature.parameters) if name.lower() == "location" else value
        masked = mask(plain, PLAIN_MARK, secrets)
        if masked != value:
            _replace(response, name, masked)
    response.reason = mask(response.reason or "", secrets=secrets)
    if response.status_code >= 400:
        _veil_message(response, secrets)
    elif not is_streamed and _TEXT.match(response.headers.get("Content-Type", "")):
        response._content = _veiled(response.content, secrets)
    return response


def _replace(response: Response, name: str, value: str | None) -> None:
    received = response.raw._original_response
    for headers in (response.headers, response.raw.headers, received.headers if received else {}):
        if name in headers:
            del headers[name]
        if value is not None:
            headers[name] = value


def _veil_message(response: Response, secrets: tuple[Secret, ...]) -> None:
    """Read an error message and veil it, for `content` and for readers of `raw` (PyVO)."""
    read = bytearray()
    for chunk in response.iter_content(65_536):
        read += chunk
        if len(read) >= _LONGEST_MESSAGE:
            break
    response.close()
    message = _veiled(bytes(read[:_LONGEST_MESSAGE]), secrets)
    response.raw = HTTPResponse(
        BytesIO(message),
        headers={k: v for k, v in response.headers.items() if k.lower() not in _FRAMING},
        status=response.status_code,
        reason=response.reason,
        original_response=response.raw._original_response,  # where requests looks for cookies
        preload_content=False,
    )
    response._content, response._content_consumed = message, True


def _veiled(body: bytes, secrets: tuple[Secret, ...]) -> bytes:
    """Mask with as many bytes as are hidden, so that lengths stay true."""
    for needle in needles(secrets):
        body = body.replace(needle, b"*" * len(needle))
    return body
