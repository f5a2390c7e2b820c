"""Names that Kustomize gives the Services of its bases.

Facts from the Kustomize reference (kubectl.docs.kubernetes.io/references/kustomize): `namePrefix`
and `nameSuffix` rename the objects of all resources, those of bases among them. What a program's
own configuration says isn't renamed, so it says the new name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import join, normpath
from typing import NamedTuple

from mtlslint.workloads.manifest import manifests
from mtlslint.workloads.workload import Door
from mtlslint.yamltree.node import items

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")


class Renaming(NamedTuple):
    """What the objects below some folders and files are called."""

    prefix: str
    suffix: str
    covered: tuple[str, ...]

    def renamed(self, door: Door) -> Door:
        """Return a door with its further names, if its object is one of these."""
        path = door.span.path
        if not any(path == each or path.startswith(f"{each}/") for each in self.covered):
            return door
        more = {_renamed(name, self.prefix, self.suffix) for name in door.names}
        return door._replace(names=door.names | more)


def renaming(path: str, data: bytes) -> Iterator[Renaming]:
    """Yield what a kustomization renames."""
    folder = path.rpartition("/")[0]
    for manifest in manifests(path, data, str):
        root = manifest.root
        prefix = manifest.text(root, "name_prefix") or ""
        suffix = manifest.text(root, "name_suffix") or ""
        resources = (*items(root, "resources"), *items(root, "bases"))
        covered = [
            normpath(join(folder, text)) for each in resources if (text := manifest.say(each))
        ]
        if prefix or suffix:
            yield Renaming(prefix, suffix, tuple(covered))


def named(doors: Iterable[Door], renamings: Iterable[Renaming]) -> Iterator[Door]:
    """Yield the doors with the names that kustomizations give them."""
    every = tuple(renamings)
    for door in doors:
        for each in every:
            door = each.renamed(door)
        yield door


def _renamed(name: str, prefix: str, suffix: str) -> str:
    short, dot, rest = name.partition(".")
    return f"{prefix}{short}{suffix}{dot}{rest}"
