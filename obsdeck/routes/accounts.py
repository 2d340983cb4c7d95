"""Accounts: where one stands, signing in and out. No answer holds a secret."""

from __future__ import annotations

from typing import Any

from tornado import web

from obsdeck.archives.archive import Archive
from obsdeck.errors import ObsdeckError
from obsdeck.routes.base import PrivateHandler


class AccountsHandler(PrivateHandler):
    """`GET` and `POST api/accounts`."""

    @web.authenticated
    async def get(self) -> None:
        """Answer `IAccountList`; the argument `page` is the page's sign of life."""
        page = self.get_query_argument("page", None)
        self.finish(await self.services.accounts.list(self.identity, page))

    @web.authenticated
    async def post(self) -> None:
        """Take note that a page closes (`{leaving: id}`); answers 204."""
        leaving = self.json_body().get("leaving")
        if not isinstance(leaving, str):
            raise ObsdeckError("rejected", "The request names no page that closes.")
        self.services.accounts.leave(self.identity, leaving)
        self.set_status(204)
        self.finish()


class AccountHandler(PrivateHandler):
    """`POST` and `DELETE api/accounts/<archive>`."""

    @web.authenticated
    async def post(self, archive_id: str) -> None:
        """Do `action` and answer `{account, renewed?}`."""
        archive = self._archive(archive_id)
        body = self.json_body()
        more: dict[str, Any] = {}
        match body.get("action"):
            case "sign-in":
                await self._sign_in(archive, body)
            case _:
                raise ObsdeckError("rejected", "The request names no action that is known.")
        account = await self.services.accounts.account(self.identity, archive)
        self.finish({"account": account, **more})

    @web.authenticated
    async def delete(self, archive_id: str) -> None:
        """Sign out; answers 204."""
        await self.services.accounts.sign_out(self.identity, self._archive(archive_id))
        self.set_status(204)
        self.finish()

    def _archive(self, archive_id: str) -> Archive:
        return self.services.store.get(archive_id)

    async def _sign_in(self, archive: Archive, body: dict[str, Any]) -> None:
        page = body.get("page")
        await self.services.accounts.sign_in(
            self.identity,
            archive,
            body.get("fields"),
            body.get("keep"),
            page if isinstance(page, str) else None,
        )
