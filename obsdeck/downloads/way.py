"""How files of one archive are fetched by somebody."""

from __future__ import annotations

from dataclasses import dataclass

from obsdeck.archives.archive import Archive
from obsdeck.downloads.clock import Clock
from obsdeck.gateway.call import Wallet
from obsdeck.gateway.client import GatewayClient


@dataclass(frozen=True)
class Way:
    """How files of one archive are fetched by somebody.

    Attributes
    ----------
    archive
        On whose behalf.
    client
        The way out.
    wallet
        The user's credentials, None to ask as anyone.
    clock
        Time.
    """

    archive: Archive
    client: GatewayClient
    wallet: Wallet | None
    clock: Clock
