"""Addresses of what the rows of a service link to: links, files, cutouts, other services."""

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.soda.jobs import CutoutWork
from obsdeck.sandbox.uws.jobs import Jobs
from obsdeck.sandbox.uws.rules import JobRules
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.datalink import LinksHandler
from obsdeck.sandbox.web.processing import ExtractHandler, RebinHandler, StatisticsHandler
from obsdeck.sandbox.web.products import ProductsHandler
from obsdeck.sandbox.web.soda import SodaHandler
from obsdeck.sandbox.web.soda_vosi import SodaCapabilitiesHandler
from obsdeck.sandbox.web.tap_async import job_routes
from obsdeck.sandbox.web.vosi import AvailabilityHandler


def product_routes(path: str, service: Service) -> list[URLSpec]:
    """Return the routes below a path."""
    shared = {"service": service}
    jobs = Jobs(JobRules(), CutoutWork(service), service.clock)
    return [
        url(rf"{path}/datalink/links", LinksHandler, shared),
        url(rf"{path}/products", ProductsHandler, shared),
        url(rf"{path}/soda/sync", SodaHandler, shared),
        url(rf"{path}/soda/capabilities", SodaCapabilitiesHandler, shared),
        url(rf"{path}/soda/availability", AvailabilityHandler, shared),
        *job_routes(rf"{path}/soda", service, jobs),
        url(rf"{path}/services/rebin", RebinHandler, shared),
        url(rf"{path}/services/extract", ExtractHandler, shared),
        url(rf"{path}/services/statistics", StatisticsHandler, shared),
    ]
