"""``python -m obsdeck.sandbox`` as a process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from obsdeck.tests.sandbox.serving import rows
from obsdeck.tests.sandbox.signing import desk, eso_sign_in


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


def test_nothing_it_prints_holds_a_password_or_a_token(tmp_path: Path) -> None:
    """ESO's password and MMODA's token travel in the address, which servers like to log."""
    command = [sys.executable, "-m", "obsdeck.sandbox", "--rows", "600"]
    printed = tmp_path / "printed"
    with printed.open("w+") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
        try:
            url = _address(printed)
            secrets = _use_secrets(url)
        finally:
            process.kill()
            process.wait(10)
    text = printed.read_text()
    assert url in text
    for secret in secrets:
        assert secret not in text


def _address(printed: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        words = printed.read_text().split()
        if words and words[-1].endswith("/"):
            return words[-1]
        time.sleep(0.1)
    raise AssertionError(printed.read_text())


def _use_secrets(url: str) -> list[str]:
    """Sign in well and badly; return what must not be seen."""
    eso_sign_in(url)
    eso_sign_in(url, password="mistyped-secret")
    eso_sign_in(url, "answers-html", password="another-secret", scope="refused")
    token = desk(url, "mmoda/", "student")
    for path in ("refresh_token", "get_list_terms", "nothing"):
        httpx.get(f"{url}mmoda/dispatch-data/{path}", params={"token": token})
    httpx.get(f"{url}pyobs/c/frames/?token={token}", headers={"Authorization": f"Bearer {token}"})
    httpx.get(f"{url}products?token={token}")
    return [token, "mistyped-secret", "another-secret", "sandbox-astronomer", "sandbox-student"]
