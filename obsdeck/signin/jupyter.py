"""What Jupyter's configuration says about who its users are."""

from __future__ import annotations

import os
from typing import Any

from jupyter_server.auth import IdentityProvider, PasswordIdentityProvider
from jupyter_server.serverapp import ServerApp

from obsdeck.signin.identity import Identities, IdentityMode

_NAMELESS = (IdentityProvider, PasswordIdentityProvider)
"""Providers whose user names are made up for each browser: a token says nobody's name."""

_COLLABORATION = frozenset(
    {"jupyter_collaboration", "jupyter_server_ydoc", "jupyter_server_documents"}
)
"""Server extensions that let several people work on one server at once."""

_OWNER_VARIABLE = "JUPYTERHUB_USER"
"""Names the person for whom JupyterHub started the server."""


def identities_of(server: ServerApp | None, mode: IdentityMode) -> Identities:
    """Return whose accounts a server keeps.

    Parameters
    ----------
    server
        The running server; None where the extension runs without one.
    mode
        What the administrator wants.
    """
    return Identities(
        mode,
        knows_people=server is not None and type(server.identity_provider) not in _NAMELESS,
        collaborative=lambda: server is not None and _is_collaborative(server),
        owner_name=os.environ.get(_OWNER_VARIABLE) or None,
    )


def _is_collaborative(server: ServerApp) -> bool:
    enabled = {name for name, found in server.extension_manager.extensions.items() if found.enabled}
    ydoc: Any = server.config.get("YDocExtension", {})
    return bool(enabled & _COLLABORATION) and not ydoc.get("disable_rtc", False)
