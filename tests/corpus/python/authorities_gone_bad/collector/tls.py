"""Both ends of the meter readings' way to the collector."""

import os
import ssl
from pathlib import Path

HERE = Path(__file__).parent
PARTNERS = os.path.join(os.path.dirname(__file__), "pki", "partners.pem")  # expect: MTLS604


def inward():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(
        "pki/collector.pem",  # expect: MTLS604
        os.environ["COLLECTOR_KEY"],
    )
    context.load_verify_locations(PARTNERS)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def outward():
    context = ssl.create_default_context(cafile=HERE / "pki" / "archive.pem")  # expect: MTLS604
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(os.environ["COLLECTOR_PEM"], os.environ["COLLECTOR_KEY"])
    return context


def fetch(session, url):
    return session.get(url, verify="pki/partners.pem", timeout=5)  # expect: MTLS604
