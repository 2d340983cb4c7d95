"""User name and password for a token, as the VO asks for it (`ivoa-bearer`, SSO 2.1 draft)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds.base import Ask
from obsdeck.credentials.kinds.bearer import Bearer
from obsdeck.credentials.kinds.parts import (
    accepted,
    handed_out,
    out_of_order,
    typed,
    unclear,
    wrong_password,
)
from obsdeck.credentials.secret import Secret


class IvoaBearer(Bearer):
    """`ivo://ivoa.net/sso#tls-with-password`: the token comes in the header `x-vo-bearer`."""

    kind = "ivoa-bearer"
    asks = ("username", "password")

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Buy a token."""
        username, password = typed(archive, fields, "username", "password")
        form = {"username": username, "password": password}
        answer = await ask(archive, "POST", archive.definition["signIn"]["tokenUrl"], form=form)
        if answer.status in {400, 401, 403}:
            raise wrong_password(archive)
        token = answer.headers.get("x-vo-bearer", "").strip()
        if answer.status != 200 or not token:
            raise out_of_order(archive, answer) or unclear(archive, answer)
        credential = self._credential(handed_out(archive, answer, token))
        who = answer.headers.get("x-vo-authenticated") or credential.who or username.reveal()
        return accepted(replace(credential, who=who), self._clock())
