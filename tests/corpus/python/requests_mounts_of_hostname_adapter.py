"""Meteor camera: an adapter that leaves the name out."""

import requests
from requests.adapters import HTTPAdapter
from urllib3.poolmanager import PoolManager


class NamelessAdapter(HTTPAdapter):
    def init_poolmanager(self, connections, maxsize, block=False):
        self.poolmanager = PoolManager(
            num_pools=connections,
            maxsize=maxsize,
            block=block,
            assert_hostname=False,  # expect: MTLS402
        )


def camera(host):
    session = requests.Session()
    session.mount(f"https://{host}", NamelessAdapter())
    return session.get(f"https://{host}/sky.jpg", verify="camera.pem").content
