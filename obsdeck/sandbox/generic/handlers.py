"""Where the tokens of the services without a particular system come from."""

from obsdeck.sandbox.accounts.people import admit
from obsdeck.sandbox.generic.guards import PersonTokens
from obsdeck.sandbox.web.base import ArchiveHandler, Service


class VoLoginHandler(ArchiveHandler):
    """``/vo/login``: the token comes in a header (SSO 2.0, tls-with-password)."""

    def initialize(self, service: Service, tokens: PersonTokens) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._tokens = tokens

    def post(self) -> None:
        """Answer 200 with ``x-vo-bearer``, or 401."""
        name = self.get_body_argument("username", "")
        person = admit(name, self.get_body_argument("password", "", strip=False))
        if person is None:
            self.set_status(401)
            self.finish("User name or password is wrong.\n")
            return
        self.set_header("x-vo-bearer", self._tokens.issue(person))
        self.set_header("x-vo-authenticated", person.name)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("Signed in.\n")
