"""The operating system's keyring: which one is fit for secrets, and whether it works."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from typing import Any

from obsdeck.signin.vault.patience import Patience

SERVICE = "obsdeck"
"""Name under which all entries are listed in the keyring's own window."""

_UNFIT = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Keep nothing, or keep it as plain text, or ask for a password on the terminal."""


def usable_backend(patience: Patience) -> Any | None:
    """Return a keyring that keeps what it is given, None if there is none.

    Parameters
    ----------
    patience
        How long it may take for the trial: one that asks the user something is not usable.
    """
    try:
        import keyring  # noqa: PLC0415 - slow, and not needed everywhere

        chosen = patience.call(keyring.get_keyring)
        for backend in _candidates(chosen):
            if _is_fit(backend) and patience.call(partial(_keeps, backend)):
                return backend
    except Exception:  # backends raise whatever their system does; then there is none
        return None
    return None


def longest_of(backend: Any) -> int | None:
    """Return how many characters one entry may have, None where there is no limit of note.

    Windows keeps 2560 bytes of UTF-16.
    """
    return 1200 if type(backend).__module__ == "keyring.backends.Windows" else None


def _candidates(backend: Any) -> Iterator[Any]:
    """Yield the backends behind a chain, which itself would fall back to unfit ones."""
    if type(backend).__module__ == "keyring.backends.chainer":
        yield from backend.backends
    else:
        yield backend


def _is_fit(backend: Any) -> bool:
    module = type(backend).__module__
    return backend.priority > 0 and not module.startswith(_UNFIT)


def _keeps(backend: Any) -> bool:
    """Tell whether a text comes back from the keyring, and goes."""
    name, text = f"trial-{secrets.token_hex(8)}", secrets.token_hex(8)
    backend.set_password(SERVICE, name, text)
    came_back = backend.get_password(SERVICE, name)
    backend.delete_password(SERVICE, name)
    return bool(came_back == text)
