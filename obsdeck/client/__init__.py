"""Archives from a notebook or a script, in the user's name and without a visible secret."""

from __future__ import annotations

from obsdeck.client.errors import SignInError
from obsdeck.client.session import ArchiveSession

__all__ = ["ArchiveSession", "SignInError"]
