"""Signing in to the sandbox as its people do, and a clock that a test moves."""

import os
from pathlib import Path

import httpx

#: Recordings and examples of the real services, where they are at hand.
SHARED = Path(os.environ.get("OBSDECK_SHARED", Path(__file__).parents[4] / "shared")) / "fixtures"

PASSWORDS = {
    "astronomer": "sandbox-astronomer",
    "student": "sandbox-student",
    "inactive": "sandbox-inactive",
}

#: One client for all: making one takes longer than a request.
HTTP = httpx.Client(timeout=60, trust_env=False)

ESO_PARAMETERS = {
    "response_type": "id_token token",
    "grant_type": "password",
    "client_id": "clientid",
    "client_secret": "clientSecret",
}


class Clock:
    """Unix time in seconds that stands still until it is moved."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def password_of(name: str) -> str:
    """Return the documented password of a person."""
    return PASSWORDS.get(name, "sandbox-expires")


def eso_sign_in(base: str, name: str = "astronomer", **changed: str | None) -> httpx.Response:
    """Ask for ESO's tokens; a parameter that is changed to None is left out."""
    given = {**ESO_PARAMETERS, "username": name, "password": password_of(name), **changed}
    parameters = {key: value for key, value in given.items() if value is not None}
    return HTTP.get(f"{base}eso/sso/oidc/token", params=parameters)


def eso_token(base: str, name: str = "astronomer") -> str:
    """Return an ``id_token``."""
    return str(eso_sign_in(base, name).json()["id_token"])


def desk(base: str, path: str, name: str = "astronomer", **choices: str) -> str:
    """Return what the page of a system hands out to a person."""
    answer = HTTP.post(
        f"{base}{path}",
        data={"username": name, "password": password_of(name), **choices},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


def bearer(token: str) -> dict[str, str]:
    """Return the header of a token."""
    return {"Authorization": f"Bearer {token}"}


def tap(
    base: str, path: str, query: str = "SELECT COUNT(*) AS n FROM ivoa.ObsCore", **options: object
) -> httpx.Response:
    """Send a query to a TAP service below a path, CSV wanted."""
    form = {"REQUEST": "doQuery", "LANG": "ADQL", "FORMAT": "csv", "QUERY": query}
    return HTTP.post(f"{base}{path}/sync", data=form, **options)  # type: ignore[arg-type]


def count(answer: httpx.Response) -> int:
    """Return the number that a query for a count answers."""
    assert answer.status_code == 200, answer.text
    return int(answer.text.splitlines()[1])
