"""TAP services whose queries are well, and whose jobs and limits are odd."""

from dataclasses import replace

from tornado.routing import URLSpec

from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.uploads.upload import UploadLimits
from obsdeck.sandbox.uws.rules import VOLLT, Dialect, JobRules, Oddities
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.tap import tap_routes

#: What each service is like: a line for people, and its rules.
ODD_JOBS: dict[str, tuple[str, JobRules]] = {
    "held": (
        "Jobs are HELD after RUN, until another RUN.",
        JobRules(odd=Oddities(detour="HELD")),
    ),
    "suspended": (
        "Jobs are SUSPENDED for a second before they execute.",
        JobRules(odd=Oddities(detour="SUSPENDED")),
    ),
    "unknown": (
        "Jobs are UNKNOWN for a second before they execute.",
        JobRules(odd=Oddities(detour="UNKNOWN")),
    ),
    "newphase": (
        "Jobs are in a phase no standard has, COOKING, for a second before they execute.",
        JobRules(odd=Oddities(detour="COOKING")),
    ),
    "archived": (
        "Jobs end as ARCHIVED, without a result.",
        JobRules(odd=Oddities(archives=True)),
    ),
    "forgetsrun": (
        "PHASE=RUN at the creation of a job is overlooked.",
        JobRules(odd=Oddities(forgets_run=True)),
    ),
    "showsjob": (
        "The creation of a job is answered with its document and 200, not with a redirect.",
        JobRules(odd=Oddities(shows_job=True)),
    ),
    "uws10": (
        "UWS 1.0: no version, no times of creation, no xsi:nil, WAIT ignored, slow jobs.",
        JobRules(
            dialect=Dialect("", has_nil=False, version=None), odd=Oddities(executing=2.5)
        ),
    ),
    "nodelete": (
        "Jobs are deleted with ACTION=DELETE only.",
        JobRules(odd=Oddities(knows_delete=False)),
    ),
    "vanishes": (
        "Jobs are gone when they begin to execute.",
        JobRules(odd=Oddities(vanishes=True)),
    ),
    "relative": ("Redirects are relative.", JobRules(location="", dialect=VOLLT)),
    "elsewhere": ("Redirects lead to another host.", JobRules()),
    "nolist": ("The list of jobs is empty although there are some.",
               JobRules(lists_anonymous=False)),
    "fewjobs": ("Nobody may have more than three jobs.", JobRules(most_jobs=3)),
    "slowjobs": ("Every job executes for six seconds.", JobRules(odd=Oddities(executing=6))),
    "shortjobs": (
        "Jobs may execute for a second, and are forgotten after a minute.",
        JobRules(duration=1, longest_duration=1, lifetime=60, longest_lifetime=60),
    ),
    "ahead": ("The clock is a day ahead.", JobRules(odd=Oddities(skew=86_400))),
    "smalluploads": ("Uploaded tables have at most 100 rows.", JobRules()),
    "nouploads": ("No table can be uploaded.", JobRules()),
}  # fmt: skip

_UPLOADS = {"smalluploads": UploadLimits(rows=100), "nouploads": UploadLimits(tables=0)}


def odd_routes(service: Service, recorder: Recorder) -> list[URLSpec]:
    """Return the routes of these services; ``recorder`` is the other host."""
    routes: list[URLSpec] = []
    elsewhere = {"elsewhere": JobRules(location=recorder.addresses[0])}
    for case, (_, rules) in ODD_JOBS.items():
        own = replace(service, uploads=_UPLOADS.get(case, service.uploads))
        offer = Offer(jobs=elsewhere.get(case, rules))
        routes += tap_routes(f"/faults/{case}/tap", own, offer=offer)
    return routes
