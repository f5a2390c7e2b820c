"""Which files make a crate, and which crates know each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from mtlslint.code.items import Module
from mtlslint.facts import Project
from mtlslint.parsers.rust import Code
from mtlslint.parsers.rust.manifest import Manifest, forked, renamed
from mtlslint.parsers.rust.submodules import placed


class Group(NamedTuple):
    """Crates, by folder with their files, that are connected by what they depend on.

    `names` says which folder a crate's name in code means, `renames` which crates call others
    otherwise than these call themselves, `forks` which libraries they take from elsewhere.
    `old` ones are of the edition 2015.
    """

    crates: Mapping[str, list[str]]
    names: Mapping[str, str]
    renames: Mapping[str, Mapping[str, str]]
    forks: Mapping[str, frozenset[str]]
    old: frozenset[str]
    modules: tuple[Module, ...]


def groups(project: Project, manifests: dict[str, Manifest]) -> Iterator[Group]:
    """Yield the crates of a project, those that know each other together."""
    files = _crates(project)
    names = _names(files, manifests)
    waiting = dict(files)
    friends = _friends(files, names, manifests)
    while waiting:
        roots, found = [next(iter(waiting))], dict[str, list[str]]()
        while roots:
            root = roots.pop()
            if root in waiting:
                found[root] = waiting.pop(root)
                roots += friends.get(root, [])
        crates = dict(sorted(found.items()))
        yield Group(
            crates,
            {name: root for name, root in names.items() if root in crates},
            {root: renamed(manifest_of(root), manifests) for root in crates},
            {root: forked(manifest_of(root), manifests) for root in crates},
            frozenset(root for root in crates if _is_old(manifests.get(manifest_of(root)))),
            tuple(one for root in crates for one in _modules(project, root, crates[root])),
        )


def manifests_of(project: Project) -> dict[str, Manifest]:
    """Return a project's manifests by path."""
    trees = {path: facts.tree for path, facts in project.facts.items()}
    return {path: tree for path, tree in trees.items() if isinstance(tree, Manifest)}


def _is_old(manifest: Manifest | None) -> bool:
    return manifest is not None and not manifest.edition


def manifest_of(root: str) -> str:
    """Return where the manifest of a crate's folder is."""
    return f"{root}/Cargo.toml" if root else "Cargo.toml"


def _modules(project: Project, root: str, paths: list[str]) -> Iterator[Module]:
    modules = placed(module for path in paths for module in project.facts[path].tree.modules)
    return (replace(module, crate=root) for module in modules)


def _crates(project: Project) -> dict[str, list[str]]:
    """Group files by the folder of the nearest Cargo.toml; without one, by their own."""
    roots = {path.rpartition("/")[0] for path in project.paths.by_base.get("Cargo.toml", ())}
    crates: dict[str, list[str]] = {}
    for path in sorted(project.facts):
        if not isinstance(project.facts[path].tree, Code):
            continue
        folder = path.rpartition("/")[0]
        root = folder
        while root and root not in roots:
            root = root.rpartition("/")[0]
        crates.setdefault(root if root in roots else folder, []).append(path)
    return crates


def _names(crates: Mapping[str, list[str]], manifests: dict[str, Manifest]) -> dict[str, str]:
    """Return the folders of crates by their names; a name that several have means none."""
    found: dict[str, list[str]] = {}
    for root in crates:
        manifest = manifests.get(manifest_of(root))
        if manifest is not None and manifest.crate:
            found.setdefault(manifest.crate, []).append(root)
    return {name: roots[0] for name, roots in found.items() if len(roots) == 1}


def _friends(
    crates: Mapping[str, list[str]], names: Mapping[str, str], manifests: dict[str, Manifest]
) -> dict[str, list[str]]:
    """Return which crates a crate depends on or is depended on by."""
    found: dict[str, list[str]] = {}
    for root in crates:
        manifest = manifests.get(manifest_of(root))
        renames = renamed(manifest_of(root), manifests)
        for key in manifest.names if manifest is not None else ():
            name = key.replace("-", "_")
            other = names.get(renames.get(name, name))
            if other is not None and other != root:
                found.setdefault(root, []).append(other)
                found.setdefault(other, []).append(root)
    return found
