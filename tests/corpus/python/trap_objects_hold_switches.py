"""Sensor hub of a greenhouse whose objects check; one is told otherwise by nobody in sight."""

import requests


class Valve:
    def __init__(self, host, verify=True):
        self.host = host
        self.verify = verify

    def open(self):
        return requests.post(f"https://{self.host}/open", verify=self.verify)


class Lamp:
    def __init__(self, host, authority):
        self.host = host
        self.options = {"timeout": 3, "verify": authority}

    def dim(self):
        return requests.post(f"https://{self.host}/dim", **self.options)


class Heater(Valve):
    verify = False

    def __init__(self, host):
        super().__init__(host)

    def heat(self):
        return requests.post(f"https://{self.host}/heat", verify=self.verify)


def main():
    for one in (Valve("valve.example.net"), Heater("heater.example.net")):
        one.open()
