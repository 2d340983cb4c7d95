"""The Jupyter server extension: configuration in, handlers out."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import cast

from jupyter_server.extension.application import ExtensionApp
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets import Bool, Dict, Enum, Float, Int, List

from obsdeck.archives.store import ArchiveStore
from obsdeck.archives.user import UserFile
from obsdeck.config import data_folder
from obsdeck.credentials.kinds import KINDS
from obsdeck.credentials.logs import install as install_log_filter
from obsdeck.credentials.places import Surroundings
from obsdeck.downloads.service import Downloads
from obsdeck.gateway.asking import Asker
from obsdeck.gateway.client import GatewayClient, Limits
from obsdeck.jobs.ledger import Ledger
from obsdeck.quicklook.limits import QuickLookLimits
from obsdeck.quicklook.service import QuickLook
from obsdeck.routes import ROUTES
from obsdeck.routes.base import SETTING, Services
from obsdeck.signin.broker import Broker
from obsdeck.signin.finding import Finder
from obsdeck.signin.holdings import Holdings
from obsdeck.signin.identity import IdentityMode
from obsdeck.signin.jupyter import identities_of
from obsdeck.signin.leases import Leases
from obsdeck.signin.service import Accounts
from obsdeck.signin.vault.choice import VaultMode, stored_vault
from obsdeck.supervisor import SandboxSupervisor, sandbox_installed

_TIDYING_SECONDS = 30
"""How long after a page's end its sign-ins may still be in memory (nobody gets them)."""


