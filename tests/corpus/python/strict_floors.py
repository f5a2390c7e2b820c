# corpus: profile=strict
"""Notary's time stamps: what a strict reader says of defaults."""

import urllib.request
import ssl


def by_default():
    context = ssl.create_default_context()  # expect: MTLS205
    return context


def written():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def pinned():
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_default_certs()
    return context


def stamp(url, context):
    with urllib.request.urlopen(url, context=context) as reply:
        return reply.read()


def stamps():
    for make in (by_default, written, pinned):
        stamp("https://time.example.com/stamp", make())
