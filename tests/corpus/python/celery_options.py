"""Task queue of a print shop: the broker's options of celery, said in every way there is."""

import ssl

from celery import Celery

shop = Celery(
    "shop",
    broker="rediss://queue.example.net:6380/0",
    broker_use_ssl={"ssl_cert_reqs": ssl.CERT_NONE},  # expect: MTLS401
)

archive = Celery("archive", broker="amqps://queue.example.net")
archive.conf.update(
    task_acks_late=True,
    broker_use_ssl={"cert_reqs": ssl.CERT_NONE, "ca_certs": "/etc/shop/ca.pem"},  # expect: MTLS401
)

proofs = Celery("proofs")
proofs.conf.redis_backend_use_ssl = {"ssl_cert_reqs": ssl.CERT_NONE}  # expect: MTLS401

checked = Celery("checked", broker_use_ssl={"ssl_cert_reqs": ssl.CERT_REQUIRED})
checked.conf.redis_backend_use_ssl = {"ssl_cert_reqs": "required"}
