"""A JSON Web Token that travels as a parameter (`jwt-parameter`: MMODA)."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.jwt import claims_of, expiry, first_text, roles_of
from obsdeck.credentials.kinds.base import Ask, Renewal, SmallAnswer
from obsdeck.credentials.kinds.challenge import sentence
from obsdeck.credentials.kinds.form import wrong_form
from obsdeck.credentials.kinds.parts import (
    Clock,
    accepted,
    failure,
    out_of_order,
    ran_out,
    still_good,
    typed,
    unclear,
)
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError

REFRESH_ROLE = "refresh-tokens"
"""Role without which the dispatcher renews no token."""

_MISSING = re.compile(r"following roles are missing: (.+?)\.?\s*$", re.DOTALL)
_MAIL_OPTIONS = ("tem", "mstout", "mssub", "intsub", "msdone", "msfail")
"""Claims that say which e-mails are sent; each may have a twin that begins with `mx`."""


class JwtParameter:
    """A pasted or discovered JWT; the client never makes one.

    Parameters
    ----------
    clock
        Gives Unix time in seconds.
    """

    asks = ("token",)

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Take the token that was pasted and try it out."""
        (pasted,) = typed(archive, fields, "token")
        token = pasted.reveal().strip()
        credential = self.read(archive, token)
        if credential is None:
            reason = wrong_form(archive, token, "token")
            default = f"This is no {archive.name} token, or it does not say when it ends."
            raise failure(archive, "rejected", reason or default, "Copy it again, whole.")
        return await self.check(archive, credential, ask)

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Take a token that says when it ends."""
        claims = claims_of(text)
        early = archive.definition["signIn"].get("early", 0)
        end = expiry(claims, early) if claims is not None else None
        if claims is None or end is None:
            return None
        return Credential(
            kind="jwt-parameter",
            secret=Secret(text),
            who=first_text(claims, "sub", "email"),
            roles=roles_of(claims),
            expires=end,
            obtained=self._clock(),
        )

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Ask `userInfoUrl`; a refusal for want of a role still says that the token is good."""
        still_good(archive, credential, self._clock())
        url = archive.definition["signIn"].get("userInfoUrl")
        # The dispatcher breaks down (HTTP 500) over a token without any role.
        if url is None or not credential.roles:
            return credential
        query = self.sign(archive, credential).parameters
        answer = await ask(archive, "GET", url, query=query)
        if answer.status != 200 and not missing_roles(answer):
            raise refusal(archive, answer)
        return accepted(credential, self._clock())

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Exchange the token for one that lasts longer and is the same in all else."""
        if "refreshUrl" not in archive.definition["signIn"]:
            return None
        still_good(archive, credential, self._clock())
        if REFRESH_ROLE not in credential.roles:
            raise _lacks(archive, [REFRESH_ROLE])
        # As a form, because a query ends up in the logs of every proxy on the way.
        form: dict[str, str | Secret] = {"query_status": "new"}
        form |= self.sign(archive, credential).parameters
        answer = await ask(archive, "POST", archive.definition["signIn"]["refreshUrl"], form=form)
        if answer.status != 200:
            raise refusal(archive, answer)
        token = answer.body.decode("utf-8", "replace").strip()
        renewed = self.read(archive, token)
        if renewed is None:
            raise unclear(archive, answer)
        if worse := _worse(credential.secret.reveal(), token):
            message = f"The new {archive.name} token {worse}; the old one is kept."
            raise failure(archive, "bad-answer", message, "Fetch a new one by hand.", 502)
        return accepted(renewed, self._clock())

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Return `alone` with the role for it, else `asks`."""
        able = "refreshUrl" in archive.definition["signIn"] and REFRESH_ROLE in credential.roles
        return "alone" if able else "asks"

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Send the token as a parameter and never in a header."""
        return Signature(parameters={archive.definition["signIn"]["parameter"]: credential.secret})


def missing_roles(answer: SmallAnswer) -> list[str]:
    """Return the roles a refusal (HTTP 403, plain text) says are missing."""
    match = _MISSING.search(answer.text()) if answer.status == 403 else None
    names = match[1].split(",") if match else []
    return [name.strip() for name in names if name.strip()]


def refusal(archive: Archive, answer: SmallAnswer) -> ObsdeckError:
    """Put a refusal of the dispatcher into words; its texts are no JSON."""
    if missing := missing_roles(answer):
        return _lacks(archive, missing)
    if trouble := out_of_order(archive, answer):
        return trouble
    own = sentence(answer)
    if answer.status != 403:
        return unclear(archive, answer)
    if "is expired" in own:
        return ran_out(archive)
    if "is not valid" in own or "must be provided" in own:
        message = f"{archive.name} did not accept this token."
        hint = f"Fetch a new one. It wrote: “{own}”"
        return failure(archive, "not-signed-in", message, hint)
    hint = f"It wrote: “{own}”" if own else ""
    return failure(archive, "forbidden", f"{archive.name} refused this.", hint, 403)


def _lacks(archive: Archive, roles: list[str]) -> ObsdeckError:
    words = f"role {roles[0]} is" if len(roles) == 1 else f"roles {', '.join(roles)} are"
    message = f"{archive.name} refused this: the {words} missing."
    return failure(archive, "forbidden", message, f"Ask {archive.name} for it.", 403)


def _worse(old: str, new: str) -> str | None:
    """Return in what a new token falls short of the old one, the end of a sentence."""
    before, after = claims_of(old) or {}, claims_of(new) or {}
    mail = [name for name in before if name in _MAIL_OPTIONS or name.startswith("mx")]
    faults = {
        "lacks something that the old one says": before.keys() - after.keys(),
        "says something that the old one does not": after.keys() - before.keys(),
        "ends earlier than the old one": (expiry(after) or 0) < (expiry(before) or 0),
        "has fewer roles than the old one": set(roles_of(before)) - set(roles_of(after)),
        "belongs to somebody else": _differ(before, after, ["sub", "email"]),
        "has other e-mail settings than the old one": _differ(before, after, mail),
    }
    return next((text for text, is_so in faults.items() if is_so), None)


def _differ(before: Mapping[str, Any], after: Mapping[str, Any], names: list[str]) -> bool:
    return any(before.get(name) != after.get(name) for name in names)
