"""Reads what a project's own files say of what runs where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mtlslint.facts import Paths
from mtlslint.files import Files
from mtlslint.source import Source
from mtlslint.workloads import compose, kubernetes, kustomize
from mtlslint.workloads.helm import filling
from mtlslint.workloads.image import Image, image
from mtlslint.workloads.manifest import Manifest, manifests
from mtlslint.workloads.workload import Build, Deployments, Workload, repository

_VARIABLE = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(\w+)=["']?([^"'\r\n#]*?)["']?[ \t]*$""", re.MULTILINE
)


class Estate(NamedTuple):
    """What runs where, what the images are made of, and the files that say so."""

    deployments: Deployments
    images: Mapping[Build, Image]
    sources: Mapping[str, Source]


def read(files: Files, paths: Paths) -> Estate:
    """Return what compose files and Kubernetes manifests declare; what can't be read, doesn't."""
    found = Deployments()
    objects: list[Manifest] = []
    sources: dict[str, Source] = {}
    renamings: list[kustomize.Renaming] = []
    for path in paths.names:
        if path.rpartition("/")[2] in kustomize.NAMES:
            renamings += kustomize.renaming(path, _bytes(files, path))
            continue
        if not path.endswith((".yaml", ".yml")):
            continue
        data = _bytes(files, path)
        if compose.is_compose(path, data):
            variables = _variables(_bytes(files, _beside(path, ".env")))
            found = found.joined(compose.deployment(path, data, variables))
            sources[path] = Source(path, data)
        elif kubernetes.is_manifest(data):
            objects += manifests(path, data, filling(path, paths, files))
            sources[path] = Source(path, data)
    cluster = kubernetes.deployments(objects)
    found = found.joined(cluster._replace(doors=tuple(kustomize.named(cluster.doors, renamings))))
    workloads = tuple(_built(tuple(_merged(found.workloads))))
    builds = {each.build for each in workloads if each.build}
    images = {each: _image(files, each) for each in builds}
    return Estate(Deployments(workloads, found.doors), images, sources)


def _merged(workloads: tuple[Workload, ...]) -> Iterator[Workload]:
    """Yield each workload once: files of one folder add to each other's services."""
    by_id: dict[str, list[Workload]] = {}
    for each in workloads:
        by_id.setdefault(each.id, []).append(each)
    for first, *others in by_id.values():
        builds = {each.build for each in (first, *others) if each.build}
        for each in others:
            first = first._replace(
                extents=(*first.extents, *each.extents),
                build=first.build or each.build,
                image=first.image or each.image,
                mounts=tuple(dict.fromkeys((*first.mounts, *each.mounts))),
                words=(*first.words, *each.words),
                networks=first.networks | each.networks,
            )
        # Files that build it differently are alternatives: which one runs isn't known.
        yield first if len(builds) < 2 else first._replace(name="", build=None, image="")


def _built(workloads: tuple[Workload, ...]) -> Iterator[Workload]:
    """Yield the workloads; who runs an image that another one builds is made of the same."""
    builds: dict[str, set[Build]] = {}
    for each in workloads:
        if each.build and each.image:
            builds.setdefault(repository(each.image), set()).add(each.build)
    for each in workloads:
        known = builds.get(repository(each.image), set())
        yield each._replace(build=next(iter(known))) if not each.build and len(known) == 1 else each


def _image(files: Files, build: Build) -> Image:
    text = _bytes(files, build.dockerfile).decode("utf-8", "replace")
    made = image(build, text)
    return made if made.sources else made._replace(sources=(build.context,))


def _bytes(files: Files, path: str) -> bytes:
    try:
        return files.read(path)
    except OSError:
        return b""


def _beside(path: str, name: str) -> str:
    folder = path.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name


def _variables(data: bytes) -> dict[str, str]:
    return dict(_VARIABLE.findall(data.decode("utf-8", "replace")))
