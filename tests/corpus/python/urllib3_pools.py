"""Backup agent: object store of the data centre, spoken to with urllib3 alone."""

import hashlib
import os
import ssl

import urllib3
from urllib3.util import Retry

RETRY = Retry(total=5, backoff_factor=0.5, status_forcelist=(502, 503))


def lab_pool():
    return urllib3.PoolManager(cert_reqs="CERT_NONE", retries=RETRY)  # expect: MTLS401


def lab_pool_by_constant():
    return urllib3.PoolManager(
        retries=RETRY,
        cert_reqs=ssl.CERT_NONE,  # expect: MTLS401
    )


def address_pool(ca):
    return urllib3.HTTPSConnectionPool(
        "10.20.0.7",
        port=9000,
        ca_certs=ca,
        cert_reqs="CERT_REQUIRED",
        assert_hostname=False,  # expect: MTLS402
    )


def by_context():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return urllib3.PoolManager(ssl_context=context)


def production_pool(ca):
    return urllib3.PoolManager(
        cert_reqs="CERT_REQUIRED",
        ca_certs=ca,
        cert_file="/etc/backup/agent.pem",
        key_file="/etc/backup/agent.key",
        maxsize=4,
    )


POOLS = {
    "lab": lab_pool,
    "lab2": lab_pool_by_constant,
    "context": by_context,
}


class Backup:
    def __init__(self, base, pool):
        self.base = base
        self.pool = pool

    def put(self, path):
        digest = hashlib.sha256()
        with open(path, "rb") as source:
            for block in iter(lambda: source.read(1 << 20), b""):
                digest.update(block)
            source.seek(0)
            reply = self.pool.request(
                "PUT",
                f"{self.base}/{digest.hexdigest()}",
                body=source,
                headers={"Content-Length": str(os.path.getsize(path))},
            )
        if reply.status >= 300:
            raise RuntimeError(f"{path}: {reply.status}")
        return digest.hexdigest()


def main(kind, base, paths):
    if kind == "address":
        pool = address_pool("/etc/backup/ca.pem")
    elif kind == "production":
        pool = production_pool("/etc/backup/ca.pem")
    else:
        pool = POOLS[kind]()
    backup = Backup(base, pool)
    for path in paths:
        print(path, backup.put(path))
