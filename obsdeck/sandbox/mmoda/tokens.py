"""The tokens the site hands out, and how the dispatcher refuses them (``mmoda-gallery.md``, 1)."""

from collections.abc import Sequence
from typing import Any

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.accounts.jwt import Claims, ExpiredTokenError, InvalidTokenError, Signer
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.accounts.store import Clock

#: Seconds a token lasts, what a refresh adds, and the most it may add: a week.
WEEK = 604_800

#: The last second of a refreshed token.
LAST_SECOND = 2_177_449_199

ALL_ROLES = ("general", "gallery contributor", "job manager", "refresh-tokens")
FEW_ROLES = ("general",)

_HTML = "text/html; charset=utf-8"
_BROKEN = "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n"


class MmodaTokens:
    """Issues tokens and checks those that come as a parameter."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._signer = Signer()

    def issue(self, person: Person, roles: object = None, lifetime: int | None = None) -> str:
        """Return a token.

        Parameters
        ----------
        person
            Whose it is.
        roles
            Value of the claim, None for the roles of the person as a comma-separated text.
        lifetime
            Seconds it lasts, None for a week.
        """
        own = ALL_ROLES if person.has_all_rights else FEW_ROLES
        return self._signer.issue(
            {
                "sub": person.email,
                "email": person.email,
                "name": person.full_name,
                "roles": ", ".join(own) if roles is None else roles,
                "exp": int(self._clock()) + (person.lifetime or lifetime or WEEK),
            }
        )

    def sign(self, claims: Claims) -> str:
        """Return a token with these very claims."""
        return self._signer.issue(claims)

    def check(self, token: str | None, needed: Sequence[str] = (), action: str = "") -> Claims:
        """Return the claims of a token that has the roles.

        Parameters
        ----------
        token
            The parameter, None where it is missing.
        needed
            Roles the token must have.
        action
            What for, in the words of the refusal.

        Raises
        ------
        DeniedError
            With the plain texts of the dispatcher, labelled as HTML.
        """
        if not token:
            raise _denied("A token must be provided.")
        try:
            claims = self._signer.verify(token, self._clock())
        except ExpiredTokenError:
            raise _denied("The token provided is expired.") from None
        except InvalidTokenError:
            raise _denied("The token provided is not valid.") from None
        if needed:
            _check_roles(claims, needed, action)
        return claims

    def refreshed(self, claims: Claims, interval: int) -> str:
        """Return a token with the same claims that ends later."""
        end = min(int(claims["exp"]) + interval, LAST_SECOND)
        return self._signer.issue({**claims, "exp": end})


def roles_of(claims: Claims) -> list[str]:
    """Return the roles of a claim that is a text with commas, or a list."""
    roles: Any = claims["roles"]
    listed = roles.split(",") if isinstance(roles, str) else roles
    return [str(role).strip() for role in listed]


def _check_roles(claims: Claims, needed: Sequence[str], action: str) -> None:
    if "roles" not in claims:
        # The dispatcher stumbles over such a token (mmoda-gallery.md, 1.3).
        raise DeniedError(500, f"{_BROKEN}<h1>Internal Server Error</h1>\n", _HTML)
    roles = roles_of(claims)
    missing = sorted(role for role in needed if role not in roles)
    if missing:
        raise _denied(
            f"Unfortunately, your privileges are not sufficient to {action}.\n"
            f"Your privilege roles include {roles}, but the following roles are missing: "
            f"{', '.join(missing)}."
        )


def _denied(text: str) -> DeniedError:
    return DeniedError(403, text, _HTML)
