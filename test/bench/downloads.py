"""Fetches many files through the download queue and with aria2c, from the same throttled source.

    python test/bench/downloads.py [--files 500] [--bytes 2000000] [--rate 125e6] [--runs 3]

Prints one JSON line: seconds of both (medians) and their ratio. The runs take turns, so that
whatever else the machine does hits both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from serverhalf import Server, server, source


def with_queue(running: Server, origin: str, files: int, run: int) -> float:
    """Return the seconds from the request until the last file has its name."""
    folder = f"run-{run}"
    requests = [
        {"archive": "bench", "url": f"{origin}/{run}/{number:04}.fits"} for number in range(files)
    ]
    plan = {"folder": folder, "layout": "flat", "start": True}
    with running.listen("downloads/events") as events:
        begin = time.monotonic()
        running.ask("POST", "downloads", {"requests": requests, "plan": plan})
        while (totals := totals_of(events.readline()))["done"] < files:
            if totals["failed"]:
                raise SystemExit("a download failed")
    seconds = time.monotonic() - begin
    check(running.folder / folder, files)
    running.ask("PATCH", "downloads", {"action": "clear"})
    return seconds


def totals_of(line: bytes) -> dict[str, int]:
    """Return the totals of a line of events; an empty one says nothing."""
    told: dict[str, int] = json.loads(line)["totals"] if line.strip() else NOTHING
    return told


NOTHING = {"done": 0, "failed": 0}


def with_aria2c(origin: str, files: int, parallel: int, run: int) -> float:
    """Return the seconds that aria2c takes."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("OBSDECK_BENCH_DISK")) as folder:
        listed = Path(folder) / "list"
        listed.write_text("".join(f"{origin}/{run}/{n:04}.fits\n" for n in range(files)))
        command = ["aria2c", "-q", f"-j{parallel}", "-x1", "-s1", f"-d{folder}", f"-i{listed}"]
        begin = time.monotonic()
        subprocess.run(command, check=True)
        seconds = time.monotonic() - begin
        listed.unlink()
        check(Path(folder), files)
        return seconds


def check(folder: Path, files: int) -> None:
    """Stop unless all files are there, and let their room go."""
    found = list(folder.glob("*.fits"))
    for path in found:
        path.unlink()
    if len(found) != files:
        raise SystemExit(f"{len(found)} of {files} files are in {folder}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--bytes", type=int, default=2_000_000)
    parser.add_argument("--rate", type=float, default=125e6)
    parser.add_argument("--parallel", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    if shutil.which("aria2c") is None:
        print("The download queue is left out: no aria2c to compare it with.", file=sys.stderr)
        return
    queue, aria = [], []
    with source(given.bytes, given.rate) as origin, server(origin, given.parallel) as running:
        for run in range(given.runs):
            aria.append(with_aria2c(origin, given.files, given.parallel, run))
            queue.append(with_queue(running, origin, given.files, run))
    ours, theirs = statistics.median(queue), statistics.median(aria)
    figure = {
        "bench": "downloads",
        "files": given.files,
        "mb": given.files * given.bytes / 1e6,
        "parallel": given.parallel,
        "seconds": ours,
        "aria2c_seconds": theirs,
        "ratio": ours / theirs,
        "mb_per_s": given.files * given.bytes / 1e6 / ours,
    }
    print(json.dumps(figure))


if __name__ == "__main__":
    main()
