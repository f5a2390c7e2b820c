"""Trading hours: the same calls under other names."""

import http.client as client
import smtplib as mail
import ssl as _s
from ssl import CERT_NONE as NOTHING
from ssl import SSLContext as Context
from urllib import request

import requests as http
from requests import get as fetch


def one(url):
    return http.get(url, verify=False).text  # expect: MTLS401


def two(url):
    return fetch(url, verify=False).text  # expect: MTLS401


def three(host):
    context = Context(_s.PROTOCOL_TLS_CLIENT)
    context.minimum_version = _s.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = NOTHING  # expect: MTLS401
    return client.HTTPSConnection(host, context=context)


def four(url):
    return request.urlopen(url, context=_s._create_unverified_context())  # expect: MTLS401


def five(host):
    return mail.SMTP_SSL(host)  # expect: MTLS404


def six(host):
    make = _s.create_default_context
    context = make()
    context.check_hostname = False  # expect: MTLS402
    return client.HTTPSConnection(host, context=context)
