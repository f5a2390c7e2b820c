"""Configurations that share what sessions are resumed from.

A resumed session skips the verifier: what began without a certificate at a laxer listener goes on
at a stricter one that knows the same sessions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code.ir import Name
from mtlslint.code.values import Handle, Ref, Thing, World, bare
from mtlslint.code.walk import nodes_in
from mtlslint.model import Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

PREFIX = "session."
"""Begins the names of parts that hold sessions, and of the settings that say where it is set."""

_NOTE = "a session begun at the laxer one is resumed here, without a certificate"


def share_sessions(machine: Machine, world: World) -> None:
    """Note which configurations of a path resume the sessions of laxer ones.

    What a constant holds is there on every path.
    """
    holders: dict[tuple[str, object], list[Thing]] = {}
    for thing in world.heap.values():
        for name, part in thing.parts.items():
            held = bare(part)
            if name.startswith(PREFIX) and isinstance(held, Ref):
                holders.setdefault((name, _identity(machine, held.id)), []).append(thing)
    for key, things in holders.items():
        if isinstance(key[1], Span):
            kept = machine.collector.resuming.setdefault((key[0], key[1]), {})
            kept |= {thing.site: thing for thing in things}
            holders[key] = list(kept.values())
    for (name, _), things in holders.items():
        lax = [one for one in things if _auth(one) in ("none", "optional")]
        for one in things if lax else ():
            if _auth(one) == "required" and name in one.settings:
                via = (lax[0].settings["client_auth"].span,)
                shared = Setting("shared", one.settings[name].span, via=via, note=_NOTE)
                machine.collector.shared[one.settings["client_auth"].span] = shared


def _auth(thing: Thing) -> object:
    return thing.settings["client_auth"].value if "client_auth" in thing.settings else None


def _identity(machine: Machine, handle: Handle) -> object:
    """What is made in a constant is made once, however often it is named."""
    site = handle[0] if isinstance(handle, tuple) else None
    if site is None:
        return handle
    for module in machine.program.modules:
        if module.path != site.path:
            continue
        for node in module.constants.values():
            names = (one for one in nodes_in(node) if isinstance(one, Name))
            if any(one.span.start == site.start for one in names):
                return site
    return handle
