"""Addresses of the platform below ``/rubin``."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.accounts.desk import Choices, Desk, DeskHandler, seconds_of
from obsdeck.sandbox.accounts.guard import ANYBODY
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.files.store import file_at
from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.foreign.storage import Style
from obsdeck.sandbox.rubin.cutouts import ImageCutoutWork
from obsdeck.sandbox.rubin.guard import RubinGuard
from obsdeck.sandbox.rubin.handlers import CutoutCapabilitiesHandler, UserInfoHandler
from obsdeck.sandbox.rubin.images import CutoutHandler, LinksHandler
from obsdeck.sandbox.rubin.quota import Quota
from obsdeck.sandbox.rubin.tokens import RubinTokens
from obsdeck.sandbox.uws.job import Result
from obsdeck.sandbox.uws.jobs import Jobs
from obsdeck.sandbox.uws.rules import Dialect, JobRules
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.sending import Delivery, SignFile
from obsdeck.sandbox.web.tap import tap_routes
from obsdeck.sandbox.web.tap_async import job_routes
from obsdeck.sandbox.web.vosi import AvailabilityHandler

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

#: Of ``rubin.md``, 5.
_CUTOUT_JOBS = JobRules(
    longest_duration=600,
    lifetime=30 * 86_400,
    longest_lifetime=30 * 86_400,
    folder="jobs",
    dialect=Dialect(has_nil=False, bare_errors=True),
)


def rubin_routes(service: Service, recorder: Recorder) -> list[URLSpec]:
    """Return the routes.

    Parameters
    ----------
    service
        Has the platform's archive and no guard yet.
    recorder
        The foreign host, where results of jobs are stored.
    """

    def sign(delivery: Delivery, style: Style = "google") -> str:
        return recorder.addresses[0] + recorder.storage.sign(delivery, service.clock, style)

    def signed(file: Path, mime: str) -> str:
        return sign(Delivery(partial(file_at, file), mime, file.name, service.clock()))

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
        *_image_routes(images, sign, partial(sign, style="s3")),
        url(r"/rubin/auth/api/v1/user-info", UserInfoHandler, whoami),
        url(r"/rubin/auth/tokens", DeskHandler, desk),
    ]


def _image_routes(service: Service, sign: SignFile, sign_cutout: SignFile) -> list[URLSpec]:
    """Return the routes of links and cutouts.

    Parameters
    ----------
    service
        Behind the guard of images.
    sign, sign_cutout
        Sign the addresses of images and of cutouts, which are at stores of different manners.
    """

    def address(result: Result) -> str:
        file = partial(file_at, result.file)
        return sign_cutout(Delivery(file, result.mime, "cutout.fits", service.clock()))

    path = "/rubin/api/cutout"
    jobs = Jobs(_CUTOUT_JOBS, ImageCutoutWork(service), service.clock, address)
    shared = {"service": replace(service, guard=ANYBODY)}
    return [
        url(r"/rubin/api/datalink/links", LinksHandler, {"service": service, "sign": sign}),
        url(rf"{path}/sync", CutoutHandler, {"service": service, "sign": sign_cutout}),
        url(rf"{path}/capabilities", CutoutCapabilitiesHandler, shared),
        url(rf"{path}/availability", AvailabilityHandler, shared),
        *job_routes(path, service, jobs),
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
