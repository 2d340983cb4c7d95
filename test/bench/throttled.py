"""A source of bytes on loopback that sends no faster than it is told, all connections together."""

from __future__ import annotations

import argparse
import socket
import sys
import threading
import time

PIECE = 256 * 1024
CARD = 80
BLOCK = 2_880


def payload(size: int) -> memoryview:
    """Return bytes that begin as a FITS file does."""
    cards = ["SIMPLE  =                    T", "BITPIX  =                    8", "END"]
    header = "".join(card.ljust(CARD) for card in cards).ljust(BLOCK).encode("ascii")
    return memoryview(header + bytes(range(256)) * (size // 256 + 1))[:size]


class Bucket:
    """Lets so many bytes a second through; 0 lets all through."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._lock = threading.Lock()
        self._free_at = 0.0

    def take(self, count: int) -> None:
        """Wait until some bytes may go."""
        if not self._rate:
            return
        with self._lock:
            # What was not used in the last 50 ms is gone, as on a line.
            begin = max(self._free_at, time.monotonic() - 0.05)
            self._free_at = begin + count / self._rate
            wait = begin - time.monotonic()
        if wait > 0:
            time.sleep(wait)


def serve(connection: socket.socket, body: memoryview, bucket: Bucket) -> None:
    """Answer every request of a connection with the same bytes."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/fits\r\nAccept-Ranges: bytes\r\n"
        f'ETag: "one"\r\nContent-Length: {len(body)}\r\n\r\n'
    ).encode("ascii")
    waiting = b""
    with connection:
        while True:
            while b"\r\n\r\n" not in waiting:
                arrived = connection.recv(65_536)
                if not arrived:
                    return
                waiting += arrived
            waiting = waiting.partition(b"\r\n\r\n")[2]
            connection.sendall(head)
            for start in range(0, len(body), PIECE):
                piece = body[start : start + PIECE]
                bucket.take(len(piece))
                connection.sendall(piece)


def main() -> None:
    """Listen, print the port, and serve until the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, required=True, help="bytes of each answer")
    parser.add_argument("--rate", type=float, default=0, help="bytes a second, 0: unlimited")
    given = parser.parse_args()
    body, bucket = payload(given.size), Bucket(given.rate)
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        print(listening.getsockname()[1], flush=True)
        while True:
            connection, _ = listening.accept()
            handler = _quietly, (connection, body, bucket)
            threading.Thread(target=handler[0], args=handler[1], daemon=True).start()


def _quietly(connection: socket.socket, body: memoryview, bucket: Bucket) -> None:
    try:
        serve(connection, body, bucket)
    except OSError:
        sys.exit()


if __name__ == "__main__":
    main()
