"""A client protocol without roots refuses every server; the roots come from a file or not at all."""

import http.client
import ssl


def nothing_loaded():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return http.client.HTTPSConnection("stars.example.net", context=context)


def partial_chain():
    context = ssl.create_default_context(cafile="intermediate.pem")
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return http.client.HTTPSConnection("moons.example.net", context=context)


def revocation():
    context = ssl.create_default_context(cafile="planets.pem")
    context.verify_flags = ssl.VERIFY_CRL_CHECK_LEAF
    context.keylog_filename = None
    return http.client.HTTPSConnection("planets.example.net", context=context)


def inherited():
    context = ssl.create_default_context(cadata=open("suns.pem").read())
    context.sni_callback = None
    context.set_alpn_protocols(["http/1.1"])
    return http.client.HTTPSConnection("suns.example.net", context=context)
