"""Diagnosis tool: shows what a server presents, trusted or not."""

import argparse
import socket
import ssl
import sys
from datetime import datetime, timezone

import requests


def any_certificate():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # mtlslint: ignore[MTLS401] shows it, sends nothing
    return context


def chain_of(host, port):
    with socket.create_connection((host, port), timeout=5) as raw:
        with any_certificate().wrap_socket(raw, server_hostname=host) as tls:
            return tls.getpeercert(binary_form=True), tls.version(), tls.cipher()


def headers_of(url):
    # mtlslint: ignore[peer-cert-unverified] only the header HSTS is read
    return requests.head(url, verify=False, timeout=5).headers


def verdict(host, port):
    context = ssl.create_default_context()
    try:
        with socket.create_connection((host, port), timeout=5) as raw:
            with context.wrap_socket(raw, server_hostname=host) as tls:
                return tls.getpeercert(), None
    except ssl.SSLCertVerificationError as error:
        return None, error.verify_message


def days_left(cert):
    end = ssl.cert_time_to_seconds(cert["notAfter"])
    return (datetime.fromtimestamp(end, timezone.utc) - datetime.now(timezone.utc)).days


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host")
    parser.add_argument("port", nargs="?", type=int, default=443)
    args = parser.parse_args()
    der, version, cipher = chain_of(args.host, args.port)
    print(version, cipher[0])
    print(ssl.DER_cert_to_PEM_cert(der))
    print(headers_of(f"https://{args.host}:{args.port}/").get("Strict-Transport-Security", "-"))
    cert, complaint = verdict(args.host, args.port)
    if complaint:
        sys.exit(f"not trusted: {complaint}")
    print(days_left(cert), "days left")


if __name__ == "__main__":
    main()
