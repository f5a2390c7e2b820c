"""Two doors of the build farm: workers push logs, dashboards read them."""

import selectors
import socket
import ssl
import threading

WORKERS_PORT = 7070
DASHBOARD_PORT = 7071


def _base(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(cert, key)
    return context


def workers_context():
    context = _base("farm/worker-door.pem", "farm/worker-door.key")
    context.load_verify_locations("farm/workers-ca.pem")
    # "Yes, verify." True is 1, and 1 is CERT_OPTIONAL.
    context.verify_mode = True  # expect: MTLS101
    return context


def dashboards_context():
    context = _base("farm/dashboard-door.pem", "farm/dashboard-door.key")
    context.load_verify_locations("farm/people-ca.pem")
    context.verify_mode = 1  # expect: MTLS101
    return context


def admin_context():
    context = _base("farm/admin-door.pem", "farm/admin-door.key")
    context.load_verify_locations("farm/admins-ca.pem")
    context.verify_mode = 2
    return context


def listen(port, context, handler):
    plain = socket.create_server(("0.0.0.0", port), backlog=64)
    with context.wrap_socket(plain, server_side=True) as door:
        while True:
            try:
                conn, addr = door.accept()
            except ssl.SSLError as error:
                print(f"{port}: handshake refused: {error.reason}")
                continue
            threading.Thread(target=handler, args=(conn, addr), daemon=True).start()


def drain(conn, addr):
    selector = selectors.DefaultSelector()
    selector.register(conn, selectors.EVENT_READ)
    with conn:
        while selector.select(timeout=60):
            data = conn.recv(65536)
            if not data:
                return
            print(addr[0], len(data), "bytes")


if __name__ == "__main__":
    doors = [
        (WORKERS_PORT, workers_context()),
        (DASHBOARD_PORT, dashboards_context()),
        (7072, admin_context()),
    ]
    threads = [threading.Thread(target=listen, args=(port, ctx, drain)) for port, ctx in doors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
