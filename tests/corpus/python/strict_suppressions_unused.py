# corpus: profile=strict
"""Mill: suppressions, of which two have nothing left to suppress."""

import ssl

import requests


def flour(url):
    # expect: MTLS903
    return requests.get(url, verify="mill.pem").json()  # mtlslint: ignore[MTLS401] mill's own CA


def grain(host):
    context = ssl.create_default_context(cafile="mill.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    # expect: MTLS903
    context.check_hostname = True  # mtlslint: ignore[MTLS402] by address once
    return context.wrap_socket, host


def water(url):
    return requests.get(url, verify=False)  # mtlslint: ignore[MTLS401] the meter has no CA
