"""Start the demo: JupyterLab on 127.0.0.1, the sandbox, and a notebook to begin with."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

NOTEBOOK = "first-light.ipynb"
#: JupyterLab's settings and layout of the demo, apart from the user's own.
SETTINGS = ".lab/settings"
WORKSPACES = ".lab/workspaces"
#: Seconds JupyterLab may take to answer.
PATIENCE = 90


def main(arguments: list[str] | None = None) -> int:
    """Run JupyterLab until it ends; returns its exit status."""
    options = parse(arguments)
    root = Path(options.root).resolve()
    prepare(root)
    port = options.port if is_free(options.port) else free_port()
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # ends JupyterLab too, see below
    server = subprocess.Popen(command(root, port), env={**os.environ, "JUPYTER_TOKEN": token})
    try:
        if not answers(f"http://127.0.0.1:{port}/api", server):
            return server.wait()
        address = f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token={token}"
        say(f"Obsdeck demo: {address}")
        say("Click first: the Obsdeck icon in the left sidebar, then Search.")
        if options.open:
            webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m obsdeck.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8888, help="another one if it is taken")
    parser.add_argument("--root", default="obsdeck-demo", help="folder for the notebooks")
    parser.add_argument("--no-open", dest="open", action="store_false", help="no browser window")
    return parser.parse_args(arguments)


def prepare(root: Path) -> None:
    """Put notebook and settings where they are missing; what is there is the user's."""
    notifications = root / SETTINGS / "@jupyterlab/apputils-extension"
    notifications.mkdir(parents=True, exist_ok=True)
    news = notifications / "notification.jupyterlab-settings"
    if not news.exists():
        news.write_text('{ "fetchNews": "false", "checkForUpdates": false }\n')
    target = root / NOTEBOOK
    if not target.exists():
        shutil.copyfile(Path(__file__).parent / NOTEBOOK, target)


def command(root: Path, port: int) -> list[str]:
    """Name JupyterLab's command line; the login token goes through the environment."""
    options = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        f"--ServerApp.root_dir={root}",
        "--ServerApp.log_level=WARN",
        f"--LabApp.user_settings_dir={root / SETTINGS}",
        f"--LabApp.workspaces_dir={root / WORKSPACES}",
        "--Obsdeck.sandbox=start",
        "--Obsdeck.sandbox_systems=True",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--ServerApp.allow_root=True")
    return [sys.executable, "-m", "jupyter", "lab", *options]


def is_free(port: int) -> bool:
    """Tell whether nothing listens on a loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Find a loopback port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str, server: subprocess.Popen[bytes]) -> bool:
    """Wait until JupyterLab answers; false when it ended or took too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own loopback address)
                return True
        except OSError:
            time.sleep(0.2)
    return False


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
