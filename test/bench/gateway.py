"""Streams one large answer through the gateway and with curl, from the same source.

    python test/bench/gateway.py [--bytes 1000000000] [--rate 125e6] [--runs 3]

Prints one JSON line for the throttled source and one for the same source unthrottled: the
rates of both (medians), their ratio, and by how much the server's memory grew. Both are read by
curl into /dev/null, and take turns.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import threading
import time
from collections.abc import Callable

from serverhalf import TOKEN, Server, server, source


def read(url: str, *headers: str) -> float:
    """Return the seconds in which curl reads an address to its end."""
    lines = [argument for header in headers for argument in ("-H", header)]
    begin = time.monotonic()
    subprocess.run(["curl", "-sSf", "-o", "/dev/null", *lines, url], check=True)
    return time.monotonic() - begin


def through_gateway(running: Server, url: str) -> float:
    """Return the seconds that the same takes through the gateway."""
    address = f"{running.url}obsdeck/api/gateway/bench"
    return read(address, f"Authorization: token {TOKEN}", f"X-Obsdeck-Url: {url}")


def growth(running: Server, action: Callable[[], None]) -> int:
    """Return by how many bytes the server's memory was larger at most while something runs."""
    before, most, done = running.memory(), 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.02):
            most = max(most, running.memory())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        action()
    finally:
        done.set()
        watching.join()
    return max(0, most - before)


def measure(size: int, rate: float, runs: int) -> dict[str, object]:
    """Return the figures for one source."""
    direct: list[float] = []
    passed: list[float] = []
    with source(size, rate) as origin, server(origin) as running:
        url = f"{origin}/large.fits"
        read(f"{running.url}obsdeck/api/hello", f"Authorization: token {TOKEN}")

        def all_runs() -> None:
            for _ in range(runs):
                direct.append(read(url))
                passed.append(through_gateway(running, url))

        grown = growth(running, all_runs)
    ours, theirs = (size / 1e6 / statistics.median(seconds) for seconds in (passed, direct))
    return {
        "bench": "gateway-throttled" if rate else "gateway-unthrottled",
        "mb": size / 1e6,
        "mb_per_s": ours,
        "curl_mb_per_s": theirs,
        "ratio": ours / theirs,
        "grown_mb": grown / 1e6,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=1_000_000_000)
    parser.add_argument("--rate", type=float, default=125e6)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    for rate in (given.rate, 0.0):
        print(json.dumps(measure(given.bytes, rate, given.runs)))


if __name__ == "__main__":
    main()
