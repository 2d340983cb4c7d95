"""Who am I, and what the cutouts can do."""

from collections.abc import Mapping

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.rubin.guard import RubinGuard
from obsdeck.sandbox.soda.offers import ASYNC, SYNC
from obsdeck.sandbox.web.base import ArchiveHandler, Service

_VOSI = "ivo://ivoa.net/std/VOSI#"

#: Name of the attribute, standard and end of the address.
_CUTOUT_CAPABILITIES = (
    ("standardID", f"{_VOSI}capabilities", "capabilities"),
    ("standardID", f"{_VOSI}availability", "availability"),
    ("standardid", SYNC, "sync"),
    ("standardid", ASYNC, "jobs"),
)

_CAPABILITIES_HEAD = (
    '<?xml version="1.0"?>'
    '<capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:vod="http://www.ivoa.net/xml/VODataService/v1.1">'
)


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


class CutoutCapabilitiesHandler(ArchiveHandler):
    """``/rubin/api/cutout/capabilities``, with the two defects that the real ones have.

    No element is in a namespace, although ``vosi`` is declared, and the two capabilities that
    matter spell their attribute in lower case.
    """

    def get(self) -> None:
        """Answer with the document."""
        base = f"{self.service.base_url}api/cutout"
        capabilities = "".join(
            f'<capability {name}="{standard}"><interface xsi:type="vod:ParamHTTP" version="1.0">'
            f'<accessURL use="full">{base}/{path}</accessURL></interface></capability>'
            for name, standard, path in _CUTOUT_CAPABILITIES
        )
        self.set_header("Content-Type", "text/xml; charset=utf-8")
        self.finish(f"{_CAPABILITIES_HEAD}{capabilities}</capabilities>")
