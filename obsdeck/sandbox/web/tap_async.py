"""TAP 1.1 asynchronous queries (section 2.3) as routes."""

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.uws.jobs import Jobs
from obsdeck.sandbox.web import job_values as values
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.jobs import JobHandler, JobListHandler, ResultHandler, ResultsHandler
from obsdeck.sandbox.web.offer import Offer, Sign
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
    """Return the routes of the jobs of a TAP service.

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
    return job_routes(path, service, jobs, offer.signed)


def job_routes(
    path: str, service: Service, jobs: Jobs, signed: Sign | None = None
) -> list[URLSpec]:
    """Return the routes of jobs, which end with the application.

    Parameters
    ----------
    path
        Pattern of the path of the base URL of their service.
    service
        What answers, behind its guard.
    jobs
        The jobs.
    signed
        Where their results are, None for below their job.
    """
    service.closing.callback(jobs.close)
    shared = {"service": service, "jobs": jobs}
    folder = rf"{path}/+{jobs.rules.folder}"
    job = rf"{folder}/([^/]+)"
    return [
        url(rf"{folder}/?", JobListHandler, shared),
        url(rf"{job}/?", JobHandler, shared),
        url(rf"{job}/results/([^/]+)/?", ResultHandler, {**shared, "signed": signed}),
        *(url(rf"{job}/{name}/?", handler, shared) for name, handler in _CHILDREN.items()),
    ]
