"""All rules: found, read and checked against each other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from mtlslint.rule import Rule, read_rule
from mtlslint.rulecache import RuleCache
from mtlslint.shape import ShapeError, nearest


class CatalogueError(Exception):
    """A rule file or the rules folder is unusable; the text names file, line and what is wrong."""


class Catalogue(NamedTuple):
    """Rules by id, sorted."""

    rules: Mapping[str, Rule]
    by_name: Mapping[str, str]

    def find(self, word: str) -> Rule | None:
        """Return the rule with this id or name, in any case."""
        id_ = self.by_name.get(word.lower(), word.upper())
        return self.rules.get(id_)

    def select(self, word: str) -> frozenset[str]:
        """Return the ids meant by an id, a prefix of ids or a name; empty if none."""
        rule = self.find(word)
        if rule:
            return frozenset({rule.id})
        prefix = word.upper()
        return frozenset(id_ for id_ in self.rules if prefix and id_.startswith(prefix))

    def under(self, profile: str) -> Catalogue:
        """Return the rules with those of their cases that count in a profile."""
        rules = {
            id_: rule._replace(
                cases=tuple(c for c in rule.cases if not c.profiles or profile in c.profiles)
            )
            for id_, rule in self.rules.items()
        }
        return Catalogue(rules, self.by_name)

    def suggestion(self, word: str) -> str:
        """Return `; did you mean ...` for a word that selects nothing."""
        by_id = nearest(word.upper(), self.rules)
        return nearest(word.lower(), self.by_name) or by_id


def built_in_folder() -> str:
    """Return the folder of the shipped rules: in the package, else in the repository."""
    package = os.path.dirname(os.path.realpath(__file__))
    packaged = os.path.join(package, "rules")
    repository = os.path.dirname(os.path.dirname(package))
    return packaged if os.path.isdir(packaged) else os.path.join(repository, "rules")


def load_rules(*folders: str | os.PathLike[str]) -> Catalogue:
    """Read every rule of the folders (default: the shipped ones); raises CatalogueError."""
    rules: dict[str, Rule] = {}
    cache = RuleCache()
    for folder in folders or (built_in_folder(),):
        found = _load_folder(os.fspath(folder), cache)
        if not found:
            raise CatalogueError(f"{folder}: no rules here")
        for rule in found:
            if rule.id in rules:
                raise CatalogueError(f"{folder}: {rule.id} exists already")
            rules[rule.id] = rule
    cache.save()
    _check_references(rules)
    ordered = dict(sorted(rules.items()))
    return Catalogue(ordered, {rule.name: rule.id for rule in ordered.values()})


def _load_folder(folder: str, cache: RuleCache) -> list[Rule]:
    if not os.path.isdir(folder):
        raise CatalogueError(f"{folder}: no such folder of rules")
    found = []
    for name in sorted(os.listdir(folder)):
        stem, ending = os.path.splitext(name)
        if ending != ".yaml":
            continue
        place = os.path.join(folder, name)
        try:
            with open(place, "rb") as file:
                found.append(read_rule(stem, cache.node(file.read())))
        except ShapeError as error:
            raise CatalogueError(f"{place}:{error.line}: {error.message}") from None
        except OSError as error:
            raise CatalogueError(f"{place}: {error.strerror}") from None
    return found


def _check_references(rules: Mapping[str, Rule]) -> None:
    for rule in rules.values():
        for other in rule.supersedes:
            if other not in rules:
                raise CatalogueError(
                    f"{rule.id}-{rule.name}.yaml: supersedes {other}, which doesn't exist"
                    f"{nearest(other, rules)}"
                )
