"""Answers without the secret that some servers send back in them."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote, quote_plus, unquote_plus

from requests import Response
from urllib3 import HTTPResponse

from obsdeck.credentials.credential import Signature

_LONGEST_MESSAGE = 1_048_576
"""Bytes kept of the body of an error answer; other bodies are data and never touched."""

_FRAMING = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def conceal(response: Response, signature: Signature | None) -> Response:
    """Take the secrets of a request out of its answer: header lines, reason, error message.

    Servers echo addresses, and with them MMODA's `token`; the next hop is signed anew, where
    it may be. Cookies are dropped, since they stand for the credential they were given for.
    """
    _replace(response, "Set-Cookie", None)
    response.cookies.clear()
    if signature is None:
        return response
    for name, value in list(response.headers.items()):
        plain = without_parameters(value, signature) if name.lower() == "location" else value
        masked = _masked(plain, signature)
        if masked != value:
            _replace(response, name, masked)
    response.reason = _masked(response.reason or "", signature)
    if response.status_code >= 400:
        _mask_message(response, signature)
    return response


def without_parameters(url: str, signature: Signature) -> str:
    """Return an address without the parameters that hold the secret, else byte for byte."""
    path, _, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    parts = query.split("&")
    kept = [part for part in parts if not _is_secret(part, signature)]
    if len(kept) == len(parts):
        return url
    return f"{path}{'?' if kept else ''}{'&'.join(kept)}{mark}{fragment}"


def _is_secret(part: str, signature: Signature) -> bool:
    name, _, value = part.partition("=")
    secret = signature.parameters.get(unquote_plus(name))
    return secret is not None and secret == type(secret)(unquote_plus(value))


def _replace(response: Response, name: str, value: str | None) -> None:
    for headers in (response.headers, response.raw.headers):
        headers.pop(name, None)
        if value is not None:
            headers[name] = value


def _mask_message(response: Response, signature: Signature) -> None:
    """Read an error message and mask it, for `content` and for readers of `raw` (PyVO)."""
    read = bytearray()
    for chunk in response.iter_content(65_536):
        read += chunk
        if len(read) >= _LONGEST_MESSAGE:
            break
    response.close()
    text = bytes(read[:_LONGEST_MESSAGE]).decode("utf-8", "surrogateescape")
    message = _masked(text, signature).encode("utf-8", "surrogateescape")
    passed = {k: v for k, v in response.headers.items() if k.lower() not in _FRAMING}
    response.raw = HTTPResponse(
        BytesIO(message),
        headers=passed,
        status=response.status_code,
        reason=response.reason,
        original_response=response.raw._original_response,  # requests looks for cookies there
        preload_content=False,
    )
    response._content, response._content_consumed = message, True


def _masked(text: str, signature: Signature) -> str:
    for secret in (*signature.headers.values(), *signature.parameters.values()):
        for form in (secret.reveal(), quote(secret.reveal()), quote_plus(secret.reveal())):
            text = text.replace(form, "•••")
    return text
