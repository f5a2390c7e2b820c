"""Library of a scale maker: what the callers get who say nothing."""

import http.client
import ssl

import requests


def fetch(url, verify=False):
    return requests.get(url, verify=verify).json()  # expect: MTLS401


def fetch_checked(url, verify=True):
    return requests.get(url, verify=verify).json()


def connect(host, *, mode=ssl.CERT_NONE):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = mode  # expect: MTLS401
    return http.client.HTTPSConnection(host, context=context)


def connect_with(host, context=None):
    return http.client.HTTPSConnection(host, context=context or ssl.create_default_context())


def connect_required(host, check, mode):
    context = ssl.create_default_context()
    context.verify_mode = mode
    return http.client.HTTPSConnection(host, context=context)


def weigh(host):
    connect_with(host).request("GET", "/weight")
    connect(host).request("GET", "/unit")
    return fetch(f"https://{host}/weight"), fetch_checked(f"https://{host}/unit")
