"""Leak matrix: whatever archives, tables and pages come up with, no stranger gets a credential."""

from __future__ import annotations

import asyncio
import logging
import shutil
import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.gateway.addresses import IPAddress
from obsdeck.gateway.client import GatewayClient
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import FakeWallet
from obsdeck.tests.gateway.leak_cases import DIRECT, ECHOES, LOOK_ALIKES, PREFIX, REDIRECTS, Case
from obsdeck.tests.gateway.leaks import World, lead_everything_here, make_certificate
from obsdeck.tests.upstream import Upstream

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl, which makes the test certificate, is missing"
)

CASES = {
    f"{table}-{name}": case
    for table, cases in (
        ("direct", DIRECT),
        ("prefix", PREFIX),
        ("redirect", REDIRECTS),
        ("echo", ECHOES),
    )
    for name, case in cases.items()
}


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """Make the certificate of all hosts."""
    folder = tmp_path_factory.mktemp("certificate")
    names = [host for host in LOOK_ALIKES if host[0].isalpha()]
    plain = [name.lower().removesuffix(".") for name in names]
    return make_certificate(folder, plain), folder / "cert.pem"


@pytest.fixture
def trusting(
    certified: tuple[ssl.SSLContext, Path], upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> Upstream:
    """Let the recording archive be every host of the internet."""
    context, certificate = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    upstream.tls = context
    return upstream


@pytest.fixture
def world(
    trusting: Upstream,
    second_upstream: Upstream,
    through: Fetch,
    wallet: FakeWallet,
    internet: None,
) -> World:
    """Give the internet and somebody who is signed in."""
    return World(trusting, second_upstream, through, wallet)


@pytest.fixture
def internet(
    trusting: Upstream,
    second_upstream: Upstream,
    client: GatewayClient,
    monkeypatch: pytest.MonkeyPatch,
    jp_asyncio_loop: asyncio.AbstractEventLoop,
) -> None:
    """Let all names lead there."""
    jp_asyncio_loop.run_until_complete(trusting.restart())
    plain = second_upstream.port
    lead_everything_here({443: trusting.port, 80: plain, 8080: plain}, monkeypatch)

    async def look_up(_host: str, _port: int) -> list[IPAddress]:
        return [ip_address("93.184.216.34")]

    client.resolver = look_up


@pytest.fixture(autouse=True)
def judged(world: World, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Look for leaks when a case is over."""
    caplog.set_level(logging.DEBUG)
    yield
    world.judge(caplog.text)


def holding(case: Case) -> Signature:
    """Return what signs in to the archive of a case."""
    if case.archive == "mmoda":
        return Signature(parameters={"token": Secret(case.token)})
    return Signature(headers={"Authorization": Secret(f"Bearer {case.token}")})


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
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
