"""Fetches the timetable; the floor is written with the wrong family of constants."""

import json
import ssl
import urllib.request


def timetable_context():
    context = ssl.create_default_context()
    # ValueError at run time: a protocol is no version.
    context.minimum_version = ssl.PROTOCOL_TLSv1_2  # expect: MTLS902
    return context


def delays_context():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
    return context


def fetch(url, context):
    with urllib.request.urlopen(url, context=context) as reply:
        return json.load(reply)


if __name__ == "__main__":
    print(fetch("https://rail.example.com/timetable", timetable_context()))
    print(fetch("https://rail.example.com/delays", delays_context()))
