"""Redirects to the foreign host, and what it wrote down."""

from tornado.routing import URLSpec
from tornado.web import HTTPError, url

from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.web.base import ArchiveHandler, Service

_STATUSES = frozenset({301, 302, 303, 307, 308})


class _ForeignHandler(ArchiveHandler):
    def initialize(self, service: Service, recorder: Recorder) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self.recorder = recorder


class RedirectHandler(_ForeignHandler):
    """``/foreign/redirect?to=<n>&status=302``, below every path: sends the client elsewhere."""

    def prepare(self) -> None:
        """Answer every method with the redirect."""
        super().prepare()
        if self._finished:
            return
        self.set_status(self._status())
        self.set_header("Location", f"{self._target()}/received?from={self.request.path}")
        self.finish()

    def _target(self) -> str:
        number = self.get_query_argument("to", "0")
        addresses = self.recorder.addresses
        if number not in map(str, range(len(addresses))):
            raise HTTPError(400, f"to must be a number below {len(addresses)}.")
        return addresses[int(number)]

    def _status(self) -> int:
        status = self.get_query_argument("status", "302")
        if status not in map(str, _STATUSES):
            raise HTTPError(400, f"status must be one of {sorted(_STATUSES)}.")
        return int(status)


class LogHandler(_ForeignHandler):
    """``/foreign/log``: what the foreign host received; only for programs on this machine."""

    def set_default_headers(self) -> None:
        """Let no page of another origin read what was recorded."""
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")

    def get(self) -> None:
        """Answer with the requests, the oldest first."""
        self.answer_json(list(self.recorder.log))

    def delete(self) -> None:
        """Forget them."""
        self.recorder.log.clear()
        self.set_status(204)


class SignedHandler(_ForeignHandler):
    """``/foreign/signed``: the signed addresses given so far, which need not be waited for."""

    def delete(self) -> None:
        """Let them run out."""
        self.recorder.storage.expire()
        self.set_status(204)


class AddressHandler(_ForeignHandler):
    """``/foreign/address``: the origins of the foreign host, in the order of ``to``."""

    def get(self) -> None:
        """Answer with the origins."""
        self.answer_json(self.recorder.addresses)


def foreign_routes(service: Service, recorder: Recorder) -> list[URLSpec]:
    """Return the routes. Redirects work below the paths of all systems: credentials go there."""
    shared = {"service": service, "recorder": recorder}
    return [
        url(r"(?:/[a-z-]+)*/foreign/redirect", RedirectHandler, shared),
        url(r"/foreign/log", LogHandler, shared),
        url(r"/foreign/signed", SignedHandler, shared),
        url(r"/foreign/address", AddressHandler, shared),
    ]
