"""Pages that are open."""

from __future__ import annotations

import pytest

from obsdeck.errors import ObsdeckError
from obsdeck.signin.leases import Leases
from obsdeck.tests.signin.parts import Clock

PAGE, OTHER = "page-0001", "page-0002"


@pytest.fixture
def leases(clock: Clock) -> Leases:
    """Give leases that go by the tests' clock."""
    return Leases(clock)


def test_a_page_is_open_for_five_minutes_after_its_last_sign_of_life(
    leases: Leases, clock: Clock
) -> None:
    leases.beat("owner", PAGE)
    clock.now += 299
    leases.beat("owner", PAGE)
    clock.now += 299
    assert leases.is_open("owner", PAGE)
    clock.now += 1
    assert not leases.is_open("owner", PAGE)


def test_a_page_that_leaves_has_some_time_to_come_back(leases: Leases, clock: Clock) -> None:
    leases.beat("owner", PAGE)
    leases.leave("owner", PAGE)
    clock.now += 149
    assert leases.is_open("owner", PAGE)
    leases.beat("owner", PAGE)
    clock.now += 299
    assert leases.is_open("owner", PAGE)
    leases.leave("owner", PAGE)
    clock.now += 150
    assert not leases.is_open("owner", PAGE)


def test_leaving_opens_no_page(leases: Leases) -> None:
    leases.leave("owner", PAGE)
    assert not leases.is_open("owner", PAGE)


def test_pages_of_others_are_theirs(leases: Leases) -> None:
    leases.beat("user:ada", PAGE)
    assert not leases.is_open("user:grace", PAGE)
    leases.leave("user:grace", PAGE)
    assert leases.is_open("user:ada", PAGE)


@pytest.mark.parametrize("page", ["", "short", "x" * 65, "a b c d e f", "../../../etc", "ü" * 10])
def test_what_is_no_id_is_refused(leases: Leases, page: str) -> None:
    with pytest.raises(ObsdeckError, match="names no page"):
        leases.beat("owner", page)


def test_pages_without_number_do_not_fill_the_memory(leases: Leases, clock: Clock) -> None:
    leases.beat("user:ada", OTHER)
    for number in range(1000):
        clock.now += 0.001
        leases.beat("owner", f"page-{number:04}")
    still = [number for number in range(1000) if leases.is_open("owner", f"page-{number:04}")]
    assert still == list(range(800, 1000))
    assert leases.is_open("user:ada", OTHER)
