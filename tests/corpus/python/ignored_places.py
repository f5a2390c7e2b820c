"""Bench of the sensor lab; what is wrong on purpose says so."""

import ssl

import requests


def sensor(host):
    # mtlslint: ignore[MTLS401] factory certificates, replaced in the next step
    return requests.get(f"https://{host}/id", verify=False).json()


def provision(host, payload):
    context = ssl.create_default_context(cafile="lab.pem")
    context.check_hostname = False  # mtlslint: ignore[MTLS402] called by address
    return context


def other(host):
    # mtlslint: ignore[MTLS402] this is about the name only
    return requests.get(f"https://{host}/id", verify=False).json()  # expect: MTLS401
