"""Accounts: where one stands, signing in and out. No answer holds a secret."""

from __future__ import annotations

import asyncio
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

    _work: asyncio.Task[dict[str, Any]] | None = None

    @web.authenticated
    async def post(self, archive_id: str) -> None:
        """Do `action` and answer `{account, renewed?}`; stop when the page goes away."""
        archive = self.services.store.get(archive_id)
        self._work = work = asyncio.create_task(self._do(archive, self.json_body()))
        await asyncio.wait([work])
        if not work.cancelled():
            more = work.result()
            account = await self.services.accounts.account(self.identity, archive)
            self.finish({"account": account, **more})

    def on_connection_close(self) -> None:
        """Ask the archive no further when nobody waits for the answer."""
        super().on_connection_close()
        if self._work is not None:
            self._work.cancel()

    @web.authenticated
    async def delete(self, archive_id: str) -> None:
        """Sign out; answers 204."""
        await self.services.accounts.sign_out(self.identity, self.services.store.get(archive_id))
        self.set_status(204)
        self.finish()

    async def _do(self, archive: Archive, body: dict[str, Any]) -> dict[str, Any]:
        accounts, identity = self.services.accounts, self.identity
        match body.get("action"):
            case "sign-in":
                page = body.get("page")
                page = page if isinstance(page, str) else None
                await accounts.sign_in(
                    identity, archive, body.get("fields"), body.get("keep"), page
                )
            case "use":
                await accounts.use(identity, archive, body.get("place"))
            case "check":
                await accounts.check(identity, archive)
            case "renew":
                return {"renewed": await accounts.renew(identity, archive)}
            case _:
                raise ObsdeckError("rejected", "The request names no action that is known.")
        return {}
