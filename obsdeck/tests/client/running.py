"""A real Jupyter server with the sandbox, and notebooks that really run on its kernels."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Any

import requests
from jupyter_client.blocking.client import BlockingKernelClient
from nbformat import v4

_PATIENCE_SECONDS = 120.0
_TOKEN = "jupyter-token-of-the-tests"
"""Jupyter's own, no archive's."""

_FORMAT: Any = v4
"""Notebooks as files; the package has no types."""


@dataclass
class Jupyter:
    """A running server with folders of its own.

    Attributes
    ----------
    url
        Its root.
    home
        Holds all files of the account: configuration, data, runtime, IPython, notebooks.
    """

    url: str
    home: Path
    pid: int
    _session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"token {_TOKEN}"

    def api(self, method: str, path: str, body: Any = None) -> Any:
        """Call a route of Jupyter or of Obsdeck; returns its JSON."""
        response = self._session.request(method, f"{self.url}{path}", json=body, timeout=60)
        assert response.ok, response.text
        return response.json() if response.content else None

    def sign_in(self, archive: str, **fields: str) -> None:
        """Sign in as the page does, until Jupyter stops."""
        body = {"action": "sign-in", "fields": fields, "keep": "session"}
        self.api("POST", f"obsdeck/api/accounts/{archive}", body)

    def services(self, archive: str) -> dict[str, Any]:
        """Return the services of an archive at their real addresses."""
        archives = self.api("GET", "obsdeck/api/archives")
        archives = archives["archives"] if isinstance(archives, dict) else archives
        (found,) = (entry for entry in archives if entry["id"] == archive)
        services: dict[str, Any] = found["services"]
        return services

    def run(self, name: str, cells: Sequence[str]) -> str:
        """Run a notebook on a new kernel of this server, save it, and return its file's text."""
        kernel = self.api("POST", "api/kernels", {"name": "python3"})["id"]
        client = BlockingKernelClient(
            connection_file=str(self.home / "runtime" / f"kernel-{kernel}.json")
        )
        client.load_connection_file()
        client.start_channels()
        try:
            _wait_for(client)
            notebook = _FORMAT.new_notebook(cells=[_run(client, cell) for cell in cells])
        finally:
            client.stop_channels()
            self.api("DELETE", f"api/kernels/{kernel}")
        path = self.home / name
        text = str(_FORMAT.writes(notebook))
        path.write_text(text, "utf-8")
        return text


@contextmanager
def jupyter(home: Path, **traits: object) -> Iterator[Jupyter]:
    """Run a server until the block ends."""
    config = home / "config"
    config.mkdir()
    options = {
        "IdentityProvider": {"token": _TOKEN},
        "ServerApp": {
            "jpserver_extensions": {"obsdeck": True},
            "open_browser": False,
            "port": 0,
            "root_dir": str(home),
            "allow_root": True,
        },
        "Obsdeck": traits,
    }
    (config / "jupyter_server_config.json").write_text(json.dumps(options), "utf-8")
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--debug"],
            env=_environment(home),
            cwd=home,
            stdout=log,
            stderr=log,
        )
    try:
        yield Jupyter(_address(home, process), home, process.pid)
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def _environment(home: Path) -> dict[str, str]:
    folders = {
        "HOME": "",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython",
    }
    return {**os.environ, **{name: str(home / folder) for name, folder in folders.items()}}


def _address(home: Path, process: subprocess.Popen[bytes]) -> str:
    file = home / "runtime" / f"jpserver-{process.pid}.json"
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            url = str(json.loads(file.read_text("utf-8"))["url"])
            requests.get(f"{url}api", timeout=5)
            return url
        except (OSError, ValueError, KeyError):
            time.sleep(0.1)
    raise AssertionError((home / "server.log").read_text("utf-8"))


def _wait_for(client: BlockingKernelClient) -> None:
    """Wait until both channels answer; a machine under load is no dead kernel."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        client.kernel_info()
        with contextlib.suppress(Empty):
            client.get_shell_msg(timeout=5)
            client.get_iopub_msg(timeout=1)
            return
    raise AssertionError("The kernel does not answer.")


def _run(client: BlockingKernelClient, source: str) -> Any:
    outputs: list[Any] = []

    def collect(message: dict[str, Any]) -> None:
        if message["msg_type"] in {"stream", "error", "execute_result", "display_data"}:
            outputs.append(_FORMAT.output_from_msg(message))

    client.execute_interactive(
        source, store_history=True, output_hook=collect, timeout=_PATIENCE_SECONDS
    )
    return _FORMAT.new_code_cell(source, outputs=outputs)
