"""A process that is killed at any moment: nothing is corrupt, nothing whole is fetched again.

`OBSDECK_KILLS` says how often (10 times unless told), `OBSDECK_SEED` where chance begins.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from obsdeck.downloads.journal import Journal
from obsdeck.downloads.part import size_of
from obsdeck.tests.downloads.origin import fits
from obsdeck.tests.upstream import Recorded, Upstream

KILLS = int(os.environ.get("OBSDECK_KILLS", "10"))
SEED = int(os.environ.get("OBSDECK_SEED", "1"))
SIZE = 300_000
PIECE = 30_000
NEW_FILES = 3
LONGEST_LIFE_SECONDS = 0.6


@dataclass
class SlowSource:
    """Serves a file of its own content at every path, in pieces, and notes what is asked."""

    asked: list[tuple[str, int]] = field(default_factory=list)
    checked: int = 0

    def body(self, path: str) -> bytes:
        """Return the content at a path."""
        return fits(SIZE, seed=int(path.strip("/").removesuffix(".fits")))

    async def __call__(self, request: Recorded, writer: asyncio.StreamWriter) -> None:
        """Answer a request, also for a part."""
        body = self.body(request.target)
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        self.asked.append((request.target, start))
        lines = [
            "HTTP/1.1 206 Partial Content" if start else "HTTP/1.1 200 OK",
            f"Content-Length: {len(body) - start}",
            f'ETag: "{request.target}"',
            "Connection: close",
            *([f"Content-Range: bytes {start}-{SIZE - 1}/{SIZE}"] if start else []),
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        for at in range(start, SIZE, PIECE):
            writer.write(body[at : at + PIECE])
            await writer.drain()
            await asyncio.sleep(0.02)


async def child(folder: Path, origin: str, paths: list[str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "obsdeck.tests.downloads.child", str(folder), origin, *paths),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


def finished(folder: Path) -> dict[str, Path]:
    """Return what stands under a final name, by the path it was fetched from."""
    return {f"/{path.name}": path for path in (folder / "root" / "data").glob("[!.]*.fits")}


def partial(folder: Path) -> list[Path]:
    """Return what is there of files that have no final name yet."""
    return list((folder / "root" / "data").glob(".*.part"))


async def test_kills_at_random_moments_lose_and_spoil_nothing(
    tmp_path: Path, upstream: Upstream
) -> None:
    source, chance = SlowSource(), random.Random(SEED)
    upstream.on("", source)
    paths: list[str] = []
    whole: set[str] = set()
    for _ in range(KILLS):
        paths += [f"/{len(paths) + number}.fits" for number in range(NEW_FILES)]
        process = await child(tmp_path, upstream.origin, paths)
        assert process.stdout is not None
        if chance.random() < 0.8:  # else while it starts
            await process.stdout.readline()
        await asyncio.sleep(chance.random() * LONGEST_LIFE_SECONDS)
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()
        check(tmp_path, source, whole)
        whole = set(finished(tmp_path))
    paths += [f"/{len(paths) + number}.fits" for number in range(NEW_FILES)]
    process = await child(tmp_path, upstream.origin, paths)
    while not any(map(size_of, partial(tmp_path))):  # noqa: ASYNC110  another process's doing
        await asyncio.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    check(tmp_path, source, whole)
    whole = set(finished(tmp_path))
    process = await child(tmp_path, upstream.origin, paths)
    out, err = await process.communicate()
    assert out.split() == [b"ready", b"done"], err.decode()
    check(tmp_path, source, whole)
    assert sorted(finished(tmp_path)) == sorted(paths)
    left = {path.name for path in (tmp_path / "root" / "data").iterdir()}
    assert left == {*(path.strip("/") for path in paths), "obsdeck-manifest.json"}
    assert any(start for _, start in source.asked), "nothing was gone on from"


def check(folder: Path, source: SlowSource, whole: set[str]) -> None:
    """Check that what has its name is right, and that nobody asked for it afterwards."""
    for path, file in finished(folder).items():
        assert file.read_bytes() == source.body(path), f"{path} is corrupt"
    again = {path for path, _ in source.asked[source.checked :]} & whole
    assert not again, f"{again} were fetched twice"
    source.checked = len(source.asked)


async def test_a_journal_cut_anywhere_loses_only_its_last_line(tmp_path: Path) -> None:
    path = tmp_path / "kept.journal"
    written = Journal(path)
    written.append([{"put": {"number": number}} for number in range(5)])
    written.close()
    text = path.read_bytes()
    lines = text.splitlines(keepends=True)
    for cut in range(len(text) + 1):
        path.write_bytes(text[:cut])
        journal = Journal(path)
        found = [record["put"]["number"] for record in journal.read()]
        ends = [sum(map(len, lines[: n + 1])) for n in range(5)]
        complete = sum(cut >= end - 1 for end in ends)  # a line is whole without its end
        assert found == list(range(complete)), cut
        journal.append([{"put": {"number": 99}}])
        journal.close()
        again = [record["put"]["number"] for record in Journal(path).read()]
        assert again == [*range(complete), 99], cut


def test_a_journal_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "kept.journal")
    journal.append([{"put": {}}])
    assert (tmp_path / "kept.journal").stat().st_mode & 0o777 == 0o600
    journal.rewrite([])
    assert (tmp_path / "kept.journal").stat().st_mode & 0o777 == 0o600
