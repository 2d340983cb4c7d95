"""A store of files on the foreign host, reached by signed addresses (``rubin.md``, 7)."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote, urlencode

from tornado.web import RequestHandler

from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.web.sending import Delivery, send

#: Seconds an address is good for.
LIFETIME = 3_600

#: Whose manners a store has: the names in its addresses, and the words of its errors.
Style = Literal["google", "s3"]

#: Name of the parameter that holds the signature.
_SIGNATURES: dict[Style, str] = {"google": "X-Goog-Signature", "s3": "X-Amz-Signature"}

_XML = "application/xml; charset=UTF-8"
_HEAD = "<?xml version='1.0' encoding='UTF-8'?>"
_GOOGLE_ERROR = (
    "<Error><Code>{code}</Code><Message>Invalid argument.</Message>"
    "<Details>{details}</Details></Error>"
)
_S3_ERROR = "<Error><Code>{code}</Code><Message>{details}</Message></Error>"
_DOUBLE = {
    "google": "Only one auth mechanism allowed",
    "s3": "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature "
    "query string parameter or the Authorization header should be specified",
}


@dataclass(frozen=True)
class _Signed:
    delivery: Delivery
    expires: float
    clock: Clock
    style: Style

    @property
    def is_over(self) -> bool:
        return self.expires <= self.clock()


class Storage:
    """The files that were signed, in memory by their signature."""

    def __init__(self) -> None:
        self._signed: dict[str, _Signed] = {}

    def sign(self, delivery: Delivery, clock: Clock, style: Style = "google") -> str:
        """Return path and query that give a file away for an hour, without anybody's name."""
        signature = secrets.token_hex(32)
        self._signed[signature] = _Signed(delivery, clock() + LIFETIME, clock, style)
        query = _WRITERS[style](clock())
        name = quote(delivery.name, safe="")
        return f"/storage/{name}?{urlencode({**query, _SIGNATURES[style]: signature})}"

    def find(self, signature: str) -> _Signed | None:
        """Return what a signature gives away."""
        fits = (one for one in self._signed if hmac.compare_digest(one, signature))
        return self._signed.get(next(fits, ""))

    def expire(self) -> None:
        """Let every address given so far run out now."""
        for signature, signed in self._signed.items():
            self._signed[signature] = replace(signed, expires=signed.clock())


def _google(_: float) -> dict[str, str]:
    return {
        "X-Goog-Algorithm": "GOOG4-RSA-SHA256",
        "X-Goog-Expires": str(LIFETIME),
        "X-Goog-SignedHeaders": "host",
    }


def _s3(now: float) -> dict[str, str]:
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    return {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(LIFETIME),
        "X-Amz-SignedHeaders": "host",
    }


_WRITERS: dict[Style, Callable[[float], dict[str, str]]] = {"google": _google, "s3": _s3}


class StorageHandler(RequestHandler):
    """``/storage/<file>``: gives a file to whoever has the address, and to nobody who says more."""

    def initialize(self, storage: Storage) -> None:
        """Take the store."""
        self._storage = storage

    async def get(self, _name: str) -> None:
        """Answer with the file or a part of it, or with an error in the words of the storage."""
        style, signed = self._asked()
        if {"Authorization", "Cookie"} & set(self.request.headers):
            self._refuse(style, 400, "InvalidArgument", _DOUBLE[style])
        elif signed is None:
            self._refuse(style, 403, "SignatureDoesNotMatch", "Access denied.")
        elif signed.is_over:
            self._refuse_late(signed)
        else:
            try:
                await send(self, signed.delivery)
            except FileNotFoundError:
                self._refuse(style, 404, "NoSuchKey", "The object is gone.")

    def head(self, _name: str) -> None:
        """Refuse: an address is signed for GET alone."""
        self.set_status(403)
        self.set_header("Content-Type", _XML)

    def _asked(self) -> tuple[Style, _Signed | None]:
        for style, name in _SIGNATURES.items():
            signature = self.get_query_argument(name, "")
            if signature:
                return style, self._storage.find(signature)
        return "google", None

    def _refuse_late(self, signed: _Signed) -> None:
        moment = datetime.fromtimestamp(signed.expires, UTC).isoformat()
        if signed.style == "s3":
            self._refuse("s3", 403, "AccessDenied", "Request has expired")
        else:
            text = f"The provided token has expired. Request signature expired at: {moment}"
            self._refuse("google", 400, "ExpiredToken", text)

    def _refuse(self, style: Style, status: int, code: str, details: str) -> None:
        form = _GOOGLE_ERROR if style == "google" else _S3_ERROR
        self.set_status(status)
        self.set_header("Content-Type", _XML)
        self.finish(_HEAD + form.format(code=code, details=details))
