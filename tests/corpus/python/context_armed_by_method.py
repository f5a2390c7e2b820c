"""Map tiles: the server arms its context in methods, called before it starts."""

import socket
import ssl


class Server:
    def __init__(self, port):
        self.port = port
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2

    def arm(self, cert, ca):
        self.context.load_cert_chain(cert)
        self.context.load_verify_locations(ca)
        self.context.verify_mode = ssl.CERT_REQUIRED

    def serve(self):
        with socket.create_server(("0.0.0.0", self.port)) as listener:
            with self.context.wrap_socket(listener, server_side=True) as door:
                door.accept()


if __name__ == "__main__":
    server = Server(8443)
    server.arm("tiles.pem", "walkers.pem")
    server.serve()
