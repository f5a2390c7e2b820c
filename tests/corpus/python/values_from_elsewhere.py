"""Exporter for the billing system: settings come from constants, tables and defaults."""

import socket
import ssl

import requests

VERIFY = False
TRUST = ssl.CERT_NONE
PORT_VERSIONS = {443: ssl.TLSVersion.TLSv1_2, 8443: ssl.TLSVersion.TLSv1}
OLD = PORT_VERSIONS[8443]


def by_constant(url):
    return requests.get(url, verify=VERIFY, timeout=10).text  # expect: MTLS401


def by_local(url):
    check = VERIFY
    return requests.get(url, verify=check, timeout=10).text  # expect: MTLS401


def by_dictionary(url):
    options = {
        "timeout": 10,
        "verify": False,  # expect: MTLS401
    }
    return requests.get(url, **options).text


def by_subscript(url, args):
    options = {"timeout": 10}
    if args.insecure:
        options["verify"] = False  # expect: MTLS401
    return requests.get(url, **options).text


def by_expression(url, production):
    return requests.get(url, verify=True if production else False).text  # expect: MTLS401


def _get(url, verify=False):
    return requests.get(url, verify=verify).text  # expect: MTLS401


def by_default(url):
    return _get(url)


def _get_checked(url, verify=True):
    return requests.get(url, verify=verify).text


def by_checked_default(url):
    return _get_checked(url)


def context_by_constant():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = TRUST  # expect: MTLS401
    return context


def context_by_table():
    context = ssl.create_default_context()
    context.minimum_version = OLD  # expect: MTLS202
    return context


def context_by_tuple():
    context = ssl.create_default_context()
    context.check_hostname, context.options = True, context.options | ssl.OP_NO_TICKET
    return context


def greet(host):
    makers = (context_by_constant, context_by_table, context_by_tuple)
    for make in makers:
        with socket.create_connection((host, 443)) as raw:
            with make().wrap_socket(raw, server_hostname=host) as tls:
                print(make.__name__, tls.version())
