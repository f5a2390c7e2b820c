"""Talks to devices that were met once: the fingerprint noted then is what counts."""

import json
import sqlite3

import urllib3
from urllib3.exceptions import SSLError

urllib3.disable_warnings()


class KnownDevices:
    def __init__(self, path="devices.sqlite"):
        self.db = sqlite3.connect(path)
        self.db.execute("create table if not exists device (host text primary key, pin text)")

    def pin(self, host):
        row = self.db.execute("select pin from device where host = ?", (host,)).fetchone()
        if row is None:
            raise KeyError(f"{host} was never paired")
        return row[0]


def device_pool(host, pin):
    """No CA signs these devices; a pinned certificate is stricter than any chain."""
    return urllib3.HTTPSConnectionPool(
        host, 8443, cert_reqs="CERT_NONE", assert_fingerprint=pin, timeout=5
    )


def cloud_pool(ca, region):
    """Regional endpoints share the certificate of the global name."""
    return urllib3.HTTPSConnectionPool(
        f"{region}.cloud.example.com",
        ca_certs=ca,
        assert_hostname="cloud.example.com",
        server_hostname="cloud.example.com",
    )


def pinned_cloud_pool(ca, pin):
    return urllib3.PoolManager(ca_certs=ca, assert_fingerprint=pin)


def configured_pool(settings):
    return urllib3.PoolManager(
        cert_reqs=settings.cert_reqs,
        ca_certs=settings.ca_certs,
        assert_hostname=settings.assert_hostname,
    )


def state(host, devices):
    pool = device_pool(host, devices.pin(host))
    try:
        reply = pool.request("GET", "/state")
    except SSLError as error:
        raise PermissionError(f"{host} is not the device that was paired") from error
    return json.loads(reply.data)


def register(serial):
    pool = cloud_pool("/etc/gateway/cloud-ca.pem", "eu")
    reply = pool.request("POST", "/devices", body=json.dumps({"serial": serial}))
    return reply.status == 201


def plain_default(url):
    return urllib3.PoolManager().request("GET", url).data


def metadata():
    # The metadata service has no TLS.
    http = urllib3.PoolManager()
    return http.request("GET", "http://169.254.169.254/latest/").data
