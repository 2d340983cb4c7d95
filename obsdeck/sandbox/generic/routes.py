"""Addresses of the services below ``/basic``, ``/bearer`` and ``/vo``."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.accounts.desk import Desk, DeskHandler
from obsdeck.sandbox.generic.guards import BasicGuard, BearerGuard, IvoaGuard, PersonTokens
from obsdeck.sandbox.generic.handlers import VoLoginHandler
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.product_routes import product_routes
from obsdeck.sandbox.web.tap import tap_routes


def basic_routes(service: Service) -> list[URLSpec]:
    """Return the routes for HTTP Basic; ``service`` has no guard yet."""
    return _routes(
        service, replace(service, guard=BasicGuard()), service, ["ivo://ivoa.net/sso#BasicAA"]
    )


def bearer_routes(service: Service) -> list[URLSpec]:
    """Return the routes for tokens, and of the page that makes them."""
    tokens = PersonTokens(service.clock)
    guarded = replace(service, guard=BearerGuard(tokens))
    desk = Desk("Tokens of the sandbox", "token", lambda person, _: tokens.issue(person), {})
    return [
        *_routes(service, guarded, service, ["ivo://ivoa.net/sso#OAuth"]),
        url(r"/bearer/token", DeskHandler, {"service": service, "desk": desk}),
    ]


def ivoa_routes(service: Service) -> list[URLSpec]:
    """Return the routes for the single sign-on of the IVOA.

    Capabilities ask as well: 401 there means that an account is required (SSO 2.0).
    """
    tokens = PersonTokens(service.clock)
    guarded = replace(service, guard=IvoaGuard(tokens, f"{service.base_url}login"))
    return [
        *_routes(service, guarded, guarded),
        url(r"/vo/login", VoLoginHandler, {"service": service, "tokens": tokens}),
    ]


def _routes(
    service: Service, guarded: Service, described: Service, methods: Sequence[str] = ()
) -> list[URLSpec]:
    path = urlsplit(service.base_url).path.rstrip("/")
    return [
        *tap_routes(f"{path}/tap", guarded, described, Offer(methods)),
        *product_routes(path, guarded),
    ]
