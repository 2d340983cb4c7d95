"""A process with nothing but the download queue, for tests that kill it.

    python -m obsdeck.tests.downloads.child FOLDER ORIGIN PATH …

Adds the paths to the queue, says `ready` once that is written down, and `done` when nothing
is left to do. The journals are in `FOLDER/kept`, the files go below `FOLDER/root`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from obsdeck.archives.store import ArchiveStore
from obsdeck.credentials.kinds import KINDS
from obsdeck.downloads.clock import Clock
from obsdeck.downloads.request import Plan, Request
from obsdeck.downloads.service import Downloads
from obsdeck.gateway.asking import Asker
from obsdeck.gateway.client import GatewayClient
from obsdeck.signin.holdings import Holdings
from obsdeck.signin.identity import OWNER, Identities
from obsdeck.signin.leases import Leases
from obsdeck.signin.service import Accounts


def definition(origin: str) -> dict[str, Any]:
    """Return the archive whose files are fetched."""
    return {
        "id": "local",
        "name": "Local archive",
        "kind": "ivoa",
        "description": "On loopback, for tests.",
        "services": {"tap": [{"url": f"{origin}/tap", "title": "Local"}]},
        "signIn": {"kind": "none"},
        "origins": [origin],
        "rank": 5,
    }


def downloads(folder: Path, origin: str) -> Downloads:
    """Return the service, as a server would have it."""
    store = ArchiveStore(None, [definition(origin)])
    client = GatewayClient(lambda: 0)
    # Seconds go by so quickly that pieces are on the disk before the file is whole.
    clock = Clock(monotonic=lambda: time.monotonic() * 1000)
    holdings = Holdings(lambda: None, lambda _archive: None, Leases(), clock.now)
    accounts = Accounts(store, KINDS, Asker(client), holdings)
    root = folder / "root"
    return Downloads(
        folder / "kept", lambda: root, store, client, accounts, Identities("owner"), clock, 0
    )


async def main(folder: Path, origin: str, paths: list[str]) -> None:
    """Fetch."""
    (folder / "root").mkdir(exist_ok=True)
    service = downloads(folder, origin)
    await service.start()
    queue = (await service.desk(OWNER)).queue
    requests = [Request("local", f"{origin}{path}") for path in paths]
    await queue.add(requests, Plan("data", "flat", True))
    say("ready")
    feed = queue.listen()
    while any(item.state != "done" for item in queue.roster.all()):
        await feed.wait(1)
        feed.take()
    await service.close()
    await service.client.close()
    say("done")


def say(word: str) -> None:
    """Tell who started this process."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
