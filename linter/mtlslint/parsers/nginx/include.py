"""Finds the files that `include` names, and puts them in its place.

Configuration names files where they are installed (`/etc/nginx/snippets/tls.conf`), a repository
keeps them anywhere (`roles/edge/templates/tls.conf.j2`). So paths are compared from their ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from mtlslint.facts import Facts, Paths
from mtlslint.parsers.nginx.claiming import TEMPLATE_SUFFIXES, without_template_suffix
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.source import Span

# Files that come with nginx and its packages; they hold no TLS settings, guards or servers.
_STOCK = re.compile(
    r"(?:^|/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|koi-utf|koi-win"
    r"|win-utf|fastcgi-php\.conf|fastcgi_cache\S*|modules-enabled/\*\.conf|nginx/modules/\*\.conf)$"
)
_DEPTH_LIMIT = 16
_SIZE_LIMIT = 200_000


def is_stock(reference: str) -> bool:
    """Whether a reference names a file of nginx's own, which decides nothing here."""
    return _STOCK.search(reference) is not None


def is_glob(reference: str) -> bool:
    """Whether nginx would expand the reference."""
    return any(mark in reference for mark in "*?[")


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    """Return the project's files that `reference`, written in the file `path`, may mean."""
    if not literal(reference) or not reference.strip("/"):
        return ()
    wanted = [part for part in reference.split("/") if part not in ("", ".", "..")]
    if not wanted:
        return ()
    if is_glob(reference):
        return _locate_glob(wanted, path, paths)
    return _locate_name(reference, wanted, path, paths)


def _locate_name(reference: str, wanted: list[str], path: str, paths: Paths) -> tuple[str, ...]:
    candidates = [
        name
        for suffix in ("", *TEMPLATE_SUFFIXES)
        for name in paths.by_base.get(wanted[-1] + suffix, ())
        if name != path
    ]
    if not candidates:
        return ()
    if not reference.startswith("/"):
        for folder in _ancestors(path):
            exact = f"{folder}/{reference}" if folder else reference
            here = [name for name in candidates if without_template_suffix(name) == exact]
            if here:
                return tuple(sorted(here, key=len)[:1])
    return _best(candidates, wanted, path)


def _locate_glob(wanted: list[str], path: str, paths: Paths) -> tuple[str, ...]:
    needed = min(len(wanted), 2)
    here = path.rpartition("/")[0]
    candidates = []
    for base, names in paths.by_base.items():
        rendered = without_template_suffix(base)
        if rendered.startswith(".") or not _part_matches(wanted[-1], rendered):
            continue
        for name in names:
            if name == path:
                continue
            if len(wanted) == 1:
                fits = name.rpartition("/")[0] == here
            else:
                parts = [*name.split("/")[:-1], rendered]
                common = _common(wanted, parts)
                fits = common >= needed and not _contradicts(wanted, parts, common)
            if fits:
                candidates.append(name)
    return _best(candidates, wanted, path)


def _best(candidates: list[str], wanted: list[str], path: str) -> tuple[str, ...]:
    """Return the nearest to `path` of those whose name and folder are as installed."""
    ranked: dict[tuple[int, int, int, bool], list[str]] = {}
    for name in candidates:
        parts = without_template_suffix(name).split("/")
        common = _common(wanted, parts)
        near = shared(name, path)
        # Of two in reach, one lies as installed from here, the other in a folder further in.
        as_installed = len(parts) - common == near
        rank = (min(common, 2), near, common, as_installed)
        ranked.setdefault(rank, []).append(name)
    return tuple(sorted(ranked[max(ranked)])) if ranked else ()


def _common(wanted: list[str], parts: list[str]) -> int:
    count = 0
    for pattern, part in zip(reversed(wanted), reversed(parts), strict=False):
        if not _part_matches(pattern, part):
            break
        count += 1
    return count


