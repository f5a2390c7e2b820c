"""Servers on this machine that say what clients make of their certificate."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from authority import Files

PATIENCE = 2
"""Seconds after which a peer that says nothing has gone."""
_HANDSHAKE = b"\x16"


class Step(NamedTuple):
    """What a server says, once a client has said a text that it waits for, or so many bytes."""

    after: bytes | int
    say: bytes


class Protocol(NamedTuple):
    """What a server says before TLS begins and as soon as it has begun."""

    before: tuple[Step, ...] = ()
    greeting: bytes = b""


class Meeting(NamedTuple):
    """What a client did: `trusted` if it sent something after it had seen the certificate."""

    tls: bool
    trusted: bool
    showed_certificate: bool = False


def protocols() -> Mapping[str, Protocol]:
    """Return what servers of some protocols say, by name."""
    table = yaml.safe_load((Path(__file__).parent / "protocols.yaml").read_text(encoding="utf-8"))
    return {name: _protocol(said) for name, said in table.items()}


def _protocol(said: Mapping[str, Any]) -> Protocol:
    steps = tuple(_step(*pair) for pair in said.get("before", ()))
    return Protocol(steps, said.get("greeting", "").encode())


def _step(after: str | int, say: str) -> Step:
    return Step(after if isinstance(after, int) else after.encode("latin-1"), say.encode("latin-1"))


class Listening:
    """A server with a certificate, for as long as it is entered. It asks for clients' own."""

    def __init__(self, files: Files, certificate: str, protocol: Protocol) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(getattr(files, certificate))
        self._context.load_verify_locations(files.ca)
        self._context.verify_mode = ssl.CERT_OPTIONAL
        self._protocol = protocol
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.port: int = self._socket.getsockname()[1]
        self.meetings: list[Meeting] = []

    def __enter__(self) -> Listening:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(PATIENCE)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._socket.accept()
                client.settimeout(PATIENCE)
                with client:
                    self.meetings.append(self._meet(client))

    def _meet(self, client: socket.socket) -> Meeting:
        try:
            self._lead_in(client)
            if client.recv(1, socket.MSG_PEEK) != _HANDSHAKE:
                return Meeting(tls=False, trusted=False)
            secure = self._context.wrap_socket(client, server_side=True)
        except OSError:
            return Meeting(tls=True, trusted=False)
        with secure:
            return Meeting(True, self._hears(secure), secure.getpeercert() is not None)

    def _lead_in(self, client: socket.socket) -> None:
        for after, say in self._protocol.before:
            heard = b""
            while len(heard) < after if isinstance(after, int) else after not in heard:
                more = client.recv(after if isinstance(after, int) else 4096)
                if not more:
                    raise ConnectionError
                heard += more
            say = say.replace(b"{tag}", heard.split(b" ")[0]).replace(b"{id}", heard[4:5])
            client.sendall(say)

    def _hears(self, secure: ssl.SSLSocket) -> bool:
        try:
            secure.sendall(self._protocol.greeting)
            heard = secure.recv(1)
            with suppress(OSError):
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except OSError:
            return False
        return bool(heard)
