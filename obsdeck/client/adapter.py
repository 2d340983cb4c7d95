"""The transport of a session: signs at the last moment, tells nothing back."""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakSet

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.utils import resolve_proxies

from obsdeck.client.answers import conceal
from obsdeck.client.connections import sign_connections
from obsdeck.client.signer import Signer
from obsdeck.client.stamps import SignedHeaders
from obsdeck.credentials.credential import Signature


class SigningAdapter(HTTPAdapter):
    """Sends requests, those to the archive's own origins in the user's name.

    Parameters
    ----------
    signer
        Gives the signature of a request; None for a session that is always anonymous.
    """

    __attrs__ = [  # noqa: RUF012 - declared so by requests
        *HTTPAdapter.__attrs__,
        "_signer",
    ]

    def __init__(self, signer: Signer | None) -> None:
        self._signer = signer
        self.unsigned: WeakSet[PreparedRequest] = WeakSet()
        super().__init__()

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.unsigned = WeakSet()
        super().__setstate__(state)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools for direct connections."""
        super().init_poolmanager(*args, **options)
        sign_connections(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Return the pools for connections through a proxy."""
        is_new = proxy not in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **options)
        if is_new:
            sign_connections(manager)
        return manager

    def send(  # noqa: PLR0913, PLR0917 - the signature of requests
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        """Send one request, without following redirects.

        Proxies and certificates of the environment hold as they do for `requests`; a password
        file (`.netrc`) never does.

        Raises
        ------
        SignInError
            If the request would need a credential that is not there.
        """
        verify = _certificates() if verify is True else verify
        signature = self._signature(request, is_verified=bool(verify))
        if signature is not None and (request.url or "").startswith("http:"):
            proxies = {}  # a proxy would read the credential of a plain request
        else:
            proxies = resolve_proxies(request, proxies)
        sent = request.copy()
        headers = SignedHeaders(request.headers, signature)
        sent.headers = headers
        try:
            response = super().send(sent, stream, timeout, verify, cert, proxies)
        finally:
            headers.signature = None
        response.request = request
        if signature is not None and response.status_code == 401 and self._signer is not None:
            self._signer.holder.refused(self._signer.archive)
        return conceal(response, signature, is_streamed=stream)

    def _signature(self, request: PreparedRequest, *, is_verified: bool) -> Signature | None:
        if self._signer is None or request in self.unsigned:
            return None
        return self._signer.signature(request, is_verified=is_verified)


def _certificates() -> str | bool:
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
