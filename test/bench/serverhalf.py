"""A Jupyter server with Obsdeck, and a throttled source it may call, for the benchmarks."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TOKEN = "invented-token-of-the-benchmark"


@dataclass
class Server:
    """A running server.

    Attributes
    ----------
    url
        Its address, with a slash at the end.
    pid
        Its process.
    folder
        Its root folder.
    """

    url: str
    pid: int
    folder: Path

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Call a route below `api/` and return its JSON."""
        request = urllib.request.Request(
            f"{self.url}obsdeck/api/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    def listen(self, path: str) -> Any:
        """Open a route below `api/` whose answer goes on; read it line by line."""
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(f"{self.url}obsdeck/api/{path}", headers=headers)
        return urllib.request.urlopen(request)

    def memory(self) -> int:
        """Return the bytes of memory in use; 0 where the system does not tell."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        return 0


@contextlib.contextmanager
def source(size: int, rate: float) -> Iterator[str]:
    """Give the origin of a throttled source."""
    command = [sys.executable, str(HERE / "throttled.py"), f"--size={size}", f"--rate={rate}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def server(origin: str, parallel: int = 4) -> Iterator[Server]:
    """Give a Jupyter server whose archive `bench` is at an origin."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("OBSDECK_BENCH_DISK")) as scratch:
        folder, port = Path(scratch) / "root", _free_port()
        folder.mkdir()
        config = Path(scratch) / "jupyter_server_config.py"
        config.write_text(_config(origin, parallel, folder, port))
        environment = {**os.environ, "JUPYTER_DATA_DIR": f"{scratch}/data"}
        log = Path(scratch) / "log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "jupyter", "server", f"--config={config}"],
                stdout=stream,
                stderr=stream,
                env=environment,
            )
        try:
            running = Server(f"http://127.0.0.1:{port}/", process.pid, folder)
            _wait_for(running, process, log)
            yield running
        finally:
            process.terminate()
            process.wait()


def _wait_for(running: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            running.ask("GET", "hello")
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(log.read_text()) from None
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _config(origin: str, parallel: int, folder: Path, port: int) -> str:
    archive = {
        "id": "bench",
        "name": "Benchmark",
        "kind": "ivoa",
        "description": "On loopback.",
        "services": {"tap": [{"url": f"{origin}/tap", "title": "None"}]},
        "signIn": {"kind": "none"},
        "origins": [origin],
        "rank": 1,
        "downloads": {"parallel": parallel},
    }
    return f"""
c = get_config()
c.ServerApp.jpserver_extensions = {{"obsdeck": True}}
c.ServerApp.open_browser = False
c.ServerApp.port = {port}
c.ServerApp.allow_root = True
c.ServerApp.root_dir = {str(folder)!r}
c.ServerApp.log_level = "WARN"
c.IdentityProvider.token = {TOKEN!r}
c.Obsdeck.sandbox = "off"
c.Obsdeck.vault = "memory"
c.Obsdeck.archives = [{archive!r}]
"""
