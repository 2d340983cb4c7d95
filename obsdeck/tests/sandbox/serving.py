"""A sandbox served from a thread of the test process."""

# mypy: disable-error-code=import-untyped

import asyncio
import atexit
import functools
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from astropy.io.votable import parse

from obsdeck.sandbox import Sandbox, start


@contextmanager
def serving(**options: Any) -> Iterator[str]:
    """Serve a sandbox and give its base URL."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def begin() -> Sandbox:
        return start(**options)

    async def end(sandbox: Sandbox) -> None:
        sandbox.close()

    sandbox = asyncio.run_coroutine_threadsafe(begin(), loop).result(60)
    try:
        yield sandbox.base_url
    finally:
        asyncio.run_coroutine_threadsafe(end(sandbox), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@functools.cache
def shared_url() -> str:
    """Return the base URL of one sandbox with default data for the whole test run."""
    context = serving()
    url = context.__enter__()
    atexit.register(context.__exit__, None, None, None)
    return url


def sync(query: str, *, base: str | None = None, **parameters: str | int) -> httpx.Response:
    """Send a synchronous TAP query as a form."""
    form = {"REQUEST": "doQuery", "LANG": "ADQL", "QUERY": query, **parameters}
    address = f"{base or shared_url()}tap/sync"
    return httpx.post(address, data=form, timeout=60, trust_env=False)


def rows(query: str, *, base: str | None = None, **parameters: str | int) -> list[list[Any]]:
    """Return the rows of a query, read from JSON."""
    answer = sync(query, base=base, FORMAT="json", **parameters)
    assert answer.status_code == 200, answer.text
    data: list[list[Any]] = answer.json()["data"]
    return data


def error_of(answer: httpx.Response) -> str:
    """Return the text of an error VOTable."""
    info = parse(io.BytesIO(answer.content)).resources[0].infos[-1]
    assert (info.name, info.value) == ("QUERY_STATUS", "ERROR")
    return str(info.content)
