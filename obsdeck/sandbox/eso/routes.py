"""Addresses of ESO's archive below ``/eso``."""

from dataclasses import replace

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.eso.portal import (
    CutoutHandler,
    FileHandler,
    LinksHandler,
    PreviewHandler,
    TreeHandler,
)
from obsdeck.sandbox.eso.sign_in import AccessTokenHandler, TokenHandler
from obsdeck.sandbox.eso.tokens import EsoGuard, EsoTokens
from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.uws.rules import VOLLT, JobRules
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.sending import Delivery
from obsdeck.sandbox.web.tap import tap_routes

#: What the capabilities name; the Bearer header has no identifier there.
_METHODS = ("ivo://ivoa.net/sso#OAuth", "ivo://ivoa.net/sso#BasicAA")

#: Of ``eso.md``, 3. Jobs of nobody are not listed.
_JOBS = JobRules(duration=60, longest_lifetime=180 * 86_400, lists_anonymous=False, dialect=VOLLT)


def eso_routes(service: Service, recorder: Recorder) -> list[URLSpec]:
    """Return the routes.

    Parameters
    ----------
    service
        Has ESO's archive and no guard yet.
    recorder
        The foreign host, to which some links lead.
    """
    tokens = EsoTokens(f"{service.base_url}sso/oidc", service.clock)
    guarded = replace(service, guard=EsoGuard(tokens))
    signing_in = {"service": service, "tokens": tokens}
    links = {"service": guarded, "foreign": recorder.addresses[0]}

    def elsewhere(delivery: Delivery) -> str:
        return recorder.addresses[0] + recorder.storage.sign(delivery, service.clock)

    files = {"service": guarded, "elsewhere": elsewhere}
    return [
        url(r"/eso/datalink/links", LinksHandler, links),
        url(r"/eso/dataPortal/file/([^/]+)", FileHandler, files),
        url(r"/eso/dataPortal/preview/([^/]+)", PreviewHandler, files),
        url(r"/eso/dataPortal/soda/sync", CutoutHandler, {"service": guarded}),
        url(r"/eso/calselector/v1/associations", TreeHandler, {"service": guarded}),
        url(r"/eso/sso/oidc/token", TokenHandler, signing_in),
        url(r"/eso/sso/oidc/accessToken", AccessTokenHandler, signing_in),
        *tap_routes("/eso/tap", guarded, service, Offer(_METHODS, _JOBS)),
    ]
