"""Looks whether there is a certificate at all, which says nothing of whose it is."""

import socket
import ssl

context = ssl.create_default_context()
context.check_hostname = False  # expect: MTLS402
connection = context.wrap_socket(socket.create_connection(("clock.example.net", 4460)))
if not connection.getpeercert():
    raise SystemExit("no certificate")
