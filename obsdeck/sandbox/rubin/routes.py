"""Addresses of the platform below ``/rubin``."""

from dataclasses import replace
from pathlib import Path

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.accounts.desk import Choices, Desk, DeskHandler, seconds_of
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.rubin.guard import RubinGuard
from obsdeck.sandbox.rubin.handlers import UserInfoHandler
from obsdeck.sandbox.rubin.quota import Quota
from obsdeck.sandbox.rubin.tokens import RubinTokens
from obsdeck.sandbox.uws.rules import JobRules
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.product_routes import product_routes
from obsdeck.sandbox.web.tap import tap_routes

#: As the platform lists them all; only a token works, as Bearer or within Basic.
_METHODS = (
    "ivo://ivoa.net/sso#BasicAA",
    "ivo://ivoa.net/sso#cookie",
    "ivo://ivoa.net/sso#OAuth",
    "ivo://ivoa.net/sso#saml2.0",
    "ivo://ivoa.net/sso#OpenID",
)

#: Queries a minute for each person. The second service is small, so that one can meet its end; the
#: third one is blocked.
QUOTAS = {"tap": 500, "ssotap": 3, "live": 0}


#: As its capabilities say.
_JOBS = JobRules(longest_duration=600, lifetime=7 * 86_400)


def rubin_routes(service: Service, recorder: Recorder) -> list[URLSpec]:
    """Return the routes.

    Parameters
    ----------
    service
        Has the platform's archive and no guard yet.
    recorder
        The foreign host, where results of jobs are stored.
    """

    def signed(file: Path, mime: str) -> str:
        return recorder.addresses[0] + recorder.storage.sign(file, mime, service.clock)

    offer = Offer(_METHODS, _JOBS, signed)
    tokens = RubinTokens(service.clock)
    routes: list[URLSpec] = []
    for name, limit in QUOTAS.items():
        guard = RubinGuard(tokens, "read:tap", "Basic", Quota(name, limit, service.clock))
        guarded = replace(service, guard=guard)
        routes += tap_routes(f"/rubin/api/{name}", guarded, service, offer)
    whoami = {"service": service, "guard": RubinGuard(tokens), "quotas": QUOTAS}
    desk = {"service": service, "desk": token_desk(tokens)}
    images = replace(service, guard=RubinGuard(tokens, "read:image", "Basic"))
    return [
        *routes,
        *product_routes("/rubin", images),
        url(r"/rubin/auth/api/v1/user-info", UserInfoHandler, whoami),
        url(r"/rubin/auth/tokens", DeskHandler, desk),
    ]


def token_desk(tokens: RubinTokens) -> Desk:
    """Return the page where people make tokens."""

    def issue(person: Person, choices: Choices) -> str:
        return tokens.issue(person, tuple(choices["scopes"].split()), seconds_of(choices))

    fields = {
        "scopes": "Scopes, blanks between (none: all you may have)",
        "lifetime": "Seconds it lasts (none: no end)",
    }
    return Desk("Tokens of the Rubin Science Platform in the sandbox", "token", issue, fields)
