"""Templates of nginx configuration: tags are masked, so that what is around them can be read.

Jinja, ERB, Go templates and Handlebars differ in spelling; what matters here is the same in all:
a tag is a value, opens, parts or closes a conditional, repeats, or means nothing. Masking keeps
every byte where it was, so spans stay right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choice:
    """One arm (0-based) of the `arms` that a template's conditional has, an empty one included."""

    condition: str
    arm: int
    arms: int


_PLACEHOLDER = re.compile(
    r"\{\{|\{%|<%|%>|\}\}|\$|__\w+?__|%%?\w+%%?|@@?\w+@@?|#\{|<\w+>|\[\[\w+\]\]"
)
_TAG_NAME = re.compile(r"\{\{|\{%|<%|\$|__\w+?__|%%?\w+%%?$|@@?\w+@@?$|#\{|<\w+>$")


def literal(text: str) -> bool:
    """Whether `text` says all: no variable and no placeholder of any template in it."""
    return _PLACEHOLDER.search(text) is None


def holds_tag(name: str) -> bool:
    """Whether what stands in a directive's place is a template's placeholder."""
    return _TAG_NAME.match(name) is not None


_LEADING = re.compile(r"^(?:\{%.*?%\}|<%[^=].*?%>)", re.DOTALL)
_TRAILING = re.compile(r"(?:\{%[^{}]*%\}|<%(?!=)[^<>]*%>)$", re.DOTALL)


def strip_tags(word: str) -> str:
    """Return a word without the control tags that hug it (`ssl{% if x %}`)."""
    if "{%" not in word and "<%" not in word:
        return word
    return _TRAILING.sub("", _LEADING.sub("", word))


@dataclass(slots=True)
class _If:
    """A conditional that is being read; `last` is the arm that an `else` made the last one."""

    texts: list[str]
    arm: int = 0
    otherwise: bool = False
    loop: bool = False

    def choice(self, arm: int) -> Choice:
        arms = self.arm + (1 if self.otherwise else 2)
        condition = " | ".join(self.texts)
        negated = re.fullmatch(r"(?:not|!|unless)\s*(\S.*)", condition)
        if negated and arms == 2:
            return Choice(negated[1], 1 - arm, 2)
        return Choice(condition, arm, arms)


@dataclass(slots=True)
class Mask:
    """The masked bytes, and which conditionals are open from which offset on."""

    data: bytes
    template: bool = False
    readable: bool = True
    lenient: bool = False
    _starts: list[int] = field(default_factory=list)
    _open: list[tuple[tuple[_If, int], ...]] = field(default_factory=list)

    def choices(self, offset: int) -> tuple[Choice, ...]:
        """Return the arms that the byte at `offset` stands in, outermost first."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return ()
        return tuple(opened.choice(arm) for opened, arm in self._open[index] if not opened.loop)

    def split(self, start: int, end: int) -> bool:
        """Whether a control tag stands between two offsets."""
        return bisect_right(self._starts, start) != bisect_right(self._starts, end - 1)

    def mark(self, offset: int, stack: list[_If]) -> None:
        """Note what is open from `offset` on."""
        self._starts.append(offset)
        self._open.append(tuple((opened, opened.arm) for opened in stack))


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    kind: str  # value, if, else, loop, end, nothing, hole
    text: str = ""


_OPENERS = (
    (b"{{", b"}}"),
    (b"{%", b"%}"),
    (b"<%", b"%>"),
    (b"{#", b"#}"),
)
_ANY_OPENER = re.compile(rb"\{\{|\{%|<%|\{#")
_CONTROL = re.compile(rb"<%|\{%")


def is_templated(data: bytes) -> bool:
    """Whether control tags make it certain that the bytes are a template."""
    return _CONTROL.search(data) is not None


def _tags(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the ranges of all tags. An opener that nothing closes is none."""
    closers = dict(_OPENERS)
    missing: set[bytes] = set()
    jinja = b"{%" in data or b"{{" in data
    position = 0
    while (match := _ANY_OPENER.search(data, position)) is not None:
        opener = match[0]
        position = match.end()
        if opener in missing or (opener == b"{#" and not jinja):
            continue
        closer = closers[opener]
        if opener == b"{{" and data[position : position + 1] == b"{":
            closer = b"}}}"
        end = data.find(closer, position)
        if end == -1:
            missing.add(opener)
            continue
        position = end + len(closer)
        yield match.start(), position


_INNER = re.compile(
    r"^(?:\{\{\{?|\{%|<%|\{#)[-~+]?\s*(.*?)\s*"
    r"[-~+]?(?:\}\}\}?|%\}|%>|#\})$",
    re.DOTALL,
)
_IF = re.compile(r"(?:#?if\b|#?unless\b|#?with\b|\^)\s*(.*)", re.DOTALL)
_ELSE = re.compile(r"(?:else\s+if|elsif|elif|elseif|else|when|case)\b\s*(.*)", re.DOTALL)
_LOOP = re.compile(r"(?:for|range|#each|block|define|raw|filter|while|autoescape)\b")
_DO = re.compile(r"\bdo\s*(?:\|[^|]*\|)?$")
_END = re.compile(r"(?:end\w*\b|/\w+|\}$)")
_NOTHING = re.compile(
    r"(?:set|import|from|extends|/\*|\$\w+\s*:?=|@?\w+\s*=[^=~]|require|#|!|-|do\b|assign)"
)
_HOLE = re.compile(r"(?:include|template|render|call|tmpl\.)")


