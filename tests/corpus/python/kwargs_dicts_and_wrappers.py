"""Parcel labels: options travel through dicts, merges and wrappers."""

import requests

COMMON = {"timeout": 10, "headers": {"X-Client": "labels"}}
LAX = {**COMMON, "verify": False}  # expect: MTLS401


def label(url):
    return requests.get(url, **LAX).content


def price(url):
    return requests.get(url, **COMMON).json()


def track(url, **options):
    options.setdefault("timeout", 3)
    return requests.get(url, **options).json()


def merged(url):
    options = dict(COMMON, verify=False)  # expect: MTLS401
    return requests.post(url, **options)


def updated(url):
    options = dict(COMMON)
    options.update(verify=False)  # expect: MTLS401
    return requests.put(url, **options)


def checked(url):
    options = dict(COMMON, verify=False)
    options["verify"] = True
    return requests.get(url, **options)


def popped(url):
    options = dict(COMMON, verify="/etc/labels/ca.pem")
    return requests.get(url, **options)
