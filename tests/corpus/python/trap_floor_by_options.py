"""A floor from flags: TLS 1.2 is excluded as well, 1.3 remains; flags are added in one sum."""

import socket
import ssl

OLD = ssl.OP_NO_SSLv2 | ssl.OP_NO_SSLv3 | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1


def by_constant(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.options |= OLD
    context.load_verify_locations(ca)
    return context


def by_sum(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.options = context.options | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    context.load_verify_locations(ca)
    return context


def only_newest(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_TLSv1_2
    context.load_verify_locations(ca)
    return context


def harmless_flag_cleared(ca):
    context = ssl.create_default_context(cafile=ca)
    context.options &= ~ssl.OP_NO_COMPRESSION
    context.options &= ~ssl.OP_NO_TICKET
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def dial(host, context):
    with socket.create_connection((host, 443)) as raw:
        return context.wrap_socket(raw, server_hostname=host)


def everywhere(hosts):
    for host, make in zip(hosts, (by_constant, by_sum, only_newest, harmless_flag_cleared)):
        dial(host, make("ca.pem")).close()
