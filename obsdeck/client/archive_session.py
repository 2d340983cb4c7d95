"""An authorised `requests.Session` that never shows what authorises it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.utils import default_user_agent

from obsdeck import __version__
from obsdeck.archives.archive import Archive
from obsdeck.client.adapter import SigningAdapter
from obsdeck.client.errors import SignInError
from obsdeck.client.holder import STATES, Holder
from obsdeck.client.signer import Signer, read
from obsdeck.client.words import hosts, left
from obsdeck.errors import ObsdeckError

_SAME_METHOD = frozenset({307, 308})


class ArchiveSession(requests.Session):
    """A session that acts in the user's name towards one archive, and only there.

    The credential is looked up at each request and added while it is sent, to addresses that
    the archive's definition names (scheme, host, port and path). The session, its requests,
    answers and exceptions hold none. Other addresses are asked anonymously. Cookies are not
    kept, and `.netrc` is not read.

    Parameters
    ----------
    archive
        The archive.
    holder
        Where the credential is looked up.
    as_me
        False for a session that is anonymous everywhere.
    """

    __attrs__ = [  # noqa: RUF012 - declared so by requests
        *requests.Session.__attrs__,
        "_signer",
        "_adapter",
        "_as_me",
    ]

    def __init__(self, archive: Archive, holder: Holder, *, as_me: bool = True) -> None:
        self._as_me = as_me
        self._signer = Signer(archive, holder)
        self._adapter = SigningAdapter(self._signer if as_me else None)
        super().__init__()
        self.headers["User-Agent"] = f"Obsdeck/{__version__} {default_user_agent()}"
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    @property
    def archive(self) -> Archive:
        """The archive it acts towards."""
        return self._signer.archive

    @property
    def trust_env(self) -> bool:
        """Always False, since `.netrc` would replace the credential; proxies hold nevertheless."""
        return False

    @trust_env.setter
    def trust_env(self, value: bool) -> None:
        """Take no notice; `requests` sets it when a session is made."""

    def mount(self, prefix: str, adapter: BaseAdapter) -> None:
        """Refuse other transports, which would ask anonymously without saying so.

        Raises
        ------
        TypeError
            For every transport a caller brings.
        """
        if prefix not in self.adapters and prefix in ("http://", "https://"):
            super().mount(prefix, self._adapter)
            return
        raise TypeError(
            "This session signs requests in its own transport. "
            "For retries, set session.get_adapter('https://').max_retries."
        )

    def send(self, request: PreparedRequest, **options: Any) -> Response:
        """Send a prepared request; http addresses of the archive's own become https."""
        self._secure(request)
        return super().send(request, **options)

    def rebuild_method(self, prepared_request: PreparedRequest, response: Response) -> None:
        """Prepare the next hop of a redirect, or refuse it.

        Raises
        ------
        SignInError
            `refused-address` if it leads from https to http or takes an upload elsewhere.
        """
        super().rebuild_method(prepared_request, response)
        self._secure(prepared_request)
        before, after = read(response.request.url), read(prepared_request.url)
        if before and before.scheme == "https" and after and after.scheme == "http":
            raise self._refused(f"{before.host} redirects from https to http, not followed.")
        if (
            response.status_code in _SAME_METHOD
            and prepared_request.body is not None
            and not _stays(prepared_request, response)
        ):
            raise self._refused("the upload would be passed on to another host, not followed.")

    def rebuild_auth(self, prepared_request: PreparedRequest, response: Response) -> None:
        """Leave the next hop unsigned once a redirect left the origin, even if it returns."""
        super().rebuild_auth(prepared_request, response)
        unsigned = self._adapter.unsigned
        if response.request in unsigned or not _stays(prepared_request, response):
            unsigned.add(prepared_request)

    def __repr__(self) -> str:
        return f"<obsdeck session: {', '.join(self._parts())}>"

    def _parts(self) -> Iterator[str]:
        yield self.archive.name
        if not self._as_me:
            yield "anonymous"
            return
        try:
            standing = self._signer.holder.standing(self.archive)
        except ObsdeckError as error:
            yield error.message.rstrip(".")
            return
        yield STATES[standing.state] + (f" as {standing.who}" if standing.who else "")
        if ends := left(standing, time.time()):
            yield f"{ends} left"
        if standing.state != "none":
            yield f"sends its credential to {hosts(self.archive)}"

    def _secure(self, request: PreparedRequest) -> None:
        if self._as_me and request.url:
            request.url = self._signer.secured(request.method, request.url)

    def _refused(self, what: str) -> SignInError:
        return SignInError(
            "refused-address", f"{self.archive.name}: {what}", archive=self.archive.id
        )


def _stays(prepared_request: PreparedRequest, response: Response) -> bool:
    before, after = read(response.request.url), read(prepared_request.url)
    return before is not None and after is not None and before.origin == after.origin
