"""The request headers by which a proxy tells an application who its client is."""

from __future__ import annotations

import re

_CERT = r"cert(?:ificate)?s?(?:-[a-z0-9-]+)?"
_WHO = r"(?:s-|i-|subject-|issuer-)?dn(?:-cn)?|subject(?:-cn)?|issuer(?:-cn)?|san|cn"
_TOLD = rf"verif[a-z]*|{_WHO}|serial(?:-number)?|fingerprint|identity|escaped-cert|raw-cert"

# nginx and its ingress, Apache, HAProxy, Envoy, Traefik, Azure, AWS, RFC 9440. What only speaks of
# the connection (protocol, cipher, fingerprint of the hello) is none of them, nor are settings that
# name files.
_NAME = re.compile(
    rf"(?!.*-(?:file|filename|path|dir|key)$)(?:http-)?(?:x-)?(?:(?:[a-z0-9]+-){{0,2}}client-?{_CERT}"
    rf"|(?:[a-z0-9]+-)?m?(?:ssl|tls)-?client-(?:{_TOLD})"
    rf"|(?:[a-z0-9]+-)?m?(?:ssl|tls)-(?:{_CERT}|verif[a-z]*|{_WHO})"
    rf"|client-(?:verif[a-z]*|{_WHO}))"
)


def names_identity(header: str) -> bool:
    """Whether a header, in any spelling (`HTTP_X_...`), says who a client is."""
    return _NAME.fullmatch(header.lower().replace("_", "-")) is not None
