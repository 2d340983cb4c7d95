"""``python -m obsdeck.sandbox``."""

# mypy: disable-error-code=import-untyped

import argparse
import asyncio
import logging
import signal
import sys
import warnings

from astropy.io.votable.exceptions import VOWarning

from obsdeck.sandbox.archive import DEFAULT_ROWS, DEFAULT_SEED
from obsdeck.sandbox.server import NotLoopbackError, start, watch_parent


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m obsdeck.sandbox",
        description="Serve an archive of invented observations on this machine.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port; 0 takes a free one")
    parser.add_argument("--fd", type=int, help="serve on this inherited listening socket")
    parser.add_argument("--storage-port", type=int, default=0, help="port of signed addresses")
    parser.add_argument("--storage-fd", type=int, help="the same as an inherited socket")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="same seed, same rows")
    parser.add_argument("--rows", type=int, default=DEFAULT_ROWS, help="rows of ivoa.ObsCore")
    parser.add_argument("--parent", type=int, help="end when this parent process has ended")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    if options.parent is not None:
        watch_parent(options.parent, ended.set)
    sandbox = start(
        host=options.host,
        port=options.port,
        fd=options.fd,
        storage_port=options.storage_port,
        storage_fd=options.storage_fd,
        seed=options.seed,
        rows=options.rows,
    )
    sys.stdout.write(f"Obsdeck sandbox on {sandbox.base_url}\n")
    sys.stdout.flush()
    await ended.wait()
    sandbox.close()


def main() -> int:
    """Run until a signal comes; return the exit status."""
    # Oddities of the data are on purpose, and refused queries are answered, not logged.
    warnings.simplefilter("ignore", VOWarning)
    for name in ("sqlglot", "tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.ERROR)
    options = _options()
    try:
        asyncio.run(_serve(options))
    except (NotLoopbackError, OSError) as error:
        sys.stderr.write(f"The sandbox cannot start: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
