"""Syslog over TLS (RFC 5425): constructors that check nothing unless told to."""

import logging
import logging.handlers
import socket
import ssl


class TLSSysLogHandler(logging.handlers.SysLogHandler):
    """Octet-counted messages over one TLS connection."""

    def __init__(self, host, port=6514, context=None):
        self.host, self.port = host, port
        self.context = context
        self.stream = None
        logging.Handler.__init__(self)
        self.facility = logging.handlers.SysLogHandler.LOG_LOCAL0

    def emit(self, record):
        message = f"<134>1 - - {record.name} - - - {self.format(record)}".encode()
        if self.stream is None:
            raw = socket.create_connection((self.host, self.port), timeout=5)
            self.stream = self.context.wrap_socket(raw, server_hostname=self.host)
        self.stream.sendall(b"%d %s" % (len(message), message))


def pinned_version():
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)  # expect: MTLS404
    context.load_verify_locations("/etc/syslog/ca.pem")
    return context


def oldest():
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # expect: MTLS404 MTLS202
    return context


def bare():
    context = ssl.SSLContext()  # expect: MTLS404 MTLS201
    return context


def hostname_only_dropped():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)  # expect: MTLS404
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    return context


def client_protocol():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # expect: MTLS201
    context.load_verify_locations("/etc/syslog/ca.pem")
    return context


def recommended():
    return ssl.create_default_context(cafile="/etc/syslog/ca.pem")


def configure():
    root = logging.getLogger()
    root.addHandler(TLSSysLogHandler("logs-a.example.net", context=pinned_version()))
    root.addHandler(TLSSysLogHandler("logs-b.example.net", context=oldest()))
    root.addHandler(TLSSysLogHandler("logs-c.example.net", context=bare()))
    root.addHandler(TLSSysLogHandler("logs-d.example.net", context=hostname_only_dropped()))
    root.addHandler(TLSSysLogHandler("logs-e.example.net", context=client_protocol()))
    root.addHandler(TLSSysLogHandler("logs-f.example.net", context=recommended()))


def direct(host):
    """Without a handler in between."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)  # expect: MTLS404
    with socket.create_connection((host, 6514)) as raw:
        with context.wrap_socket(raw) as tls:
            tls.sendall(b"11 <134>1 hello")
