"""What a `spell` in `api.yaml` says, in the words of one file: its arguments, its paths."""

from __future__ import annotations

import re

from mtlslint.code.api import Api, Row
from mtlslint.code.ir import Path
from mtlslint.parsers.rust.sites import STEP, Site, imports_of, scope_at
from mtlslint.parsers.rust.uses import path_of, text_of

_UNKNOWN = "\0"


class Naming:
    """How things are called at a site."""

    def __init__(self, site: Site, api: Api) -> None:
        self.site = site
        self.api = api

    def filled(self, row: Row, hint: str) -> str | None:
        """Return a `spell` with its braces filled in; None if a path isn't known here."""
        given = [self.site.text(argument) for argument in self.site.arguments]

        def filling(found: re.Match[str]) -> str:
            word = found[1]
            if word == "*":
                return ", ".join(given)
            if word.isdigit():
                return given[int(word)] if int(word) < len(given) else _UNKNOWN
            return self._type(word, row) or _UNKNOWN

        text = re.sub(r"\{(\w+|\*)\}", filling, hint)
        return None if _UNKNOWN in text else text

    def _type(self, name: str, row: Row) -> str:
        """Return how a library's type is named here: as imported, or beside a type that is."""
        scope = scope_at(self.site.node)
        written = path_of(self.site.name)
        near: list[Path] = [scope.resolve(written)]
        if self.site.kind == STEP:
            siblings = self._siblings(row)
            near = [path for _, path in imports_of(scope) if path[-1] in siblings]
        crates = {key[0] for path in near if (key := self.api.key(path)) is not None}
        for local, path in imports_of(scope):
            if path[-1] == name and (key := self.api.key(path)) is not None and key[0] in crates:
                return local
        modules = [module for path in near if (module := self._module(path))]
        if modules and self.site.kind != STEP and _module_of(written):
            modules = [_module_of(written)]  # as it is written here already
        return "::".join((*modules[0], name)) if modules else ""

    def _siblings(self, row: Row) -> set[str]:
        """Return the types that a method with this row belongs to, or that make one."""
        called = text_of(self.site.name)
        kinds = [one for one in self.api.kinds.values() if one.methods.get(called) == row]
        types = {path.rpartition("::")[2] for one in kinds for path in one.types}
        return types | {one.removesuffix("Builder") for one in types}

    def _module(self, path: Path) -> Path:
        """Return the module of a library's type, if the path leads through that library."""
        key = self.api.key(path)
        module = _module_of(path)
        crates = {self.api.renames.get(part, part) for part in module}
        return module if key is not None and key[0] in crates else ()


def _module_of(path: Path) -> Path:
    """Return what stands before the first type in a path."""
    return path[: next((i for i, part in enumerate(path) if part[:1].isupper()), 0)]
