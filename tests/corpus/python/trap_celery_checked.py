"""Task queue of a book binder: its options check, or come from elsewhere."""

import ssl

from celery import Celery

from binder import settings

binder = Celery(
    "binder",
    broker="rediss://queue.example.net:6380/0",
    broker_use_ssl={"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_ca_certs": "/etc/binder/ca.pem"},
    redis_backend_use_ssl={"ssl_cert_reqs": ssl.CERT_REQUIRED},
)
binder.conf.update(task_acks_late=True)

folder = Celery("folder", broker_use_ssl=settings.BROKER_SSL)
folder.conf.broker_use_ssl = {"ssl_cert_reqs": settings.MODE}

CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": ssl.CERT_REQUIRED}
