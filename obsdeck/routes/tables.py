"""`POST api/tables`: rows that the page holds become a file on the server's disk."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

from jupyter_core.utils import ensure_async
from tornado import web
from tornado.http1connection import HTTP1Connection

from obsdeck.errors import ObsdeckError
from obsdeck.routes.base import PrivateHandler
from obsdeck.tables.names import FORMATS, TableFormat
from obsdeck.tables.saving import MOST_BYTES, Saved, Saving
from obsdeck.tables.target import Target, target_of


@web.stream_request_body
class TablesHandler(PrivateHandler):
    """Writes an Arrow stream while it is uploaded, never whole in memory."""

    _saving: Saving | None = None
    _finishing: asyncio.Task[Saved] | None = None
    _stopping: asyncio.Task[None] | None = None

    async def prepare(self) -> None:  # type: ignore[override]
        """Check everything before the first byte of the rows is taken."""
        await super().prepare()
        if self.request.method != "POST":
            return
        await self._check_may_write()
        target, format = await self._read_target()
        self._connection.set_max_body_size(MOST_BYTES)
        self._saving = Saving(target, format)
        await self._saving.start()

    async def data_received(self, chunk: bytes) -> None:
        """Pass rows on, as fast as they are written."""
        if self._saving is not None:
            await self._saving.take(chunk)

    @web.authenticated
    async def post(self) -> None:
        """Answer `{path, rows, bytes, notes}` once the file has its name."""
        saving = cast(Saving, self._saving)
        self._finishing = finishing = asyncio.create_task(saving.finish())
        await asyncio.wait([finishing])
        if finishing.cancelled():
            return
        saved = finishing.result()
        self.finish(
            {
                "path": saved.path,
                "rows": saved.rows,
                "bytes": saved.bytes,
                "notes": list(saved.notes),
            }
        )

    def on_connection_close(self) -> None:
        """Leave nothing of an upload that was cancelled."""
        super().on_connection_close()
        if self._finishing is not None:
            self._finishing.cancel()
        self._stop()

    def on_finish(self) -> None:
        """Leave nothing behind, however it ended."""
        self._stop()

    def _stop(self) -> None:
        if self._saving is not None and self._stopping is None:
            self._stopping = asyncio.ensure_future(self._saving.stop())

    async def _check_may_write(self) -> None:
        """Ask also whether the user may write files at all."""
        allowed = self.authorizer.is_authorized(self, self.current_user, "write", "contents")
        if not await ensure_async(allowed):
            raise web.HTTPError(403, "This server does not allow you to write files.")

    async def _read_target(self) -> tuple[Target, TableFormat]:
        wished = self.get_query_argument("format", "")
        format = next((known for known in FORMATS if known == wished), None)
        if format is None:
            raise ObsdeckError("rejected", "The request names no format that is known.")
        path = self.get_query_argument("path", "", strip=False)
        overwrite = self.get_query_argument("overwrite", "") == "1"
        root = Path(str(self.serverapp.root_dir)) if self.serverapp else Path.cwd()
        length = int(self.request.headers.get("Content-Length", "0"))
        target = await asyncio.to_thread(_checked, root, path, format, overwrite, length)
        return target, format

    @property
    def _connection(self) -> HTTP1Connection:
        return cast(HTTP1Connection, self.request.connection)


def _checked(root: Path, path: str, format: TableFormat, overwrite: bool, length: int) -> Target:
    target = target_of(root, path, format, overwrite=overwrite)
    target.check_free()
    target.check_room(length)
    return target
