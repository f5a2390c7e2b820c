"""Values with a type of their own (`google.protobuf.Any`), as Envoy's files write them."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.yamltree.node import Node, Pair, get, pair, text


def type_of(node: Node | None) -> str:
    """Return the last component of a message's `@type`, empty if it has none."""
    return last_component(text(node, "@type") or "")


def last_component(url: str) -> str:
    """Return the message's name from a type URL of any prefix."""
    return url.rpartition("/")[2].rpartition(".")[2]


class Message(NamedTuple):
    """An `Any` unwrapped: its full type name, its fields, and the pair that names the type."""

    type: str
    fields: Node | None
    head: Pair | None

    @property
    def kind(self) -> str:
        """The last component of the type."""
        return last_component(self.type)


def message(node: Node | None) -> Message:
    """Return a typed value's type and fields; `TypedStruct` wraps one."""
    head = pair(node, "@type")
    url = text(node, "@type") or ""
    if last_component(url) == "TypedStruct":
        inner = pair(node, "type_url")
        return Message(text(node, "type_url") or "", get(node, "value"), inner or head)
    return Message(url, node, head)
