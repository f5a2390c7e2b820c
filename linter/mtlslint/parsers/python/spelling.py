"""Writes down in Python what settings are to be: one word instead of another.

The table `spell` of `api.yaml` says per setting and wanted value which words give way to which. A
setting's place is a whole argument, assignment or pair of a dictionary, and what is given is its
last word. Where that is computed, chosen or imported by a bare name, nothing is written.
"""

from __future__ import annotations

import re

from mtlslint.edit import Edit, Fix, joined
from mtlslint.facts import Change
from mtlslint.model import Value
from mtlslint.source import Sources, Span

_GIVEN = re.compile(r"""[=:]\s*(?P<holder>[\w.]+\.)?(?P<word>\w+|"\w*"|'\w*')\s*$""")


def spell(change: Change, sources: Sources) -> Fix | None:
    """Return the edits for a change: whole, or None."""
    return joined(
        None if change.elsewhere(name) else _spelled(span, sources, name, change.values[name])
        for name, span in change.wrong()
    )


def _spelled(span: Span, sources: Sources, name: str, value: Value) -> Fix | None:
    source = sources.by_path.get(span.path)
    text = source.data[span.start : span.end] if source is not None else b""
    # Offsets are those of bytes.
    given = _GIVEN.search(text.decode("latin-1"))
    if given is None:
        return None
    word = given["word"]
    new = _instead(word, name, value)
    if new is None or (new.isidentifier() and new not in ("True", "False") and not given["holder"]):
        return None  # What a bare name means has to be imported first.
    start = span.start + given.start("word")
    place = Span(span.path, start, start + len(word))
    return Fix(f"replace `{word}` by `{new}`", (Edit(place, new.encode()),))


def _instead(word: str, name: str, value: Value) -> str | None:
    """Return what is written instead of a word, in quotation marks of the same kind."""
    from mtlslint.parsers.python import language

    words = language().api.spellings.get(name, {}).get(str(value), {})
    mark = word[0] if word[0] in "\"'" else ""
    new = words.get(f'"{word[1:-1]}"' if mark else word)
    return f"{mark}{new[1:-1]}{mark}" if new and mark else new
