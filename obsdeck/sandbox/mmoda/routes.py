"""Addresses of MMODA below ``/mmoda``."""

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.accounts.desk import Choices, Desk, DeskHandler, seconds_of
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.mmoda.handlers import ListTermsHandler, ParentsTermHandler, RefreshHandler
from obsdeck.sandbox.mmoda.tokens import MmodaTokens
from obsdeck.sandbox.web.base import Service

_BASE = r"/mmoda/dispatch-data"

_HANDLERS = {
    "refresh_token": RefreshHandler,
    "get_list_terms": ListTermsHandler,
    "get_parents_term": ParentsTermHandler,
}


def mmoda_routes(service: Service) -> list[URLSpec]:
    """Return the routes."""
    tokens = MmodaTokens(service.clock)
    shared = {"service": service, "tokens": tokens}
    desk = {"service": service, "desk": token_desk(tokens)}
    return [
        *(url(f"{_BASE}/{name}", handler, shared) for name, handler in _HANDLERS.items()),
        url(r"/mmoda/(?:user)?", DeskHandler, desk),
    ]


def token_desk(tokens: MmodaTokens) -> Desk:
    """Return the page where people get their token."""

    def issue(person: Person, choices: Choices) -> str:
        return tokens.issue(person, choices["roles"] or None, seconds_of(choices))

    fields = {
        "roles": "Roles, commas between (none: all you have)",
        "lifetime": "Seconds it lasts (none: a week)",
    }
    return Desk("Your MMODA token in the sandbox", "token", issue, fields)
