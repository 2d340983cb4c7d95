"""What all handlers share: login, JSON errors, the services."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import responses
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.utils import HTTP_METHOD_TO_AUTH_ACTION
from jupyter_server.base.handlers import APIHandler
from tornado import web

from obsdeck.archives.store import ArchiveStore
from obsdeck.credentials.redact import redact
from obsdeck.downloads.service import Downloads
from obsdeck.errors import ErrorKind, ObsdeckError
from obsdeck.gateway.client import GatewayClient
from obsdeck.jobs.ledger import Ledger
from obsdeck.quicklook.service import QuickLook
from obsdeck.signin.identity import Identities, Identity
from obsdeck.signin.service import Accounts

SETTING = "obsdeck_services"
"""Key of `Services` in the web application's settings."""

_KINDS: dict[int, ErrorKind] = {
    401: "forbidden",
    403: "forbidden",
    404: "not-found",
    500: "unavailable",
}


@dataclass(frozen=True)
class Services:
    """What the handlers work with."""

    store: ArchiveStore
    client: GatewayClient
    accounts: Accounts
    identities: Identities
    jobs: Ledger
    downloads: Downloads
    quicklook: QuickLook
    sandbox: str
    features: tuple[str, ...]


class ObsdeckHandler(APIHandler):
    """A handler whose errors are `{error: {kind, message, hint, status, archive}}`."""

    auth_resource = "obsdeck"

    @property
    def services(self) -> Services:
        """The server half's services."""
        services: Services = self.settings[SETTING]
        return services

    @property
    def identity(self) -> Identity:
        """Whose accounts this request is about."""
        return self.services.identities.of(self.current_user.username)

    def json_body(self) -> dict[str, Any]:
        """Return the JSON object in the request's body.

        Raises
        ------
        ObsdeckError
            `rejected` for everything else.
        """
        try:
            body = json.loads(self.request.body)
        except (ValueError, RecursionError):
            # The parser's own error would quote the body, which may hold a password.
            raise ObsdeckError("rejected", "The request's body is no JSON.") from None
        if not isinstance(body, dict):
            raise ObsdeckError("rejected", "The request's body is no JSON object.")
        return body

    async def prepare(self) -> None:  # type: ignore[override]
        """Let nobody in without login and permission, whatever the verb."""
        await super().prepare()
        if not self.current_user:
            raise web.HTTPError(403, "Sign in to Jupyter again.")
        action = HTTP_METHOD_TO_AUTH_ACTION.get(str(self.request.method), "execute")
        allowed = self.authorizer.is_authorized(self, self.current_user, action, self.auth_resource)
        if not await ensure_async(allowed):
            raise web.HTTPError(403, "This server does not allow you to use its archives.")

    @web.authenticated
    def options(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Answer a preflight request as Jupyter does, but only to those who are signed in."""
        super().options(*args, **kwargs)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with the error as JSON."""
        exc_info = kwargs.get("exc_info")
        error = _as_obsdeck_error(status_code, exc_info)
        error.message, error.hint = redact(error.message), redact(error.hint)
        self.clear()
        self.set_status(error.status)
        if not (exc_info and isinstance(exc_info[1], web.HTTPError)):
            # Refusals of Jupyter itself (login, XSRF) go without: the page tells them apart.
            self.set_header("X-Obsdeck-Error", "1")
        self.set_header("Cache-Control", "no-store")
        self.finish(error.to_json())

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log refusals as one line; only what is unexpected gets a traceback."""
        if isinstance(value, ObsdeckError):
            self.log.warning("obsdeck: %s (%s)", value.message, value.kind)
        else:
            super().log_exception(typ, value, tb)


class PrivateHandler(ObsdeckHandler):
    """A handler that wants the XSRF token on GET too, and whose answers are kept nowhere."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Refuse what another site could have made the browser send."""
        await super().prepare()
        if self.request.method != "OPTIONS":
            self._check_xsrf()

    def _check_xsrf(self) -> None:
        """Ask for the XSRF token where Jupyter would be content with a Referer."""
        if self.token_authenticated or self.settings.get("disable_check_xsrf", False):
            return
        web.RequestHandler.check_xsrf_cookie(self)

    def set_default_headers(self) -> None:
        """Add the header lines that every answer carries."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> str | None:
        """Make no ETag: it would be a fingerprint, and turn an archive's answer into a 304."""
        return None


def _as_obsdeck_error(status: int, exc_info: Any) -> ObsdeckError:
    exception = exc_info[1] if exc_info else None
    if isinstance(exception, ObsdeckError):
        return exception
    if isinstance(exception, web.HTTPError):
        status = exception.status_code
        text = exception.log_message % exception.args if exception.log_message else ""
        message = text or f"{responses.get(status, 'The request failed')}."
        return ObsdeckError(_KINDS.get(status, "rejected"), message, status=status)
    return ObsdeckError(
        "unavailable",
        "Obsdeck's server part failed unexpectedly.",
        hint="The Jupyter server's log has the details.",
        status=status,
    )
