"""Inventory of the switches. requests takes everything false as "don't check"; a session None, too."""

import os

import requests
from requests.adapters import HTTPAdapter

CA = os.environ.get("SWITCH_CA")


class SwitchAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        kwargs.setdefault("timeout", 5)
        return super().send(request, **kwargs)


def inventory(host):
    session = requests.Session()
    session.mount("https://", SwitchAdapter(max_retries=2))
    session.verify = None  # expect: MTLS401
    return session.get(f"https://{host}/api/inventory").json()


def ports(host):
    # An empty string was meant as "the default".
    return requests.get(f"https://{host}/api/ports", verify="").json()  # expect: MTLS401


def firmware(host, image):
    return requests.put(f"https://{host}/api/firmware", data=image, verify=0)  # expect: MTLS401


def reboot(host):
    with requests.Session() as session:
        session.verify = ""  # expect: MTLS401
        session.post(f"https://{host}/api/reboot")


def serial(host):
    return requests.get(f"https://{host}/api/serial", verify=None).text


def uptime(host):
    return requests.get(f"https://{host}/api/uptime", verify=CA or True).text


def model(host):
    return requests.get(f"https://{host}/api/model", verify=1).text
