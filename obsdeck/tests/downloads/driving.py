"""What the page asks of the queue, for tests."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from obsdeck.downloads.clock import Clock
from obsdeck.downloads.service import Downloads
from obsdeck.tests.conftest import Fetch

PATIENCE_SECONDS = 30.0
SETTLED = frozenset({"done", "failed", "paused", "sign-in", "held"})


@dataclass
class Deck:
    """The queue of a running server.

    Attributes
    ----------
    api
        Calls a route.
    downloads
        The service behind the routes.
    root
        Jupyter's root folder.
    waits
        Seconds that the queue wanted to wait, none of which pass.
    """

    api: Fetch
    downloads: Downloads
    root: Path
    waits: list[float] = field(default_factory=list)
    now: float = 1_790_000_000.0

    def clock(self) -> Clock:
        """Return a clock on which waiting takes no time."""

        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)
            self.now += seconds
            await asyncio.sleep(0)

        return Clock(lambda: self.now, time.monotonic, sleep, lambda: 0.5)

    @staticmethod
    def text(**body: Any) -> str:
        """Return a request's body."""
        return json.dumps(body)

    async def manifest(self, folder: str) -> dict[str, Any]:
        """Return the manifest of a folder once it names all that is done there."""
        done = [item for item in await self.items() if item["end"] in {"saved", "checked"}]
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            with contextlib.suppress(FileNotFoundError):
                text = (self.root / folder / "obsdeck-manifest.json").read_text()
                found: dict[str, Any] = json.loads(text)
                if len(found["files"]) >= len(done):
                    return found
            assert time.monotonic() < end
            await asyncio.sleep(0.02)

    async def call(self, method: str, *path: str, **body: Any) -> Any:
        """Call a route that is expected to work; return its JSON."""
        sent = json.dumps(body) if body else None
        response = await self.api(
            "downloads", *path, method=method, body=sent, allow_nonstandard_methods=True
        )
        assert response.code == 200, response.body
        return json.loads(response.body)

    async def add(self, *requests: dict[str, Any], **plan: Any) -> list[str]:
        """Add files; return their ids."""
        planned = {"folder": "data", "layout": "flat", "start": True, **plan}
        sent = [{"archive": "local", **request} for request in requests]
        ids: list[str] = (await self.call("POST", requests=sent, plan=planned))["ids"]
        return ids

    async def items(self) -> list[dict[str, Any]]:
        """Return all files as the page sees them."""
        found: list[dict[str, Any]] = (await self.call("GET"))["items"]
        return found

    async def settled(self) -> list[dict[str, Any]]:
        """Return all files once nothing goes on by itself."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            items = await self.items()
            if all(item["state"] in SETTLED for item in items):
                return items
            assert time.monotonic() < end, items
            await asyncio.sleep(0.02)

    async def fetched(self, *requests: dict[str, Any], **plan: Any) -> list[dict[str, Any]]:
        """Add files and return them once they settled."""
        ids = await self.add(*requests, **plan)
        items = {item["id"]: item for item in await self.settled()}
        return [items[each] for each in ids]

    def files(self) -> list[str]:
        """Return all files below the root, hidden ones included, manifests left out."""
        found = (path for path in self.root.rglob("*") if not path.is_dir())
        names = sorted(str(path.relative_to(self.root)) for path in found)
        return [name for name in names if "obsdeck-manifest" not in name]
