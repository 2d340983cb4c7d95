"""A token that people fetch themselves (`bearer`: Rubin and other services)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.jwt import claims_of, expiry, first_text, roles_of
from obsdeck.credentials.kinds.base import Ask, Renewal, SmallAnswer
from obsdeck.credentials.kinds.basic import basic_header
from obsdeck.credentials.kinds.challenge import parameters, sentence
from obsdeck.credentials.kinds.form import well_formed
from obsdeck.credentials.kinds.parts import (
    Clock,
    accepted,
    failure,
    header,
    json_object,
    out_of_order,
    pasted,
    still_good,
    trial_of,
    unclear,
)
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError

_BASIC_USER = "x-oauth-basic"
"""Stands for “the password is a token” where only Basic is understood (Rubin)."""


class Bearer:
    """A pasted or discovered token (RFC 6750), opaque or a JWT.

    Parameters
    ----------
    clock
        Gives Unix time in seconds.
    """

    kind = "bearer"
    asks: tuple[str, ...] = ("token",)

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Take the token that was pasted, look at its form and try it out."""
        token = pasted(archive, fields, "token")
        return await self.check(archive, self._credential(token), ask)

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Take a token that was found."""
        return self._credential(text) if well_formed(archive, text) else None

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Ask whose it is; where nothing tells, the first request does."""
        still_good(archive, credential, self._clock())
        trial = trial_of(archive)
        if trial is None:
            return credential
        headers = self.sign(archive, credential).headers
        answer = await ask(archive, "GET", trial.url, query=trial.query, headers=headers)
        if answer.status == 401 or (trial.proves and answer.status != 200):
            raise _refusal(archive, answer)
        if not trial.proves:
            return credential
        told = json_object(answer)
        if not told:
            raise unclear(archive, answer)
        told |= await self._token_info(archive, credential, ask)
        return accepted(
            credential,
            self._clock(),
            # Name, e-mail address and groups are in the answer too; they are nobody's business.
            who=first_text(told, "username", "preferred_username", "sub") or credential.who,
            roles=_scopes(told) or credential.roles,
            expires=expiry({"exp": told.get("expires")}) or credential.expires,
        )

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Return None: people fetch their tokens themselves."""
        return None

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Return `asks`."""
        return "asks"

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Send the token as Bearer, or as a password where the definition's scheme is Basic."""
        token = credential.secret.reveal()
        if archive.definition["signIn"].get("scheme") == "basic":
            return Signature(basic_header(_BASIC_USER, token))
        return Signature(header("Authorization", f"Bearer {token}"))

    async def _token_info(
        self, archive: Archive, credential: Credential, ask: Ask
    ) -> dict[str, Any]:
        """Return what `tokenInfoUrl` tells of scopes and end; nothing where it tells nothing."""
        url = archive.definition["signIn"].get("tokenInfoUrl")
        if url is None:
            return {}
        answer = await ask(archive, "GET", url, headers=self.sign(archive, credential).headers)
        return json_object(answer) if answer.status == 200 else {}

    def _credential(self, token: str) -> Credential:
        claims = claims_of(token) or {}
        return Credential(
            kind=self.kind,
            secret=Secret(token),
            who=first_text(claims, "preferred_username", "sub"),
            roles=roles_of(claims),
            expires=expiry(claims),
            obtained=self._clock(),
        )


def _scopes(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return `scopes` (a list) or `scope` (words, RFC 7662 §2.2)."""
    scope = told.get("scope")
    listed = scope.split() if isinstance(scope, str) else told.get("scopes")
    return roles_of({"roles": listed if isinstance(listed, list) else []})


def _refusal(archive: Archive, answer: SmallAnswer) -> ObsdeckError:
    """Put a refusal into words; a Basic challenge is no question for a password here."""
    if trouble := out_of_order(archive, answer):
        return trouble
    said = parameters(answer)
    own = sentence(answer)
    quoted = f" It wrote: “{own}”" if own else ""
    if answer.status == 401 and said.get("error") == "invalid_token":
        message = f"The {archive.name} token is not valid any more."
        return failure(archive, "expired", message, f"Sign in again with a new one.{quoted}")
    if answer.status == 401:
        message = f"{archive.name} did not accept this token."
        return failure(archive, "not-signed-in", message, f"Sign in again.{quoted}")
    if answer.status == 403:
        scope = said.get("scope")
        lacks = f"lacks the right {scope}" if scope else "does not allow this"
        message = f"The {archive.name} token {lacks}."
        return failure(archive, "forbidden", message, f"Fetch one that has it.{quoted}", 403)
    if answer.status == 400:
        message = f"{archive.name} could not read this token."
        return failure(archive, "rejected", message, f"Copy it again, whole.{quoted}")
    return unclear(archive, answer)
