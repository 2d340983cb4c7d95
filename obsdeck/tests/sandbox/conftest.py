"""Fixtures of the sandbox tests."""

from collections.abc import Iterator

import pytest

from obsdeck.sandbox.archive import Archive
from obsdeck.tests.sandbox.serving import serving, shared_url
from obsdeck.tests.sandbox.signing import Clock


@pytest.fixture(scope="session")
def archive() -> Iterator[Archive]:
    """Return an archive with default data, without HTTP."""
    made = Archive("http://127.0.0.1:1/")
    yield made
    made.close()


@pytest.fixture(scope="session")
def base_url() -> str:
    """Return the address of a served sandbox with default data."""
    return shared_url()


@pytest.fixture(scope="module")
def clock() -> Clock:
    """Return the clock of ``timed_url``."""
    return Clock()


@pytest.fixture(scope="module")
def timed_url(clock: Clock) -> Iterator[str]:
    """Return the address of a small sandbox whose clock the test moves."""
    with serving(clock=clock, rows=500) as url:
        yield url
