"""Private keys that anyone can use: PEM, DER, and either of them in base64 or hexadecimal.

Encrypted ones are none: who has only them has nothing. Neither are headings without a body.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import unhexlify

_BEGIN = re.compile(rb"-----BEGIN (?!ENCRYPTED)(?:[A-Z0-9]+ )*PRIVATE KEY-----")
_BODY = re.compile(rb"[A-Za-z0-9+/=]{16,}")
_LEAST = 60
"""Characters of base64 in the shortest key in PEM (Ed25519)."""

# The base64 of `-----BEGI`, and of a DER sequence longer than an Ed25519 key's 46 bytes.
_ENCODED = rb"LS0tLS1CRUdJTi[A-Za-z0-9+/]{60,}={0,2}|M[A-P][A-Za-z0-9+/]{60,}={0,2}"
_RUN = re.compile(rb"(?<![A-Za-z0-9+/])(?:" + _ENCODED + rb")(?![A-Za-z0-9+/])")
_HEX = re.compile(rb"(?<![0-9A-Fa-f])30[0-9A-Fa-f]{90,}(?![0-9A-Fa-f])")
_HINTS = (
    re.compile(rb"PRIVATE KEY-----"),
    re.compile(rb"LS0tLS1CRUdJTi"),
    re.compile(rb"M[A-P][A-Za-z0-9+/]{40}"),
    re.compile(rb"30[0-9A-Fa-f]{90}"),
)
_BREAKS = re.compile(rb"\\[nr]|[\\\s\"']+")

_SEQUENCE, _INTEGER, _OCTETS, _NAME = 0x30, 0x02, 0x04, 0x06


def may_hold_key(data: bytes) -> bool:
    """Whether it is worth looking through a file for keys."""
    return any(pattern.search(data) for pattern in _HINTS)


def key_hints(data: bytes) -> list[int]:
    """Return byte offsets in all texts in which it is worth looking for keys."""
    return [match.start() for pattern in _HINTS for match in pattern.finditer(data)]


def key_in(data: bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Return the byte offsets of a private key's beginning in a text, on one line; None if none."""
    end = len(data) if end is None else end
    match = _BEGIN.search(data, start, end)
    if match is not None:
        finish = data.find(b"-----END", match.end(), end)
        body = data[match.end() : finish if finish != -1 else end]
        found = b"Proc-Type: 4,ENCRYPTED" not in body and _length(body) >= _LEAST
        return match.span() if found else None
    if data.find(b"-----BEGIN", start, end) != -1:
        return None
    for run in _RUN.finditer(data, start, end):
        if _is_encoded(run[0]):
            return run.span()
    for run in _HEX.finditer(data, start, end):
        if len(run[0]) % 2 == 0 and is_der_key(unhexlify(run[0])):
            return run.span()
    if end - start < 100_000 and _is_encoded(_BREAKS.sub(b"", data[start:end])):
        line = data.find(b"\n", start, end)
        return start, line if line != -1 else end
    return None


def holds_key(data: bytes) -> bool:
    """Whether a file holds a private key, in PEM or DER."""
    return is_der_key(data) or (may_hold_key(data) and key_in(data) is not None)


def is_locked_key(data: bytes) -> bool:
    """Whether a file holds a private key in PEM that needs a password."""
    if b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in data:
        return True
    return _BEGIN.search(data) is not None and b"Proc-Type: 4,ENCRYPTED" in data


def _length(body: bytes) -> int:
    return sum(len(piece) for piece in _BODY.findall(body))


def _is_encoded(text: bytes) -> bool:
    if not re.fullmatch(_ENCODED, text):
        return False
    try:
        data = b64decode(text + b"=" * (-len(text) % 4))
    except ValueError:
        return False
    return is_der_key(data) or (data.startswith(b"-----BEGIN") and key_in(data) is not None)


def is_der_key(data: bytes) -> bool:
    """Whether bytes are exactly one PKCS#8, PKCS#1 or SEC 1 private key (RFC 5208, 8017, 5915)."""
    whole = _element(data, 0)
    if whole is None or whole[0] != _SEQUENCE or whole[2] != len(data):
        return False
    version = _element(data, whole[1])
    if version is None or version[0] != _INTEGER or version[2] - version[1] != 1:
        return False
    number, second = data[version[1]], _element(data, version[2])
    if second is None:
        return False
    tag, begin, end = second
    if tag == _SEQUENCE and number in (0, 1):
        name, key = _element(data, begin), _element(data, end)
        return name is not None and name[0] == _NAME and key is not None and key[0] == _OCTETS
    if tag == _INTEGER:
        return number == 0 and end - begin >= 32
    return tag == _OCTETS and number == 1 and 16 <= end - begin <= 72


def is_pkcs12(data: bytes) -> bool:
    """Whether bytes are a PKCS#12 store (RFC 7292), which holds a key under a password."""
    whole = _element(data, 0)
    version = _element(data, whole[1]) if whole is not None and whole[0] == _SEQUENCE else None
    if version is None or version[0] != _INTEGER or data[version[1] : version[2]] != b"\x03":
        return False
    content = _element(data, version[2])
    return content is not None and content[0] == _SEQUENCE


def _element(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return a DER element's tag and where its content begins and ends."""
    if at + 2 > len(data):
        return None
    tag, length, begin = data[at], data[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or begin + count > len(data):
            return None
        length = int.from_bytes(data[begin : begin + count], "big")
        begin += count
    return (tag, begin, begin + length) if begin + length <= len(data) else None


_KEY_NAME = re.compile(
    r"\.key$|(?:^|[^a-z])key\.(?:pem|der|rsa|p8|pk8)$|priv(?:ate)?[-_.]?key|^id_(?:rsa|ecdsa|ed25519)$"
)
_OTHER_KEY = re.compile(r"pub|licen[cs]e|api")


def is_key_name(name: str) -> bool:
    """Whether a file's name says that it is a private key."""
    base = name.rpartition("/")[2].lower()
    return _KEY_NAME.search(base) is not None and _OTHER_KEY.search(base) is None
