"""Which vault this computer has."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path
from typing import Literal

from obsdeck.config import data_folder
from obsdeck.signin.vault.backend import longest_of, usable_backend
from obsdeck.signin.vault.base import Vault
from obsdeck.signin.vault.file import FileVault
from obsdeck.signin.vault.keyring import KeyringVault
from obsdeck.signin.vault.patience import Patience

VaultMode = Literal["auto", "keyring", "file", "memory"]
"""Trait `vault`: see `stored_vault`."""

_TRIAL_SECONDS = 5.0


def vault_folder() -> Path:
    """Return the folder of stored sign-ins (it may not exist yet)."""
    return data_folder() / "accounts"


def stored_vault(mode: VaultMode) -> Vault | None:
    """Return where sign-ins outlive the server; blocking, as keyrings are tried out.

    Parameters
    ----------
    mode
        `keyring` or `file`: that one or none. `memory`: none. `auto`: the keyring where it is
        usable, else the file.
    """
    if mode == "memory":
        return None
    backend = usable_backend(Patience(_TRIAL_SECONDS)) if mode != "file" else None
    if backend is not None:
        return KeyringVault(backend, vault_folder(), longest_of(backend))
    return None if mode == "keyring" else FileVault(vault_folder())


def vaults_in_use() -> tuple[Vault, ...]:
    """Return the vaults in which servers of this user have stored anything; blocking.

    For processes that do not know the administrator's choice. A keyring is only touched where
    a server used one, as some ask the user whenever another program comes.
    """
    folder = vault_folder()
    vaults: list[Vault] = [FileVault(folder)] if any(folder.glob("accounts-*.json")) else []
    if any(folder.glob("keyring-*.lock")):
        with contextlib.suppress(LookupError):
            vaults.append(_keyring())
    return tuple(vaults)


@cache  # but not of failures: a locked keyring may be opened later
def _keyring() -> KeyringVault:
    backend = usable_backend(Patience(_TRIAL_SECONDS))
    if backend is None:
        raise LookupError
    return KeyringVault(backend, vault_folder(), longest_of(backend))
