"""Reports to the centre, and to the old centre."""

import http.client
import json

import requests

CENTRE = "centre.example.com"


class Reporter:
    def __init__(self, factory, legacy=None):
        self.factory = factory
        self.session = requests.Session()
        self.session.cert = (factory.cert, factory.key)
        self.legacy = legacy

    def report(self, facts):
        connection = http.client.HTTPSConnection(CENTRE, context=self.factory.upstream())
        connection.request("POST", "/facts", json.dumps(facts))
        return connection.getresponse().status

    def report_to_legacy(self, facts):
        # Its certificate ran out in 2022.
        return self.session.post(
            f"https://{self.legacy}/facts",
            json=facts,
            verify=False,  # expect: MTLS401
        ).status_code

    def ask(self, path):
        return self.session.get(f"https://{CENTRE}/{path}", timeout=10).json()
