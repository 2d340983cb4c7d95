"""Credentials that end with the Jupyter server, or with a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from obsdeck.credentials.credential import Keep
from obsdeck.signin.held import Contents, Held


@dataclass
class MemoryVault:
    """A vault that writes nothing down."""

    keep: Keep = "session"
    _contents: dict[str, Contents] = field(default_factory=dict, repr=False)

    def read(self, identity: str) -> Contents:
        """Return everything of one identity."""
        return self._contents.get(identity, Contents())

    def put(self, identity: str, archive: str, held: Held) -> None:
        """Keep a credential in place of an earlier one."""
        contents = self.read(identity)
        entries = {**contents.entries, archive: held}
        self._contents[identity] = replace(contents, entries=entries)

    def drop(self, identity: str, archive: str) -> None:
        """Forget a credential."""
        contents = self.read(identity)
        entries = {key: held for key, held in contents.entries.items() if key != archive}
        self._contents[identity] = replace(contents, entries=entries)

    def set_aside(self, identity: str, archive: str, aside: bool) -> None:
        """Remember whether what is found for an archive shall be left alone."""
        contents = self.read(identity)
        changed = contents.aside | {archive} if aside else contents.aside - {archive}
        self._contents[identity] = replace(contents, aside=changed)

    def keep_only(self, wanted: Callable[[str, Held], bool]) -> None:
        """Forget every credential that is not wanted, asked by identity."""
        for identity, contents in list(self._contents.items()):
            for archive, held in contents.entries.items():
                if not wanted(identity, held):
                    self.drop(identity, archive)

    def problems(self, identity: str) -> tuple[str, ...]:
        """Return nothing: memory is never damaged."""
        return ()
