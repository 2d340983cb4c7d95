"""Leak matrix: whatever archives, tables and pages come up with, no stranger gets a credential."""

from __future__ import annotations

import pytest

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.tests.gateway.leak_cases import DIRECT, ECHOES, PREFIX, REDIRECTS, Case
from obsdeck.tests.gateway.leaks import World

TABLES = {"direct": DIRECT, "prefix": PREFIX, "redirect": REDIRECTS, "echo": ECHOES}


def holding(case: Case) -> Signature:
    """Return what signs in to the archive of a case."""
    if case.archive == "mmoda":
        return Signature(parameters={"token": Secret(case.token)})
    return Signature(headers={"Authorization": Secret(f"Bearer {case.token}")})


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{table}-{name}")
        for table, cases in TABLES.items()
        for name, case in cases.items()
    ],
)
async def test_ESO_46_ESO_47_ESO_48_VO_59_RUBIN_48(world: World, case: Case) -> None:
    """The credential arrives as often as it may, and what arrives elsewhere has none."""
    world.wallet.held = holding(case)
    world.secrets = [case.token]
    for path, raw in case.redirects().items():
        world.secure.on(path, raw)
        world.plain.on(path, raw)
    response = await world.ask(case.url, case.archive, **case.options)
    assert ("X-Obsdeck-Error" in response.headers) is (case.error is not None), response.body
    if case.error is not None:
        assert world.error() == case.error
    assert (world.signed, world.strangers) == (case.signed, case.strangers)
