"""All the ways in which a floor is set, on a project that says nothing of its Python."""

import socket
import ssl


def _strict_server(context, cert, key, ca):
    context.load_cert_chain(cert, key)
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def by_minimum(cert, key, ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return _strict_server(context, cert, key, ca)


def by_options(cert, key, ca):
    """As it was written before Python 3.7."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.options |= ssl.OP_NO_SSLv2 | ssl.OP_NO_SSLv3
    context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    return _strict_server(context, cert, key, ca)


def by_options_one_at_a_time(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for option in (ssl.OP_NO_TLSv1, ssl.OP_NO_TLSv1_1):
        context.options |= option
    context.load_verify_locations(ca)
    return context


def by_protocol(cert, key, ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    return _strict_server(context, cert, key, ca)


def on_both_branches(ca, modern):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(ca)
    if modern:
        context.minimum_version = ssl.TLSVersion.TLSv1_3
    else:
        context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def options_replaced(cert, key, ca):
    """A plain assignment drops flags, but not the minimum."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options = ssl.OP_NO_COMPRESSION | ssl.OP_CIPHER_SERVER_PREFERENCE
    return _strict_server(context, cert, key, ca)


def by_helper(ca):
    return _floor(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ca)


def _floor(context, ca):
    # ssl.TLSVersion.TLSv1 was here for the scales on floor 2, ssl.PROTOCOL_TLSv1 before that.
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(ca)
    return context


def serve(handler, cert, key, ca):
    for port, make in ((1, by_minimum), (2, by_options), (3, by_protocol), (4, options_replaced)):
        context = make(cert, key, ca)
        listener = socket.create_server(("0.0.0.0", 9000 + port))
        handler(context.wrap_socket(listener, server_side=True))


def dial(host, ca):
    for context in (by_options_one_at_a_time(ca), on_both_branches(ca, True), by_helper(ca)):
        with socket.create_connection((host, 443)) as raw:
            with context.wrap_socket(raw, server_hostname=host) as tls:
                if tls.version() not in ("TLSv1", "TLSv1.1"):
                    print(tls.cipher())
