"""Certificates for peers on this machine: of an authority that programs trust, and of another."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from certificates import Holder, made
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

DAY = timedelta(days=1)
HERE = (x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
ELSEWHERE = (x509.DNSName("elsewhere.test"),)
_SIGNS = x509.KeyUsage(True, False, False, False, False, True, True, False, False)


class Files(NamedTuple):
    """Where the certificates lie; each server's and client's file holds its key, too."""

    ca: str
    server: str
    misnamed: str
    stranger: str
    client: str
    strange_client: str


def write(folder: Path) -> Files:
    """Make all certificates and write them to a folder."""
    ours, theirs = _root("facts"), _root("strangers")
    names = {
        "server": (ours, HERE),
        "misnamed": (ours, ELSEWHERE),
        "stranger": (theirs, HERE),
        "client": (ours, HERE),
        "strange_client": (theirs, HERE),
    }
    files = {"ca": ours.pem} | {
        name: b"".join((leaf.pem, leaf.private(traditional=True)))
        for name, (root, who) in names.items()
        for leaf in [_leaf(name, root, who)]
    }
    for name, data in files.items():
        (folder / f"{name}.pem").write_bytes(data)
    return Files(**{name: str(folder / f"{name}.pem") for name in files})


def _root(name: str) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    known_by = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    now = datetime.now(timezone.utc)
    return made(
        name, ca=True, key=key, extensions=(_SIGNS, known_by), begins=now - DAY, ends=now + DAY
    )


def _leaf(name: str, root: Holder, names: tuple[x509.GeneralName, ...]) -> Holder:
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    now = datetime.now(timezone.utc)
    return made(
        name,
        root,
        ca=False,
        extensions=(signer, x509.SubjectAlternativeName(names)),
        begins=now - DAY,
        ends=now + DAY,
    )
