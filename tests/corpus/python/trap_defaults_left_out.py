"""Library of a scale maker that checks unless told otherwise; its own calls say all they need to."""

import http.client
import smtplib
import ssl

import requests


def fetch(url, verify=True):
    return requests.get(url, verify=verify).json()


def connect(host, context=None):
    return http.client.HTTPSConnection(host, context=context or ssl.create_default_context())


def report(host, text, context=None):
    context = context or ssl.create_default_context()
    with smtplib.SMTP_SSL(host, context=context) as server:
        server.sendmail("scale@example.net", "office@example.net", text)


def _open(url, check=True):
    context = ssl.create_default_context()
    if not check:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(url, context=context)


def weight(host):
    return _open(host).request("GET", "/weight")


class Scale:
    def __init__(self, host, verify=True):
        self.host = host
        self.session = requests.Session()
        self.session.verify = verify

    def weight(self):
        return self.session.get(f"https://{self.host}/weight").json()
