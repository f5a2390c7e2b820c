"""Writes down what an annotation is to say: one word instead of another."""

from __future__ import annotations

import re

from mtlslint.edit import Edit, Fix, joined
from mtlslint.facts import Change
from mtlslint.model import Value
from mtlslint.source import Sources, Span

_WORDS = {
    ("auth-tls-verify-client", "client_auth", "required"): "on",
    ("auth-tls-verify-client", "client_chain", "verified"): "on",
    ("proxy-ssl-verify", "peer_chain", "verified"): "on",
    ("proxy-ssl-verify", "peer_name", "verified"): "on",
}
_ANNOTATION = re.compile(rb"""([\w-]+)["']?\s*:\s*(["']?)(\w+)["']?\s*$""")


def spell(change: Change, sources: Sources) -> Fix | None:
    """Return the edits for a change: whole, or None."""
    return joined(
        None if change.elsewhere(name) else _spelled(span, sources, name, change.values[name])
        for name, span in change.wrong()
    )


def _spelled(span: Span, sources: Sources, name: str, value: Value) -> Fix | None:
    source = sources.by_path.get(span.path)
    found = _ANNOTATION.search(source.data[span.start : span.end]) if source else None
    word = _WORDS.get((found[1].decode(), name, str(value))) if found else None
    if found is None or word is None:
        return None
    place = Span(span.path, span.start + found.start(3), span.start + found.end(3))
    # Without quotation marks, YAML reads `on` as a boolean, which no annotation may be.
    written = word if found[2] else f'"{word}"'
    return Fix(f"replace `{found[3].decode()}` by `{word}`", (Edit(place, written.encode()),))
