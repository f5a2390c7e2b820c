"""Reads certificates and revocation lists, in PEM or DER. Any bytes; never raises.

`cryptography` is imported when there is one to be read, and not before.
"""

from __future__ import annotations

import re
import warnings
from base64 import b64decode
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.keys import holds_key, is_der_key, is_locked_key

if TYPE_CHECKING:
    from cryptography import x509

LIMIT = 400
"""Certificates of one file that are read: Mozilla's whole bundle has 150."""

_BLOCK = re.compile(
    rb"-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE|X509 CRL)-----"
    rb"([A-Za-z0-9+/=\s]{0,200000})-----END"
)
_CRL = b"X509 CRL"
_LEAST_RSA, _LEAST_EC = 2048, 224
_BROKEN_HASHES = frozenset({"md5", "sha1"})


class Certificate(NamedTuple):
    """What matters of a certificate. `issues`: may sign others; None if that isn't known.

    `weak_key` and `weak_signature` say what is weak, "" if nothing is.
    """

    name: str
    subject: bytes
    issuer: bytes
    starts: date
    ends: date
    issues: bool | None
    weak_key: str
    weak_signature: str
    read: x509.Certificate

    @property
    def self_issued(self) -> bool:
        """Whether it is its own issuer, as roots are."""
        return self.subject == self.issuer

    def issued(self, other: Certificate) -> bool:
        """Whether this one's key signed another."""
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

        if self.subject != other.issuer:
            return False
        try:
            other.read.verify_directly_issued_by(self.read)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            return False
        return True


class RevocationList(NamedTuple):
    """A CRL: whose it is, and when the next one is due (None: never)."""

    issuer: bytes
    due: date | None


class Contents(NamedTuple):
    """What a file holds. `key`: a private key; `locked`: one that needs a password."""

    certificates: tuple[Certificate, ...] = ()
    lists: tuple[RevocationList, ...] = ()
    key: bool = False
    locked: bool = False


def contents(data: bytes) -> Contents:
    """Read a file. What isn't understood of it is left out."""
    certificates: list[Certificate] = []
    lists: list[RevocationList] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of serial numbers and names that we don't judge
        for label, der in _parts(data):
            if label == _CRL:
                lists += _list(der)
            elif len(certificates) < LIMIT:
                certificates += _certificate(der)
    return Contents(tuple(certificates), tuple(lists), holds_key(data), is_locked_key(data))


def _parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what stands in PEM, or the whole where it may be DER: (label, DER)."""
    found = False
    for block in _BLOCK.finditer(data):
        found = True
        try:
            yield block[1], _first(b64decode(block[2]))
        except ValueError:
            continue  # no base64: nobody can read it
    if not found and data[:1] == b"\x30" and not is_der_key(data):
        yield b"CERTIFICATE", data
        yield _CRL, data


def _first(der: bytes) -> bytes:
    """Return the first DER element: a TRUSTED CERTIFICATE has more behind it (OpenSSL)."""
    if len(der) > 4 and der[0] == 0x30 and der[1] == 0x82:
        return der[: 4 + int.from_bytes(der[2:4], "big")]
    return der


def _certificate(der: bytes) -> tuple[Certificate, ...]:
    from cryptography import x509

    try:
        return (_judged(x509.load_der_x509_certificate(der)),)
    except _unreadable():
        return ()


def _judged(read: x509.Certificate) -> Certificate:
    return Certificate(
        name=_name(read),
        subject=read.subject.public_bytes(),
        issuer=read.issuer.public_bytes(),
        starts=read.not_valid_before_utc.date(),
        ends=read.not_valid_after_utc.date(),
        issues=_issues(read),
        weak_key=_weak_key(read),
        weak_signature=_weak_signature(read),
        read=read,
    )


def _name(read: x509.Certificate) -> str:
    """Return the common name, else the whole subject, on one line."""
    from cryptography.x509.oid import NameOID

    common = read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    text = str(common[0].value) if common else read.subject.rfc4514_string()
    return " ".join(text.split())[:80] or "without a name"


def _issues(read: x509.Certificate) -> bool | None:
    """Apply what OpenSSL's `X509_check_ca` does: version 1 roots count as CAs."""
    from cryptography import x509

    if read.version is x509.Version.v1:
        return read.subject == read.issuer
    try:
        extensions = read.extensions
    except _unreadable():
        return None
    for extension in extensions:
        if isinstance(extension.value, x509.BasicConstraints):
            return extension.value.ca
    usages = (one.value for one in extensions if isinstance(one.value, x509.KeyUsage))
    return any(usage.key_cert_sign for usage in usages)


def _weak_key(read: x509.Certificate) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

    try:
        key = read.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return ""
    if isinstance(key, dsa.DSAPublicKey):
        return "a DSA key"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA:
        return f"an RSA key of {key.key_size} bits"
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size < _LEAST_EC:
        return f"an elliptic curve key of {key.curve.key_size} bits"
    return ""


def _weak_signature(read: x509.Certificate) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        algorithm = read.signature_hash_algorithm
    except (ValueError, UnsupportedAlgorithm):
        return ""
    if algorithm is None or algorithm.name not in _BROKEN_HASHES:
        return ""
    return f"a signature with {algorithm.name.upper()}"


def _list(der: bytes) -> tuple[RevocationList, ...]:
    from cryptography import x509

    try:
        read = x509.load_der_x509_crl(der)
        due = read.next_update_utc
        return (RevocationList(read.issuer.public_bytes(), due.date() if due else None),)
    except _unreadable():
        return ()


def _unreadable() -> tuple[type[Exception], ...]:
    """Return what `cryptography` raises of bytes that are no certificate.

    KeyError: kinds of text that it doesn't know (version 42).
    """
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    return (
        *(ValueError, TypeError, OverflowError, KeyError, UnsupportedAlgorithm),
        *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
    )
