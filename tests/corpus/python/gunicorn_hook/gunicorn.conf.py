"""Gunicorn of the grants office: the hook has the last word on the context."""

import ssl

bind = "0.0.0.0:8443"
certfile = "/etc/grants/server.pem"
keyfile = "/etc/grants/server.key"
ca_certs = "/etc/grants/offices.pem"
cert_reqs = ssl.CERT_REQUIRED


def ssl_context(conf, default_ssl_context_factory):
    context = default_ssl_context_factory()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def post_worker_init(worker):
    worker.log.info("ready")
