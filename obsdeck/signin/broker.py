"""The way from a kernel to the accounts of the running server.

A kernel reads stored credentials from the vault and found ones from their places; what only
the server knows (credentials kept until Jupyter stops, definitions of its configuration) it
asks here. Only processes of the operating system's user get an answer, and only for the owner.

Runtime file
    `obsdeck-broker-<pid>.json` in `jupyter_runtime_dir()`, mode 0600:
    `{"version": 1, "pid": 123, "socket": "/path/broker.sock", "port": null, "key": "…"}`.
    `socket` is a Unix socket in a folder of mode 0700; where there are none it is null and
    `port` is a port of 127.0.0.1. Files at whose address nobody answers are left over.

Protocol
    Connect, send one line of JSON, get one line of JSON, closed. All text is UTF-8, a request
    is at most 64 KiB and comes within 10 s. The request is `{"key": "…", "ask": "…", …}`:

    =========================================  ============================================
    `"ask"`                                    answer
    =========================================  ============================================
    `"hello"`                                  `{"version": 1, "obsdeck": "0.1.0"}`
    `"states"`                                 `IAccountList` of src/archives/account.ts
    `"definitions"`                            `{"archives": [{"definition": {…}, "source":
                                               "shipped", "trusted": false}]}`
    `"credential"`, `"archive": id`            `{"credential": {…}, "place": {…},
                                               "fingerprint": "…"}`, the one in use: as
                                               `vault.entry` writes it, with the `binding` of
                                               the definition the server has at that id
    `"refused"`, `"archive": id`               `{}`; the archive answered 401 to it
    =========================================  ============================================

    Failures are `{"error": {kind, message, hint, status, archive}}` as on all routes: a wrong
    key and an unknown request are `rejected`, else what a signed request would get
    (`not-signed-in`, `expired`, `forbidden`, `not-found`). Without a valid key the answer is
    the refusal and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import secrets
from dataclasses import dataclass, field
from typing import Any

from obsdeck import __version__
from obsdeck.archives.archive import binding
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.signin.identity import Identities, Identity
from obsdeck.signin.meeting import Meeting
from obsdeck.signin.service import Accounts
from obsdeck.signin.vault.entry import credential_to_json, place_to_json

VERSION = 1
"""Of file and protocol."""

_MOST_BYTES = 65_536
_PATIENCE_SECONDS = 10.0


@dataclass
class Broker:
    """Answers kernels of the owner.

    Attributes
    ----------
    accounts
        What is asked for.
    identities
        Say who the owner is, if anybody.
    log
        Where refusals of strangers are told.
    """

    accounts: Accounts
    identities: Identities
    log: logging.Logger
    _key: Secret = field(default_factory=lambda: Secret(secrets.token_urlsafe(32)))
    _meeting: Meeting | None = None
    _server: asyncio.AbstractServer | None = None

    async def start(self) -> None:
        """Listen, and say where in the runtime file; a server without it works all the same."""
        try:
            await self._listen()
        except OSError as error:
            self.log.warning(
                "obsdeck: notebooks cannot ask this server for accounts (%s)", error.strerror
            )

    async def _listen(self) -> None:
        self._meeting = meeting = await asyncio.to_thread(Meeting.open)
        self._server = await asyncio.start_server(
            self._serve, sock=meeting.listener, limit=_MOST_BYTES
        )
        await asyncio.to_thread(meeting.announce, VERSION, self._key)

    async def stop(self) -> None:
        """Stop listening and remove what was written."""
        if self._server is not None:
            self._server.close()
        if self._meeting is not None:
            await asyncio.to_thread(self._meeting.close)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    answer = await self._answer(await reader.readline())
            except (TimeoutError, ValueError):  # silence, or a line longer than the limit
                answer = _unknown().to_json()
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
            writer.close()

    async def _answer(self, line: bytes) -> Any:
        try:
            return await self._reply(self._request(line))
        except ObsdeckError as error:
            return error.to_json()

    def _request(self, line: bytes) -> dict[str, Any]:
        """Read a request with the right key.

        Raises
        ------
        ObsdeckError
            `rejected`.
        """
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            raise _unknown() from None
        key = request.get("key") if isinstance(request, dict) else None
        if not isinstance(key, str) or not hmac.compare_digest(
            key.encode(), self._key.reveal().encode()
        ):
            self.log.warning("obsdeck: a process without the key asked for accounts")
            raise _unknown()
        return dict(request)

    async def _reply(self, request: dict[str, Any]) -> dict[str, Any]:
        identity = self.identities.of_kernels()
        match request:
            case {"ask": "hello"}:
                return {"version": VERSION, "obsdeck": __version__}
            case {"ask": "states"}:
                return await self.accounts.list(identity)
            case {"ask": "definitions"}:
                return self._definitions()
            case {"ask": "credential", "archive": str(archive)}:
                return await self._credential(identity, archive)
            case {"ask": "refused", "archive": str(archive)}:
                wallet = self.accounts.wallet(identity)
                await wallet.refused(self.accounts.store.get(archive))
                return {}
        raise _unknown()

    def _definitions(self) -> dict[str, Any]:
        archives = self.accounts.store.all()
        return {
            "archives": [
                {
                    "definition": dict(archive.definition),
                    "source": archive.source,
                    "trusted": archive.trusted,
                }
                for archive in archives
            ]
        }

    async def _credential(self, identity: Identity, archive: str) -> dict[str, Any]:
        bound = self.accounts.store.get(archive)
        held = await self.accounts.wallet(identity).held(bound)
        return {
            "credential": credential_to_json(held.credential),
            "place": place_to_json(held.place),
            "fingerprint": binding(bound),
        }


def _unknown() -> ObsdeckError:
    return ObsdeckError("rejected", "Obsdeck's broker did not understand the request.")
