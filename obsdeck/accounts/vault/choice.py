"""Which vault this computer has."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from obsdeck.accounts.vault.backend import longest_of, usable_backend
from obsdeck.accounts.vault.base import Vault
from obsdeck.accounts.vault.file import FileVault
from obsdeck.accounts.vault.keyring import KeyringVault
from obsdeck.accounts.vault.patience import Patience
from obsdeck.config import data_folder

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
