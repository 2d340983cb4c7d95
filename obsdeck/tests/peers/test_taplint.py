"""STILTS taplint finds no error in the sandbox's TAP services but those that are explained."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from obsdeck.tests.sandbox.serving import shared_url

#: Errors that stay, by code; docs/taplint.md says why.
EXPLAINED = frozenset({"E-CAP-MUPM"})

#: All stages but that of ObsLocTAP, which asks for a table the sandbox does not have.
STAGES = "-LOC"

#: Whatever is not on this machine is asked of a proxy that is not there.
OFFLINE = " ".join(
    f"-D{scheme}.proxyHost=127.0.0.1 -D{scheme}.proxyPort=9" for scheme in ("http", "https")
)
ONLY_LOOPBACK = "-Dhttp.nonProxyHosts=127.0.0.1|localhost"

SECONDS = 240

_LINE = re.compile(r"^([EF]-\w+-\w+)-\d+ (.*)$", re.MULTILINE)

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        not (shutil.which("stilts") and shutil.which("java")),
        reason="STILTS or Java is not installed (Debian: stilts)",
    ),
]


def complaints(tap: str) -> list[tuple[str, str]]:
    """Return code and text of the errors and failures that taplint reports."""
    command = ["stilts", "taplint", f"tapurl={tap}", f"stages={STAGES}", "report=EF"]
    options = {**os.environ, "JAVA_TOOL_OPTIONS": f"{OFFLINE} {ONLY_LOOPBACK}"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=SECONDS, env=options, check=False
    )
    assert "Totals: Errors:" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
    return _LINE.findall(done.stdout)


@pytest.mark.parametrize("service", ["tap", "eso/tap"])
def test_taplint_reports_nothing_that_is_not_explained(service: str) -> None:
    found = complaints(f"{shared_url()}{service}")
    assert {code for code, _ in found} == EXPLAINED, found


def test_the_documentation_explains_them() -> None:
    page = (Path(__file__).parents[3] / "docs" / "taplint.md").read_text("utf-8")
    assert set(re.findall(r"^### `([EF]-\w+-\w+)`", page, re.MULTILINE)) == EXPLAINED
