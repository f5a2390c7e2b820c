"""Gunicorn for the document API: https://docs.gunicorn.org/en/stable/settings.html"""

import multiprocessing
import os

bind = "0.0.0.0:8443"
workers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2 + 1))
worker_class = "gthread"
threads = 4
timeout = 45
graceful_timeout = 30
keepalive = 65

# TLS
certfile = "/run/secrets/tls.crt"
keyfile = "/run/secrets/tls.key"
ca_certs = "/run/secrets/clients-ca.crt"  # expect: MTLS104

# Logging
accesslog = "-"
errorlog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(D)s'
loglevel = os.environ.get("LOG_LEVEL", "info")


def when_ready(server):
    server.log.info("ready on %s", bind)


def worker_int(worker):
    worker.log.info("worker %s stops", worker.pid)
