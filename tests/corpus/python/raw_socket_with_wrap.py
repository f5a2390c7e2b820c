"""Door controller: sockets wrapped by hand, listener first or connection by connection."""

import socket
import ssl
import threading


def by_listener():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("door.pem")
    context.load_verify_locations("badges.pem")  # expect: MTLS104
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("0.0.0.0", 4400))
    sock.listen()
    return context.wrap_socket(sock, server_side=True)


def by_connection():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain("door.pem")
    context.load_verify_locations("badges.pem")
    context.verify_mode = 1  # expect: MTLS101
    with socket.create_server(("", 4401)) as listener:
        while True:
            raw, _ = listener.accept()
            door = context.wrap_socket(raw, server_side=True)
            threading.Thread(target=door.recv, args=(64,)).start()


def by_hand():
    """As the first door did it, before it learned of PROTOCOL_TLS_SERVER."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cafile="badges.pem")
    context.load_cert_chain("door.pem")
    listener = socket.create_server(("0.0.0.0", 4402))
    return context.wrap_socket(listener, server_side=True)


def never():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)  # expect: MTLS103
    context.load_cert_chain("door.pem")
    listener = socket.create_server(("0.0.0.0", 4403))
    return context.wrap_socket(listener, server_side=True)
