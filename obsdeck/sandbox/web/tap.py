"""A TAP service as routes: queries, and what VOSI describes."""

from tornado.routing import URLSpec
from tornado.web import RedirectHandler, url

from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.tap_async import async_routes
from obsdeck.sandbox.web.tap_sync import SyncHandler
from obsdeck.sandbox.web.vosi import vosi_routes


def tap_routes(
    path: str,
    service: Service,
    described: Service | None = None,
    offer: Offer | None = None,
) -> list[URLSpec]:
    """Return the routes of a TAP service.

    Parameters
    ----------
    path
        Path of its base URL, ``/eso/tap`` for instance.
    service
        What answers queries, behind its guard.
    described
        What answers VOSI requests, if these have another guard.
    offer
        What else there is to the service; None for nothing particular.
    """
    offer = offer or Offer()
    return [
        url(rf"{path}/?", RedirectHandler, {"url": f"{path}/capabilities", "permanent": False}),
        url(rf"{path}/+sync", SyncHandler, {"service": service}),
        *async_routes(path, service, offer),
        *vosi_routes(path, {"service": described or service}, offer),
    ]
