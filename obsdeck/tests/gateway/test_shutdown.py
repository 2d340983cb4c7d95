"""Stopping Jupyter while archives keep their answers back, as UWS services do on WAIT."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.serverapp import ServerApp

from obsdeck.app import Obsdeck
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.upstream import Upstream

_HANGS_SECONDS = 60
"""Only what waits for the archive, which never answers, takes as long."""


async def test_stopping_waits_for_no_question_that_blocks(
    jp_serverapp: ServerApp, through: Fetch, upstream: Upstream
) -> None:
    asked = asyncio.Event()

    async def keep_back(_request: Any, _writer: Any) -> None:
        asked.set()
        await upstream.disconnected.wait()

    upstream.on("/tap/async/1", keep_back)
    url = f"{upstream.origin}/tap/async/1?PHASE=EXECUTING&WAIT=30"
    polling = asyncio.ensure_future(through(url))
    async with asyncio.timeout(_HANGS_SECONDS):
        await asked.wait()
        (extension,) = jp_serverapp.extension_manager.extension_apps["obsdeck"]
        assert isinstance(extension, Obsdeck)
        await extension.stop_extension()
        # The archive hears that nobody waits any more, and the page gets an answer.
        await upstream.disconnected.wait()
        assert (await polling).code == 502