class Obsdeck(ExtensionApp):
    """Archives for JupyterLab: definitions, gateway and sandbox."""

    name = "obsdeck"
    load_other_extensions = True

    archives = List(
        Dict(),
        help="""Archive definitions of the administrator (see definition.schema.json). One with
        the id of a shipped archive replaces it. The gateway may call the exact origins they
        name, even private and loopback ones.""",
    ).tag(config=True)
    allow_user_archives = Bool(
        True, help="Whether users may add archives of their own (public addresses only)."
    ).tag(config=True)
    sandbox = Enum(
        ("on-demand", "start", "off"),
        "on-demand",
        help="""When the embedded sandbox archive runs: from its first use on, from the server's
        start on, or never.""",
    ).tag(config=True)
    sandbox_systems = Bool(
        False,
        help="""Whether the archives with accounts that the sandbox plays are shown, for
        demonstrations and tests.""",
    ).tag(config=True)
    sandbox_port = Int(
        8923,
        min=0,
        max=65535,
        help="""Loopback port of the sandbox, and the next one of its signed addresses; free ones
        are taken if they are in use. 0: any.""",
    ).tag(config=True)
    max_redirects = Int(5, min=0, help="How many redirects of an archive are followed.").tag(
        config=True
    )
    connect_timeout = Float(
        15.0, min=0.1, help="Seconds to look up an archive's name and to connect to it."
    ).tag(config=True)
    read_timeout = Float(
        180.0,
        min=0.1,
        help="Seconds of silence tolerated from an archive, before its first byte and later.",
    ).tag(config=True)
    write_timeout = Float(
        60.0, min=0.1, help="Seconds an archive may take no further byte of an upload."
    ).tag(config=True)

    identities = Enum(
        ("auto", "owner", "each", "off"),
        "auto",
        help="""Whose accounts they are. owner: everybody who is in is the owner of this server.
        each: each user name has accounts of its own; found credentials belong to the user whom
        JUPYTERHUB_USER names. off: there is no signing in. auto: each where Jupyter's identity
        provider knows people (JupyterHub's, for instance), else owner, and off on a server with
        real-time collaboration that cannot tell its users apart.""",
    ).tag(config=True)

    vault = Enum(
        ("auto", "keyring", "file", "memory"),
        "auto",
        help="""Where sign-ins are kept that outlive the server. keyring: the operating system's.
        file: a file with mode 0600 in Jupyter's data folder. memory: nowhere. auto: the keyring
        where it is usable, else the file.""",
    ).tag(config=True)
    keep = Enum(
        ("page", "session", "stored"),
        "session",
        help="""What the dialog proposes for how long a sign-in is kept: until the page closes,
        until Jupyter stops, or stored (in the vault).""",
    ).tag(config=True)

    quicklook_bytes = Int(
        8_000_000_000,
        min=1,
        help="""Bytes of the temporary plain copy of a compressed file that a quick look makes.
        All copies together take at most twice that.""",
    ).tag(config=True)
    quicklook_seconds = Float(
        120.0, min=1.0, help="Seconds that a quick look may take for one answer."
    ).tag(config=True)
    quicklook_memory = Int(
        4_000_000_000,
        min=1_000_000_000,
        help="Bytes of addresses of each process that opens files for a quick look.",
    ).tag(config=True)

    _supervisor: SandboxSupervisor | None = None
    _client: GatewayClient | None = None
    _quicklook: QuickLook | None = None
    _broker: Broker | None = None
    _downloads: Downloads | None = None
    _tidying: PeriodicCallback | None = None

    def initialize_settings(self) -> None:
        """Build the services and put them where the handlers find them."""
        install_log_filter([self.log, *([self.serverapp.log] if self.serverapp else [])])
        self._supervisor = self._start_supervisor()
        self._client = GatewayClient(self._own_port, self._limits())
        user_file = UserFile(data_folder() / "archives.json") if self.allow_user_archives else None
        store = ArchiveStore(
            user_file,
            self.archives,
            self._sandbox_origin,
            sandbox_storage=self._sandbox_storage,
            sandbox_systems=self.sandbox_systems,
        )
        for problem in store.problems():
            self.log.warning("obsdeck: %s", problem)
        accounts = self._accounts(store, self._client)
        self._quicklook = QuickLook(
            QuickLookLimits(self.quicklook_bytes, self.quicklook_seconds, self.quicklook_memory)
        )
        identities = identities_of(self.serverapp, cast(IdentityMode, self.identities))
        self._broker = Broker(accounts, identities, self.log)
        IOLoop.current().add_callback(self._broker.start)
        self._tidying = PeriodicCallback(
            accounts.holdings.forget_closed_pages, _TIDYING_SECONDS * 1000
        )
        self._tidying.start()
        self._downloads = Downloads(
            data_folder() / "downloads", self._root, store, self._client, accounts, identities
        )
        # Later, because extensions that load after this one say whether there is signing in.
        IOLoop.current().add_callback(self._downloads.start)
        self.settings[SETTING] = Services(
            store,
            self._client,
            accounts,
            identities,
            Ledger(data_folder() / "jobs"),
            self._downloads,
            self._quicklook,
            self.sandbox if self._supervisor else "off",
            self._features(),
        )

    def initialize_handlers(self) -> None:
        """Register the routes."""
        self.handlers.extend(ROUTES)

    async def stop_extension(self) -> None:
        """End the sandbox and all connections together with the server."""
        if self._supervisor is not None:
            await self._supervisor.stop()
        if self._tidying is not None:
            self._tidying.stop()
        if self._broker is not None:
            await self._broker.stop()
        if self._quicklook is not None:
            await self._quicklook.stop()
        if self._downloads is not None:
            await self._downloads.close()
        if self._client is not None:
            await self._client.close()

    def _accounts(self, store: ArchiveStore, client: GatewayClient) -> Accounts:
        finder = Finder(KINDS, Surroundings.here(), time.time)
        choose = partial(stored_vault, cast(VaultMode, self.vault))
        holdings = Holdings(choose, finder, Leases(), time.time)
        return Accounts(
            store,
            KINDS,
            Asker(client),
            holdings,
            self.keep,
            write_back=finder.write_back,
        )

    def _root(self) -> Path:
        return Path(str(self.serverapp.root_dir)) if self.serverapp else Path.cwd()

    def _limits(self) -> Limits:
        return Limits(
            self.connect_timeout, self.read_timeout, self.write_timeout, self.max_redirects
        )

    def _own_port(self) -> int:
        return int(self.serverapp.port) if self.serverapp else 0

    def _features(self) -> tuple[str, ...]:
        return (
            "archives",
            "gateway",
            "accounts",
            "jobs",
            "tables",
            "downloads",
            "quicklook",
            *(["add-archives"] if self.allow_user_archives else []),
        )

    def _sandbox_origin(self) -> str | None:
        return self._supervisor.origin if self._supervisor else None

    def _sandbox_storage(self) -> str | None:
        return self._supervisor.storage_origin if self._supervisor else None

    def _start_supervisor(self) -> SandboxSupervisor | None:
        if self.sandbox == "off":
            return None
        if not sandbox_installed():
            self.log.info("obsdeck: no sandbox, because obsdeck[sandbox] is not installed")
            return None
        supervisor = SandboxSupervisor(self.sandbox_port, log=self.log)
        supervisor.start(at_once=self.sandbox == "start")
        return supervisor
