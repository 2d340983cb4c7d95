"""TAP 1.1 asynchronous queries (section 2.3) as routes."""

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.uws.jobs import Jobs
from obsdeck.sandbox.web import job_values as values
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.jobs import JobHandler, JobListHandler, ResultHandler, ResultsHandler
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.tap_job import TapWork

_CHILDREN = {
    "phase": values.PhaseHandler,
    "executionduration": values.DurationHandler,
    "destruction": values.DestructionHandler,
    "quote": values.QuoteHandler,
    "owner": values.OwnerHandler,
    "parameters": values.ParametersHandler,
    "error": values.ErrorHandler,
    "results": ResultsHandler,
}


def async_routes(path: str, service: Service, offer: Offer) -> list[URLSpec]:
    """Return the routes of the jobs of a TAP service, which end with the application.

    Parameters
    ----------
    path
        Pattern of the path of its base URL.
    service
        What answers queries, behind its guard.
    offer
        What holds for its jobs, and where their results are.
    """
    jobs = Jobs(offer.jobs, TapWork(service), service.clock)
    service.closing.callback(jobs.close)
    shared = {"service": service, "jobs": jobs}
    job = rf"{path}/+async/([^/]+)"
    return [
        url(rf"{path}/+async/?", JobListHandler, shared),
        url(rf"{job}/?", JobHandler, shared),
        url(rf"{job}/results/result/?", ResultHandler, {**shared, "signed": offer.signed}),
        *(url(rf"{job}/{name}/?", handler, shared) for name, handler in _CHILDREN.items()),
    ]
