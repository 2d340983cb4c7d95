"""Addresses of the generations below ``/pyobs``."""

from dataclasses import replace

from tornado.routing import URLSpec
from tornado.web import RedirectHandler, url

from obsdeck.sandbox.accounts.desk import Desk, DeskHandler
from obsdeck.sandbox.accounts.people import Person, find_person
from obsdeck.sandbox.pyobs.frames import Frame, frames
from obsdeck.sandbox.pyobs.generations import GENERATIONS, Generation
from obsdeck.sandbox.pyobs.handlers import (
    FramesHandler,
    IndexHandler,
    LoginHandler,
    MissingHandler,
)
from obsdeck.sandbox.pyobs.tokens import PyobsGuard, PyobsTokens
from obsdeck.sandbox.web.base import Service


def pyobs_routes(service: Service, seed: int) -> list[URLSpec]:
    """Return the routes; same seed, same frames."""
    made = frames(seed)
    return [route for one in GENERATIONS for route in _generation_routes(service, one, made)]


def _generation_routes(
    service: Service, generation: Generation, made: list[Frame]
) -> list[URLSpec]:
    base = f"/pyobs/{generation.name}"
    tokens = PyobsTokens()
    guarded = replace(service, guard=PyobsGuard(tokens, generation))
    listing = {"service": guarded, "frames": made, "generation": generation}
    signing_in = {"service": service, "tokens": tokens, "generation": generation}
    login = [url(f"{base}/api-token-auth/", LoginHandler, signing_in)]
    return [
        *(login if generation.has_login else []),
        url(f"{base}/frames/", FramesHandler, listing),
        url(f"{base}/frames", RedirectHandler, {"url": f"{base}/frames/"}),
        url(f"{base}/admin/token/", DeskHandler, {"service": service, "desk": _desk(tokens)}),
        url(f"{base}/", IndexHandler, {"service": service}),
        url(f"{base}/.*", MissingHandler, {"service": service}),
    ]


def _desk(tokens: PyobsTokens) -> Desk:
    """Return the page of the administrator, who knows the token of switched-off accounts too."""
    return Desk(
        "Tokens of pyobs-archive in the sandbox",
        "token",
        lambda person, _: tokens.of(person),
        {},
        _known,
    )


def _known(name: str, password: str) -> Person | None:
    person = find_person(name)
    return person if person is not None and person.password == password else None
