"""Mirrors package indexes through urllib3, which knows several words for the same."""

import ssl

import urllib3

urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)


def short_word():
    return urllib3.PoolManager(cert_reqs="NONE")  # expect: MTLS401


def number(host):
    return urllib3.HTTPSConnectionPool(host, 443, cert_reqs=0)  # expect: MTLS401


def through_proxy():
    return urllib3.ProxyManager(
        "http://proxy.example.net:3128",
        cert_reqs="CERT_NONE",  # expect: MTLS401
    )


def from_url(url):
    return urllib3.connection_from_url(url, assert_hostname=False)  # expect: MTLS402


def checked():
    return urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs="/etc/mirror/ca.pem")


def again_checked():
    context = ssl.create_default_context()
    return urllib3.PoolManager(ssl_context=context, retries=urllib3.Retry(3))


def default():
    return urllib3.PoolManager(maxsize=10).request("GET", "https://pypi.example.org/simple/")
