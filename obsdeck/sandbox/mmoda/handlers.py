"""Calls of the dispatcher below ``/mmoda/dispatch-data``."""

import json

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.mmoda import terms
from obsdeck.sandbox.mmoda.tokens import WEEK, MmodaTokens
from obsdeck.sandbox.web.base import ArchiveHandler, Service

#: The dispatcher labels nearly everything so, JSON as well (``mmoda-gallery.md``, 2).
_HTML = "text/html; charset=utf-8"

_TOO_LONG = (
    "The refresh interval requested exceeds the maximum allowed, please provide a value which is "
    f"lower than {WEEK} seconds"
)


class DispatcherHandler(ArchiveHandler):
    """A call; its parameters stand in the query or in the form."""

    def initialize(self, service: Service, tokens: MmodaTokens) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self.tokens = tokens

    def get(self) -> None:
        """Answer the call."""
        self._call()

    def answer(self) -> None:
        """Answer a call, or raise DeniedError."""
        raise NotImplementedError

    def _call(self) -> None:
        self.set_header("Content-Type", _HTML)
        try:
            self.answer()
        except DeniedError as denied:
            self.deny(denied)

    @property
    def token(self) -> str | None:
        """The token of the call; a header is never looked at."""
        return self.get_argument("token", None)


class RefreshHandler(DispatcherHandler):
    """``/refresh_token``: the same claims with a later end, as plain text."""

    def post(self) -> None:
        """Answer the call."""
        self._call()

    def answer(self) -> None:
        """Answer with the new token."""
        claims = self.tokens.check(self.token, ["refresh-tokens"], "refresh your token")
        given = self.get_argument("refresh_interval", str(WEEK))
        if not (given.isascii() and given.isdigit()):
            self.answer_json({"error_message": "refresh_interval is no whole number"}, 400)
        elif int(given[:12]) > WEEK:
            body = {"error_message": "Request not authorized", "debug_message": _TOO_LONG}
            self.answer_json(body, 403)
        else:
            self.finish(self.tokens.refreshed(claims, int(given)))


class GalleryHandler(DispatcherHandler):
    """A call for contributors to the gallery; ``action`` says what for when it is refused."""

    action = ""

    def answer(self) -> None:
        """Answer with what was asked for, as JSON under another label."""
        self.tokens.check(self.token, ["gallery contributor"], self.action)
        self.finish(json.dumps(self.read()))

    def read(self) -> object:
        """Return what was asked for."""
        raise NotImplementedError


class ListTermsHandler(GalleryHandler):
    """``/get_list_terms``: the terms of a group."""

    action = "get the list of terms of the product gallery"

    def read(self) -> list[str]:
        """Return the terms."""
        return terms.list_terms(self.get_argument("group", ""), self.get_argument("parent", ""))


class ParentsTermHandler(GalleryHandler):
    """``/get_parents_term``: the terms above one."""

    action = "get the parents of a term of the product gallery"

    def read(self) -> list[str]:
        """Return the terms above."""
        return terms.parents_of(self.get_argument("term", ""), self.get_argument("group", ""))
