"""A small internet on loopback whose every host records, for the leak matrix.

All names lead to two servers: one speaks TLS, with a certificate for all names, the other plain
HTTP. So whatever is called by mistake answers, and shows what it got. The ports are those of
the real internet: 443 is the first, every other one the second or nothing.
"""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpcore
import pytest
from tornado.httpclient import HTTPResponse

from obsdeck.addresses.network import IPAddress
from obsdeck.gateway.client import GatewayClient
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.wallets import TOKEN, FakeWallet
from obsdeck.tests.upstream import Recorded, Upstream

HOMES = {
    "archive.eso.org": "/",
    "dataportal.eso.org": "/",
    "data.lsst.cloud": "/",
    "www.astro.unige.ch": "/mmoda/dispatch-data/",
    "api.aurorax.space": "/",
}
"""Where credentials belong, written down here once more: host, and beginning of the path."""

ISSUER = "www.eso.org"
"""Sells ESO's tokens, and gets none."""

EVIL = "evil.example"

OWN = "own.example"
"""Host of an archive of the user's own."""

LOOK_ALIKES = [
    f"archive.eso.org.{EVIL}",
    f"archive.eso.org.{EVIL}.",
    f"ARCHIVE.ESO.ORG.{EVIL}",
    "xarchive.eso.org",
    "evil.archive.eso.org",
    "archive.eso.org.org",
    "eso.org",
    "ftp.eso.org",
    "archive-eso.org",
    "archive.eso.or",
    "archive.eso.orgx",
    "xn--archve-q4a.eso.org",
    "archive.xn--es-rja.org",
    EVIL,
    "127.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
]
"""Hosts somebody could take for archive.eso.org, by eye or by a sloppy comparison."""

_MAKE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=everybody "
    "-keyout key.pem -out cert.pem -addext"
)


def make_certificate(folder: Path) -> ssl.SSLContext:
    """Return the TLS of a server that goes by every name; `cert.pem` is to be trusted."""
    look_alikes = {host.lower().removesuffix(".") for host in LOOK_ALIKES if host[0].isalpha()}
    hosts = {*look_alikes, *HOMES, ISSUER, OWN, EVIL, f"*.{EVIL}"}
    names = ",".join(f"DNS:{name}" for name in hosts)
    command = [*_MAKE.split(), f"subjectAltName={names},IP:127.0.0.1,IP:::1,IP:::ffff:127.0.0.1"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def forms(secret: str) -> list[str]:
    """Return how a secret could be written; independent of what the masking knows."""
    encoded = [
        base64.b64encode(f"{before}{secret}".encode()).decode()[4:-4]
        for before in ("", "x", "xy", "Bearer ", "alice:")
    ]
    return [
        secret,
        secret.lower(),
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        quote(quote(secret, safe="")),
        *encoded,
        *(text.replace("+", "-").replace("/", "_") for text in encoded),
    ]


def holds(text: str, secret: str = TOKEN) -> bool:
    """Return whether a secret stands in a text."""
    return any(form in text or form in text.lower() for form in forms(secret))


@dataclass(frozen=True)
class Internet:
    """The servers behind all names, for https and for http."""

    secure: Upstream
    plain: Upstream


@dataclass
class World:
    """What a case acts in, and what is known afterwards.

    Attributes
    ----------
    secure, plain
        The servers behind all names, for https and for http.
    fetch
        Asks the gateway.
    wallet
        Signs as me.
    answers
        What the page got.
    secrets
        What nobody but the homes may get.
    homes
        See `HOMES`.
    """

    secure: Upstream
    plain: Upstream
    fetch: Fetch
    wallet: FakeWallet
    answers: list[HTTPResponse] = field(default_factory=list)
    secrets: list[str] = field(default_factory=lambda: [TOKEN])
    homes: dict[str, str] = field(default_factory=lambda: dict(HOMES))

    async def ask(
        self,
        url: str,
        archive: str = "eso",
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> HTTPResponse:
        """Ask the gateway for an address, as me, and keep what the page got."""
        sent = {"X-Obsdeck-As": "me", **(headers or {})}
        response = await self.fetch(url, archive=archive, headers=sent, **options)
        self.answers.append(response)
        return response

    @property
    def signed(self) -> int:
        """How many requests arrived with a credential."""
        return sum(self._is_signed(request) for _, request in self._arrived())

    @property
    def strangers(self) -> int:
        """How many requests arrived where no credential belongs."""
        return sum(not self._is_home(secure, request) for secure, request in self._arrived())

    def judge(self, log: str) -> None:
        """Find every leak: to a stranger, to the page, into the log."""
        for secure, request in self._arrived():
            if not self._is_home(secure, request):
                assert not self._is_signed(request), f"a stranger got it: {request}"
        for response in self.answers:
            text = f"{dict(response.headers.get_all())} {response.body!r}"
            assert not self._is_in(text), f"the page got it: {text}"
        assert not self._is_in(log), "the log holds it"

    def error(self) -> str:
        """Return the kind of the last answer's error."""
        kind: str = json.loads(self.answers[-1].body)["error"]["kind"]
        return kind

    def _is_home(self, secure: bool, request: Recorded) -> bool:
        host = request.headers.get("host", "").lower()
        host = host.removesuffix("443").removesuffix(":").removesuffix(".")
        path = request.target.partition("?")[0]
        prefix = self.homes.get(host)
        if not secure or prefix is None:
            return False
        # Behind a prefix, a path that anybody could read in another way is no home.
        is_odd = set(path) & set("%\\;") or {".", ".."} & set(path.split("/"))
        return prefix == "/" or (path.startswith(prefix) and not is_odd)

    def _arrived(self) -> list[tuple[bool, Recorded]]:
        secure = [(True, request) for request in self.secure.requests]
        return [*secure, *((False, request) for request in self.plain.requests)]

    def _is_signed(self, request: Recorded) -> bool:
        head = f"{request.method} {request.target} {request.headers}"
        return self._is_in(f"{head} {request.body.decode('latin-1')}")

    def _is_in(self, text: str) -> bool:
        return any(holds(text, secret) for secret in self.secrets)


def lead_everything_here(
    client: GatewayClient, secure: Upstream, plain: Upstream, patch: pytest.MonkeyPatch
) -> None:
    """Let every name, address and port of the internet lead to two servers."""
    connect = httpcore.AnyIOBackend.connect_tcp

    async def connect_here(
        self: httpcore.AnyIOBackend, _host: str, port: int, *args: Any, **named: Any
    ) -> httpcore.AsyncNetworkStream:
        ports = {443: secure.port, 80: plain.port, 8080: plain.port}
        return await connect(self, "127.0.0.1", ports.get(port, 1), *args, **named)

    async def look_up(_host: str, _port: int) -> list[IPAddress]:
        return [ip_address("93.184.216.34")]

    client.resolver = look_up
    # The recording servers close every connection after its first answer.
    patch.setattr("obsdeck.gateway.client._KEEP_ALIVE_SECONDS", 0.0)
    patch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect_here)
    patch.setattr("obsdeck.gateway.backend.refusal", lambda address: None)
    patch.setattr("obsdeck.gateway.backend.is_local_name", lambda host: False)
