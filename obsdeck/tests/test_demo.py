"""``python -m obsdeck.demo``: JupyterLab up, one line what to click, and nothing left behind."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the demo in an empty folder."""
    command = [sys.executable, "-m", "obsdeck.demo", "--no-open", "--port", "18955"]
    process = subprocess.Popen(
        [*command, "--root", str(tmp_path / "notebooks")], stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.wait()


def test_the_demo_says_what_to_click_and_ends_with_all_it_started(
    demo: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert demo.stdout is not None
    address = ""
    for line in demo.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+/lab/tree/\S+", line)
        address = found[0] if found else address
        if line.startswith("Click first:"):
            assert "Obsdeck icon" in line
            break
    assert (tmp_path / "notebooks" / "first-light.ipynb").exists()
    with urllib.request.urlopen(address, timeout=60) as answer:
        assert answer.status == 200
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(60) == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=5)
