"""The handshake."""

from __future__ import annotations

import json

from obsdeck import __version__
from obsdeck.tests.conftest import Fetch


async def test_hello_names_version_and_features(api: Fetch) -> None:
    response = await api("hello")
    assert response.code == 200
    hello = json.loads(response.body)
    assert hello == {
        "name": "obsdeck",
        "version": __version__,
        "api": 1,
        "sandbox": "off",
        "features": [
            "archives",
            "gateway",
            "accounts",
            "jobs",
            "tables",
            "downloads",
            "quicklook",
            "add-archives",
        ],
    }
