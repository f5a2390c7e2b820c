"""Gunicorn for the inspection app, public side."""

bind = "0.0.0.0:8443"  # expect: MTLS103
certfile = "/etc/inspect/server.pem"
keyfile = "/etc/inspect/server.key"
worker_class = "uvicorn.workers.UvicornWorker"
