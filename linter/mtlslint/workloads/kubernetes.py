"""Pods and Services of Kubernetes manifests: what runs, and by which names it is reached.

Facts from the Kubernetes API reference (kubernetes.io/docs/reference/kubernetes-api).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mtlslint.source import Span
from mtlslint.workloads.manifest import Manifest
from mtlslint.workloads.workload import MACHINE, Deployments, Door, Workload
from mtlslint.yamltree.node import Node, get, items, text

_SHAPE = re.compile(rb"^[ \t]*[\"']?apiVersion[\"']?:", re.MULTILINE)
_TEMPLATED = {
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "job_template", "spec", "template"),
    "Pod": (),
}
_OUTWARD = ("NodePort", "LoadBalancer")
CLUSTER = "cluster.local"


class Pod(NamedTuple):
    """A pod as a controller makes it: the labels Services select it by, and its containers."""

    id: str
    namespace: str
    labels: Mapping[str, str]
    workloads: tuple[Workload, ...]
    ports: Mapping[str, int]
    outward: tuple[Door, ...]


def is_manifest(data: bytes) -> bool:
    """Whether a file may hold Kubernetes objects that run or lead to something."""
    return (b"containers" in data or b"Service" in data) and _SHAPE.search(data) is not None


def objects(manifest: Manifest) -> Iterator[Node]:
    """Yield the objects of a document: itself, or the items of a list."""
    if text(manifest.root, "kind") == "List":
        yield from items(manifest.root, "items")
    else:
        yield manifest.root


def deployments(every: list[Manifest]) -> Deployments:
    """Return what all manifests of a cluster say together."""
    pods: list[Pod] = []
    services: list[tuple[Manifest, Node]] = []
    for manifest in every:
        for node in objects(manifest):
            kind = text(node, "kind") or ""
            if kind in _TEMPLATED:
                pods += _pod(manifest, node, kind)
            elif kind == "Service":
                services.append((manifest, node))
    found = Deployments(
        tuple(each for pod in pods for each in pod.workloads),
        tuple(each for pod in pods for each in pod.outward),
    )
    for manifest, node in services:
        found = found.joined(Deployments(doors=tuple(_doors(manifest, node, pods))))
    return found


def namespace(manifest: Manifest, node: Node) -> str:
    """Return the namespace that an object says it lies in, "" if whoever applies it does."""
    return manifest.text(node, "metadata", "namespace") or ""


def _pod(manifest: Manifest, node: Node, kind: str) -> Iterator[Pod]:
    template = get(node, *_TEMPLATED[kind]) if _TEMPLATED[kind] else node
    name = manifest.text(node, "metadata", "name")
    spec = get(template, "spec")
    if template is None or spec is None or not name:
        return
    space = namespace(manifest, node)
    id_ = f"{space}/{kind.lower()}/{name}"
    host = f"{space}:{MACHINE}" if manifest.text(spec, "host_network") == "true" else id_
    containers = [*items(spec, "containers"), *items(spec, "init_containers")]
    given = dict(_volumes(manifest, spec))
    workloads, ports, outward = [], {}, []
    for each in containers:
        workloads.append(_container(manifest, each, id_, host, space, given))
        for one in items(each, "ports"):
            number, label = manifest.number(one, "container_port"), manifest.text(one, "name")
            if number and label:
                ports[label] = number
            outside = manifest.number(one, "host_port")
            if number and outside:
                span = manifest.span(one)
                names, hosts = frozenset({MACHINE}), frozenset({host})
                found = Door(names, outside, number, hosts, space, span, f"host port {outside}")
                outward.append(found._replace(published=True))
    labels = manifest.table(template, "metadata", "labels")
    yield Pod(host, space, labels, tuple(workloads), ports, tuple(outward))


def _container(
    manifest: Manifest, node: Node, pod: str, host: str, space: str, given: Mapping[str, str]
) -> Workload:
    name = manifest.text(node, "name") or ""
    mounted = (manifest.text(each, "name") or "" for each in items(node, "volume_mounts"))
    return Workload(
        id=f"{pod}/{name}",
        name=name,
        deployment=space,
        extents=(Span(manifest.path, node.start, node.end),),
        host=host,
        image=manifest.text(node, "image") or "",
        mounts=tuple(dict.fromkeys(given[each] for each in mounted if each in given)),
        words=(*manifest.words(node, "command"), *manifest.words(node, "args")),
    )


def _volumes(manifest: Manifest, spec: Node) -> Iterator[tuple[str, str]]:
    """Yield the volumes that hold ConfigMaps, and which."""
    for each in items(spec, "volumes"):
        name = manifest.text(each, "name") or ""
        held = manifest.text(each, "config_map", "name")
        for one in items(each, "projected", "sources"):
            held = held or manifest.text(one, "config_map", "name")
        if held:
            yield name, f"!{held}"


def _doors(manifest: Manifest, node: Node, pods: list[Pod]) -> Iterator[Door]:
    """Yield the ports of a Service."""
    name, space = manifest.text(node, "metadata", "name"), namespace(manifest, node)
    selector = manifest.table(node, "spec", "selector")
    chosen = [pod for pod in pods if space in ("", pod.namespace) and _selects(selector, pod)]
    if not name or not chosen:
        return
    ways = [f"{name}.{space}{end}" for end in ("", ".svc", f".svc.{CLUSTER}") if space]
    outward = manifest.text(node, "spec", "type") in _OUTWARD
    for each in items(node, "spec", "ports"):
        port = manifest.number(each, "port")
        if port is None or (manifest.text(each, "protocol") or "TCP") != "TCP":
            continue
        wanted = manifest.text(each, "target_port") or str(port)
        for pod in chosen:
            target = int(wanted) if wanted.isdecimal() else pod.ports.get(wanted)
            if target:
                yield Door(
                    frozenset({name, *ways}),
                    port,
                    target,
                    frozenset({pod.id}),
                    space,
                    manifest.span(each),
                    f"Service `{name}`",
                    published=outward,
                )


def _selects(selector: Mapping[str, str], pod: Pod) -> bool:
    return bool(selector) and selector.items() <= pod.labels.items()
