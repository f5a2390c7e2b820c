"""The services of a compose file: what they are built from, and which ports lead to them.

Facts from the compose specification (docs.docker.com/reference/compose-file).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import join, normpath

from mtlslint.services import COMPOSE
from mtlslint.source import Span
from mtlslint.workloads.manifest import Fill, Manifest, manifests
from mtlslint.workloads.published import published
from mtlslint.workloads.workload import MACHINE, Build, Deployments, Door, Workload
from mtlslint.yamltree.node import Mapping as Table
from mtlslint.yamltree.node import Node, Pair, get, items, snake

_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?([-?+])([^${}]*))?\}|(\w+))")
_DEFAULT_NETWORK = "default"


def is_compose(path: str, data: bytes) -> bool:
    """Whether a file declares the services of a compose project."""
    return COMPOSE.fullmatch(path.rpartition("/")[2]) is not None and b"services" in data


def deployment(path: str, data: bytes, variables: Mapping[str, str]) -> Deployments:
    """Return the services of a compose file; `variables` are those of the `.env` beside it."""
    found = Deployments()
    for manifest in manifests(path, data, _filling(variables)):
        services = get(manifest.root, "services")
        for each in services.pairs if isinstance(services, Table) else ():
            found = found.joined(_service(manifest, each))
    return found


def _filling(variables: Mapping[str, str]) -> Fill:
    def value(match: re.Match[str]) -> str:
        name = match[1] or match[4]
        otherwise = match[3] if match[2] == "-" else match[0]
        return variables.get(name) or otherwise

    return lambda text: _VARIABLE.sub(value, text)


def _service(manifest: Manifest, found: Pair) -> Deployments:
    folder, node = manifest.path.rpartition("/")[0], found.value
    scope = f"compose:{folder}"
    name = manifest.say(found.key) or ""
    id_ = _id(scope, name)
    networks = _networks(manifest, node)
    host = _host(manifest.text(node, "network_mode") or "", scope, id_)
    workload = Workload(
        id=id_,
        name=name,
        deployment=scope,
        extents=(Span(manifest.path, found.key.start, node.end),),
        host=host,
        build=_build(manifest, node, folder),
        image=manifest.text(node, "image") or "",
        mounts=tuple(_mounts(manifest, node, folder)),
        words=(*manifest.words(node, "entrypoint"), *manifest.words(node, "command")),
        networks=networks,
    )
    span = manifest.span(found)
    names = frozenset({name, *_names(manifest, node)})
    label = f"service `{name}`"
    door = Door(names, None, None, frozenset({host}), scope, span, label, networks)
    return Deployments((workload,), (door, *_doors(manifest, node, scope, host)))


def _id(scope: str, name: str) -> str:
    return f"{scope}:{name}"


def _host(mode: str, scope: str, own: str) -> str:
    if mode == "host":
        return _id(scope, MACHINE)
    kind, _, other = mode.partition(":")
    return _id(scope, other) if kind == "service" and other else own


def _networks(manifest: Manifest, service: Node) -> frozenset[str]:
    found = get(service, "networks")
    if isinstance(found, Table):
        return frozenset(each.key.text for each in found.pairs)
    return frozenset(filter(None, map(manifest.say, items(service, "networks")))) or frozenset(
        {_DEFAULT_NETWORK}
    )


def _names(manifest: Manifest, service: Node) -> Iterator[str]:
    """Yield the other names by which a service is reached."""
    for key in ("container_name", "hostname"):
        name = manifest.text(service, key)
        if name:
            yield name
    networks = get(service, "networks")
    for each in networks.pairs if isinstance(networks, Table) else ():
        yield from filter(None, map(manifest.say, items(each.value, "aliases")))


def _build(manifest: Manifest, service: Node, folder: str) -> Build | None:
    found = get(service, "build")
    if found is None:
        return None
    context = manifest.say(found) or manifest.text(found, "context") or "."
    if "://" in context or context.startswith(("/", "git@")):
        return None
    context = _within(folder, context)
    return Build(context, _within(context, manifest.text(found, "dockerfile") or "Dockerfile"))


def _mounts(manifest: Manifest, service: Node, folder: str) -> Iterator[str]:
    """Yield the files and folders of the project that a service is given."""
    for each in items(service, "volumes"):
        source = manifest.text(each, "source")
        if source is None:
            source = (manifest.say(each) or "").partition(":")[0]
        if source.startswith("."):
            yield _within(folder, source)
    for each in items(service, "configs"):
        name = manifest.text(each, "source") or manifest.say(each) or ""
        file = manifest.text(manifest.root, "configs", snake(name), "file")
        if file:
            yield _within(folder, file)


def _doors(manifest: Manifest, service: Node, scope: str, host: str) -> Iterator[Door]:
    """Yield the ports that the machine passes on, and the names of other services' links."""
    for each in items(service, "ports"):
        for one in published(manifest, each):
            names, hosts = frozenset({MACHINE}), frozenset({host})
            span, reachable = manifest.span(each), one.reachable
            outer = one.outer or 0  # a free one: no name leads to it
            label = f"published port {one.outer or one.inner}"
            yield Door(names, outer, one.inner, hosts, scope, span, label, published=reachable)
    for each in items(service, "links"):
        target, _, alias = (manifest.say(each) or "").partition(":")
        if alias:
            hosts, span = frozenset({_id(scope, target)}), manifest.span(each)
            yield Door(frozenset({alias}), None, None, hosts, scope, span, f"service `{target}`")


def _within(folder: str, path: str) -> str:
    """Return a path relative to the project's root; "" is the root itself."""
    found = normpath(join(folder, path))
    return "" if found == "." else found
