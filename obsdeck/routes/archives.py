"""Archive definitions for the page."""

from __future__ import annotations

import json
from typing import Any

from tornado import web

from obsdeck.errors import ObsdeckError
from obsdeck.routes.base import ObsdeckHandler


class ArchivesHandler(ObsdeckHandler):
    """`GET` and `POST api/archives`."""

    @web.authenticated
    def get(self) -> None:
        """Answer `{archives: [definition…], problems: [sentence…]}` in the order of menus."""
        store = self.services.store
        self.finish(
            {
                "archives": [archive.to_json() for archive in store.all()],
                "problems": store.problems(),
            }
        )

    @web.authenticated
    def post(self) -> None:
        """Add an archive of the user's own; answers 201 with its definition."""
        archive = self.services.store.add(self._body())
        self.set_status(201)
        self.finish(archive.to_json())

    def _body(self) -> dict[str, Any]:
        try:
            body = json.loads(self.request.body)
        except ValueError as error:
            raise ObsdeckError("rejected", "The request's body is no JSON.") from error
        if not isinstance(body, dict):
            raise ObsdeckError("rejected", "The request's body is no JSON object.")
        return body


class ArchiveHandler(ObsdeckHandler):
    """`GET` and `DELETE api/archives/<id>`."""

    @web.authenticated
    def get(self, archive_id: str) -> None:
        """Answer one definition."""
        self.finish(self.services.store.get(archive_id).to_json())

    @web.authenticated
    def delete(self, archive_id: str) -> None:
        """Remove an archive of the user's own; answers 204."""
        self.services.store.remove(archive_id)
        self.set_status(204)
        self.finish()
