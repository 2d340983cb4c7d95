"""Addresses of the platform below ``/rubin``."""

from dataclasses import replace

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.accounts.desk import Choices, Desk, DeskHandler
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.rubin.guard import RubinGuard
from obsdeck.sandbox.rubin.handlers import UserInfoHandler
from obsdeck.sandbox.rubin.tokens import RubinTokens
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.tap import tap_routes

#: As the platform lists them all; only a token works, as Bearer or within Basic.
_METHODS = (
    "ivo://ivoa.net/sso#BasicAA",
    "ivo://ivoa.net/sso#cookie",
    "ivo://ivoa.net/sso#OAuth",
    "ivo://ivoa.net/sso#saml2.0",
    "ivo://ivoa.net/sso#OpenID",
)


def rubin_routes(service: Service) -> list[URLSpec]:
    """Return the routes; ``service`` has the platform's archive and no guard yet."""
    tokens = RubinTokens(service.clock)
    catalogues = replace(service, guard=RubinGuard(tokens, "read:tap", "Basic"))
    return [
        *tap_routes("/rubin/api/tap", catalogues, service, _METHODS),
        url(
            r"/rubin/auth/api/v1/user-info",
            UserInfoHandler,
            {"service": service, "guard": RubinGuard(tokens)},
        ),
        url(
            r"/rubin/settings/tokens", DeskHandler, {"service": service, "desk": token_desk(tokens)}
        ),
    ]


def token_desk(tokens: RubinTokens) -> Desk:
    """Return the page where people make tokens."""

    def issue(person: Person, choices: Choices) -> str:
        seconds = choices["lifetime"]
        lifetime = int(seconds[:9]) if seconds.isascii() and seconds.isdigit() else None
        return tokens.issue(person, tuple(choices["scopes"].split()), lifetime)

    fields = {
        "scopes": "Scopes, blanks between (none: all you may have)",
        "lifetime": "Seconds it lasts (none: no end)",
    }
    return Desk("Tokens of the Rubin Science Platform in the sandbox", "token", issue, fields)
