"""What a program is made of: its modules with their functions, types and constants.

Plain picklable data, as the code in them is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mtlslint.code.ir import Block, Condition, Node, Path, Pattern
from mtlslint.source import Span


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter; `declared` is the full path of its type without wrappers and references.

    `default` is what it is if not given, `rest` (`*` or `**`) says that it takes all others.
    """

    pattern: Pattern
    declared: Path = ()
    mutable: bool = False
    default: Node | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method; `span` is its name's, `owner` the type it belongs to.

    `trait`: the one that it is a method of; where that is the owner too, it is for all types that
    have none of their own. `bound`: what it is called on if not on an object: `static` (nothing),
    `class`, `property` (it is run when it is named), `init` (a new object). `public`: other
    programs may call it.
    """

    span: Span
    name: str
    params: tuple[Param, ...]
    body: Block
    owner: Path = ()
    trait: Path = ()
    returns: Path = ()
    conditions: tuple[Condition, ...] = ()
    test: bool = False
    bound: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class Implementation:
    """That a type implements a trait, and with which methods."""

    span: Span
    owner: Path
    trait: Path
    methods: tuple[str, ...]
    test: bool = False


@dataclass(frozen=True, slots=True)
class Submodule:
    """That a module's file declares another file as its part; `file` if that is written out."""

    name: str
    conditions: tuple[Condition, ...] = ()
    test: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A file or an inline module: what it defines and where its bare names may come from.

    `types` holds for each type the declared types of its fields, `bases` what it inherits from.
    `usual`: texts that fields have unless somebody sets them. `exposed`: fields that other programs
    can write to, or by public methods; by the type's path.
    `body` is what runs when the module is loaded, in languages that have that. `test`: all of it
    is test code. `crate` tells the modules of one crate from those of others.
    """

    path: str
    name: Path
    functions: tuple[Function, ...] = ()
    implementations: tuple[Implementation, ...] = ()
    constants: Mapping[str, Node] = field(default_factory=dict)
    types: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    usual: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exposed: Mapping[Path, frozenset[str]] = field(default_factory=dict)
    imports: Mapping[str, Path] = field(default_factory=dict)
    globs: tuple[Path, ...] = ()
    bases: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    body: Block | None = None
    children: tuple[Submodule, ...] = ()
    test: bool = False
    crate: str = ""
