"""Both ends of the meter readings' way to the collector, with what was renewed."""

import os
import shutil
import ssl
from pathlib import Path

HERE = Path(__file__).parent
# Both, until the last meter has been given a certificate by the new one.
PARTNERS = os.path.join(os.path.dirname(__file__), "pki", "partners.pem")


def inward():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("pki/collector.pem", os.environ["COLLECTOR_KEY"])
    context.load_verify_locations(PARTNERS)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def outward():
    # The archive's own certificate is pinned (PARTIAL_CHAIN, from Python 3.13 on).
    context = ssl.create_default_context(cafile=HERE / "pki" / "archive.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("/run/secrets/collector.pem", "/run/secrets/collector.key")
    return context


def retire(folder):
    """Move what has expired out of the way; `old.pem` is the one that is there for show."""
    if os.path.exists("pki/old.pem"):
        shutil.move("pki/old.pem", folder)
    for name in sorted(os.listdir(folder)):
        if name == "pki/old.pem" or name.endswith("old.pem"):
            print("retired:", "pki/old.pem")
