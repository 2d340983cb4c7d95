"""Calls of one generation of pyobs-archive."""

import json
from collections.abc import Sequence
from typing import Any

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.accounts.people import admit
from obsdeck.sandbox.pyobs.frames import Frame, shown
from obsdeck.sandbox.pyobs.generations import Generation
from obsdeck.sandbox.pyobs.tokens import PyobsTokens, broken
from obsdeck.sandbox.web.base import ArchiveHandler, Service

_REQUIRED = "This field is required."
_WRONG = "Unable to log in with provided credentials."


class PyobsHandler(ArchiveHandler):
    """A call that answers as the REST framework does, methods included."""

    SUPPORTED_METHODS = ("GET", "HEAD", "POST", "DELETE", "PATCH", "PUT", "OPTIONS")
    allowed = ""

    def prepare(self) -> None:
        """Look at the method after the token, as the framework does."""
        super().prepare()
        if self._finished:
            return
        self.set_header("Allow", self.allowed)
        if self.request.method not in self.allowed.split(", "):
            detail = f'Method "{self.request.method}" not allowed.'
            self.answer_json({"detail": detail}, 405)

    def options(self) -> None:
        """Describe the call."""
        self.answer_json({"name": type(self).__name__.removesuffix("Handler"), "description": ""})


class LoginHandler(PyobsHandler):
    """``/api-token-auth/`` of the first generation."""

    allowed = "POST, OPTIONS"

    def initialize(self, service: Service, tokens: PyobsTokens, generation: Generation) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._tokens = tokens
        self._generation = generation

    def post(self) -> None:
        """Answer with the token of a person; takes a form or JSON."""
        given = self._given()
        missing = {name: [_REQUIRED] for name in ("username", "password") if not given.get(name)}
        if missing:
            self.answer_json(missing, 400)
            return
        if self._generation.is_public:
            # The portal that this mode asks is not there (pyobs-archive.md, 1).
            self.deny(broken())
            return
        person = admit(str(given["username"]), str(given["password"]))
        if person is None:
            self.answer_json({"non_field_errors": [_WRONG]}, 400)
            return
        self.answer_json({"token": self._tokens.of(person)})

    def _given(self) -> dict[str, Any]:
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            try:
                body = json.loads(self.request.body)
            except ValueError:
                return {}
            return body if isinstance(body, dict) else {}
        names = ("username", "password")
        return {name: self.get_body_argument(name, "", strip=False) for name in names}


class FramesHandler(PyobsHandler):
    """``/frames/``: the list with offset and limit; other filters are not played yet."""

    def initialize(self, service: Service, frames: Sequence[Frame], generation: Generation) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self.allowed = generation.allowed
        self._frames = frames
        self._generation = generation

    def get(self) -> None:
        """Answer with the number of frames and a page of them."""
        try:
            start, end = self._page()
        except ValueError:
            self._refuse_page()
            return
        results = [shown(frame, self._generation) for frame in self._frames[start:end]]
        self.answer_json({"count": len(self._frames), "results": results})

    def _page(self) -> tuple[int, int]:
        """Return where the page begins and ends; ValueError for what is no number."""
        offset = self.get_query_argument("offset", None)
        limit = self.get_query_argument("limit", None)
        longest = self._generation.page_limit
        if longest is None:
            if offset is None or limit is None:
                return 0, len(self._frames)
            if int(limit) < 0 or int(offset) < 0:
                raise ValueError(limit)
            return int(offset), int(offset) + int(limit)
        start = max(int(offset or 0), 0)
        return start, start + min(max(int(limit or longest), 0), longest)

    def _refuse_page(self) -> None:
        if self._generation.page_limit is None:
            self.deny(broken())
        else:
            self.answer_json({"detail": "Invalid values for offset/limit."}, 400)


class IndexHandler(ArchiveHandler):
    """The page of the site."""

    def get(self) -> None:
        """Answer with the page."""
        self.finish("<!doctype html><html lang=en><head><title>Archive</title></head></html>")


class MissingHandler(ArchiveHandler):
    """Every other address: a page, as the framework gives one."""

    def prepare(self) -> None:
        """Answer 404 in HTML."""
        super().prepare()
        page = "<!doctype html><html lang=en><head><title>Not Found</title></head></html>"
        self.deny(DeniedError(404, page, "text/html; charset=utf-8"))