def _kind(raw: str) -> tuple[str, str]:
    """Return what a tag does, and the condition of one that opens or parts a conditional."""
    match = _INNER.match(raw)
    inner = match[1] if match else ""
    if raw.startswith(("{#", "<%#")):
        return "nothing", ""
    if raw.startswith("<%="):
        return "value", ""
    if found := _IF.match(inner):
        word = "not " if inner.lstrip("#").startswith("unless") else ""
        return "if", word + _fold(found[1])
    if found := _ELSE.match(inner):
        return "else", _fold(found[1])
    if _LOOP.match(inner) or (raw.startswith("<%") and _DO.search(inner)):
        return "loop", ""
    if _END.match(inner):
        return "end", ""
    if _NOTHING.match(inner):
        return "nothing", ""
    if raw.startswith("{{"):
        return "value", ""
    return ("hole", "") if _HOLE.match(inner) else ("nothing", "")


def _fold(condition: str) -> str:
    text = " ".join(condition.split())
    return re.sub(r"\s+then$", "", text)


_BARE = re.compile(
    rb"^[ \t]*(\$\{?\w+\}?|__\w+__|%%?\w+%%?|@@?\w+@@?|<[A-Z_]+>)[ \t]*\r?$", re.MULTILINE
)
_FILL = ord("x")


def mask(data: bytes) -> Mask:
    """Return `data` with its template tags masked."""
    masked = bytearray(data)
    result = Mask(b"", template=True, lenient=True)
    stack: list[_If] = []
    previous = 0
    for start, end in _tags(data):
        kind, text = _kind(data[start:end].decode("utf-8", "replace"))
        if kind in ("value", "hole"):
            _cover(masked, data, start, end, previous)
        else:
            _blank(masked, data, start, end)
            if not _advance(stack, kind, text):
                result.readable = False
                break
            if kind != "nothing":
                result.mark(start, stack)
        previous = end
    result.readable = result.readable and not stack
    result.data = bytes(masked)
    return result


def mask_placeholders(data: bytes) -> Mask:
    """Return `data` with the placeholders masked that stand alone in a directive's place."""
    masked = bytearray(data)
    found = False
    for match in _BARE.finditer(data):
        found = _cover(masked, data, match.start(1), match.end(1), 0) or found
    return Mask(bytes(masked) if found else data, lenient=found)


def _advance(stack: list[_If], kind: str, text: str) -> bool:
    """Follow one control tag; False if it doesn't fit."""
    if kind == "if":
        stack.append(_If([text]))
    elif kind == "loop":
        stack.append(_If([""], loop=True))
    elif kind == "end":
        if not stack:
            return False
        stack.pop()
    elif kind == "else":
        if not stack:
            return False
        top = stack[-1]
        top.arm += 1
        if text:
            top.texts.append(text)
        else:
            top.otherwise = True
    return len(stack) < 64


def _blank(masked: bytearray, data: bytes, start: int, end: int) -> None:
    """Mask a control tag: by space if it stands free, as part of the word if it hugs one."""
    before = data[start - 1 : start]
    after = data[end : end + 1]
    free = b" \t\r\n;{}>"
    hugs = (before and before not in free) or (after and after not in b" \t\r\n;{}<")
    filler = _FILL if hugs and not _alone(data, start, end) else ord(" ")
    for at in range(start, end):
        if data[at] not in b"\r\n" or filler == _FILL:
            masked[at] = filler


def _alone(data: bytes, start: int, end: int) -> bool:
    line = data.rfind(b"\n", 0, start) + 1
    stop = data.find(b"\n", end)
    rest = data[end : stop if stop != -1 else len(data)]
    return not data[line:start].strip() and not rest.strip()


def _cover(masked: bytearray, data: bytes, start: int, end: int, previous: int) -> bool:
    """Mask a value tag as a word; as a directive of its own where it stands as one."""
    for at in range(start, end):
        masked[at] = _FILL
    stop = data.find(b"\n", end)
    rest = data[end : stop if stop != -1 else len(data)].strip()
    if rest and not rest.startswith(b"#"):
        return False
    head = masked[max(0, start - 4096) : start]
    if not _statement_starts(bytes(head)):
        return False
    after = data[end : end + 4096].lstrip()
    if after[:1] in (b";", b"{") and not after.startswith((b"{{", b"{%", b"{#")):
        return False
    masked[end - 1] = ord(";")
    return True


_TRAILING_COMMENT = re.compile(rb"(?:^|(?<=[ \t;{}]))#[^\n]*$", re.MULTILINE)


def _statement_starts(head: bytes) -> bool:
    """Whether a directive may begin behind `head`, the masked bytes before it."""
    line = head.rpartition(b"\n")[2]
    if line.strip():
        return False
    text = _TRAILING_COMMENT.sub(b"", head).rstrip()
    return not text or text[-1:] in (b";", b"{", b"}")


def conditions(all_choices: Iterable[tuple[Choice, ...]]) -> dict[str, int]:
    """Return the conditions that occur and how many arms each has."""
    found: dict[str, int] = {}
    for choices in all_choices:
        for choice in choices:
            found[choice.condition] = max(found.get(choice.condition, 0), choice.arms)
    return found
