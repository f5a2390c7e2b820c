"""Reports how a connection was made. Constants are compared and listed here, never set."""

import socket
import ssl

LEGACY = {ssl.PROTOCOL_TLSv1: "TLS 1.0", ssl.PROTOCOL_TLSv1_1: "TLS 1.1"}
NAMES = {"TLSv1": "insecure", "TLSv1.1": "insecure", "TLSv1.2": "ok", "TLSv1.3": "good"}
MODES = [(ssl.CERT_NONE, "none"), (ssl.CERT_OPTIONAL, "optional"), (ssl.CERT_REQUIRED, "required")]


def describe(context: ssl.SSLContext) -> str:
    if context.verify_mode == ssl.CERT_NONE:
        return "unverified"
    if context.verify_mode != ssl.CERT_REQUIRED or context.check_hostname is False:
        return "half verified"
    if context.minimum_version < ssl.TLSVersion.TLSv1_2:
        return "old: " + LEGACY.get(context.protocol, "?")
    if not context.options & ssl.OP_NO_SSLv3:
        return "very old"
    return dict(MODES)[context.verify_mode]


def rating(host: str) -> str:
    context = ssl.create_default_context()
    with socket.create_connection((host, 443), timeout=3) as raw:
        with context.wrap_socket(raw, server_hostname=host) as tls:
            return f"{host}: {NAMES[tls.version()]}, {describe(context)}"


def refuse(context: ssl.SSLContext) -> None:
    assert context.verify_mode is not ssl.CERT_NONE, "CERT_NONE is not allowed"
    assert context.minimum_version not in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
