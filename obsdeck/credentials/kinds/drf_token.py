"""A token of Django REST framework (`drf-token`: pyobs-archive in its three generations).

Only generation A exchanges user name and password for the token. The others have no such
address, and a password sent there would end up in the log of something that never asked for
it: so the first question is an empty form, which tells them apart and holds no secret.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.jwt import claims_of, expiry, first_text
from obsdeck.credentials.kinds.base import Ask, Renewal, SmallAnswer
from obsdeck.credentials.kinds.challenge import sentence
from obsdeck.credentials.kinds.form import wrong_form
from obsdeck.credentials.kinds.parts import (
    Clock,
    accepted,
    failure,
    handed_out,
    header,
    json_object,
    out_of_order,
    still_good,
    typed,
    unclear,
    wrong_password,
)
from obsdeck.credentials.secret import Secret

_TOKEN = re.compile(r"[0-9a-f]{40}", re.IGNORECASE)


class DrfToken:
    """User name and password where the archive exchanges them, a pasted token elsewhere.

    Parameters
    ----------
    clock
        Gives Unix time in seconds.
    """

    asks = ("username", "password", "token")

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Take a token, or buy one; the password is sent to generation A only."""
        if "tokenUrl" not in archive.definition["signIn"]:
            message = f"{archive.name} stands for many archives and has no address of its own."
            raise failure(archive, "rejected", message, "Add yours with “Add archive…”.")
        if fields.get("token"):
            return await self._with_token(archive, fields["token"].reveal().strip(), ask)
        username, password = typed(archive, fields, "username", "password")
        return await self._with_password(archive, username, password, ask)

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Take a token that was found."""
        return self._credential(text) if _TOKEN.fullmatch(text) or claims_of(text) else None

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Read one line of `userInfoUrl`, first as nobody: a public archive takes any token."""
        still_good(archive, credential, self._clock())
        url = archive.definition["signIn"].get("userInfoUrl")
        if url is None:
            return credential
        if await _is_public(archive, url, ask):
            message = f"{archive.name} is open to everybody: no account is needed."
            raise failure(archive, "rejected", message)
        answer = await ask(archive, "GET", url, headers=self.sign(archive, credential).headers)
        _check_accepted(archive, credential, answer)
        facts = dict(credential.facts)
        if generation := facts.get("generation") or _generation(json_object(answer)):
            facts["generation"] = generation
        return accepted(credential, self._clock(), facts=facts)

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Return None: these tokens do not end."""
        return None

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Return `none`, but `asks` for a JWT, which ends."""
        return "none" if credential.expires is None else "asks"

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Send `Token`; `Bearer` for a JWT only, as anything else in it breaks generation C."""
        word = credential.facts.get("scheme", "Token")
        return Signature(header("Authorization", f"{word} {credential.secret.reveal()}"))

    async def _with_token(self, archive: Archive, token: str, ask: Ask) -> Credential:
        reason = wrong_form(archive, token, "token")
        if reason is None and not (_TOKEN.fullmatch(token) or claims_of(token)):
            reason = (
                f"This is no token of {archive.name}: it has 40 digits and letters from a to f."
            )
        if reason:
            raise failure(archive, "rejected", reason)
        facts = {"generation": "A"} if await _exchanges_passwords(archive, ask) else {}
        return await self.check(archive, self._credential(token, facts), ask)

    async def _with_password(
        self, archive: Archive, username: Secret, password: Secret, ask: Ask
    ) -> Credential:
        if not await _exchanges_passwords(archive, ask):
            message = f"{archive.name} hands out tokens by its administrator."
            raise failure(archive, "rejected", message, "Type the token instead.")
        sign_in = archive.definition["signIn"]
        form = {"username": username, "password": password}
        answer = await ask(archive, "POST", sign_in["tokenUrl"], form=form)
        token = json_object(answer).get("token")
        if answer.status == 200 and isinstance(token, str) and token:
            bought = handed_out(archive, answer, token)
            credential = self._credential(bought, {"generation": "A"}, username.reveal())
            return accepted(credential, self._clock())
        if answer.status in {400, 401, 403}:
            raise wrong_password(archive)
        url = sign_in.get("userInfoUrl")
        if answer.status == 500 and url and await _is_public(archive, url, ask):
            message = f"{archive.name} is open to everybody: no account is needed."
            raise failure(archive, "rejected", message)
        raise out_of_order(archive, answer) or unclear(archive, answer)

    def _credential(
        self, token: str, facts: Mapping[str, str] | None = None, who: str | None = None
    ) -> Credential:
        claims = claims_of(token)
        scheme = {} if claims is None else {"scheme": "Bearer"}
        claims = claims or {}
        return Credential(
            kind="drf-token",
            secret=Secret(token),
            who=who or first_text(claims, "preferred_username", "sub"),
            expires=expiry(claims),
            obtained=self._clock(),
            facts={**scheme, **(facts or {})},
        )


async def _exchanges_passwords(archive: Archive, ask: Ask) -> bool:
    """Whether this is generation A, found out with an empty form."""
    answer = await ask(archive, "POST", archive.definition["signIn"]["tokenUrl"], form={})
    if answer.status == 400 and json_object(answer):
        return True
    if answer.status in {404, 405}:
        return False
    raise out_of_order(archive, answer) or unclear(archive, answer)


async def _is_public(archive: Archive, url: str, ask: Ask) -> bool:
    return (await ask(archive, "GET", url)).status == 200


def _generation(told: Mapping[str, Any]) -> str | None:
    """Return C where the first frame has an `OBSNUM`, B where it has none, None without frames."""
    frames = told.get("results")
    if not isinstance(frames, list) or not frames or not isinstance(frames[0], dict):
        return None
    return "C" if "OBSNUM" in frames[0] else "B"


def _check_accepted(archive: Archive, credential: Credential, answer: SmallAnswer) -> None:
    if answer.status == 200:
        return
    if answer.status == 500 and credential.facts.get("scheme") == "Bearer":
        message = f"{archive.name} does not understand tokens of this kind."
        raise failure(archive, "rejected", message, "Use the Token of 40 digits and letters.")
    if trouble := out_of_order(archive, answer):
        raise trouble
    own = sentence(answer)
    quoted = f"It wrote: “{own}”" if own else ""
    if answer.status in {401, 403} and "inactive" in own.lower():
        message = f"This account of {archive.name} is switched off."
        raise failure(archive, "forbidden", message, f"Ask its administrator. {quoted}", 403)
    if answer.status in {401, 403}:
        message = f"{archive.name} did not accept this token."
        raise failure(archive, "not-signed-in", message, f"Copy it again. {quoted}".rstrip())
    raise unclear(archive, answer)
