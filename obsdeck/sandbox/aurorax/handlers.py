"""Calls of AuroraX below ``/aurorax/api/v1``."""

import json
from typing import Any

from obsdeck.sandbox.accounts.people import PEOPLE, Person, admit, find_person
from obsdeck.sandbox.aurorax.keys import AuroraxKeys, role_of
from obsdeck.sandbox.aurorax.sources import FORMATS, RefusedRecordError, Sources
from obsdeck.sandbox.web.base import ArchiveHandler, Service

_FILTERS = ("program", "platform", "instrument_type", "source_type", "owner")


class AuroraxHandler(ArchiveHandler):
    """A call with an API key, a session, or neither."""

    def initialize(self, service: Service, keys: AuroraxKeys, sources: Sources) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self.keys = keys
        self.sources = sources

    def fault(self, status: int, code: str, message: str) -> None:
        """Answer with the error object of the service."""
        self.answer_json({"error_code": code, "error_message": message}, status)

    def person_with(self, *roles: str) -> Person | None:
        """Return who asks if one of the roles is theirs; otherwise answer 401 or 403."""
        person = self.keys.person_of(self.request)
        if person is None:
            reason = "API key is not valid" if self.is_signed else "API key is missing"
            self.fault(401, "NotAuthenticated", reason)
        elif role_of(person) not in roles:
            self.fault(403, "NotPermitted", f"only {' and '.join(roles)} may do this")
            return None
        return person

    @property
    def is_signed(self) -> bool:
        """Whether the request carries a key or a session, good or bad."""
        return self.keys.is_signed(self.request)

    def json_body(self) -> dict[str, Any] | None:
        """Return the object of the body, None for anything else."""
        try:
            body = json.loads(self.request.body)
        except ValueError:
            return None
        return body if isinstance(body, dict) else None


class SourcesHandler(AuroraxHandler):
    """``/data_sources``: reading is anonymous, adding is for owners and administrators."""

    def get(self) -> None:
        """Answer with the sources; a body, as the public client sends it, is not looked at."""
        if self.is_signed and self.keys.person_of(self.request) is None:
            self.fault(401, "NotAuthenticated", "API key is not valid")
            return
        form = self.get_query_argument("format", "basic_info")
        if form not in FORMATS:
            self.fault(400, "AssertionError", f"format must be one of {', '.join(FORMATS)}")
            return
        given = {name: self.get_query_argument(name, "") for name in _FILTERS}
        wanted = {name: value for name, value in given.items() if value}
        self.answer_json(self.sources.find(wanted, form))

    def post(self) -> None:
        """Add a source."""
        person = self.person_with("owner", "administrator")
        if person is None:
            return
        body = self.json_body()
        if body is None:
            self.fault(400, "AssertionError", "the body must be a data source")
            return
        try:
            self.answer_json(self.sources.add(body, person.email))
        except RefusedRecordError as refused:
            self.fault(refused.status, refused.code, str(refused))


class SearchRequestsHandler(AuroraxHandler):
    """``/utils/admin/search_requests``: for administrators; nobody has searched here yet."""

    def get(self) -> None:
        """Answer with the searches that were asked for."""
        if self.person_with("administrator") is not None:
            self.answer_json([])


class AuthenticateHandler(AuroraxHandler):
    """``/authenticate``: mail address and password for a session."""

    def post(self) -> None:
        """Answer with the user; the token comes in a header, to be sent back verbatim."""
        body = self.json_body() or {}
        address, password = body.get("email_address"), body.get("password")
        if not (isinstance(address, str) and isinstance(password, str)):
            self.fault(400, "AssertionError", "email_address and password are required")
            return
        person = admit(address.removesuffix("@example.org"), password)
        if person is None or person.email != address:
            self.fault(401, "NotAuthenticated", "mail address or password is wrong")
            return
        self.set_header("Authorization", f"Bearer {self.keys.begin_session(person)}")
        self.answer_json(
            {
                "account_id": _account_id(person),
                "email_address": person.email,
                "role": role_of(person),
                "disabled": not person.is_active,
            }
        )


class EndSessionHandler(AuroraxHandler):
    """``/authenticate/end_session``."""

    def post(self) -> None:
        """End the session of the request."""
        self.keys.end_session(self.request)
        self.answer_json({})


def _account_id(person: Person) -> int:
    names = [known.name for known in PEOPLE]
    return names.index(person.name) + 1 if find_person(person.name) in PEOPLE else len(names) + 1
