"""Appliance API: one flag for the whole class, as vendors write it."""

import warnings

import requests
import urllib3


class ApplianceError(RuntimeError):
    pass


class Appliance:
    VERIFY = False

    def __init__(self, host, token, verify=False):
        self.url = f"https://{host}/api"
        self.headers = {"Authorization": f"Bearer {token}"}
        self.verify = verify
        if not verify:
            urllib3.disable_warnings()
            warnings.simplefilter("ignore")

    def get(self, path):
        reply = requests.get(self.url + path, headers=self.headers, verify=self.VERIFY)  # expect: MTLS401
        if not reply.ok:
            raise ApplianceError(reply.status_code)
        return reply.json()

    def strict(self, path):
        return requests.get(self.url + path, headers=self.headers, verify=True).json()
