"""JupyterLab for the journeys: login and XSRF on, every folder thrown away afterwards."""

import os
import shutil
import tempfile
from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821

# Where journeys look for what must not be in there; jupyter.mjs knows the same name.
folder = Path(tempfile.gettempdir()) / f"obsdeck-ui-{os.environ['OBSDECK_UI_PORT']}"
if "OBSDECK_UI_RESTARTED" not in os.environ:
    shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(mode=0o700, exist_ok=True)
for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
    os.environ[name] = str(folder / name.lower())
root = folder / "root"
root.mkdir(exist_ok=True)

c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = int(os.environ["OBSDECK_UI_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.base_url = os.environ.get("OBSDECK_UI_BASE", "/")
c.ServerApp.open_browser = False
c.ServerApp.allow_root = True
c.ServerApp.root_dir = str(root)
c.IdentityProvider.token = os.environ["OBSDECK_UI_TOKEN"]
c.ServerApp.logging_config = {
    "handlers": {
        "journey": {
            "class": "logging.FileHandler",
            "filename": str(folder / "server.log"),
            "formatter": "console",
            "level": "DEBUG",
        }
    },
    "loggers": {"ServerApp": {"level": "DEBUG", "handlers": ["journey", "console"]}},
    "root": {"level": "DEBUG", "handlers": ["journey"]},
}
c.LabApp.workspaces_dir = str(folder / "workspaces")
settings = folder / "settings"
c.LabApp.user_settings_dir = str(settings)
c.LabApp.expose_app_in_browser = True
c.JupyterNotebookApp.expose_app_in_browser = True

# No question about news in front of the page.
news = settings / "@jupyterlab" / "apputils-extension"
news.mkdir(parents=True, exist_ok=True)
(news / "notification.jupyterlab-settings").write_text('{ "fetchNews": "false" }')

# No question about the name when a notebook is saved.
documents = settings / "@jupyterlab" / "docmanager-extension"
documents.mkdir(parents=True, exist_ok=True)
(documents / "plugin.jupyterlab-settings").write_text('{ "renameUntitledFileOnSave": false }')


def tap(archive_id: str, name: str, url: str) -> dict:
    """Define an archive on loopback, as an administrator may."""
    return {
        "id": archive_id,
        "name": name,
        "kind": "ivoa",
        "description": "A service under test.",
        "services": {"tap": [{"url": url, "title": name, "tables": ["ivoa.ObsCore"]}]},
        "signIn": {"kind": "none"},
        "origins": ["/".join(url.split("/")[:3])],
        "rank": 900,
        "defaultRowLimit": 1000,
    }


SANDBOX_PORT = int(os.environ.get("OBSDECK_UI_SANDBOX_PORT", "18990"))
SANDBOX = f"http://127.0.0.1:{SANDBOX_PORT}"
#: Broken services the sandbox plays, one archive each.
FAULTS = (
    "html200",
    "notfound",
    "truncated",
    "notxml",
    "zerocolumns",
    "zerorows",
    "biglength",
    "error200",
    "slow",
    "overflow0",
    "redirect",
    "twovotables",
)
c.Obsdeck.sandbox = "on-demand"
c.Obsdeck.sandbox_port = SANDBOX_PORT
c.Obsdeck.sandbox_systems = True
c.Obsdeck.vault = "file"
c.Obsdeck.archives = [
    tap("dachs", "DaCHS", f"{os.environ['OBSDECK_DACHS']}/tap"),
    # A service that lives longer than this server, where one is named.
    *(tap("lasting", "Lasting", url) for url in [os.environ.get("OBSDECK_UI_LASTING")] if url),
    tap("refused", "Refused", "http://127.0.0.1:9/tap"),
    *(tap(f"fault-{fault}", f"Fault {fault}", f"{SANDBOX}/faults/{fault}/tap") for fault in FAULTS),
]
