"""``/eso/sso/oidc/token``: user name and password for a token (``eso.md``, 2)."""

from collections.abc import Callable, Mapping

from obsdeck.sandbox.accounts.people import admit
from obsdeck.sandbox.eso.tokens import CLIENT_ID, EsoTokens
from obsdeck.sandbox.web.base import ArchiveHandler, Service

_FIXED = {
    "response_type": "id_token token",
    "grant_type": "password",
    "client_id": CLIENT_ID,
}
_OPTIONAL = {"client_secret": "clientSecret"}
_TYPED = ("username", "password")

_PAGE = "<!DOCTYPE html><title>Sign-in</title><h1>The sign-in is closed for maintenance</h1>"

#: User names whose sign-in fails in ways that a client must bear, whatever the password.
ODD_NAMES: Mapping[str, Callable[["TokenHandler"], None]] = {
    "answers-html": lambda handler: handler.answer_html(),
    "answers-nothing": lambda handler: handler.answer_nothing(),
}


class _SignInHandler(ArchiveHandler):
    def initialize(self, service: Service, tokens: EsoTokens) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self.tokens = tokens

    def refuse(self, status: int, error: str, description: str) -> None:
        """Answer as OAuth 2.0 does (RFC 6749, 5.2)."""
        self.answer({"error": error, "error_description": description}, status)

    def answer(self, members: Mapping[str, object], status: int = 200) -> None:
        """Answer with JSON that nobody stores."""
        self.set_header("Cache-Control", "no-store")
        self.answer_json(members, status)


class TokenHandler(_SignInHandler):
    """Takes exactly the parameters ESO documents, in the query string of a GET."""

    def get(self) -> None:
        """Answer with the tokens of a person."""
        fault = self._fault()
        if fault is not None:
            self.refuse(400, "invalid_request", fault)
            return
        name, password = self.get_query_argument("username"), self._password()
        if name in ODD_NAMES:
            ODD_NAMES[name](self)
            return
        person = admit(name.lower(), password)  # the portal knows names in any case
        if person is None:
            self.refuse(400, "invalid_grant", "credentials rejected")
            return
        self.answer(self.tokens.issue(person))

    def answer_html(self) -> None:
        """Fail with a page: the body is not promised to be JSON."""
        self.set_status(400)
        self.finish(_PAGE)

    def answer_nothing(self) -> None:
        """Answer 200 without an ``id_token``."""
        self.answer({"token_type": "bearer", "scope": ""})

    def _password(self) -> str:
        return self.get_query_argument("password", strip=False)

    def _fault(self) -> str | None:
        """Say what is wrong with the parameters, None if nothing is."""
        given = self.request.query_arguments
        known = {**_FIXED, **_OPTIONAL}
        for name in (*_FIXED, *_TYPED):
            if name not in given:
                return f"{name} is missing"
        for name, values in given.items():
            if len(values) > 1:
                return f"{name} is given {len(values)} times"
            if name not in known and name not in _TYPED:
                return f"{name} is not a parameter of this address"
            if name in known and values[0].decode("utf-8", "replace") != known[name]:
                return f"{name} must be '{known[name]}'"
        return None


class AccessTokenHandler(_SignInHandler):
    """The address of ESO's download scripts, which look at the status only."""

    def post(self) -> None:
        """Answer 200 for a good password and 401 for a bad one."""
        if self.get_query_argument("grant_type", "") != "password":
            self.refuse(400, "invalid_request", "grant_type is missing")
            return
        password = self.get_body_argument("password", "", strip=False)
        person = admit(self.get_body_argument("username", "").lower(), password)
        if person is None:
            self.refuse(401, "invalid_grant", "credentials rejected")
            return
        tokens = self.tokens.issue(person)
        self.answer({name: tokens[name] for name in ("access_token", "token_type", "expires_in")})
