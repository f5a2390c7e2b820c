"""Bookings client: one class per partner, settings in the class."""

import os
import ssl

import httpx

INSECURE = False


class Partner:
    base = "https://partner.example.com"
    verify: "bool | str" = True

    def __init__(self):
        self.http = httpx.Client(base_url=self.base, verify=self.verify, timeout=10)


class Ferry(Partner):
    base = "https://ferry.example.com"


class Hotel:
    """Certificates at hotels are what they are."""

    def __init__(self, base):
        self.options = {"base_url": base, "timeout": 20}
        self.options["verify"] = False  # expect: MTLS401
        self.http = httpx.AsyncClient(**self.options)


def rail():
    transport = httpx.HTTPTransport(verify=False, retries=2)  # expect: MTLS401
    return httpx.Client(transport=transport)


def bus():
    context = ssl.create_default_context(cafile="bus.pem")
    context.check_hostname = False  # expect: MTLS402
    return httpx.Client(verify=context)


def taxi():
    return httpx.Client(verify=ssl.create_default_context(cafile="taxi.pem"), cert="me.pem")


def stream(url):
    with httpx.stream("GET", url, verify=INSECURE) as reply:  # expect: MTLS401
        yield from reply.iter_bytes()


def plane():
    return httpx.Client(verify=os.environ.get("PLANE_CA", True))
