"""`api/downloads`: the queue of files on the server's disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from jupyter_core.utils import ensure_async
from tornado import web

from obsdeck.downloads import reading
from obsdeck.downloads.queue import Queue
from obsdeck.downloads.request import Plan, Request, read_plan, read_request
from obsdeck.downloads.service import Desk
from obsdeck.errors import ObsdeckError
from obsdeck.routes.base import PrivateHandler

_MOST_AT_ONCE = 20_000
"""Files in one request."""


class DownloadsBase(PrivateHandler):
    """What all routes of the queue share."""

    async def desk(self) -> Desk:
        """Return the queue of who asks."""
        return await self.services.downloads.desk(self.identity)

    async def check_may_write(self) -> None:
        """Ask also whether the user may write files at all."""
        allowed = self.authorizer.is_authorized(self, self.current_user, "write", "contents")
        if not await ensure_async(allowed):
            raise web.HTTPError(403, "This server does not allow you to write files.")

    async def read_order(self) -> tuple[list[Request], Plan]:
        """Return the requests and the plan in the body."""
        body = reading.object_of(self.json_body(), "the request", {"requests", "plan"})
        return await asyncio.to_thread(_requests, body), read_plan(body.get("plan"))


class DownloadsHandler(DownloadsBase):
    """`GET`, `POST`, `PATCH` and `DELETE api/downloads`."""

    @web.authenticated
    async def get(self) -> None:
        """Answer `{items: [IDownload…], totals: IDownloadTotals}`."""
        queue = (await self.desk()).queue
        items = [item.to_page() for item in queue.roster.all()]
        self.finish({"items": items, "totals": queue.totals()})

    @web.authenticated
    async def post(self) -> None:
        """Add files; answers `{ids}`, in the order they were asked for."""
        await self.check_may_write()
        requests, plan = await self.read_order()
        queue = (await self.desk()).queue
        self.finish({"ids": await queue.add(requests, plan)})

    @web.authenticated
    async def patch(self) -> None:
        """Do what `action` says with the files of `ids`, or with all; answers `{totals}`."""
        body = reading.object_of(self.json_body(), "the request", {"action", "ids", "before"})
        ids = None if body.get("ids") is None else reading.ids(body["ids"])
        queue = (await self.desk()).queue
        if body.get("action") == "move":
            queue.move(ids or [], reading.optional_text(body, "before"))
        else:
            _action(queue, body.get("action"))(ids)
        await queue.settle()
        self.finish({"totals": queue.totals()})

    @web.authenticated
    async def delete(self) -> None:
        """Remove the files of `ids` and what came of them; answers `{totals}`."""
        body = reading.object_of(self.json_body(), "the request", {"ids"})
        queue = (await self.desk()).queue
        await queue.cancel(reading.ids(body.get("ids")))
        self.finish({"totals": queue.totals()})


def _action(queue: Queue, name: object) -> Callable[[Sequence[str] | None], None]:
    known: dict[str, Callable[[Sequence[str] | None], None]] = {
        "start": queue.start,
        "pause": queue.pause,
        "resume": queue.resume,
        "retry": queue.retry,
        "clear": lambda _ids: queue.clear(),
    }
    if not isinstance(name, str) or name not in known:
        raise ObsdeckError("rejected", "The request names no action that is known.")
    return known[name]


def _requests(body: dict[str, Any]) -> list[Request]:
    given = body.get("requests")
    if not isinstance(given, list) or len(given) > _MOST_AT_ONCE:
        raise reading.refused("the request has no list of files")
    return [read_request(each) for each in given]