def _part_matches(pattern: str, part: str) -> bool:
    if {pattern, part} == {"sites-enabled", "sites-available"}:
        return True
    return fnmatchcase(part, pattern) if is_glob(pattern) else part == pattern


def shared(name: str, path: str) -> int:
    """Return how many folders, from the root on, two files have in common."""
    count = 0
    for left, right in zip(name.split("/")[:-1], path.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count


def _contradicts(wanted: list[str], parts: list[str], common: int) -> bool:
    """Whether a file is kept as if installed, and installed elsewhere (etc/collectd/conf.d)."""
    if "etc" not in wanted or "etc" not in parts[:-1]:
        return False
    last = len(parts) - 1 - parts[::-1].index("etc")
    return common < len(parts) - 1 - last


def _ancestors(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]


def _foreign(facts: Facts) -> bool:
    """Whether a file that a glob caught is another program's."""
    return facts.tree is None and not facts.template


_TEMPLATES_OWN = re.compile(r"""\{%[-+]?\s*include\s+(["'])([^"']+)\1""")


def reference(directive: Directive) -> str:
    """Return the name by which a directive asks for a file, also in Jinja's way; "" if none."""
    if directive.block is not None:
        return ""
    if directive.name == "include":
        return directive.args[0] if len(directive.args) == 1 else ""
    match = _TEMPLATES_OWN.match(directive.name)
    return match[2] if match else ""


class Expander:
    """Replaces every `include` by what it includes; what isn't found stays, as an `include`.

    `reached` collects the files that were put in, `globbed` those of them that a pattern named.
    Of these, the ones in `skip` belong to somebody else.
    """

    def __init__(
        self, facts: Mapping[str, Facts], paths: Paths, skip: frozenset[str] = frozenset()
    ) -> None:
        self.facts = facts
        self.paths = paths
        self.skip = skip
        self.reached: set[str] = set()
        self.globbed: set[str] = set()
        self._size = 0

    def expand(self, path: str) -> tuple[Directive, ...]:
        """Return the directives of a file with all includes in place."""
        facts = self.facts.get(path)
        tree = facts.tree if facts else None
        return self._block(tree or (), path, (), (path,))

    def _block(
        self,
        directives: tuple[Directive, ...],
        path: str,
        via: tuple[Span, ...],
        chain: tuple[str, ...],
    ) -> tuple[Directive, ...]:
        done: list[Directive] = []
        for directive in directives:
            self._size += 1
            name = reference(directive)
            if name:
                done.extend(self._included(directive, name, path, via, chain))
                continue
            if directive.block is not None:
                block = self._block(directive.block, path, via, chain)
                directive = directive._replace(block=block, via=via)
            elif via:
                directive = directive._replace(via=via)
            done.append(directive)
        return tuple(done)

    def _included(
        self,
        directive: Directive,
        wanted: str,
        path: str,
        via: tuple[Span, ...],
        chain: tuple[str, ...],
    ) -> list[Directive]:
        if is_stock(wanted):
            return []
        found = locate(wanted, path, self.paths)
        if is_glob(wanted) and literal(wanted):
            pass
        elif len(found) != 1 or found[0] in chain:
            return [directive._replace(via=via)]
        result: list[Directive] = []
        for name in found:
            facts = self.facts.get(name)
            if name in chain or (is_glob(wanted) and self._strange(name, facts)):
                continue
            if facts is None or facts.tree is None or self._over(chain):
                result.append(directive._replace(via=via))
                continue
            self.reached.add(name)
            if is_glob(wanted):
                self.globbed.add(name)
            inner = self._block(facts.tree, name, (*via, directive.span), (*chain, name))
            result.extend(
                each._replace(when=(*directive.when, *each.when)) if directive.when else each
                for each in inner
            )
        return result

    def _strange(self, name: str, facts: Facts | None) -> bool:
        return name in self.skip or (facts is not None and _foreign(facts))

    def _over(self, chain: tuple[str, ...]) -> bool:
        return len(chain) > _DEPTH_LIMIT or self._size > _SIZE_LIMIT
