"""``python -m obsdeck.sandbox`` as a process."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
import pytest

from obsdeck.tests.sandbox.serving import rows


@contextmanager
def _process(
    *arguments: str, fds: Sequence[int] = ()
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "obsdeck.sandbox", "--rows", "600", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, pass_fds=fds)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Obsdeck sandbox on http://127.0.0.1:"), line
        yield process, line.split()[-1]
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_on_a_signal(number: signal.Signals) -> None:
    with _process("--seed", "5") as (process, url):
        assert rows("SELECT COUNT(*) FROM ivoa.ObsCore", base=url) == [[600]]
        process.send_signal(number)
        assert process.wait(15) == 0


def test_it_serves_on_an_inherited_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        fd = listening.fileno()
        with _process("--fd", str(fd), fds=[fd]) as (_, url):
            assert url == f"http://127.0.0.1:{port}/"
            assert httpx.get(f"{url}tap/availability").status_code == 200


def test_it_ends_when_it_is_not_a_child_of_the_parent_given() -> None:
    with _process("--parent", str(os.getpid())) as (process, url):
        assert httpx.get(url).status_code == 200
        assert process.poll() is None
    with _process("--parent", "1") as (process, _):
        assert process.wait(20) == 0


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--fd", "99"]])
def test_it_does_not_start_on_a_wrong_socket(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "obsdeck.sandbox", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("The sandbox cannot start: ")
    assert ended.stdout == ""
