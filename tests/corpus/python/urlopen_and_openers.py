"""Almanac: urllib in its many forms."""

import ssl
import urllib.request
from urllib.request import HTTPSHandler, build_opener, install_opener


def lax():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


def installed():
    install_opener(build_opener(HTTPSHandler(context=lax())))


def handler():
    context = ssl._create_unverified_context()  # expect: MTLS401
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))


def direct(url):
    return urllib.request.urlopen(url, None, 10, context=ssl.SSLContext(ssl.PROTOCOL_TLSv1_2))  # expect: MTLS404


def fine(url):
    context = ssl.create_default_context(cafile="almanac.pem")
    return urllib.request.urlopen(url, context=context)


def local(url):
    context = ssl.create_default_context()
    context.load_verify_locations("almanac.pem")
    return build_opener(HTTPSHandler(context=context)).open(url)
