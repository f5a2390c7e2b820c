"""Ports of a compose service that the machine it runs on passes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.workloads.manifest import Manifest
from mtlslint.yamltree.node import Mapping, Node

_SHORT = re.compile(
    r"(?:(?P<address>\[[\d:a-fA-F]*\]|\d+(?:\.\d+){3}|localhost):)?(?:(?P<outer>\d*(?:-\d+)?):)?"
    r"(?P<inner>\d+(?:-\d+)?)(?:/(?P<kind>\w+))?"
)
_LOOPBACK = ("127.", "[::1]", "::1", "localhost")
RANGE_LIMIT = 64
"""Ports of one range, above which it isn't followed."""


class Published(NamedTuple):
    """A port of the machine (None: whichever is free) and the service's that it leads to."""

    address: str
    outer: int | None
    inner: int

    @property
    def reachable(self) -> bool:
        """Whether other machines reach it."""
        return not self.address.startswith(_LOOPBACK)


def published(manifest: Manifest, entry: Node) -> Iterator[Published]:
    """Yield what an entry of `ports` publishes, short or long; nothing for UDP."""
    if isinstance(entry, Mapping):
        inner, outer = manifest.text(entry, "target"), manifest.text(entry, "published")
        text = f"{outer}:{inner}" if outer else inner or ""
        address, kind = manifest.text(entry, "host_ip"), manifest.text(entry, "protocol")
    else:
        text, address, kind = manifest.say(entry) or "", None, None
    found = _SHORT.fullmatch(text)
    if found is None or (kind or found["kind"] or "tcp").lower() != "tcp":
        return
    inside, outside = _range(found["inner"]), _range(found["outer"] or "")
    if outside and len(outside) != len(inside):
        return
    for index, port in enumerate(inside):
        yield Published(
            address or found["address"] or "", outside[index] if outside else None, port
        )


def _range(text: str) -> range:
    if not text:
        return range(0)
    low, _, high = text.partition("-")
    found = range(int(low), int(high or low) + 1)
    return found[:RANGE_LIMIT]
