"""Secrets as they travel: stand-ins until the very moment of sending."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

from requests.structures import CaseInsensitiveDict

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.parameters import form_prefix, with_query
from obsdeck.credentials.secret import Secret

_UNSENDABLE = re.compile(rb"[^\x09\x20-\x7e\x80-\xff]")


class SignedHeaders(CaseInsensitiveDict[str | bytes]):
    """Header lines of a request that is signed while it is sent.

    Parameters
    ----------
    plain
        The lines without the signature.
    signature
        What is added. It is not among the lines, so that nobody who prints them sees it.
    """

    def __init__(self, plain: Mapping[str, str | bytes], signature: Signature | None) -> None:
        super().__init__(plain)
        self.signature = signature

    def copy(self) -> SignedHeaders:
        """Return the same lines with the same signature."""
        return SignedHeaders(self, self.signature)


class Stamps:
    """Stand-ins for the secrets of one request.

    The buffers of `http.client` hold stand-ins, and so does every frame of a traceback; the
    secrets take their places in `fill`, in the one expression that hands bytes to the socket.

    Parameters
    ----------
    signature
        The secrets.
    """

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._behind: dict[bytes, tuple[Secret, bool]] = {}

    def apply(
        self, method: str, url: str, body: Any, headers: Mapping[str, str | bytes]
    ) -> tuple[str, Any, dict[str, str | bytes]]:
        """Return address, body and header lines with the stand-ins in their places.

        Parameters become the first fields of an urlencoded or multipart form, if one is sent
        whole, and else of the query.
        """
        signature = self._signature
        lines = dict(headers)
        lines |= {name: self._stand_in(value).reveal() for name, value in signature.headers.items()}
        if not signature.parameters:
            return url, body, lines
        is_whole = isinstance(body, str | bytes) and "Content-Length" in headers
        content_type = text_of(headers.get("Content-Type", "")) if is_whole else ""
        is_encoded = not content_type.lower().startswith("multipart/")
        prefix = form_prefix(method, content_type, self._parameters(is_encoded=is_encoded))
        if prefix is None:
            return with_query(url, self._parameters(is_encoded=True)), body, lines
        length = len(self.fill(prefix))
        lines = {
            name: str(int(value) + length) if name.lower() == "content-length" else value
            for name, value in lines.items()
        }
        return url, prefix + (body.encode("utf-8") if isinstance(body, str) else body), lines

    def fill(self, data: bytes) -> bytes:
        """Return what really goes out.

        Raises
        ------
        ValueError
            If a secret cannot stand in a header line; the text does not show it.
        """
        for stand_in, (secret, is_encoded) in self._behind.items():
            if stand_in in data:
                data = data.replace(stand_in, _sendable(secret, is_encoded))
        return data

    def _parameters(self, *, is_encoded: bool) -> dict[str, Secret]:
        return {
            name: self._stand_in(value, is_encoded=is_encoded)
            for name, value in self._signature.parameters.items()
        }

    def _stand_in(self, secret: Secret, *, is_encoded: bool = False) -> Secret:
        name = f"obsdeck-{secrets.token_hex(16)}"
        self._behind[name.encode("ascii")] = (secret, is_encoded)
        return Secret(name)


def text_of(value: str | bytes) -> str:
    """Return the value of a header line as text."""
    return value if isinstance(value, str) else value.decode("latin-1")


def _sendable(secret: Secret, is_encoded: bool) -> bytes:
    value = (quote_plus(secret.reveal()) if is_encoded else secret.reveal()).encode("utf-8")
    if _UNSENDABLE.search(value):
        raise ValueError("The credential holds characters that cannot be sent.")
    return value
