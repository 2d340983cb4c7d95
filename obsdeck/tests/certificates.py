"""A certificate for tests that speak TLS on loopback."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl, which makes the test certificate, is missing"
)

_MAKE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tls.example "
    "-addext subjectAltName=DNS:tls.example -keyout key.pem -out cert.pem"
)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for tls.example that nobody trusts yet, with its `key.pem` beside it."""
    subprocess.run(_MAKE.split(), cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "cert.pem"
