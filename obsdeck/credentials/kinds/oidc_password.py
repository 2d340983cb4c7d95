"""User name and password for a token with an end (`oidc-password`: ESO)."""

from __future__ import annotations

import time
from collections.abc import Mapping

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.jwt import claims_of, expiry, first_text, roles_of
from obsdeck.credentials.kinds.base import Ask, Renewal
from obsdeck.credentials.kinds.parts import (
    Clock,
    accepted,
    handed_out,
    header,
    json_object,
    out_of_order,
    still_good,
    typed,
    wrong_password,
)
from obsdeck.credentials.secret import Secret


class OidcPassword:
    """Resource-owner password grant, asked for by GET as ESO does it.

    Parameters
    ----------
    clock
        Gives Unix time in seconds.
    """

    asks = ("username", "password")

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Buy a token; every answer without one means a wrong name or password."""
        username, password = typed(archive, fields, "username", "password")
        sign_in = archive.definition["signIn"]
        query = {
            **sign_in.get("fixedParameters", {}),
            "username": username,
            "password": password,
        }
        answer = await ask(archive, "GET", sign_in["tokenUrl"], query=query)
        if trouble := out_of_order(archive, answer):
            raise trouble
        token = json_object(answer).get(sign_in["tokenField"])
        if answer.status != 200 or not isinstance(token, str) or not token:
            raise wrong_password(archive)
        bought = self._credential(archive, handed_out(archive, answer, token))
        return accepted(bought, self._clock())

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Take a token that was found."""
        return self._credential(archive, text) if claims_of(text) is not None else None

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Go by the token's own end: nothing is published that tells whose a token is."""
        return still_good(archive, credential, self._clock())

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Return None: there is no refresh token, and the password was forgotten."""
        return None

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Return `asks`."""
        return "asks"

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Send the token as it came."""
        return Signature(header("Authorization", f"Bearer {credential.secret.reveal()}"))

    def _credential(self, archive: Archive, token: str) -> Credential:
        claims = claims_of(token) or {}
        return Credential(
            kind="oidc-password",
            secret=Secret(token),
            who=first_text(claims, "preferred_username", "sub"),
            roles=roles_of(claims),
            expires=expiry(claims, archive.definition["signIn"].get("early", 0)),
            obtained=self._clock(),
        )
