"""A store of files on the foreign host, reached by signed addresses (``rubin.md``, 7)."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from tornado.web import RequestHandler

from obsdeck.sandbox.accounts.store import Clock

#: Seconds an address is good for.
LIFETIME = 3_600

_XML = "application/xml; charset=UTF-8"
_ERROR = (
    "<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code>"
    "<Message>Invalid argument.</Message><Details>{details}</Details></Error>"
)


@dataclass(frozen=True)
class _Signed:
    file: Path
    mime: str
    expires: float


class Storage:
    """The files that were signed, in memory by their signature."""

    def __init__(self) -> None:
        self._signed: dict[str, _Signed] = {}
        self._clock: Clock | None = None

    def sign(self, file: Path, mime: str, clock: Clock) -> str:
        """Return path and query that give a file away for an hour, without anybody's name."""
        self._clock = clock
        signature = secrets.token_hex(32)
        self._signed[signature] = _Signed(file, mime, clock() + LIFETIME)
        query = {
            "X-Goog-Algorithm": "GOOG4-RSA-SHA256",
            "X-Goog-Expires": str(LIFETIME),
            "X-Goog-SignedHeaders": "host",
            "X-Goog-Signature": signature,
        }
        return f"/storage/{file.name}?{urlencode(query)}"

    def find(self, signature: str) -> _Signed | None:
        """Return what a signature gives away."""
        fits = (one for one in self._signed if hmac.compare_digest(one, signature))
        return self._signed.get(next(fits, ""))

    def is_over(self, signed: _Signed) -> bool:
        """Tell whether the time of an address is over."""
        return self._clock is not None and signed.expires <= self._clock()


class StorageHandler(RequestHandler):
    """``/storage/<file>``: gives a file to whoever has the address, and to nobody who says more."""

    def initialize(self, storage: Storage) -> None:
        """Take the store."""
        self._storage = storage

    def get(self, _name: str) -> None:
        """Answer with the file, or with an error in the words of the storage."""
        if {"Authorization", "Cookie"} & set(self.request.headers):
            self._refuse(400, "InvalidArgument", "Only one auth mechanism allowed")
            return
        signed = self._storage.find(self.get_query_argument("X-Goog-Signature", ""))
        if signed is None:
            self._refuse(403, "SignatureDoesNotMatch", "Access denied.")
        elif self._storage.is_over(signed):
            moment = datetime.fromtimestamp(signed.expires, UTC).isoformat()
            self._refuse(400, "ExpiredToken", f"Request signature expired at: {moment}")
        elif not signed.file.exists():
            self._refuse(404, "NoSuchKey", "The object is gone.")
        else:
            self.set_header("Content-Type", signed.mime)
            self.finish(signed.file.read_bytes())

    def _refuse(self, status: int, code: str, details: str) -> None:
        self.set_status(status)
        self.set_header("Content-Type", _XML)
        self.finish(_ERROR.format(code=code, details=details))
