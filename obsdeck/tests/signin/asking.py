"""What tests of the service ask it."""

from __future__ import annotations

from typing import Any

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Place
from obsdeck.signin.held import Held
from obsdeck.signin.identity import OWNER, Identity
from obsdeck.signin.service import Accounts
from obsdeck.tests.signin.parts import (
    PASSWORD,
    credential,
)

PAGE = "page-of-the-tests"
ADA, GRACE = Identity("user:ada"), Identity("user:grace")
VARIABLE, FILE = Place("environment", "ONE_TOKEN"), Place("file", "~/.one-token")


def typed(name: str = "ada", password: str = PASSWORD) -> dict[str, str]:
    return {"username": name, "password": password}


def found_at(place: Place, token: str = "invented-found", **changes: Any) -> Held:
    return Held(credential(token, **{"checked": None, "expires": None, **changes}), place)


async def in_use(accounts: Accounts, one: Archive, who: Identity = OWNER) -> str:
    """Return the token a request would carry."""
    signature = await accounts.wallet(who).signature(one)
    assert signature is not None
    return signature.headers["X-Test"].reveal()


async def state(accounts: Accounts, one: Archive, who: Identity = OWNER) -> str:
    account = await accounts.account(who, one)
    return str(account["state"])
