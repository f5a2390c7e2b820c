"""Message bus: node and client keep their contexts in attributes."""

import json
import logging
import socket
import ssl
import threading


class Node:
    """Accepts peers and clients on one port each."""

    verify_mode = ssl.CERT_OPTIONAL

    def __init__(self, folder):
        self.folder = folder
        self.log = logging.getLogger("bus.node")
        self.peer_context = self._context("peers.pem")
        self.client_context = self._context("clients.pem")
        self.client_context.verify_mode = self.verify_mode  # expect: MTLS101

    def _context(self, ca):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(f"{self.folder}/node.pem", f"{self.folder}/node.key")
        context.load_verify_locations(f"{self.folder}/{ca}")
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def _listen(self, port, context, name):
        listener = socket.create_server(("0.0.0.0", port))
        with context.wrap_socket(listener, server_side=True) as door:
            while True:
                try:
                    connection, address = door.accept()
                except ssl.SSLError as error:
                    self.log.info("%s refused: %s", name, error)
                    continue
                self.log.info("%s from %s", name, address)
                connection.close()

    def start(self):
        for port, context, name in (
            (7100, self.peer_context, "peer"),
            (7101, self.client_context, "client"),
        ):
            threading.Thread(target=self._listen, args=(port, context, name)).start()


class Client:
    def __init__(self, host, ca, trust_anything=False):
        self.host = host
        self._ssl = ssl.create_default_context(cafile=ca)
        if trust_anything:
            self._forget_trust()
        self.sock = None

    def _forget_trust(self):
        self._ssl.check_hostname = False
        self._ssl.verify_mode = ssl.CERT_NONE  # expect: MTLS401

    def connect(self):
        raw = socket.create_connection((self.host, 7101), timeout=5)
        self.sock = self._ssl.wrap_socket(raw, server_hostname=self.host)

    def publish(self, topic, body):
        self.sock.sendall(json.dumps({"topic": topic, "body": body}).encode() + b"\n")


class AddressedClient(Client):
    def __init__(self, host, ca):
        super().__init__(host, ca)
        self._ssl.check_hostname = False  # expect: MTLS402


if __name__ == "__main__":
    Node("/etc/bus").start()
    client = Client("127.0.0.1", "/etc/bus/nodes.pem")
    client.connect()
    client.publish("hello", 1)
