"""Drivers of the shutters: contexts in class attributes, properties and dataclasses."""

import functools
import http.client
import ssl
from dataclasses import dataclass, field


def lax():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


class Shutter:
    context = ssl.create_default_context(cafile="/etc/shutters/ca.pem")
    context.check_hostname = False  # expect: MTLS402

    def __init__(self, host):
        self.connection = http.client.HTTPSConnection(host, context=self.context)

    def close(self):
        self.connection.request("PUT", "/close")


@dataclass
class Awning:
    host: str
    context: ssl.SSLContext = field(default_factory=lax)

    def roll(self):
        http.client.HTTPSConnection(self.host, context=self.context).request("PUT", "/roll")


class Blind:
    def __init__(self, host, cafile):
        self.host, self.cafile = host, cafile

    @functools.cached_property
    def context(self):
        return ssl.create_default_context(cafile=self.cafile)

    @property
    def connection(self):
        return http.client.HTTPSConnection(self.host, context=self.context)

    def tilt(self):
        self.connection.request("PUT", "/tilt")
