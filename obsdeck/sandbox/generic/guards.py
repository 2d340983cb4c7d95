"""HTTP Basic, Bearer, and the single sign-on of the IVOA."""

from tornado.httputil import HTTPServerRequest

from obsdeck.sandbox.accounts.guard import (
    Admission,
    DeniedError,
    authorization,
    basic_pair,
    challenge,
)
from obsdeck.sandbox.accounts.jwt import InvalidTokenError, Signer
from obsdeck.sandbox.accounts.people import Person, admit, find_person
from obsdeck.sandbox.accounts.store import Clock

REALM = "Obsdeck sandbox"

#: Seconds a token lasts.
LIFETIME = 3_600


class PersonTokens:
    """Signed tokens that name a person and their end, for services of no particular system."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._signer = Signer()

    def issue(self, person: Person) -> str:
        """Return a token of a person."""
        now = int(self._clock())
        end = now + (person.lifetime or LIFETIME)
        claims = {"sub": person.name, "name": person.full_name, "iat": now, "exp": end}
        return self._signer.issue(claims)

    def person_of(self, token: str) -> Person | None:
        """Return whose token this is; raises InvalidTokenError."""
        return find_person(str(self._signer.verify(token, self._clock())["sub"]))


class BasicGuard:
    """User name and password with every request (RFC 7617)."""

    def __call__(self, request: HTTPServerRequest) -> Admission:
        """Return who asks; see ``Guard``."""
        scheme, value = authorization(request) or ("", "")
        pair = basic_pair(value) if scheme == "basic" else None
        person = admit(*pair) if pair is not None else None
        if person is None:
            header = challenge("Basic", realm=REALM, charset="UTF-8")
            raise DeniedError(
                401, "User name and password are needed.\n", headers={"WWW-Authenticate": header}
            )
        return Admission(person)


class BearerGuard:
    """A token in the header (RFC 6750); people without all rights are refused in plain text."""

    def __init__(self, tokens: PersonTokens) -> None:
        self._tokens = tokens

    def __call__(self, request: HTTPServerRequest) -> Admission:
        """Return who asks; see ``Guard``."""
        scheme, token = authorization(request) or ("", "")
        if scheme != "bearer":
            raise _unauthorized(challenge("Bearer", realm=REALM))
        try:
            person = self._tokens.person_of(token)
        except InvalidTokenError as error:
            raise _unauthorized(
                challenge(
                    "Bearer", realm=REALM, error="invalid_token", error_description=str(error)
                )
            ) from None
        if person is None or not person.has_all_rights:
            raise DeniedError(403, "Your account may not query this service.\n")
        return Admission(person)


class IvoaGuard:
    """A token from a login address that the challenge names (SSO 2.0, ``vo-protocols.md`` 9)."""

    def __init__(self, tokens: PersonTokens, login_url: str) -> None:
        self._tokens = tokens
        # Two challenges in one header, and a comma within a value (VO-57).
        self._challenges = ", ".join(
            (
                challenge(
                    "ivoa_bearer",
                    standard_id="ivo://ivoa.net/sso#tls-with-password",
                    access_url=login_url,
                ),
                challenge("Bearer", realm=f"{REALM}, for members"),
            )
        )

    def __call__(self, request: HTTPServerRequest) -> Admission:
        """Return who asks; see ``Guard``."""
        scheme, token = authorization(request) or ("", "")
        try:
            if scheme == "bearer":
                return Admission(self._tokens.person_of(token))
        except InvalidTokenError:
            pass
        raise _unauthorized(self._challenges)


def _unauthorized(challenges: str) -> DeniedError:
    return DeniedError(401, "A token is needed.\n", headers={"WWW-Authenticate": challenges})
