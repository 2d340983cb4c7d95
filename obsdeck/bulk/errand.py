"""What a worker is sent to fetch, and what it brings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from obsdeck.downloads.signed import without_signature


@dataclass(frozen=True)
class Errand:
    """A file to fetch; all that a worker ever gets to know.

    Attributes
    ----------
    url
        Public, or signed by the archive for a while; sent byte for byte.
    folder
        Where it goes, as the worker sees it.
    content_type
        What is expected, as the archive said; empty where nobody did.
    """

    url: str = field(repr=False)
    folder: str
    content_type: str = ""

    @property
    def address(self) -> str:
        """The address without what is a credential in it."""
        return without_signature(self.url)

    @property
    def key(self) -> str:
        """Names the file whatever its signature; short, fit for names of files and tasks."""
        return hashlib.sha256(self.address.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"Errand({self.address!r})"


@dataclass(frozen=True)
class Brought:
    """What became of an errand.

    Attributes
    ----------
    path
        The file; empty where there is none.
    size
        Its bytes.
    error
        Why there is none, one sentence; empty where there is one.
    status
        HTTP status of the last answer, 0 where none came.
    onward
        Where the archive sends whoever signed in: a public or signed address elsewhere.
    was_there
        Whether it was on disk already.
    """

    path: str = ""
    size: int = 0
    error: str = ""
    status: int = 0
    onward: str = field(default="", repr=False)
    was_there: bool = False

    @property
    def may_be_old(self) -> bool:
        """Whether a signed address that was answered so may have ended (Google answers 400)."""
        return self.status in {400, 401, 403}

    @property
    def is_refused(self) -> bool:
        """Whether somebody who signed in might get it."""
        return self.status in {401, 403}
