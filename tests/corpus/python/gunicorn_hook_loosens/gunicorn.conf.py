"""Gunicorn of the museum shop: the hook opens TLS 1.0 for the old tills and forgets the clients."""

import ssl

bind = "0.0.0.0:8443"
certfile = "/etc/shop/server.pem"
keyfile = "/etc/shop/server.key"
ca_certs = "/etc/shop/tills.pem"
cert_reqs = ssl.CERT_REQUIRED


def ssl_context(conf, default_ssl_context_factory):
    context = default_ssl_context_factory()
    context.minimum_version = ssl.TLSVersion.TLSv1  # expect: MTLS202
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return context
