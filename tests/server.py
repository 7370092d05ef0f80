"""A server on this machine that answers as it is told, badly where it is told so."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

Answer = bytes | Callable[[socket.socket], None]


class Server:
    """Answers each path with bytes, or by a function that is given the socket; keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer a path with a body; headers with `_` for `-`."""
        named = {"Content_Length": str(len(body)), "Connection": "close"} | headers
        lines = [f"HTTP/1.1 {status} X", *(f"{k.replace('_', '-')}: {v}" for k, v in named.items()), "", ""]
        self.answers[path] = "\r\n".join(lines).encode() + body

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._socket.accept()
                threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            head, _, body = client.recv(65_536).partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            path, headers = first.split(" ")[1], {k.lower(): v for k, _, v in (x.partition(": ") for x in lines)}
            while len(body) < int(headers.get("content-length", 0)):
                body += client.recv(65_536)
            self.asked.append((path, headers, body))
            answer = self.answers.get(path, b"HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            if callable(answer):
                answer(client)
            else:
                client.sendall(answer)
