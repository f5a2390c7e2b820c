"""Whether a cipher list, in OpenSSL's language, admits what is broken.

Judged is what the list names, not what one build of OpenSSL makes of it: current builds drop RC4,
DES and EXPORT suites silently, older ones in use don't.
"""

from __future__ import annotations

import re

_WEAKNESSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no encryption", re.compile(r"^(?:e?NULL|COMPLEMENTOFALL)$|(?:^|-)NULL-")),
    ("EXPORT", re.compile(r"^EXP(?:ORT(?:40|56)?)?$|^EXP-")),
    ("RC4", re.compile(r"(?:^|-)RC4(?:-|$)")),
    ("3DES", re.compile(r"^3DES$|(?:^|-)DES-CBC3-")),
    ("DES", re.compile(r"^DES$|(?:^|-)DES-CBC-")),
    ("MD5", re.compile(r"^MD5$|-MD5$")),
    ("anonymous", re.compile(r"^(?:aNULL|ADH|AECDH)(?:-|$)")),
)
# Aliases that stand for many suites: one kind of them being ruled out leaves the others. OpenSSL
# counts 3DES and RC4 as MEDIUM since 1.1.0; builds with weak suites are in use (RHEL's).
_ALIASES = {"MEDIUM": frozenset({"RC4", "3DES"})}
# What else rules suites out, by properties that a suite's name doesn't always tell.
_BROAD = frozenset({"SHA", "SHA1", "SSLv3", "TLSv1", "TLSv1.0", "RSA", "kRSA", "aRSA", "LOW"})
_WITH_ANONYMOUS = frozenset({"ALL", "HIGH", "DEFAULT"})


def admitted(text: str) -> list[tuple[str, str]]:
    """Return what a cipher list admits that is weak: the word that does, and why it is."""
    tokens = [token for token in re.split(r"[:,;\s]+", text) if token]
    killed: set[str] = set()
    broad = False
    weak: list[tuple[str, str]] = []
    for token in tokens:
        if token.startswith(("!", "-")):
            names = _reasons(token[1:])
            weak = [one for one in weak if one[0] != token[1:] and one[1] not in names]
            if token.startswith("!"):
                killed |= {token[1:], *names}
                broad = broad or token[1:] in _BROAD
        elif not token.startswith(("+", "@")):
            reasons = _reasons(token)
            left = _ALIASES.get(token, frozenset()) - killed
            if left and token not in killed:
                weak += [(token, reason) for reason in sorted(left)]
            elif reasons and not reasons & killed and token not in killed:
                weak.append((token, sorted(reasons)[0]))
    if broad:
        weak = [one for one in weak if one[1] in ("no encryption", "anonymous")]
    # Without a security level, suites that know no server are admitted again.
    if "@SECLEVEL=0" in text and not killed & {"aNULL", "anonymous"}:
        for token in tokens:
            if token.partition("@")[0] in _WITH_ANONYMOUS:
                weak.append((f"{token.partition('@')[0]}@SECLEVEL=0", "no security level"))
    return weak


def _reasons(token: str) -> set[str]:
    """Return what is weak about a suite, an alias, or several joined by `+`."""
    token = token.partition("@")[0]
    return {
        reason
        for part in token.split("+")
        for reason, pattern in _WEAKNESSES
        if pattern.search(part)
    }
