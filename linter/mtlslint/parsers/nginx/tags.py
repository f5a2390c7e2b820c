"""Template tags: where they stand, and what they do.

Jinja, ERB, Go templates and Handlebars differ in spelling; what matters here is the same in all:
a tag is a value, opens, parts or closes a conditional, repeats, or means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum


class Effect(Enum):
    """What a tag does."""

    VALUE = "value"  # puts text here; a hole where a directive belongs
    IF = "if"
    ELSE = "else"
    LOOP = "loop"
    END = "end"
    NOTHING = "nothing"


_CLOSERS = {b"{{": b"}}", b"{%": b"%}", b"<%": b"%>", b"{#": b"#}"}
_OPENER = re.compile(rb"\{\{|\{%|<%|\{#")
_CONTROL = re.compile(rb"<%|\{%")


def is_templated(data: bytes) -> bool:
    """Whether control tags make it certain that the bytes are a template."""
    return _CONTROL.search(data) is not None


def tags(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the ranges of all tags. An opener that nothing closes is none."""
    missing: set[bytes] = set()
    other = b"{%" in data or b"{{" in data
    position = 0
    while (match := _OPENER.search(data, position)) is not None:
        opener = match[0]
        position = match.end()
        # `server {# comment` is nginx; Jinja's comments come with other tags of Jinja.
        if opener in missing or (opener == b"{#" and not other):
            continue
        closer = _CLOSERS[opener]
        if opener == b"{{" and data[position : position + 1] == b"{":
            closer = b"}}}"
        end = data.find(closer, position)
        if end == -1:
            missing.add(opener)
            continue
        position = end + len(closer)
        yield match.start(), position


_INNER = re.compile(
    r"^(?:\{\{\{?|\{%|<%|\{#)[-~+]?\s*(.*?)\s*[-~+]?(?:\}\}\}?|%\}|%>|#\})$", re.DOTALL
)
_RULES: tuple[tuple[re.Pattern[str], Effect], ...] = (
    (re.compile(r"#?(?:if|with)\b\s*(?P<text>.*)", re.DOTALL), Effect.IF),
    (re.compile(r"#?(?P<text>unless\b.*)", re.DOTALL), Effect.IF),
    (re.compile(r"(?:case\b|\^)\s*(?P<text>.*)", re.DOTALL), Effect.IF),
    (
        re.compile(r"(?:else\s+if|elsif|elif|elseif|else|when)\b\s*(?P<text>.*)", re.DOTALL),
        Effect.ELSE,
    ),
    (re.compile(r"(?:for|range|block|define|raw|filter|while|autoescape)\b"), Effect.LOOP),
    (re.compile(r"#(?P<text>(?:if\w+\s.*|[\w./-]+))$", re.DOTALL), Effect.IF),
    (re.compile(r"#[\w./-]+\s"), Effect.LOOP),
    (re.compile(r"(?:end\w*\b|/\s*\w+|\}$)"), Effect.END),
    (
        re.compile(
            r"(?:set|import|from|extends|/\*|\$\w+\s*:?=|@?\w+\s*=[^=~]|require|#|!|-|do\b|assign)"
        ),
        Effect.NOTHING,
    ),
)
_DO = re.compile(r"\bdo\s*(?:\|[^|]*\|)?$")
_ASSIGNED = re.compile(r"@?\w+\s*=\s*((?:if|unless|case)\b.*)")
_CALLED = re.compile(r"(?:include|template|render|call|tmpl\.)")


def effects(raw: str) -> list[tuple[Effect, str]]:
    """Return what a tag does, and the condition where it opens or parts a conditional.

    ERB's code may span lines, each of which may open or close something.
    """
    if raw.startswith(("{#", "<%#")):
        return [(Effect.NOTHING, "")]
    if raw.startswith("<%="):
        return [(Effect.VALUE, "")]
    match = _INNER.match(raw)
    inner = match[1] if match else ""
    if not raw.startswith("<%"):
        return [_effect(inner, raw)]
    lines = [line.strip() for line in inner.splitlines() if line.strip()]
    found = [_ruby(line) for line in lines]
    return [each for each in found if each[0] is not Effect.NOTHING] or [(Effect.NOTHING, "")]


def _effect(inner: str, raw: str) -> tuple[Effect, str]:
    for pattern, effect in _RULES:
        if match := pattern.match(inner):
            return effect, _fold(match.groupdict().get("text") or "")
    if raw.startswith("{{") or _CALLED.match(inner):
        return Effect.VALUE, ""
    return Effect.NOTHING, ""


def _ruby(line: str) -> tuple[Effect, str]:
    if _DO.search(line):
        return Effect.LOOP, ""
    assigned = _ASSIGNED.match(line)
    effect, text = _effect(assigned[1] if assigned else line, "<%")
    # `next if x` and `a = b if c` open nothing.
    return (effect, text) if effect is not Effect.VALUE else (Effect.NOTHING, "")


def _fold(condition: str) -> str:
    text = " ".join(condition.split())
    return re.sub(r"\s+then$", "", text)
