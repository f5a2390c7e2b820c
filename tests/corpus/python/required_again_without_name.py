"""Probe: switched off for one call, then back on, and half of it stays off."""

import http.client
import ssl


def half_repaired(host):
    context = ssl.create_default_context()
    context.check_hostname = False  # expect: MTLS402
    context.verify_mode = ssl.CERT_NONE
    context.verify_mode = ssl.CERT_REQUIRED
    return http.client.HTTPSConnection(host, context=context)


def repaired(host):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    return http.client.HTTPSConnection(host, context=context)


def unverified_repaired(host):
    context = ssl._create_unverified_context(cafile="ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    return http.client.HTTPSConnection(host, context=context)


def bare_chain_only(host):
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)  # expect: MTLS402
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_default_certs()
    return http.client.HTTPSConnection(host, context=context)
