"""Prints what a capture shows."""

import wire.ssl as ssl
from wire.capture import client_side, server_side


def report(records):
    server, client = server_side(records), client_side(records)
    default = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    default.verify_mode = ssl.CERT_NONE
    yield f"server: {server.verify_mode}"
    yield f"client: 0x{client.minimum_version:04x}"
    if server.verify_mode == default.verify_mode:
        yield "the server did not ask"
