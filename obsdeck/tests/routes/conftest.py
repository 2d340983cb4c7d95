"""Fixtures of the routes' tests: archives on loopback that one signs in to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from obsdeck.tests.routes.signing import TOKEN
from obsdeck.tests.upstream import Upstream, answer


@pytest.fixture
def signing(upstream: Upstream) -> dict[str, Any]:
    """Give an archive where name and password buy a token."""
    upstream.on("/login", answer(json.dumps({"id_token": TOKEN}).encode()))
    return {
        "id": "signing",
        "name": "Signing",
        "kind": "eso",
        "description": "On loopback, with accounts.",
        "services": {"tap": [{"url": f"{upstream.origin}/tap", "title": "Signing"}]},
        "signIn": {
            "kind": "oidc-password",
            "tokenUrl": f"{upstream.origin}/login",
            "tokenField": "id_token",
            "roles": {"user": "own programmes"},
        },
        "origins": [upstream.origin],
        "rank": 6,
    }


@pytest.fixture
def keyed(upstream: Upstream) -> dict[str, Any]:
    """Give an archive whose key is looked for in the environment."""
    return {
        "id": "keyed",
        "name": "Keyed",
        "kind": "aurorax",
        "description": "On loopback, with keys.",
        "services": {"rest": {"url": f"{upstream.origin}/rest"}},
        "signIn": {
            "kind": "api-key",
            "header": "x-key",
            "places": [{"environment": "OBSDECK_TEST_KEY"}],
        },
        "origins": [upstream.origin],
        "rank": 7,
    }


@pytest.fixture
def with_accounts(
    local_archive: dict[str, Any], signing: dict[str, Any], keyed: dict[str, Any]
) -> dict[str, Any]:
    """Give Obsdeck's traits: three archives of the administrator."""
    return {"archives": [local_archive, signing, keyed]}
