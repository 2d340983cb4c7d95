"""`GET api/quicklook`: what a FITS file on the server's disk looks like."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from jupyter_core.utils import ensure_async
from tornado import web

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.questions import QUESTIONS
from obsdeck.quicklook.reader import Answered
from obsdeck.quicklook.source import Source
from obsdeck.routes.base import PrivateHandler

FACTS_HEADER = "X-Obsdeck-Facts"
"""Carries, as JSON in ASCII, what is to be known about a picture."""


class QuickLookHandler(PrivateHandler):
    """Asks a child process about a file, and tells it when the page does not wait any more."""

    _asking: asyncio.Task[tuple[Source, Answered]] | None = None

    @web.authenticated
    async def get(self) -> None:
        """Answer one question about one file."""
        await self._check_may_read()
        question = self._question()
        shown = self.get_query_argument("path", "", strip=False)
        root = Path(str(self.serverapp.root_dir)) if self.serverapp else Path.cwd()
        looking = self.services.quicklook.ask(root, shown, question)
        self._asking = asking = asyncio.create_task(looking)
        await asyncio.wait([asking])
        if not asking.cancelled():
            self._answer(*asking.result())

    def on_connection_close(self) -> None:
        """Let the process be free for other questions."""
        super().on_connection_close()
        if self._asking is not None:
            self._asking.cancel()

    def _question(self) -> dict[str, str]:
        what = self.get_query_argument("what", "info")
        if what not in QUESTIONS:
            raise ObsdeckError("rejected", f"what must be one of: {', '.join(QUESTIONS)}.")
        arguments = self.request.query_arguments
        given = {name: self.get_query_argument(name) for name in arguments if name != "path"}
        return {**given, "what": what}

    def _answer(self, source: Source, answered: Answered) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        if answered.facts:
            self.set_header(FACTS_HEADER, json.dumps(answered.facts))
        self.finish(answered.body, set_content_type=answered.type)

    async def _check_may_read(self) -> None:
        """Ask also whether the user may read files at all."""
        allowed = self.authorizer.is_authorized(self, self.current_user, "read", "contents")
        if not await ensure_async(allowed):
            raise web.HTTPError(403, "This server does not allow you to read files.")
