"""Keyrings for tests: one in memory, and ones that misbehave."""

from __future__ import annotations

import threading
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps entries in a dictionary.

    Attributes
    ----------
    entries
        By service and user name.
    """

    priority: Any = 9

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}
        self.fetched: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        """Return an entry."""
        self.fetched.append(username)
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep an entry."""
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Remove an entry."""
        if (service, username) not in self.entries:
            raise PasswordDeleteError("Not found")
        del self.entries[service, username]


class NarrowKeyring(MemoryKeyring):
    """Refuses long entries, as Windows does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep an entry of at most 1250 characters."""
        if len(password) > 1250:
            raise ValueError("The stub received bad data")
        super().set_password(service, username, password)


class HangingKeyring(MemoryKeyring):
    """Waits for a click that never comes, once `free` is cleared."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        """Wait."""
        self.free.wait(20)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Wait."""
        self.free.wait(20)
        super().set_password(service, username, password)


class ForgetfulKeyring(MemoryKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Forget."""

    def delete_password(self, service: str, username: str) -> None:
        """Find it gone already."""


class BrokenKeyring(MemoryKeyring):
    """Says no, quoting what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Refuse."""
        raise RuntimeError(f"cannot store {password}")

    def get_password(self, service: str, username: str) -> str | None:
        """Refuse."""
        raise RuntimeError("locked")
