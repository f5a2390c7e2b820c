"""Parcel tracking: functions of the library under names of one's own."""

import ssl

import requests

get = requests.get
make_context = ssl.create_default_context
lax_context = ssl._create_unverified_context


def track(url):
    return get(url, verify=False)  # expect: MTLS401


def track_checked(url):
    return get(url, timeout=5)


def pages(host):
    from http.client import HTTPSConnection

    return HTTPSConnection(host, context=make_context(cafile="parcels.pem"))


def drafts(host):
    from http.client import HTTPSConnection

    return HTTPSConnection(host, context=lax_context())  # expect: MTLS401
