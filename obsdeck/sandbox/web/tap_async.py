"""TAP 1.1 asynchronous queries (section 2.3) as routes."""

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.uws.jobs import Jobs
from obsdeck.sandbox.uws.rules import JobRules
from obsdeck.sandbox.web import job_values as values
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.jobs import JobHandler, JobListHandler, ResultHandler, ResultsHandler
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
    "results/result": ResultHandler,
}


def async_routes(path: str, service: Service, rules: JobRules) -> list[URLSpec]:
    """Return the routes of the jobs of a TAP service, which end with the application.

    Parameters
    ----------
    path
        Pattern of the path of its base URL.
    service
        What answers queries, behind its guard.
    rules
        Limits and habits of its jobs.
    """
    jobs = Jobs(rules, TapWork(service), service.clock)
    service.closing.callback(jobs.close)
    shared = {"service": service, "jobs": jobs}
    job = rf"{path}/+async/([^/]+)"
    return [
        url(rf"{path}/+async/?", JobListHandler, shared),
        url(rf"{job}/?", JobHandler, shared),
        *(url(rf"{job}/{name}/?", handler, shared) for name, handler in _CHILDREN.items()),
    ]
