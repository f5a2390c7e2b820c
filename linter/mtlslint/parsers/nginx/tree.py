"""The directives of one file as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.facts import Comment
from mtlslint.model import Problem
from mtlslint.parsers.nginx.lexer import Kind, Lexer, Token, value
from mtlslint.parsers.nginx.placeholder import holds_tag, strip_tags
from mtlslint.parsers.nginx.template import Choice, Mask
from mtlslint.source import Span

DEPTH_LIMIT = 48  # nginx itself nests a handful deep; pickle and people stop somewhere too


class Directive(NamedTuple):
    """A directive: `span` is its head, name and arguments, cut at the end of the first line.

    `when` are the template conditions it stands under, `via` the includes that brought it here.
    `fluid`: a template tag stands inside the head, so not all arguments are there on every path.
    `ghost`: isn't there on the path looked at, but might be; says where it is.
    """

    name: str
    args: tuple[str, ...]
    span: Span
    block: tuple[Directive, ...] | None = None
    when: tuple[Choice, ...] = ()
    via: tuple[Span, ...] = ()
    fluid: bool = False
    ghost: str = ""

    @property
    def hole(self) -> bool:
        """Whether anything may stand here: a template tag in the place of a directive."""
        return holds_tag(self.name)


def walk(directives: tuple[Directive, ...]) -> Iterator[Directive]:
    """Yield all directives at any depth, in the order of the file."""
    stack = [iter(directives)]
    while stack:
        directive = next(stack[-1], None)
        if directive is None:
            stack.pop()
            continue
        yield directive
        if directive.block:
            stack.append(iter(directive.block))


class Tree(NamedTuple):
    """What was read of a file."""

    directives: tuple[Directive, ...]
    comments: tuple[Comment, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Open:
    """A block that is being read, with the head that opened it (None: the file itself)."""

    def __init__(self, head: Directive | None, start: int = 0) -> None:
        self.head = head
        self.start = start
        self.inner: list[Directive] = []


_LUA_BLOCK = re.compile(r"\w+_by_lua_block$")
_OURS = re.compile(rb"#+\s*mtlslint:\s*([^\r\n]*)")


class Builder:
    """Builds the tree of one file in one pass, without recursion."""

    def __init__(self, path: str, data: bytes, mask: Mask) -> None:
        self._path = path
        self._data = data
        self._mask = mask
        self._lexer = Lexer(mask.data)
        self._stack = [_Open(None)]
        self._words: list[Token] = []
        self._comments: list[Comment] = []
        self._problems: list[Problem] = []
        self._buried = 0  # blocks open below DEPTH_LIMIT, whose content is dropped

    def build(self) -> Tree:
        """Read everything; what can't be read becomes a problem."""
        while (token := self._lexer.next()) is not None:
            if token.kind in (Kind.WORD, Kind.QUOTED):
                self._words.append(token)
            elif token.kind is Kind.COMMENT:
                self._comment(token)
            elif token.kind is Kind.END:
                self._end(token)
            elif token.kind is Kind.OPEN:
                self._open(token)
            elif token.kind is Kind.CLOSE:
                self._close(token)
            else:
                self._problem("quote is never closed", token.start, token.end)
                break
        self._finish()
        return Tree(tuple(self._stack[0].inner), tuple(self._comments), tuple(self._problems))

    def _problem(self, message: str, start: int, end: int) -> None:
        if len(self._problems) < 20:
            self._problems.append(Problem(self._path, message, Span(self._path, start, end)))

    def _comment(self, token: Token) -> None:
        match = _OURS.match(self._data, token.start, token.end)
        if match is None:
            return
        line = self._data.rfind(b"\n", 0, token.start) + 1
        alone = not self._data[line : token.start].strip()
        text = match[1].decode("utf-8", "replace").strip()
        span = Span(self._path, token.start, match.end())
        self._comments.append(Comment(span, text, alone))

    def _head(self) -> Directive:
        first, rest = self._words[0], self._words[1:]
        end = self._words[-1].end
        line_end = self._data.find(b"\n", first.start, end)
        if line_end != -1:
            end = line_end
            while end > first.start and self._data[end - 1 : end].isspace():
                end -= 1
        last = self._words[-1].end
        fluid = self._mask.split(first.start, last)
        at = self._mask.choices(first.start)
        if fluid:
            rest = [word for word in rest if self._mask.choices(word.start) == at]
        args = tuple(strip_tags(value(self._data, word)) for word in rest)
        name = value(self._data, first)
        return Directive(name, args, Span(self._path, first.start, end), when=at, fluid=fluid)

    def _end(self, token: Token) -> None:
        if not self._words:
            if not self._mask.lenient:
                self._problem("`;` ends nothing", token.start, token.end)
            return
        if not self._buried:
            self._stack[-1].inner.append(self._head())
        self._words.clear()

    def _open(self, token: Token) -> None:
        if not self._words:
            self._problem("block has no name", token.start, token.end)
            self._words.append(token)
        if self._buried or len(self._stack) > DEPTH_LIMIT:
            self._buried += 1
            if self._buried == 1:
                self._problem("nested too deeply to be read", token.start, token.end)
            self._words.clear()
            return
        head = self._head()
        self._words.clear()
        if _LUA_BLOCK.match(head.name):
            start = self._lexer.position
            if not self._lexer.skip_lua():
                self._problem("Lua block is never closed", head.span.start, head.span.end)
            code = self._data[start : self._lexer.position].decode("utf-8", "replace")
            lua = Directive(head.name, (*head.args, code), head.span, (), head.when)
            self._stack[-1].inner.append(lua)
            return
        self._stack.append(_Open(head, token.start))

    def _close(self, token: Token) -> None:
        if self._words:
            word = self._words[0]
            self._problem("directive isn't ended by `;`", word.start, word.end)
            self._words.clear()
        if self._buried:
            self._buried -= 1
        elif len(self._stack) == 1:
            self._problem("`}` closes nothing", token.start, token.end)
        else:
            self._pop()

    def _pop(self) -> None:
        done = self._stack.pop()
        head = done.head
        assert head is not None
        self._stack[-1].inner.append(
            Directive(
                head.name, head.args, head.span, tuple(done.inner), head.when, fluid=head.fluid
            )
        )

    def _finish(self) -> None:
        if self._words:
            word = self._words[0]
            self._problem("directive isn't ended by `;`", word.start, word.end)
        while len(self._stack) > 1:
            head = self._stack[-1].head
            if head is not None:
                message = f"block `{head.name}` is never closed"
                self._problem(message, head.span.start, head.span.end)
            self._pop()
