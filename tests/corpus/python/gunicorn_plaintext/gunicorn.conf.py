"""Gunicorn settings of the shop front."""

import os

wsgi_app = "shop.wsgi:application"
bind = "0.0.0.0:8000"  # expect: MTLS302
backlog = 1024
workers = int(os.getenv("WORKERS", "4"))
threads = 2
forwarded_allow_ips = "*"
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
worker_tmp_dir = "/dev/shm"
statsd_host = "127.0.0.1:8125"
