"""A client that controls every byte and when it reads, for what browsers do to a server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass
class Browser:
    """One connection to the Jupyter server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    path: str
    sign_in: dict[str, str]

    @classmethod
    async def open(cls, port: int, path: str, sign_in: dict[str, str]) -> Browser:
        """Connect with a small read buffer, so that not reading is felt at the other end.

        Parameters
        ----------
        port
            Port of the Jupyter server.
        path
            Path of the gateway.
        sign_in
            Header lines with Jupyter's token.
        """
        streams = await asyncio.open_connection("127.0.0.1", port, limit=64 * 1024)
        return cls(*streams, path, sign_in)

    def ask(self, method: str, url: str, headers: dict[str, str] | None = None) -> None:
        """Send the head of a request for an address to the gateway."""
        sent = {"Host": "127.0.0.1", **self.sign_in, "X-Obsdeck-Url": url, **(headers or {})}
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        self.writer.write(f"{method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1"))

    async def answer_head(self) -> tuple[int, dict[str, str]]:
        """Read status and header lines."""
        text = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = text.rstrip("\r\n").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return int(first.split(" ")[1]), {name.lower(): v.strip() for name, _, v in pairs}

    def close(self) -> None:
        """Leave without a word."""
        self.writer.transport.abort()
