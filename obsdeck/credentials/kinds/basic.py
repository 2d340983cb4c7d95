"""User name and password with every request (`basic`, RFC 7617)."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Mapping

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.kinds.base import Ask, Renewal
from obsdeck.credentials.kinds.parts import (
    Clock,
    accepted,
    failure,
    header,
    out_of_order,
    trial_of,
    typed,
    unclear,
    wrong_password,
)
from obsdeck.credentials.secret import Secret


def basic_header(username: str, password: str) -> dict[str, Secret]:
    """Return the header line of a pair; both as UTF-8, as nearly all servers read them."""
    pair = b64encode(f"{username}:{password}".encode()).decode("ascii")
    return header("Authorization", f"Basic {pair}")


class Basic:
    """The password itself is kept, as it is needed again: the dialog says so.

    Parameters
    ----------
    clock
        Gives Unix time in seconds.
    """

    asks = ("username", "password")

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Take both, and try them out where the definition says how."""
        username, password = typed(archive, fields, "username", "password")
        who = username.reveal()
        if ":" in who:
            message = f"A user name of {archive.name} holds no colon."
            raise failure(archive, "rejected", message, "Type the name alone.")
        credential = Credential("basic", password, who=who, obtained=self._clock())
        return await self.check(archive, credential, ask)

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Take `name:password`, as tools keep it in one line."""
        who, colon, password = text.partition(":")
        if not colon or not who or not password:
            return None
        return Credential("basic", Secret(password), who=who, obtained=self._clock())

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Try both out; where nothing proves them good, the first request tells."""
        trial = trial_of(archive)
        if trial is None:
            return credential
        headers = self.sign(archive, credential).headers
        answer = await ask(archive, "GET", trial.url, query=trial.query, headers=headers)
        if answer.status == 401:
            raise wrong_password(archive)
        if not trial.proves:
            return credential
        if answer.status != 200:
            raise out_of_order(archive, answer) or unclear(archive, answer)
        return accepted(credential, self._clock())

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Return None: a password has no end that could be put off."""
        return None

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Return `none`."""
        return "none"

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Send name and password."""
        return Signature(basic_header(credential.who or "", credential.secret.reveal()))
