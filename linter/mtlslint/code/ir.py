"""Code as the evaluator sees it: what a language's parser lowers its syntax tree to.

Plain picklable data. Method chains are flat (`Chain`), so that a router of three hundred calls is
no deeper than one of three. Identity syntax (parentheses, `await`, dereferences, casts) is dropped
while lowering.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from mtlslint.source import Span

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform

    _T = TypeVar("_T")

    @dataclass_transform(frozen_default=True)
    def piece(kind: type[_T]) -> type[_T]:
        """Make a piece of code, or a value: nobody changes it.

        The type checker sees to that; a dataclass that guards itself takes thrice the time to make,
        and a project has millions.
        """
else:
    piece = dataclass(slots=True, unsafe_hash=True)

Path = tuple[str, ...]
Constant = str | int | float | bool | bytes | None


# Patterns: the left side of a binding, an arm of a match.


@piece
class Capture:
    """Matches anything and gives it a name; `_` binds nothing. `inner` is what it must be."""

    name: str
    inner: Pattern | None = None


@piece
class Exactly:
    """Matches one literal or, with a path, one constant or variant without parts."""

    value: Constant = None
    path: Path = ()


@piece
class Shape:
    """Matches a variant, record or tuple (no path) by its parts; None names are positions."""

    path: Path
    parts: tuple[tuple[str | None, Pattern], ...]


@piece
class AnyOf:
    """Matches if one of its options does."""

    options: tuple[Pattern, ...]


Pattern = Capture | Exactly | Shape | AnyOf


# Expressions. Each has a span, one line where possible.


@piece
class Literal:
    """A constant."""

    span: Span
    value: Constant


@piece
class Name:
    """A variable, or the full path of an item as far as imports tell."""

    span: Span
    path: Path


@piece
class Field:
    """Step of a chain: `.name`."""

    span: Span
    name: str


@piece
class Method:
    """Step of a chain: `.name(args)`."""

    span: Span
    name: str
    args: tuple[Node, ...] = ()
    keywords: tuple[tuple[str, Node], ...] = ()


@piece
class Invoke:
    """Step of a chain: `(args)`."""

    span: Span
    args: tuple[Node, ...] = ()
    keywords: tuple[tuple[str, Node], ...] = ()


@piece
class Index:
    """Step of a chain: `[args]`."""

    span: Span
    args: tuple[Node, ...] = ()


@piece
class Check:
    """Step of a chain that leaves the function if the value is a failure (`?`)."""

    span: Span


Step = Field | Method | Invoke | Index | Check


@piece
class Chain:
    """`base` with everything that is done to it, in order."""

    span: Span
    base: Node
    steps: tuple[Step, ...]


@piece
class Borrow:
    """A reference; through a mutable one the callee can change what it refers to."""

    span: Span
    value: Node
    mutable: bool


@piece
class Record:
    """An instance of a named type written out field by field; `base` fills what isn't named."""

    span: Span
    path: Path
    fields: tuple[tuple[str, Node], ...]
    base: Node | None = None


@piece
class Series:
    """A tuple, list or array."""

    span: Span
    items: tuple[Node, ...]


@piece
class Template:
    """A formatted string."""

    span: Span
    parts: tuple[str | Node, ...]


@piece
class Closure:
    """An anonymous function."""

    span: Span
    params: tuple[Pattern, ...]
    body: Node


@piece
class Operator:
    """`symbol` between its operands, or before its only one."""

    span: Span
    symbol: str
    operands: tuple[Node, ...]


@piece
class Matches:
    """Whether the value has the shape; where it does, its names are bound."""

    span: Span
    pattern: Pattern
    value: Node


@piece
class Arm:
    """One way through a choice; no pattern and no guard: whatever is left."""

    pattern: Pattern | None
    guard: Node | None
    body: Node


@piece
class Choice:
    """`if` or `match`, for its value or its effect. The first arm that fits is taken."""

    span: Span
    subject: Node | None
    arms: tuple[Arm, ...]


@piece
class Opaque:
    """Something that isn't followed; its children are evaluated for what they do."""

    span: Span
    reason: str
    children: tuple[Node, ...] = ()


# Statements. They may stand where expressions do.


@piece
class Bind:
    """A new variable. `otherwise` runs if the pattern doesn't fit and must leave."""

    span: Span
    pattern: Pattern
    value: Node | None
    otherwise: Node | None = None
    declared: Path = ()


@piece
class Assign:
    """`target symbol value`, e.g. `=` or `|=`, to a variable, field or element."""

    span: Span
    target: Node
    symbol: str
    value: Node


@piece
class Block:
    """Statements in a scope of their own; its value is that of its `Give`.

    One with a `label` can be left from inside, with a value of its own.
    """

    span: Span
    body: tuple[Node, ...]
    label: str = ""


@piece
class Give:
    """The value of the enclosing block."""

    span: Span
    value: Node


@piece
class Return:
    """Leaves the function; `failing` if what it returns is a failure."""

    span: Span
    value: Node | None
    failing: bool = False


@piece
class Leave:
    """Leaves a loop, only its round (`again`), or the whole program (`stop`).

    `value` is what the loop gives then. `label`: which loop or block it is, if that is said.
    """

    span: Span
    again: bool = False
    stop: bool = False
    value: Node | None = None
    label: str = ""


@piece
class Loop:
    """Runs its body for each element of `items`, while `guard` holds, or for ever."""

    span: Span
    pattern: Pattern | None
    items: Node | None
    guard: Node | None
    body: Node
    label: str = ""


@piece
class Condition:
    """A build-time switch: `atom` must be what `holds` says."""

    atom: str
    holds: bool


@piece
class Guarded:
    """A node that exists only under build-time conditions."""

    span: Span
    conditions: tuple[Condition, ...]
    body: Node


Node = (
    Literal
    | Name
    | Chain
    | Borrow
    | Record
    | Series
    | Template
    | Closure
    | Operator
    | Matches
    | Choice
    | Opaque
    | Bind
    | Assign
    | Block
    | Give
    | Return
    | Leave
    | Loop
    | Guarded
)
