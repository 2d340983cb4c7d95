"""The handshake between page and server half."""

from __future__ import annotations

from tornado import web

from obsdeck import __version__
from obsdeck.routes.base import ObsdeckHandler

API_VERSION = 1
"""Raised when a page of an older version can no longer work with these routes."""


class HelloHandler(ObsdeckHandler):
    """`GET api/hello`."""

    @web.authenticated
    def get(self) -> None:
        """Answer `{name, version, api, sandbox, features}`, and make ready for a first request."""
        self.services.client.prepare()
        self.finish(
            {
                "name": "obsdeck",
                "version": __version__,
                "api": API_VERSION,
                "sandbox": self.services.sandbox,
                "features": list(self.services.features),
            }
        )
