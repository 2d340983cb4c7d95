"""The people of the sandbox. Names and passwords are invented and shown on its home page."""

import hmac
import re
from dataclasses import dataclass

_EXPIRES = re.compile(r"expires-([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class Person:
    """Somebody with an account in every system of the sandbox.

    Attributes
    ----------
    name
        User name.
    password
        The password, which the home page tells as well.
    has_all_rights
        Whether every role and scope is given, and the reserved data of ``programmes`` are theirs.
    lifetime
        Seconds a token of theirs lasts, None for as long as the system usually gives.
    is_active
        False for an account that was switched off.
    """

    name: str
    password: str
    has_all_rights: bool
    lifetime: int | None = None
    is_active: bool = True

    @property
    def full_name(self) -> str:
        """A name as people write it."""
        return f"Sandbox {self.name.partition('-')[0].capitalize()}"

    @property
    def email(self) -> str:
        """A mail address nobody has (RFC 2606)."""
        return f"{self.name}@example.org"

    @property
    def programmes(self) -> tuple[str, ...]:
        """Patterns (SQL ``LIKE``) of the observing programmes whose reserved data are theirs."""
        return ("%.A-%", "%.B-%") if self.has_all_rights else ()


PEOPLE = (
    Person("astronomer", "sandbox-astronomer", has_all_rights=True),
    Person("student", "sandbox-student", has_all_rights=False),
    Person("inactive", "sandbox-inactive", has_all_rights=False, is_active=False),
)

#: Password of everybody whose name is ``expires-<seconds>``.
EXPIRING_PASSWORD = "sandbox-expires"  # noqa: S105 - documented, opens nothing but the sandbox


def find_person(name: str) -> Person | None:
    """Return the person of a user name; ``expires-30`` has tokens that last 30 seconds."""
    expiring = _EXPIRES.fullmatch(name)
    if expiring is not None:
        return Person(name, EXPIRING_PASSWORD, has_all_rights=True, lifetime=int(expiring[1]))
    return next((person for person in PEOPLE if person.name == name), None)


def admit(name: str, password: str) -> Person | None:
    """Return the active person of this name and password, None for every other pair."""
    person = find_person(name)
    if person is None or not person.is_active:
        return None
    fits = hmac.compare_digest(person.password.encode(), password.encode())
    return person if fits else None
