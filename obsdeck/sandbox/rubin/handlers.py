"""Who am I."""

import json

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.rubin.guard import RubinGuard
from obsdeck.sandbox.web.base import ArchiveHandler, Service


class UserInfoHandler(ArchiveHandler):
    """``/rubin/auth/api/v1/user-info``: whose token this is and what it allows."""

    def initialize(self, service: Service, guard: RubinGuard) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._guard = guard

    def get(self) -> None:
        """Answer with the user."""
        try:
            grant = self._guard.grant(self.request)
        except DeniedError as denied:
            self.deny(denied)
            return
        self.set_header("Content-Type", "application/json")
        person = grant.person
        self.finish(
            json.dumps(
                {
                    "username": person.name,
                    "name": person.full_name,
                    "email": person.email,
                    "groups": [{"name": "g_users", "id": 1}],
                    "scopes": list(grant.scopes),
                    "quota": {"api": {"tap": 500}},
                }
            )
        )
