"""An archive that answers from a script and remembers what it was asked, in the place of `Ask`."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from obsdeck.archives import sources
from obsdeck.archives.archive import Archive
from obsdeck.credentials.kinds.base import SmallAnswer
from obsdeck.credentials.secret import Secret

SHARED = Path(os.environ.get("OBSDECK_SHARED", Path(__file__).parents[4] / "shared")) / "fixtures"
NOW = 1_775_040_000.0
"""Unix time in seconds of all tests."""

_SHIPPED = {definition["id"]: definition for definition in sources.shipped()}

Script = Callable[["Asked"], SmallAnswer]


@dataclass(frozen=True)
class Asked:
    """One request as it would go out, secrets in the clear."""

    method: str
    url: str
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def authorization(self) -> str | None:
        """Its `Authorization` header."""
        return self.headers.get("Authorization")


class Recorder:
    """Answers by a function, or with some answers one after the other."""

    def __init__(self, *script: SmallAnswer | Script) -> None:
        self._script = list(script)
        self.asked: list[Asked] = []

    async def __call__(
        self,
        archive: Archive,
        method: str,
        url: str,
        *,
        query: Mapping[str, str | Secret] | None = None,
        form: Mapping[str, str | Secret] | None = None,
        json: object | None = None,
        headers: Mapping[str, str | Secret] | None = None,
    ) -> SmallAnswer:
        """Take a request."""
        sent = None if form is None else _clear(form)
        self.asked.append(Asked(method, url, _clear(query), sent, _clear(headers)))
        assert self._script, f"Nothing was expected any more: {method} {url}"
        step = self._script[0] if callable(self._script[0]) else self._script.pop(0)
        return step if isinstance(step, SmallAnswer) else step(self.asked[-1])

    @property
    def sent(self) -> str:
        """Everything that was sent, for searching."""
        return repr(self.asked)


def _clear(values: Mapping[str, str | Secret] | None) -> dict[str, str]:
    return {
        key: value.reveal() if isinstance(value, Secret) else value
        for key, value in (values or {}).items()
    }


def answer(status: int, body: object = "", **headers: str) -> SmallAnswer:
    """Return an answer; what is no text goes as JSON; `x_vo_bearer` names a header."""
    text = body if isinstance(body, str) else json.dumps(body)
    lines = {name.replace("_", "-"): value for name, value in headers.items()}
    return SmallAnswer(status, lines, text.encode())


def recorded(path: str) -> SmallAnswer:
    """Return the answer of a recording below the shared fixtures; without them the test skips."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"the recording {path} is not here")
    said = json.loads(file.read_text())["response"]
    page = f"<!DOCTYPE html><title>{said.get('html_title', '')}</title>"
    body = said["json"] if "json" in said else said.get("text", page)
    headers = {name.lower(): value for name, value in said.get("headers", {}).items()}
    text = body if isinstance(body, str) else json.dumps(body)
    return SmallAnswer(said["status"], headers, text.encode())


def shipped(name: str, source: str = "shipped", **sign_in: Any) -> Archive:
    """Return a shipped archive, with other members of `signIn` where told."""
    definition = _SHIPPED[name]
    changed = {**definition, "signIn": {**definition["signIn"], **sign_in}}
    return Archive(changed, source)  # type: ignore[arg-type]


def own(kind: str, **sign_in: Any) -> Archive:
    """Return an archive of the user's own with a TAP service at https://own.example/tap."""
    base = "https://own.example/tap"
    definition = {
        "id": "user-own",
        "name": "Own",
        "kind": "ivoa",
        "description": "",
        "services": {"tap": [{"url": base, "title": "Own"}]},
        "signIn": {"kind": kind, **sign_in},
        "origins": ["https://own.example"],
        "rank": 1000,
    }
    return Archive(definition, "user")


def fields(**values: str) -> dict[str, Secret]:
    """Return what somebody typed."""
    return {name: Secret(text) for name, text in values.items()}


def jwt(claims: Mapping[str, Any]) -> str:
    """Return a token with some claims; its signature is invented."""
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    segments = [urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
    return ".".join([*segments, "aW52ZW50ZWQ"])
