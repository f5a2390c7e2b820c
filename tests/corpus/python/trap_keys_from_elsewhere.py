"""Ski lift: keys from the environment, from a vault, made on the spot; none of them is here."""

import os
import ssl

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

HEADER = "-----BEGIN PRIVATE KEY-----"


def from_environment(folder):
    name = os.path.join(folder, "lift.key")
    with open(name, "w") as file:
        file.write(os.environ["LIFT_KEY"])
    return name


def fresh(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    assert pem.startswith(HEADER.encode())
    name = os.path.join(folder, "fresh.key")
    with open(name, "wb") as file:
        file.write(pem)
    return name


def context(folder):
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/lift/riders.pem")
    made.load_cert_chain("/etc/lift/lift.pem", from_environment(folder))
    made.verify_mode = ssl.CERT_REQUIRED
    return made
