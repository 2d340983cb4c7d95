"""Fixtures of the queue's tests: a queue in a real server, told what to do through its routes."""

from __future__ import annotations

from pathlib import Path

import pytest
from jupyter_server.serverapp import ServerApp

from obsdeck.routes.base import SETTING, Services
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.downloads.driving import Deck


@pytest.fixture
def deck(api: Fetch, jp_serverapp: ServerApp, jp_root_dir: Path) -> Deck:
    """Give a server's queue; retries wait for no time."""
    services: Services = jp_serverapp.web_app.settings[SETTING]
    deck = Deck(api, services.downloads, jp_root_dir)
    services.downloads.clock = deck.clock()
    services.downloads.reserve = 0
    return deck
