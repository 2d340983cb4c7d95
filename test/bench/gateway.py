"""Streams a large answer through the gateway and with curl, from the same source in turn.

    python test/bench/gateway.py [--bytes 1000000000] [--rate 125e6] [--runs 3]

Prints one JSON line: rates of both (medians), their ratio, and by how much the memory of the
server grew at most. A rate of 0 is a source as fast as it can be.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from serverhalf import TOKEN, Server, server, source


def with_curl(url: str, *headers: str) -> float:
    """Return the seconds from the start of curl until its last byte."""
    lines = [word for header in headers for word in ("-H", header)]
    command = ["curl", "-sS", "--fail", "-o", "/dev/null", "-w", "%{time_total}", *lines, url]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@contextmanager
def watched(running: Server) -> Iterator[list[int]]:
    """Give the memory of a server, one number every 20 ms, for as long as the block lasts."""
    seen = [running.memory()]
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            seen.append(running.memory())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=1_000_000_000)
    parser.add_argument("--rate", type=float, default=125e6)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    direct, through, growth = [], [], []
    with source(given.bytes, given.rate) as origin, server(origin) as running:
        gateway = f"{running.url}obsdeck/api/gateway/bench"
        lines = (f"Authorization: token {TOKEN}", f"X-Obsdeck-Url: {origin}/large.fits")
        # The first request makes what later ones reuse.
        subprocess.run(
            ["curl", "-sS", "-r", "0-0", "--max-time", "1", "-o", "/dev/null", gateway]
            + [word for line in lines for word in ("-H", line)],
            check=False,
        )
        time.sleep(0.5)
        for _ in range(given.runs):
            direct.append(with_curl(f"{origin}/large.fits"))
            with watched(running) as memory:
                through.append(with_curl(gateway, *lines))
            growth.append(max(memory) - memory[0])
    ours, theirs = statistics.median(through), statistics.median(direct)
    figure = {
        "bench": "gateway",
        "paced": given.rate > 0,
        "mb": given.bytes / 1e6,
        "mb_per_s": given.bytes / 1e6 / ours,
        "curl_mb_per_s": given.bytes / 1e6 / theirs,
        "ratio": theirs / ours,
        "growth_mb": max(growth) / 1e6,
    }
    print(json.dumps(figure))


if __name__ == "__main__":
    main()
