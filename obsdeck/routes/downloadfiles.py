"""`api/downloads/…`: what a plan would do, what is on disk, scripts and manifests."""

from __future__ import annotations

import asyncio

from tornado import web

from obsdeck.downloads import look, reading
from obsdeck.downloads.manifest import NAME, Entry, read_manifest
from obsdeck.downloads.place import Place
from obsdeck.downloads.request import Plan
from obsdeck.downloads.script import script_of
from obsdeck.errors import ObsdeckError
from obsdeck.routes.downloads import DownloadsBase


class DownloadCheckHandler(DownloadsBase):
    """`POST api/downloads/check`."""

    @web.authenticated
    async def post(self) -> None:
        """Answer `IDownloadCheck`; nothing is added."""
        requests, plan = await self.read_order()
        desk = await self.desk()
        self.finish(await asyncio.to_thread(look.checked, desk.queue, desk.ledgers, requests, plan))


class DownloadsHereHandler(DownloadsBase):
    """`POST api/downloads/here`."""

    @web.authenticated
    async def post(self) -> None:
        """Answer `{here: [{index, path}…]}`, of the files that were asked about."""
        body = reading.object_of(self.json_body(), "the request", {"folder", "files"})
        folder = reading.optional_text(body, "folder")
        desk = await self.desk()
        wanted = await asyncio.to_thread(look.read_wanted, body.get("files"))
        found = await asyncio.to_thread(look.files_here, desk.queue, desk.ledgers, wanted, folder)
        self.finish({"here": found})


class DownloadScriptHandler(DownloadsBase):
    """`GET api/downloads/script`."""

    @web.authenticated
    async def get(self) -> None:
        """Answer a bash script for the files of `ids`, or for all."""
        named = self.get_query_argument("ids", "")
        ids = reading.ids(named.split(",")) if named else None
        queue = (await self.desk()).queue
        script = script_of(queue.roster.chosen(ids))
        self.finish(script, set_content_type="text/x-shellscript; charset=utf-8")


class DownloadManifestHandler(DownloadsBase):
    """`POST api/downloads/manifest`."""

    @web.authenticated
    async def post(self) -> None:
        """Add what a manifest names and its folder, or another one, lacks; answers `{ids}`."""
        await self.check_may_write()
        body = reading.object_of(self.json_body(), "the request", {"path", "folder"})
        path = reading.text(body, "path", 4_000)
        queue = (await self.desk()).queue
        entries = await asyncio.to_thread(_entries, queue.place, path)
        wished = reading.optional_text(body, "folder")
        folder = path.strip("/").rpartition("/")[0] if wished is None else wished
        folder = await asyncio.to_thread(queue.place.checked, folder)
        wishes = await asyncio.to_thread(look.missing, queue, entries, folder)
        self.finish({"ids": await queue.wish(wishes, Plan(folder, queue.layout, True))})


class DownloadDefaultsHandler(DownloadsBase):
    """`GET api/downloads/defaults`."""

    @web.authenticated
    async def get(self) -> None:
        """Answer `{folder, layout}`, those that were used last."""
        queue = (await self.desk()).queue
        self.finish({"folder": queue.folder, "layout": queue.layout})


def _entries(place: Place, shown: str) -> list[Entry]:
    path = place.file(shown.strip("/"))
    try:
        if path is not None:
            return read_manifest(path)
    except OSError:
        pass
    raise ObsdeckError(
        "not-found",
        f"There is no manifest “{shown}”.",
        hint=f"Choose a file {NAME}.",
        status=404,
    )
