"""Storage client of a grid site: its session is made by `connect`, and used everywhere."""

import ssl
import urllib.request

import requests
from requests.adapters import HTTPAdapter


class Pinned(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        return super().init_poolmanager(*args, **kwargs)


class Store:
    def __init__(self, host, prefix="/", verbose=False):
        self.host = host
        self.prefix = prefix
        self.verbose = verbose
        self.session = None

    def connect(self):
        self.session = requests.Session()
        self.session.mount("https://", Pinned())

    def get(self, path):
        return self.session.get(self.host + path, verify=False)  # expect: MTLS401

    def put(self, path, data):
        if self.verbose:
            print(path)
        return self.session.put(self.host + path, data=data)


def stamp(url):
    context = context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    context.load_default_certs()
    return urllib.request.urlopen(url, context=context)


def floor():
    context = context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    return context
