"""Archive definitions for the page."""

from __future__ import annotations

from tornado import web

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
        archive = self.services.store.add(self.json_body())
        self.set_status(201)
        self.finish(archive.to_json())


class ArchiveHandler(ObsdeckHandler):
    """`GET`, `PATCH` and `DELETE api/archives/<id>`."""

    @web.authenticated
    def get(self, archive_id: str) -> None:
        """Answer one definition."""
        self.finish(self.services.store.get(archive_id).to_json())

    @web.authenticated
    def patch(self, archive_id: str) -> None:
        """Change how one signs in to an archive of the user's own: `{signIn, origins?}`."""
        self.finish(self.services.store.change(archive_id, self.json_body()).to_json())

    @web.authenticated
    async def delete(self, archive_id: str) -> None:
        """Remove an archive of the user's own and forget its sign-in; answers 204."""
        self.services.store.remove(archive_id)
        await self.services.accounts.forget(self.identity, archive_id)
        self.set_status(204)
        self.finish()
