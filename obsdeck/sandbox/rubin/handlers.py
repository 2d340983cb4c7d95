"""Who am I."""

from collections.abc import Mapping

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.rubin.guard import RubinGuard
from obsdeck.sandbox.web.base import ArchiveHandler, Service


class UserInfoHandler(ArchiveHandler):
    """``/rubin/auth/api/v1/user-info``: whose token this is and what it allows."""

    def initialize(self, service: Service, guard: RubinGuard, quotas: Mapping[str, int]) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._guard = guard
        self._quotas = quotas

    def get(self) -> None:
        """Answer with the user."""
        try:
            grant = self._guard.grant(self.request)
        except DeniedError as denied:
            self.deny(denied)
            return
        person = grant.person
        self.answer_json(
            {
                "username": person.name,
                "name": person.full_name,
                "email": person.email,
                "groups": [{"name": "g_users", "id": 1}],
                "scopes": list(grant.scopes),
                "quota": {"api": self._quotas},
            }
        )
