"""What a service says with a refusal: its challenge and the sentence in its body."""

from __future__ import annotations

import json
import re
from typing import Any

from obsdeck.credentials.kinds.base import SmallAnswer

_PARAMETER = re.compile(r'([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_LONGEST = 400
"""Characters of a service's sentence that are shown."""


def parameters(answer: SmallAnswer) -> dict[str, str]:
    """Return the parameters of all challenges (RFC 9110 §11.6.1), names in lower case.

    The first of a name counts. Quoted values are taken whole, so that commas and equals signs
    within them start nothing.
    """
    found: dict[str, str] = {}
    for name, quoted, plain in _PARAMETER.findall(answer.headers.get("www-authenticate", "")):
        found.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or plain)
    return found


def sentence(answer: SmallAnswer) -> str:
    """Return the service's own sentence, empty where it sent none that could be shown.

    `detail` is a text, an object with `msg`, or a list of such objects (FastAPI, Django REST
    framework); AuroraX says `error_message`, the MMODA dispatcher `debug_message`.
    """
    try:
        body = json.loads(answer.text())
    except (ValueError, RecursionError):
        return _plain(answer.text())
    if not isinstance(body, dict):
        return ""
    said = body.get("debug_message") or body.get("error_message") or body.get("detail")
    return _words(said)[:_LONGEST]


def _words(said: Any) -> str:
    if isinstance(said, str):
        return said.strip()
    if isinstance(said, dict):
        return _words(said.get("msg"))
    if isinstance(said, list):
        return " ".join(filter(None, map(_words, said)))
    return ""


def _plain(text: str) -> str:
    """Return a text that is no web page."""
    return "" if text.lstrip()[:1] == "<" else text.strip()[:_LONGEST]
