"""A key of the account in a header of its own (`api-key`: AuroraX)."""

from __future__ import annotations

import time
from collections.abc import Mapping

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.jwt import first_text
from obsdeck.credentials.kinds.base import Ask, Renewal, SmallAnswer
from obsdeck.credentials.kinds.form import well_formed
from obsdeck.credentials.kinds.parts import (
    Clock,
    accepted,
    failure,
    header,
    json_object,
    out_of_order,
    pasted,
    trial_of,
    unclear,
)
from obsdeck.credentials.secret import Secret


class ApiKey:
    """One key per account; it has the account's role, which only some answers reveal.

    Parameters
    ----------
    clock
        Gives Unix time in seconds.
    """

    asks = ("key",)

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Take the key that was pasted and try it out."""
        key = pasted(archive, fields, "key")
        return await self.check(archive, self._credential(key), ask)

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Take a key that was found."""
        return self._credential(text) if well_formed(archive, text) else None

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Try it out; where only one role may read `userInfoUrl`, 403 is a yes to the key."""
        trial = trial_of(archive)
        if trial is None:
            return credential
        headers = self.sign(archive, credential).headers
        answer = await ask(archive, "GET", trial.url, query=trial.query, headers=headers)
        guarded = "userInfoRole" in archive.definition["signIn"]
        if answer.status == 401 or (trial.proves and answer.status == 403 and not guarded):
            message = f"{archive.name} did not accept this API key."
            hint = "Check that it is whole. A newer key of the same account replaces it."
            raise failure(archive, "not-signed-in", message, hint)
        if not trial.proves:
            return credential
        if answer.status not in {200, 403}:
            raise out_of_order(archive, answer) or unclear(archive, answer)
        return accepted(self.learn(archive, credential, trial.url, answer), self._clock())

    def learn(
        self, archive: Archive, credential: Credential, url: str, answer: SmallAnswer
    ) -> Credential:
        """Remember the role where an answer reveals it.

        Parameters
        ----------
        archive, credential
            Whom the question was signed for.
        url
            What was asked.
        answer
            Shows a role by a member `role` of a JSON object, or by being an answer 200 to
            `userInfoUrl`, which only the role `userInfoRole` may read.
        """
        sign_in = archive.definition["signIn"]
        told = json_object(answer) if answer.status == 200 else {}
        role = first_text(told, "role")
        if role is None and answer.status == 200 and url == sign_in.get("userInfoUrl"):
            role = sign_in.get("userInfoRole")
        return accepted(credential, self._clock(), roles=(role,)) if role else credential

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Return None: no end of a key is published."""
        return None

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Return `none`."""
        return "none"

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Send the key in the definition's header and nowhere else."""
        name = archive.definition["signIn"]["header"]
        return Signature(header(name, credential.secret.reveal()))

    def _credential(self, key: str) -> Credential:
        return Credential("api-key", Secret(key), obtained=self._clock())
