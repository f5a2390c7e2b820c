"""Goes through code without evaluating it: which nodes there are, which names it mentions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from mtlslint.code.ir import Method, Name

_HOLDS_CODE = re.compile(r"\b(?:Node|Pattern|Step|Arm|Condition)\b")


_Parts = Callable[[Any], Any] | bool

_PARTS: dict[type, _Parts] = {tuple: False}
"""How the parts of a node of each type are got; False for what says nothing or is no node."""


def _parts_of(kind: type) -> _Parts:
    said = [one for one in fields(kind) if one.name != "span"] if is_dataclass(kind) else []
    names = [one.name for one in said if _HOLDS_CODE.search(str(one.type))]
    return attrgetter(*names) if names else bool(said)


Kinds = Mapping[type, list[Any]]


def by_kind(root: object) -> Kinds:
    """Return every piece of code below `root` by its type, in no particular order."""
    found: defaultdict[type, list[Any]] = defaultdict(list)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is tuple:
            waiting += node  # type: ignore[arg-type]
            continue
        if kind not in _PARTS:
            _PARTS[kind] = _parts_of(kind)
        parts = _PARTS[kind]
        if parts:
            found[kind].append(node)
            if parts is not True:
                waiting.append(parts(node))
    return found


def nodes_in(root: object) -> Iterator[object]:
    """Yield every piece of code below `root`, in no particular order, without recursion."""
    return chain.from_iterable(by_kind(root).values())


def mentioned(kinds: Kinds) -> set[str]:
    """Return the last parts of all names and methods that are used."""
    found = {name.path[-1] for name in kinds.get(Name, ())}
    return found | {method.name for method in kinds.get(Method, ())}
