"""Which files are configurations of their own, and which only belong to one.

A file with `http {}`, `stream {}` or `mail {}` is a main file. A file of servers that no main file
includes is read as if it stood inside `http {}` (or `stream {}`, `mail {}`, by what its servers
hold); the files of one include folder (conf.d, sites-available) stand there together. A file of
bare directives is judged only where it is included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mtlslint.facts import Project
from mtlslint.parsers.nginx.include import Expander, is_glob, is_stock, shared
from mtlslint.parsers.nginx.tree import Directive, walk

HTTP, STREAM, MAIL = "http", "stream", "mail"
_CONTEXTS = (HTTP, STREAM, MAIL)
_MAIN = frozenset({*_CONTEXTS, "events"})
_FOLDER = re.compile(
    r"(?:^|/)(?:[\w-]*conf\.d|http\.d|stream\.d|vhosts?(?:\.d)?|sites(?:-\w+)?|servers|vhosts-\w+)$"
)


class Context(NamedTuple):
    """One `http`, `stream` or `mail` level with everything included.

    `assumed`: no such block is in sight, `directives` would stand inside one. `upstreams` are
    further blocks, of neighbouring files, in which a name may be looked up.
    """

    root: str
    kind: str
    directives: tuple[Directive, ...]
    assumed: bool = False
    neighbours: tuple[Directive, ...] = ()


def contexts(project: Project) -> list[Context]:
    """Return all levels that hold servers, main files first."""
    trees = {path: facts.tree for path, facts in project.facts.items() if facts.tree}
    mains = sorted(path for path, tree in trees.items() if _names(tree) & _MAIN)
    expanded: dict[str, tuple[Directive, ...]] = {}
    reached: dict[str, set[str]] = {}
    globbed: dict[str, set[str]] = {}
    rest = sorted(path for path, tree in trees.items() if path not in mains)
    for path in [*mains, *rest]:
        expander = Expander(project.facts, project.paths)
        expanded[path] = expander.expand(path)
        reached[path] = expander.reached
        globbed[path] = expander.globbed
    taking = [path for path in mains if _takes_in(trees[path])]
    for path, others in _others(taking, globbed).items():
        expander = Expander(project.facts, project.paths, frozenset(others))
        expanded[path] = expander.expand(path)
        reached[path] = expander.reached
    found: list[Context] = []
    taken: set[str] = set()
    for path in _outermost(mains, reached):
        taken |= {path} | reached[path]
        found.extend(_main_contexts(path, expanded[path]))
    inner = set().union(*(reached[path] for path in rest)) if rest else set()
    loose = [path for path in rest if path not in taken and path not in inner]
    levels = [context for context in found if _takes_in(trees[context.root])]
    found.extend(_beside(context, levels) for context in _assumed_contexts(loose, expanded))
    return found


def _others(mains: list[str], globbed: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return, for each of the main files with patterns, what they catch that isn't its own.

    A file of sites belongs to the nearest main file; to none where several in different folders
    are equally near.
    """
    found: dict[str, set[str]] = {}
    for name in sorted(set().union(*(globbed[path] for path in mains)) if mains else ()):
        nearest = max(shared(name, path) for path in mains)
        owners = [path for path in mains if shared(name, path) == nearest]
        certain = len({path.rpartition("/")[0] for path in owners}) == 1
        for path in mains:
            if name in globbed[path] and not (certain and path in owners):
                found.setdefault(path, set()).add(name)
    return found


def _takes_in(tree: tuple[Directive, ...]) -> bool:
    """Whether a main file includes whatever an installation puts into some folder."""
    return any(
        each.name == "include" and is_glob(reference) and not is_stock(reference)
        for each in walk(tree)
        for reference in each.args
    )


def _beside(context: Context, levels: list[Context]) -> Context:
    """Return loose servers with what a main file nearby holds for them.

    Where files go is often up to the tool that installs them (Chef, Puppet, an image). The only
    main file of a project is their level; of several, any may be: what they set are ghosts.
    """
    alike = [level for level in levels if level.kind == context.kind]
    outer = tuple(
        each
        if len(alike) == 1 and not each.when
        else each._replace(ghost=f"may be set in {level.root}, which may include this file")
        for level in alike
        if _near(level.root, context.root)
        for each in level.directives
        if each.block is None and _settles(each) and not (each.ghost or each.hole)
    )
    return context._replace(directives=(*outer, *context.directives))


def _settles(each: Directive) -> bool:
    """Whether a directive sets TLS for all servers, or names a missing file that seems to."""
    if each.name == "include":
        return re.search("(?i)ssl|tls", " ".join(each.args)) is not None
    return "ssl_" in each.name


def _near(main: str, other: str) -> bool:
    top, rest = main.partition("/")[::2]
    return not rest or other.startswith(f"{top}/") or "/" not in other


def _names(directives: Iterable[Directive]) -> set[str]:
    return {directive.name for directive in directives if directive.block is not None}


def _outermost(mains: list[str], reached: dict[str, set[str]]) -> list[str]:
    """Return the main files that no other main file includes."""
    inner = {name for path in mains for name in reached[path] if path not in reached.get(name, ())}
    return [path for path in mains if path not in inner]


def _main_contexts(path: str, directives: tuple[Directive, ...]) -> list[Context]:
    found = [
        Context(path, directive.name, directive.block or ())
        for directive in directives
        if directive.name in _CONTEXTS and directive.block is not None
    ]
    stray = tuple(each for each in directives if each.name == "server" and each.block)
    return found + (_split(path, directives) if stray else [])


def _assumed_contexts(
    loose: list[str], expanded: dict[str, tuple[Directive, ...]]
) -> list[Context]:
    groups: dict[str, list[str]] = {}
    for path in loose:
        folder = path.rpartition("/")[0]
        groups.setdefault(folder if _FOLDER.search(folder) else path, []).append(path)
    by_folder: dict[str, list[str]] = {}
    for path in loose:
        by_folder.setdefault(path.rpartition("/")[0], []).append(path)
    found = []
    for root, paths in groups.items():
        directives = tuple(each for path in paths for each in expanded[path])
        if not any(each.name == "server" and each.block is not None for each in directives):
            continue
        folder = paths[0].rpartition("/")[0]
        neighbours = tuple(
            each
            for path in by_folder[folder]
            if path not in paths
            for each in expanded[path]
            if each.name in ("upstream", "map")
        )
        found.extend(_split(root, directives, neighbours))
    return found


def _split(
    root: str, directives: tuple[Directive, ...], neighbours: tuple[Directive, ...] = ()
) -> list[Context]:
    """Return one context for each kind of server among loose directives."""
    kinds = {
        index: _kind(each)
        for index, each in enumerate(directives)
        if each.name == "server" and each.block is not None
    }
    return [
        Context(
            root,
            kind,
            tuple(
                each
                for index, each in enumerate(directives)
                if each.name not in _MAIN and kinds.get(index, kind) == kind
            ),
            assumed=True,
            neighbours=neighbours,
        )
        for kind in _CONTEXTS
        if kind in kinds.values()
    ]


def _kind(server: Directive) -> str:
    names = {each.name for each in server.block or ()}
    if names & {"proxy_pass", "ssl_preread"} and "location" not in names:
        return STREAM
    if names & {"protocol", "starttls", "smtp_auth", "imap_auth", "pop3_auth"}:
        return MAIL
    return HTTP
