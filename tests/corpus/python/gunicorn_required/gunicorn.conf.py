"""Settlement API behind nobody: clients of the bank connect here."""

import ssl

bind = "0.0.0.0:8443"
workers = 4
worker_class = "sync"

certfile = "/etc/settlement/server.pem"
keyfile = "/etc/settlement/server.key"
ca_certs = "/etc/settlement/banks-ca.pem"
cert_reqs = 2  # ssl.CERT_REQUIRED; 1 would be CERT_OPTIONAL

# Heeded by no version since 21: the context below decides.
ssl_version = ssl.PROTOCOL_TLSv1_2


def ssl_context(conf, default_ssl_context_factory):
    context = default_ssl_context_factory()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def on_starting(server):
    server.log.info("client certificates of %s are required", ca_certs)
