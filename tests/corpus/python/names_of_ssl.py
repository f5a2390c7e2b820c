"""Agent of the monitoring: the same module under many names."""

import socket
import ssl as _ssl
from ssl import CERT_NONE, PROTOCOL_TLS_SERVER, Purpose
from ssl import SSLContext as Context
from ssl import TLSVersion as V
from ssl import create_default_context as default_context

try:
    import ssl as tls
except ImportError:  # interpreters without OpenSSL
    tls = None


def legacy_check():
    context = _ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = CERT_NONE  # expect: MTLS401
    return context


def name_check():
    context = default_context()
    context.check_hostname = False  # expect: MTLS402
    return context


def receiver():
    context = Context(PROTOCOL_TLS_SERVER)
    context.minimum_version = V.TLSv1_1  # expect: MTLS202
    context.load_cert_chain("agent.pem")
    context.load_verify_locations("servers.pem")
    context.verify_mode = _ssl.CERT_REQUIRED
    return context


def commands():
    context = default_context(Purpose.CLIENT_AUTH, cafile="servers.pem")
    context.load_cert_chain("agent.pem")
    context.verify_mode = tls.CERT_OPTIONAL  # expect: MTLS101
    return context


def heartbeat(host):
    from ssl import _create_unverified_context as lenient

    with socket.create_connection((host, 10051)) as raw:
        with lenient().wrap_socket(raw) as sock:  # expect: MTLS401
            sock.sendall(b"alive\n")


def probe(host, strict=True):
    import ssl

    context = ssl.create_default_context()
    if not strict:
        context.check_hostname = False
        context.verify_mode = ssl.VerifyMode.CERT_NONE  # expect: MTLS401
    with socket.create_connection((host, 443)) as raw:
        with context.wrap_socket(raw, server_hostname=host) as sock:
            return sock.version()


def main():
    for context, port in ((receiver(), 10050), (commands(), 10049)):
        listener = socket.create_server(("0.0.0.0", port))
        door = context.wrap_socket(listener, server_side=True)
        print(door.getsockname())
    for context in (legacy_check(), name_check()):
        with socket.create_connection(("monitor.example.com", 443)) as raw:
            context.wrap_socket(raw, server_hostname="monitor.example.com").close()
    heartbeat("monitor.example.com")
    probe("monitor.example.com", strict=False)
