"""Devices are known by fingerprint or by another name, not by their address."""

import ssl

import aiohttp
import grpc
import requests
import urllib3
from requests.adapters import HTTPAdapter

PIN = bytes.fromhex("b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184")


class PinnedAdapter(HTTPAdapter):
    def __init__(self, fingerprint, **kwargs):
        self.fingerprint = fingerprint
        super().__init__(**kwargs)

    def init_poolmanager(self, *args, **kwargs):
        kwargs["assert_fingerprint"] = self.fingerprint
        return super().init_poolmanager(*args, **kwargs)


def session(fingerprint):
    made = requests.Session()
    made.mount("https://", PinnedAdapter(fingerprint))
    return made


def by_other_name(ca):
    return urllib3.HTTPSConnectionPool("10.0.0.8", ca_certs=ca, assert_hostname="lamp-8")


async def lamp(http, host):
    return await http.get(f"https://{host}/state", ssl=aiohttp.Fingerprint(PIN))


def bus(roots):
    credentials = grpc.ssl_channel_credentials(root_certificates=roots)
    options = (("grpc.ssl_target_name_override", "bus.example.net"),)
    return grpc.secure_channel("10.0.0.1:50051", credentials, options)


def raw(sock, expected):
    context = ssl.create_default_context(cafile="lamps.pem")
    return context.wrap_socket(sock, server_hostname=expected)
