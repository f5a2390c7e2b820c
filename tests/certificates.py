"""Certificates, keys and revocation lists, made when a test needs them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

NOW = datetime(2027, 1, 15, tzinfo=timezone.utc)
YEAR = timedelta(days=365)
PLAIN = serialization.NoEncryption()


class Holder(NamedTuple):
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

    @property
    def pem(self) -> bytes:
        """Return the certificate in PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        """Return the certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def private(self, password: bytes = b"", traditional: bool = False) -> bytes:
        """Return the private key in PEM, with a password or without."""
        kind = serialization.PrivateFormat
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            kind.TraditionalOpenSSL if traditional else kind.PKCS8,
            serialization.BestAvailableEncryption(password) if password else PLAIN,
        )


def made(
    name: str,
    by: Holder | None = None,
    *,
    ca: bool | None = None,
    key: object = None,
    begins: datetime = NOW - YEAR,
    ends: datetime = NOW + YEAR,
    digest: hashes.HashAlgorithm | None = None,
    extensions: Iterable[x509.ExtensionType] = (),
) -> Holder:
    """Make a certificate, signed by another's key or its own; `ca` None leaves the matter open."""
    own = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
    if ca is not None:
        constraints = x509.BasicConstraints(ca=ca, path_length=None)
        builder = builder.add_extension(constraints, critical=True)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    signer = by.key if by else own
    return Holder(builder.sign(signer, _digest(signer, digest)), own)


def _digest(signer: object, digest: hashes.HashAlgorithm | None) -> hashes.HashAlgorithm | None:
    if isinstance(signer, ed25519.Ed25519PrivateKey):
        return None
    return digest or hashes.SHA256()


def revocations(by: Holder, due: datetime) -> bytes:
    """Return a revocation list in PEM that names nobody."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(due - YEAR)
        .next_update(due)
    )
    signed = builder.sign(by.key, _digest(by.key, None))
    return signed.public_bytes(serialization.Encoding.PEM)
