"""The paths that a template's conditionals leave open, one by one.

In each world every condition has one outcome, so a guard and the mode it guards are there
together or not at all. What a world lacks stays behind as a ghost: it isn't known to be missing,
as the template's author may know more about the condition than its text says.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from mtlslint.parsers.nginx.template import Choice, conditions
from mtlslint.parsers.nginx.tree import Directive, walk

World = tuple[tuple[str, int], ...]
WORLD_LIMIT = 16


def worlds(*parts: Iterable[Directive]) -> list[World]:
    """Return the outcomes of all conditions under which directives of `parts` stand.

    Where they are too many, only worlds that differ from the first in one condition.
    """
    found = conditions(each.when for part in parts for each in part if each.when)
    if not found:
        return [()]
    names = sorted(found)
    count = 1
    for name in names:
        count *= found[name]
    if count <= WORLD_LIMIT:
        arms = [range(found[name]) for name in names]
        return [tuple(zip(names, outcome, strict=True)) for outcome in product(*arms)]
    base = dict.fromkeys(names, 0)
    result: list[World] = [tuple(base.items())]
    for name in names[: WORLD_LIMIT - 1]:
        result.append(tuple({**base, name: 1}.items()))
    return result


def relevant(directives: tuple[Directive, ...]) -> list[Directive]:
    """Return the directives, at any depth, whose presence the model depends on."""
    return [each for each in walk(directives) if each.when and _matters(each.name)]


def _matters(name: str) -> bool:
    return (
        "ssl" in name
        or name.endswith("_pass")
        or "_by_lua" in name
        or name
        in (
            *("server", "listen", "if", "return", "break", "set", "rewrite", "location"),
            *("error_page", "auth_request", "js_access", "deny"),
        )
    )


def visible(directives: tuple[Directive, ...], world: World) -> tuple[Directive, ...]:
    """Return the directives of one world; plain ones of other worlds as ghosts."""
    if not any(each.when for each in walk(directives)):
        return directives
    return _visible(directives, dict(world))


def _visible(directives: tuple[Directive, ...], world: dict[str, int]) -> tuple[Directive, ...]:
    result = []
    for each in directives:
        if not stands(each.when, world):
            if each.block is None:
                result.append(each._replace(ghost="set only in another branch of the template"))
        elif each.block is not None:
            result.append(each._replace(block=_visible(each.block, world)))
        else:
            result.append(each)
    return tuple(result)


def stands(when: tuple[Choice, ...], world: dict[str, int]) -> bool:
    """Whether a directive under the choices `when` is there in a world."""
    return all(world.get(choice.condition, choice.arm) == choice.arm for choice in when)
