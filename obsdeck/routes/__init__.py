"""Handlers under `<base_url>obsdeck/`."""

from __future__ import annotations

from jupyter_server.base.handlers import JupyterHandler

from obsdeck.routes.accounts import AccountHandler, AccountsHandler
from obsdeck.routes.archives import ArchiveHandler, ArchivesHandler
from obsdeck.routes.downloadevents import DownloadEventsHandler
from obsdeck.routes.downloadfiles import (
    DownloadCheckHandler,
    DownloadDefaultsHandler,
    DownloadManifestHandler,
    DownloadScriptHandler,
    DownloadsHereHandler,
)
from obsdeck.routes.downloads import DownloadsHandler
from obsdeck.routes.gateway import GatewayHandler
from obsdeck.routes.hello import HelloHandler
from obsdeck.routes.jobs import JobHandler, JobsHandler
from obsdeck.routes.quicklook import QuickLookHandler
from obsdeck.routes.tables import TablesHandler

ROUTES: list[tuple[str, type[JupyterHandler]]] = [
    (r"obsdeck/api/hello", HelloHandler),
    (r"obsdeck/api/archives", ArchivesHandler),
    (r"obsdeck/api/archives/([a-z0-9-]+)", ArchiveHandler),
    (r"obsdeck/api/accounts", AccountsHandler),
    (r"obsdeck/api/accounts/([a-z0-9-]+)", AccountHandler),
    (r"obsdeck/api/jobs", JobsHandler),
    (r"obsdeck/api/jobs/([A-Za-z0-9-]{1,64})", JobHandler),
    (r"obsdeck/api/tables", TablesHandler),
    (r"obsdeck/api/quicklook", QuickLookHandler),
    (r"obsdeck/api/downloads", DownloadsHandler),
    (r"obsdeck/api/downloads/events", DownloadEventsHandler),
    (r"obsdeck/api/downloads/check", DownloadCheckHandler),
    (r"obsdeck/api/downloads/here", DownloadsHereHandler),
    (r"obsdeck/api/downloads/script", DownloadScriptHandler),
    (r"obsdeck/api/downloads/manifest", DownloadManifestHandler),
    (r"obsdeck/api/downloads/defaults", DownloadDefaultsHandler),
    (r"obsdeck/api/gateway/([a-z0-9-]+)", GatewayHandler),
]
"""Path patterns below the base URL with their handlers."""
