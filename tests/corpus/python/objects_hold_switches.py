"""Sensor hub of a greenhouse: what an object was made with decides what its methods do."""

import ssl

import requests


class Valve:
    def __init__(self, host):
        self.host = host
        self.verify = False

    def open(self):
        return requests.post(f"https://{self.host}/open", verify=self.verify)  # expect: MTLS401


class Lamp:
    def __init__(self, host, **options):
        self.host = host
        self.options = {"timeout": 3, "verify": False}  # expect: MTLS401

    def dim(self):
        return requests.post(f"https://{self.host}/dim", **self.options)


class Heater:
    def __init__(self, host, verify=False):
        self.host, self.verify = host, verify

    def heat(self):
        return requests.post(f"https://{self.host}/heat", verify=self.verify)  # expect: MTLS401


class Gate:
    """Reads from sensors of Python 2, too."""

    def __init__(self, authority, strict=True):
        self.authority = authority
        self.mode = ssl.CERT_REQUIRED if strict else ssl.CERT_OPTIONAL
        self.version = ssl.PROTOCOL_SSLv23

    def __call__(self, sock):
        return ssl.wrap_socket(  # expect: MTLS201
            sock,
            keyfile="/etc/hub/key.pem",
            certfile="/etc/hub/cert.pem",
            ca_certs=self.authority,
            server_side=True,
            cert_reqs=self.mode,  # expect: MTLS101
            ssl_version=self.version,
        )
