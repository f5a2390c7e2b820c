"""Programs that run somewhere, and the names and ports that lead to them."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.source import Span

EVERYWHERE = frozenset({"*"})
"""The networks of names that count wherever in a deployment they are said."""

MACHINE = "machine"
"""The name of whatever machine the workloads of a deployment run on."""


class Build(NamedTuple):
    """What an image is made of: the folder that is sent to the builder, and its Dockerfile."""

    context: str
    dockerfile: str


class Workload(NamedTuple):
    """Something that runs: a compose service, or a container of a pod.

    `host` is the network namespace: workloads with the same one share loopback and ports.
    `mounts` are files and folders of the project that it is given (`!name` is a ConfigMap),
    `words` what its command says, `extents` all that is said of it.
    """

    id: str
    name: str
    deployment: str
    extents: tuple[Span, ...]
    host: str
    build: Build | None = None
    image: str = ""
    mounts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    networks: frozenset[str] = EVERYWHERE


class Door(NamedTuple):
    """A way in: a host name and port lead to a port of the workloads on some hosts.

    `port` None: any, and the same on the other side. `deployment`
    says where the names count, `label` what it is for people, `published` whether the outside
    reaches it.
    """

    names: frozenset[str]
    port: int | None
    target: int | None
    hosts: frozenset[str]
    deployment: str
    span: Span
    label: str
    networks: frozenset[str] = EVERYWHERE
    published: bool = False


class Deployments(NamedTuple):
    """All that a project says of what runs where."""

    workloads: tuple[Workload, ...] = ()
    doors: tuple[Door, ...] = ()

    def joined(self, other: Deployments) -> Deployments:
        """Return both together."""
        return Deployments((*self.workloads, *other.workloads), (*self.doors, *other.doors))


def repository(image: str) -> str:
    """Return the last part of an image's name, without its tag: `shop/orders:1.4` is orders."""
    return image.rpartition("/")[2].partition("@")[0].partition(":")[0]
