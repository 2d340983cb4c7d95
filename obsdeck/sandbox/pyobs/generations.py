"""What tells the generations of the server apart (``pyobs-archive.md``, 1, 3 and 8)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Generation:
    """One generation of the server in one mode.

    Attributes
    ----------
    name
        Name of the path it is served at.
    has_login
        Whether ``/api-token-auth/`` exists.
    is_public
        Whether everybody reads, whatever the header; signing in is then broken.
    bearer_breaks
        Whether any Bearer header breaks the server, because Keycloak is not configured.
    page_limit
        Most frames of a page, None where both offset and limit must be given and have no end.
    keys
        Keys of a frame besides those all generations give.
    file_root
        What the address of a file begins with; without it, it is relative to the root of the site.
    allowed
        Methods of a read, in the order of its ``Allow`` line.
    """

    name: str
    has_login: bool = False
    is_public: bool = False
    bearer_breaks: bool = False
    page_limit: int | None = 1000
    keys: tuple[str, ...] = ()
    file_root: str = ""
    allowed: str = "OPTIONS, GET"


GENERATIONS = (
    Generation("a", True, page_limit=None, file_root="/pyobs/a/", allowed="GET, OPTIONS"),
    Generation(
        "public",
        True,
        is_public=True,
        page_limit=None,
        file_root="/pyobs/public/",
        allowed="OPTIONS, GET",
    ),
    Generation("b"),
    Generation("c", bearer_breaks=True, keys=("REQNUM", "OBSNUM")),
)
