"""Library of a scale maker: what the callers get who say nothing."""

import http.client
import smtplib
import ssl

import requests


def fetch(url, verify=False):
    return requests.get(url, verify=verify).json()  # expect: MTLS401


def connect(host, *, mode=ssl.CERT_NONE):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = mode  # expect: MTLS401
    return http.client.HTTPSConnection(host, context=context)


def report(host, text, context=None):
    with smtplib.SMTP_SSL(host, context=context) as server:  # expect: MTLS404
        server.sendmail("scale@example.net", "office@example.net", text)


class Scale:
    def __init__(self, host, verify=False, cert=None):
        self.host = host
        self.session = requests.Session()
        self.session.verify = verify  # expect: MTLS401
        self.session.cert = cert

    def weight(self):
        return self.session.get(f"https://{self.host}/weight").json()

    def tare(self, timeout=3, verify=False):
        url = f"https://{self.host}/tare"
        return requests.post(url, timeout=timeout, verify=verify)  # expect: MTLS401
