"""Name service of the test lab's robots."""

import json
import socketserver
import ssl

NAMES = {"arm-1": "10.3.0.11", "arm-2": "10.3.0.12", "belt": "10.3.0.20"}


class Lookup(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            name = line.decode("ascii", "replace").strip()
            answer = json.dumps({"name": name, "address": NAMES.get(name)})
            self.wfile.write(answer.encode() + b"\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def __init__(self, address):
        super().__init__(address, Lookup)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="dev.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain("dev.pem", "dev.key")  # expect: MTLS602
        self.socket = context.wrap_socket(self.socket, server_side=True)


def resolve(name, server):
    import socket

    context = ssl.create_default_context(cafile="dev.pem")
    # This one is mounted on the robot, and not part of the project.
    context.load_cert_chain("/etc/robot/robot.pem", "/etc/robot/robot.key")
    with socket.create_connection((server, 5353)) as raw:
        with context.wrap_socket(raw, server_hostname="names.lab.example") as tls:
            tls.sendall(name.encode() + b"\n")
            return json.loads(tls.recv(4096))["address"]


if __name__ == "__main__":
    with Server(("0.0.0.0", 5353)) as server:
        server.serve_forever()
