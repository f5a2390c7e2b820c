"""Gunicorn of the loan desk: the settings ask for nothing, the hook's own context does."""

import ssl

bind = ["0.0.0.0:9443"]
certfile = "/etc/loans/server.pem"
keyfile = "/etc/loans/server.key"


def ssl_context(conf, default_ssl_context_factory):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/loans/desks.pem")
    context.load_cert_chain(conf.certfile, conf.keyfile)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def on_starting(server):
    server.log.info("loan desk on %s", bind)
