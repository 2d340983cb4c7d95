"""The archives beside the open one, each below a path of its own; most have accounts."""

from collections.abc import Mapping
from dataclasses import replace

from tornado.routing import URLSpec

from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.aurorax.routes import aurorax_routes
from obsdeck.sandbox.eso.routes import eso_routes
from obsdeck.sandbox.foreign.handlers import foreign_routes
from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.generic.routes import basic_routes, bearer_routes, ivoa_routes
from obsdeck.sandbox.holdings import ESO, MEMBERS, POOR, RUBIN, WIDE_ONLY
from obsdeck.sandbox.mmoda.routes import mmoda_routes
from obsdeck.sandbox.pyobs.routes import pyobs_routes
from obsdeck.sandbox.rubin.routes import rubin_routes
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.tap import tap_routes

_ROWS = 1_500

#: What each system publishes; its name is also the path of its addresses.
_HOLDINGS = {
    "eso": ESO,
    "rubin": RUBIN,
    "basic": MEMBERS,
    "bearer": MEMBERS,
    "vo": MEMBERS,
    "poor": POOR,
    "wide": WIDE_ONLY,
}


def system_archives(base_url: str, seed: int, clock: Clock) -> dict[str, Archive]:
    """Return the archive of each system; its rows are made when somebody asks for them."""
    return {
        name: Archive(f"{base_url}{name}/", seed + number, _ROWS, holding, clock)
        for number, (name, holding) in enumerate(_HOLDINGS.items(), 1)
    }


def system_routes(
    service: Service, archives: Mapping[str, Archive], recorder: Recorder, seed: int
) -> list[URLSpec]:
    """Return the routes of all systems, behind their guards.

    Parameters
    ----------
    service
        What handlers need; each system gets one with its own archive.
    archives
        Of ``system_archives``.
    recorder
        The foreign host.
    seed
        Same seed, same rows.
    """
    own = {
        name: replace(service, archive=archive, base_url=archive.base_url)
        for name, archive in archives.items()
    }
    return [
        *eso_routes(own["eso"], recorder),
        *rubin_routes(own["rubin"], recorder),
        *basic_routes(own["basic"]),
        *bearer_routes(own["bearer"]),
        *ivoa_routes(own["vo"]),
        *tap_routes("/poor/tap", own["poor"]),
        *tap_routes("/wide/tap", own["wide"]),
        *foreign_routes(service, recorder),
        *mmoda_routes(service),
        *aurorax_routes(service),
        *pyobs_routes(service, seed),
    ]
