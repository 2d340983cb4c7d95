"""Which request of a session carries the credential."""

from __future__ import annotations

from dataclasses import dataclass

from requests import PreparedRequest
from urllib3.util import parse_url

from obsdeck.addresses.url import BadAddressError, Target, parse_target
from obsdeck.archives.archive import Archive
from obsdeck.client.errors import SignInError
from obsdeck.client.holder import Holder
from obsdeck.client.stamps import text_of
from obsdeck.credentials.credential import Signature
from obsdeck.credentials.origins import is_sign_in_address, may_see, over_https

_READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Signer:
    """Signs for one archive; holds no secret itself, it asks at every request.

    Attributes
    ----------
    archive
        Whose origins may see the credential.
    holder
        Where the credential is looked up.
    """

    archive: Archive
    holder: Holder

    def may_see(self, url: str | None) -> bool:
        """Tell whether an address may see the credential, as it is written and as it is sent."""
        written, sent = read(url), read(_as_sent(url))
        return (
            written is not None
            and sent is not None
            and may_see(self.archive, written)
            and may_see(self.archive, sent)
        )

    def secured(self, method: str | None, url: str) -> str:
        """Return the https form of an http address, where only that may see the credential.

        Tables of archives still hold addresses from before https.
        """
        target = read(url)
        better = over_https(target) if target and method in _READING else None
        return better.url if better and self.may_see(better.url) else url

    def signature(self, request: PreparedRequest, *, is_verified: bool) -> Signature | None:
        """Return what a request carries, None if it goes out anonymously.

        Parameters
        ----------
        request
            The request; a credential that the caller put in is left alone.
        is_verified
            Whether the server's certificate is checked.

        Raises
        ------
        SignInError
            If nobody is signed in, or the credential is not to be sent.
        """
        url = request.url or ""
        if not self.may_see(url) or _names_another_host(request):
            return None
        self._check_no_token_address(url)
        signature = self.holder.signature(self.archive)
        if signature is None or any(name in request.headers for name in signature.headers):
            return None
        if not is_verified and url.startswith("https:"):
            raise SignInError(
                "refused-address",
                f"{self.archive.name}: the credential is not sent to a server whose certificate "
                "is not checked.",
                hint="Leave out verify=False, or ask anonymously (as_me=False).",
                archive=self.archive.id,
            )
        return signature

    def _check_no_token_address(self, url: str) -> None:
        """Refuse to fetch a token into a notebook, where an answer is soon printed.

        Raises
        ------
        SignInError
            `refused-address`.
        """
        targets = filter(None, (read(url), read(_as_sent(url))))
        if any(is_sign_in_address(self.archive, target) for target in targets):
            raise SignInError(
                "refused-address",
                f"{self.archive.name}: an address where tokens are handed out is not asked in a "
                "notebook.",
                hint="Sign in or renew in the Accounts section of JupyterLab's sidebar.",
                archive=self.archive.id,
            )


def _names_another_host(request: PreparedRequest) -> bool:
    """Tell whether a `Host` of the caller's leads to another site of the same server."""
    host, target = request.headers.get("Host"), read(request.url)
    named = read(f"{target.scheme}://{text_of(host)}") if host and target else target
    return named is None or target is None or named.origin != target.origin


def read(url: str | None) -> Target | None:
    """Return an address taken apart, None for one that is never signed."""
    try:
        return parse_target(url or "")
    except BadAddressError:
        return None


def _as_sent(url: str | None) -> str | None:
    """Return an address as urllib3 rewrites it: dots in the path resolved, escapes unified."""
    try:
        return str(parse_url(url or "").url)
    except ValueError:
        return None
