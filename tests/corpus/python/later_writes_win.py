"""What stands last counts: each context here ends strict."""

import http.client
import socket
import ssl


def client_after_bootstrap(ca):
    context = ssl.create_default_context()
    # Begins blank, as the vendor's sample does, and is then tightened.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    return context


def client_by_name_alone(ca):
    """Name checking needs a chain: setting it sets CERT_REQUIRED too."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_NONE
    context.load_verify_locations(ca)
    context.check_hostname = True
    return context


def replaced(ca):
    context = ssl._create_unverified_context
    context = ssl.create_default_context(cafile=ca)
    return context


def server(ca, cert, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = ssl.CERT_OPTIONAL
    context.load_cert_chain(cert, key)
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def server_floor(ca, cert, key):
    context = server(ca, cert, key)
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("RC4-SHA:AES128-SHA")
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    return context


def ask(host, path, ca):
    for context in (client_after_bootstrap(ca), client_by_name_alone(ca), replaced(ca)):
        connection = http.client.HTTPSConnection(host, 8443, timeout=5, context=context)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except OSError:
            continue
        finally:
            connection.close()
    raise ConnectionError(host)


def serve(handle, ca, cert, key):
    with socket.create_server(("0.0.0.0", 8443)) as listener:
        with server_floor(ca, cert, key).wrap_socket(listener, server_side=True) as tls:
            while True:
                connection, _ = tls.accept()
                handle(connection)
