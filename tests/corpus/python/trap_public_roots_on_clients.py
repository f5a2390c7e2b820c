"""Bakery's supplier client: which roots, and for whom."""

import http.client
import ssl

import certifi


def public_roots():
    context = ssl.create_default_context(cafile=certifi.where())
    return http.client.HTTPSConnection("flour.example.com", context=context)


def system_roots():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return http.client.HTTPSConnection("sugar.example.com", context=context)


def paths():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_default_verify_paths()
    return http.client.HTTPSConnection("salt.example.com", context=context)


def bundle():
    context = ssl.create_default_context(cafile="/etc/ssl/certs/ca-certificates.crt")
    context.load_cert_chain("bakery.pem")
    return http.client.HTTPSConnection("yeast.example.com", context=context)
