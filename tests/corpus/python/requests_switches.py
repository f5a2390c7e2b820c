"""Inventory of network gear: management interfaces with vendor certificates."""

import concurrent.futures
import logging

import requests
import urllib3
from requests.adapters import HTTPAdapter

urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
log = logging.getLogger("inventory")


class Switch:
    """REST interface of a switch."""

    def __init__(self, host, user, password):
        self.base = f"https://{host}/rest/v1"
        self.session = requests.Session()
        self.session.auth = (user, password)
        self.session.verify = False  # expect: MTLS401
        self.session.mount("https://", HTTPAdapter(max_retries=2))

    def ports(self):
        return self.session.get(f"{self.base}/ports", timeout=10).json()


class Firewall:
    def __init__(self, host, token):
        self.host = host
        self.headers = {"Authorization": f"Bearer {token}"}

    def rules(self):
        response = requests.get(
            f"https://{self.host}/api/rules",
            headers=self.headers,
            timeout=(3, 30),
            verify=False,  # expect: MTLS401
        )
        response.raise_for_status()
        return response.json()["rules"]

    def reload(self):
        url = f"https://{self.host}/api/reload"
        return requests.post(url, headers=self.headers, verify=0).ok  # expect: MTLS401


def access_points(controller):
    # An empty path is no path: nothing is verified.
    with requests.Session() as session:
        reply = session.request("GET", f"https://{controller}/aps", verify="")  # expect: MTLS401
        return [ap["mac"] for ap in reply.json()]


def controllers(site):
    """None means the session's own setting, which is to verify."""
    return requests.get(f"https://sites.example.com/{site}", verify=None).json()


def racks(dcim="https://dcim.example.com"):
    session = requests.Session()
    session.verify = "/etc/pki/inventory/ca.pem"
    session.cert = ("/etc/pki/inventory/me.pem", "/etc/pki/inventory/me.key")
    return session.get(f"{dcim}/racks").json()


def collect(switches):
    with concurrent.futures.ThreadPoolExecutor(max_workers=8) as pool:
        for switch, ports in zip(switches, pool.map(Switch.ports, switches)):
            log.info("%s: %d ports", switch.base, len(ports))
