"""Outgoing connections. Public roots are right where *servers* are checked."""

import socket
import ssl
import urllib.request

import certifi

BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def browser_like():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    return context


def bundled():
    context = ssl.create_default_context(cafile=certifi.where())
    return context


def distribution():
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=BUNDLE)
    context.load_cert_chain("/etc/agent/client.pem", "/etc/agent/client.key")
    return context


def by_hand():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_default_verify_paths()
    context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return context


def subject_of(host, port=443):
    with socket.create_connection((host, port), timeout=10) as raw:
        with browser_like().wrap_socket(raw, server_hostname=host) as tls:
            return tls.getpeercert()["subject"]


def download(url, target):
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=bundled()))
    with opener.open(url, timeout=60) as response, open(target, "wb") as out:
        while True:
            block = response.read(1 << 20)
            if not block:
                return target
            out.write(block)


def ping(host):
    for context in (distribution(), by_hand()):
        with socket.create_connection((host, 8443)) as raw:
            with context.wrap_socket(raw, server_hostname=host) as tls:
                tls.sendall(b"PING\r\n")
                print(host, tls.version(), tls.recv(16))


if __name__ == "__main__":
    print(subject_of("example.org"))
    print(download("https://example.org/big.iso", "/tmp/big.iso"))
    ping("agents.example.org")
