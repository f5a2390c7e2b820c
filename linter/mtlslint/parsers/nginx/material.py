"""Trust material that is written into the configuration itself (`data:`, nginx 1.15.10)."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.facts import Facts
from mtlslint.model import Material
from mtlslint.parsers.nginx.tree import walk


def materials(facts: Facts) -> Iterator[Material]:
    """Yield the private keys that a file holds.

    Keys in files aren't judged: whether one that lies in the project is the one that is installed,
    and in clear text, can't be seen from its name.
    """
    for each in walk(facts.tree or ()):
        named = each.name.endswith(("ssl_certificate_key", "ssl_certificate"))
        if named and any(_holds_key(arg) for arg in each.args):
            yield Material(each.name, "key", "embedded", each.span, "written in place")


def _holds_key(text: str) -> bool:
    return text.startswith("data:") and "-----BEGIN" in text and "PRIVATE KEY-----" in text
