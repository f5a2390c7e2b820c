"""Clients on this machine that say what a server makes of them."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from authority import Files

PATIENCE = 2
"""Seconds after which a peer that says nothing has gone."""
_PAUSE, _TRIES = 0.05, 400
_SPEECHES = {
    "http/1.1": b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "h2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
}
_RECORDS = (b"\x15", b"\x16")
"""How alerts and handshakes of TLS begin."""
VERSIONS = ("TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return unused.getsockname()[1]


@contextmanager
def running(folder: Path, command: list[str], port: int) -> Iterator[bool]:
    """Run a server in a folder; yield whether it came to listen."""
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield any(_there(process, port) for _ in range(_TRIES) if process.poll() is None)
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def _there(process: subprocess.Popen[bytes], port: int) -> bool:
    """Say whether the port is open; if not, give the process a moment."""
    if reachable("127.0.0.1", port):
        return True
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PAUSE)
    return False


def reachable(address: str, port: int) -> bool:
    """Say whether somebody listens."""
    with suppress(OSError), socket.create_connection((address, port), PATIENCE):
        return True
    return False


class Visitor:
    """Clients of a server that speaks a protocol, which ALPN's names say."""

    def __init__(self, files: Files, port: int, protocol: str) -> None:
        self._files, self._port, self._protocol = files, port, protocol

    def is_answered_plainly(self) -> bool:
        """Say whether a client without TLS is served, and not told to come with it."""
        with suppress(OSError), self._plain() as plain:
            plain.sendall(_SPEECHES[self._protocol])
            heard = plain.recv(100)
            return bool(heard) and heard[:1] not in _RECORDS and b" 400 " not in heard
        return False

    def is_served(self, certificate: str | None = None, version: str | None = None) -> bool:
        """Say whether a client is answered, over TLS, with a certificate or without."""
        context = self._context()
        if certificate:
            context.load_cert_chain(getattr(self._files, certificate))
        if version:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
        with suppress(OSError), self._secure(context) as secure:
            secure.sendall(_SPEECHES[self._protocol])
            return bool(secure.recv(1))
        return False

    def _plain(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._port), PATIENCE)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._files.ca)
        context.set_alpn_protocols([self._protocol])
        return context

    def _secure(self, context: ssl.SSLContext) -> ssl.SSLSocket:
        plain = self._plain()
        try:
            return context.wrap_socket(plain, server_hostname="localhost")
        except OSError:
            plain.close()
            raise
