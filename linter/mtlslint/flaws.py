"""What is wrong with trust material, judged by what it is used as, and how deep its chains are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mtlslint.model import Role
from mtlslint.pem import Certificate, Contents

TRUSTED = frozenset({Role.CA, Role.ANCHOR, Role.STAPLING})

_CHAIN_LIMIT = 12
_BUNDLE = 30
"""Files of more certificates are somebody's collection: nobody's chains are that long."""


class Flaw(NamedTuple):
    """What is wrong, as the model's `flaw`, and with which certificate."""

    kind: str
    note: str


def flaws(role: Role, held: Contents, today: date) -> Iterator[Flaw]:
    """Yield what is wrong with a file, the worst first."""
    certificates = held.certificates
    if role is Role.CRL:
        yield from _overdue(held, today)
    elif role in TRUSTED or (role is Role.ANY and certificates and certificates[0].self_issued):
        if held.key and role in TRUSTED:
            yield Flaw("private-key-inside", "whoever is given the file can issue certificates")
        yield from _untimely(certificates, today)
        if role is Role.CA:
            yield from _no_authority(certificates)
        yield from _weak([each for each in certificates if each.ends >= today], role is Role.CA)
    elif role is not Role.KEY and certificates:
        chain = _chain(certificates, today)
        for each in chain:
            yield from _untimely([each], today)
        yield from _weak(chain, True)


def _overdue(held: Contents, today: date) -> Iterator[Flaw]:
    current = {each.issuer for each in held.lists if each.due is None or each.due >= today}
    for each in held.lists:
        if each.due is not None and each.issuer not in current:
            yield Flaw("expired", f"the next one was due on {each.due}")


def _untimely(certificates: Iterable[Certificate], today: date) -> Iterator[Flaw]:
    """Yield that none of the certificates is valid today; of several, one that is will do."""
    latest = max(certificates, key=lambda each: (each.starts <= today, each.ends), default=None)
    if latest is None:
        return
    if latest.ends < today:
        yield Flaw("expired", f"{latest.name} expired on {latest.ends}")
    elif latest.starts > today + timedelta(days=1):
        yield Flaw("not-yet-valid", f"{latest.name} is valid from {latest.starts}")


def _no_authority(certificates: Sequence[Certificate]) -> Iterator[Flaw]:
    """Yield that no chain can end here; a certificate that is its own issuer is pinned."""
    if certificates and not any(
        each.self_issued or each.issues is not False for each in certificates
    ):
        yield Flaw("not-a-ca", f"{certificates[0].name} may not issue certificates")


def _weak(certificates: Iterable[Certificate], signed: bool) -> Iterator[Flaw]:
    """Yield weak keys and, where signatures are checked, those with broken hashes."""
    for each in certificates:
        if each.weak_key:
            yield Flaw("weak-key", f"{each.name} has {each.weak_key}")
        elif signed and each.weak_signature and not each.self_issued:
            yield Flaw("weak-signature", f"{each.name} has {each.weak_signature}")


def _chain(certificates: Sequence[Certificate], today: date) -> list[Certificate]:
    """Return the first certificate and what leads from it to a root, which peers have."""
    chain = [certificates[0]]
    while len(chain) < _CHAIN_LIMIT and not chain[-1].self_issued:
        issuers = [each for each in certificates if each not in chain and each.issued(chain[-1])]
        if not issuers:
            break
        chain.append(max(issuers, key=lambda each: (each.starts <= today, each.ends)))
    return [each for each in chain if each is chain[0] or not each.self_issued]


def needed_depth(held: Contents, today: date) -> int:
    """Return how many intermediates the longest chain of a CA file has; 0 if that isn't certain."""
    certificates = [each for each in held.certificates if each.ends >= today]
    if len(certificates) > _BUNDLE:
        return 0
    above = {
        at: max(
            (up for up, one in enumerate(certificates) if up != at and one.issued(each)),
            key=lambda up: certificates[up].self_issued,
            default=None,
        )
        for at, each in enumerate(certificates)
        if not each.self_issued
    }
    return max((_steps(at, above) for at in above if certificates[at].issues), default=0)


def _steps(at: int, above: Mapping[int, int | None]) -> int:
    """Count the intermediates from one up to a root that is there; 0 if none is."""
    count, current = 0, at
    while current in above:
        following = above[current]
        count += 1
        if following is None or count > len(above):
            return 0
        current = following
    return count
