"""Addresses of AuroraX below ``/aurorax``."""

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.accounts.desk import Desk, DeskHandler
from obsdeck.sandbox.aurorax.handlers import (
    AuthenticateHandler,
    EndSessionHandler,
    SearchRequestsHandler,
    SourcesHandler,
)
from obsdeck.sandbox.aurorax.keys import AuroraxKeys
from obsdeck.sandbox.aurorax.sources import Sources
from obsdeck.sandbox.web.base import Service

_BASE = r"/aurorax/api/v1"

_HANDLERS = {
    "data_sources": SourcesHandler,
    "utils/admin/search_requests": SearchRequestsHandler,
    "authenticate": AuthenticateHandler,
    "authenticate/end_session": EndSessionHandler,
}


def aurorax_routes(service: Service) -> list[URLSpec]:
    """Return the routes."""
    keys = AuroraxKeys(service.clock)
    shared = {"service": service, "keys": keys, "sources": Sources()}
    title = "Your AuroraX API key in the sandbox"
    desk = Desk(title, "API key", lambda person, _: keys.issue(person), {})
    return [
        *(url(f"{_BASE}/{path}", handler, shared) for path, handler in _HANDLERS.items()),
        url(r"/aurorax/", DeskHandler, {"service": service, "desk": desk}),
    ]
