"""Addresses of the services below ``/basic``, ``/bearer`` and ``/vo``."""

from dataclasses import replace

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.accounts.desk import Desk, DeskHandler
from obsdeck.sandbox.generic.guards import BasicGuard, BearerGuard, IvoaGuard, PersonTokens
from obsdeck.sandbox.generic.handlers import VoLoginHandler
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.tap import tap_routes


def generic_routes(service: Service) -> list[URLSpec]:
    """Return the routes; ``service`` has the archive for members and no guard yet."""
    bearer, ivoa = PersonTokens(service.clock), PersonTokens(service.clock)
    guarded = {
        "basic": replace(service, guard=BasicGuard()),
        "bearer": replace(service, guard=BearerGuard(bearer)),
        "vo": replace(service, guard=IvoaGuard(ivoa, f"{service.base_url}vo/login")),
    }
    desk = Desk("Tokens of the sandbox", "token", lambda person, _: bearer.issue(person), {})
    return [
        *tap_routes("/basic/tap", guarded["basic"], service, ["ivo://ivoa.net/sso#BasicAA"]),
        *tap_routes("/bearer/tap", guarded["bearer"], service, ["ivo://ivoa.net/sso#OAuth"]),
        url(r"/bearer/token", DeskHandler, {"service": service, "desk": desk}),
        # Capabilities ask as well: 401 there means that an account is required (SSO 2.0).
        *tap_routes("/vo/tap", guarded["vo"]),
        url(r"/vo/login", VoLoginHandler, {"service": service, "tokens": ivoa}),
    ]
