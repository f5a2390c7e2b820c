"""An endpoint begins: a listener is bound to what it serves, or a connection's context is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mtlslint.code import escaping
from mtlslint.code.api import Open
from mtlslint.code.arguments import Call
from mtlslint.code.between import Way
from mtlslint.code.finish import EITHER
from mtlslint.code.found import Opening
from mtlslint.code.interpret import address, reach
from mtlslint.code.values import (
    Ref,
    Routine,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    as_usual,
    bare,
    reachable,
    why,
)
from mtlslint.model import SERVER, Address, Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def open_endpoint(
    machine: Machine,
    opens: Open,
    call: Call,
    subject: Value | None,
    world: World,
    done: bool = False,
) -> None:
    """Tell the collector of an endpoint in its present state; `done`: unless it is part of one."""
    thing = world.thing(subject) if subject is not None else None
    odd = _odd(machine, opens, thing)
    if odd and opens.side == SERVER:
        return
    if _within_process(opens, call, thing, world):
        if subject is not None and thing is not None:
            # Its context is no endpoint by itself either.
            world.update(subject, thing._replace(kind=""))
        return
    if opens.again:
        _open_again(machine, opens, call, thing, world)
        return
    head, label = call.span, call.name
    if opens.head == "self" and thing is not None:
        head, label = thing.site, thing.label or label
    config = call.argument(opens.config, world) if opens.config != "self" else subject
    if opens.held and config is not None:
        held = _carried(machine, opens.side, config, world)
        escaping.escape(machine, config, world)
        config = held
    if opens.held and not _says_anything(config, world):
        return
    settings, content = _config(machine, opens, call, config, head, world)
    if thing is not None and opens.config == "self" and not done:
        machine.collector.consume(thing.site)
    where = _address(machine, opens, call, world)
    settings["reach"] = _reach(opens, call, thing, where, head, world)
    if opens.side == SERVER and not settings["reach"].known:
        stream = call.argument(opens.address, world)
        handed_in = isinstance(stream, Unknown) and stream.index is not None
        if handed_in and _only_local(machine, world):
            settings["reach"] = Setting("local", head, note="nothing here listens elsewhere")
    settings["tier"] = Setting("app", head)
    settings["transport"] = _transport(opens, call, head, world)
    app = call.argument(opens.app, world)
    content |= _content(machine, app, world)
    if app is not None and not done:
        escaping.escape(machine, app, world)
    if machine.serves_nothing(app, world):
        settings["serves"] = Setting("nothing", head, note="it only redirects")
    function = machine.frame.function if machine.frames else None
    way = _way(machine, world) if content else frozenset()
    opening = Opening(opens.side, head, label, function, where, content, way=way)
    said = machine.identities(machine, app, world) if opens.side == SERVER else ()
    states = [{**settings, "client_identity": one} for one in said] or [settings]
    if _usual_reach(machine, opens, call, settings, world) == "network":
        reached = Setting("network", head, note="unless it is told another address")
        states = [{**states[0], "reach": reached}, *states]
    for state in states:
        world.opened = machine.collector.open(world.opened, opening, state, done, odd)
        if opens.config == "self" and not (done or odd) and subject is not None:
            _watch(machine, opening, state, subject, world)


def _watch(
    machine: Machine, opening: Opening, state: Mapping[str, Setting], subject: Value, world: World
) -> None:
    """A listener asks its configuration at each connection, and not once."""
    thing, value = world.thing(subject), bare(subject)
    found = machine.collector.opened.get((opening.head, opening.side))
    if not machine.api.anchored or opening.side != SERVER or machine.collector.testing:
        return
    if found is not None and thing is not None and isinstance(value, Ref):
        number = machine.collector.watching.watch(found.states, found.roots, state)
        world.watched = {**world.watched, number: (value.id, thing.settings)}


def _way(machine: Machine, world: World) -> Way:
    """Return what the functions that are running assumed to get here."""
    assumed = [*(frame.assumed for frame in machine.frames[1:]), world.assumed]
    return frozenset(
        (frame.function.span, asked, answer)
        for frame, known in zip(machine.frames, assumed, strict=True)
        if frame.function is not None
        for asked, answer in known.items()
    )


def _says_anything(config: Value | None, world: World) -> bool:
    thing = world.thing(config) if config is not None else None
    return thing is not None and bool(thing.settings)


def _odd(machine: Machine, opens: Open, thing: Thing | None) -> bool:
    """Whether something made for one side is used on the other; for servers that is an error."""
    kind = machine.api.kinds.get(thing.kind) if thing is not None else None
    if kind is None or not machine.api.anchored or opens.config != "self":
        return False
    return kind.side not in ("", EITHER, opens.side)


def _within_process(opens: Open, call: Call, thing: Thing | None, world: World) -> bool:
    """Whether both ends of the connection are the program's own, made as a pair."""
    value = call.argument(opens.address, world)
    ends = world.thing(value) if value is not None else None
    reached = ends.settings.get("reach") if ends is not None and ends is not thing else None
    return reached is not None and reached.value == "process"


def _open_again(
    machine: Machine, opens: Open, call: Call, thing: Thing | None, world: World
) -> None:
    """The running server's configuration is replaced by one that states what `state` says."""
    auth = thing.settings.get("client_auth") if thing is not None else None
    if thing is None or (auth is not None and auth.value == "none"):
        return
    settings = {name: Setting(value, call.span) for name, value in opens.state.items()}
    content = frozenset({key_of(thing.site)})
    function = machine.frame.function
    opening = Opening(opens.side, call.span, call.name, function, content=content, again=True)
    world.opened = machine.collector.open(world.opened, opening, settings)


def _config(
    machine: Machine,
    opens: Open,
    call: Call,
    value: Value | None,
    head: Span,
    world: World,
) -> tuple[dict[str, Setting], frozenset[str]]:
    """Return the settings of the configuration handed over, and its key if it can change."""
    if opens.config is None:
        return {}, frozenset()
    thing = world.thing(value) if value is not None else None
    found: Mapping[str, Setting] = {}
    content: frozenset[str] = frozenset()
    if thing is not None and thing.kind:
        kind = machine.api.kinds[thing.kind]
        machine.collector.cross(thing, side_of(machine, value, world), opens.side)
        if opens.config != "self":
            machine.collector.take(thing)
        found = thing.settings
        content = frozenset({key_of(thing.site)}) if kind.app else content
    elif value is not None:
        inner = _carried(machine, opens.side, value, world)
        if inner is not None:
            return _config(machine, opens, call, inner, head, world)
        escaping.escape(machine, value, world)
    settings = dict(found)
    for name in opens.settings:
        settings.setdefault(name, Setting(None, head, note=why(value)))
    return settings, content


def _carried(machine: Machine, side: str, value: Value, world: World) -> Value | None:
    """Return the only configuration that an object of the program carries."""
    found: list[Value] = []
    for handle in reachable(world, value):
        kind = machine.api.kinds.get(world.heap[handle].kind)
        if kind is not None and kind.side == side and kind.finished:
            found.append(Ref(handle))
    return found[0] if len(found) == 1 else None


def side_of(machine: Machine, value: Value | None, world: World) -> str:
    """Return the side that a thing is meant for, if it is for one."""
    thing = world.thing(value) if value is not None else None
    kind = machine.api.kinds.get(thing.kind) if thing is not None else None
    return kind.side if kind is not None and kind.side != EITHER else ""


def key_of(span: Span) -> str:
    """Return an opaque key for what was made at a place."""
    return f"{span.path}#{span.start}"


def key_of_path(symbol: Symbol) -> str:
    """Return an opaque key for something of the program that has a name."""
    return ".".join(symbol.path)


def _content(machine: Machine, app: Value | None, world: World) -> frozenset[str]:
    if isinstance(app, Symbol) and app.path[0] == "":
        return frozenset() if machine.serves_nothing(app, world) else frozenset({key_of_path(app)})
    if isinstance(app, Routine) and machine.api.anchored:
        return frozenset(key_of(one.span) for one in app.functions)
    thing = world.thing(app) if app is not None else None
    kind = machine.api.kinds.get(thing.kind) if thing else None
    if thing is None or kind is None or not kind.app or machine.serves_nothing(app, world):
        return frozenset()
    return frozenset({key_of(thing.site)})


def _address(machine: Machine, opens: Open, call: Call, world: World) -> Address:
    for which in (opens.address, opens.listener):
        value = call.argument(which, world)
        if value is not None:
            return address(value, world, machine.api)
    return Address()


def _reach(
    opens: Open, call: Call, thing: Thing | None, where: Address, head: Span, world: World
) -> Setting:
    """Return how far away clients may be: by kind of socket, then by address."""
    if opens.reach:
        return Setting(opens.reach, head)
    value = call.argument(opens.listener, world)
    for holder in (thing, world.thing(value) if value is not None else None):
        if holder is not None and "reach" in holder.settings:
            return holder.settings["reach"]
    found = reach(where.host)
    return Setting(found, head, note="" if found else "its address isn't known here")


def _usual_reach(
    machine: Machine, opens: Open, call: Call, settings: Mapping[str, Setting], world: World
) -> str | None:
    """Return how far away a server's clients may be unless somebody sets its address."""
    if opens.side != SERVER or settings["reach"].known:
        return None
    value = call.argument(opens.address, world) or call.argument(opens.listener, world)
    thing = world.thing(value) if value is not None else None
    value = thing.parts.get("address") if thing is not None else value
    where = address(as_usual(value), world, machine.api) if value is not None else Address()
    return reach(where.host)


def _only_local(machine: Machine, world: World) -> bool:
    """Whether all that this path listens on is local: whoever is accepted came by one of them."""
    places = [one.parts["address"] for one in world.heap.values() if "address" in one.parts]
    hosts = [address(one, world, machine.api).host for one in places]
    return bool(hosts) and all(reach(host) == "local" for host in hosts)


def _transport(opens: Open, call: Call, head: Span, world: World) -> Setting:
    found: str | None = opens.transport or None
    if opens.listener is not None:
        value = call.argument(opens.listener, world)
        thing = world.thing(value) if value is not None else None
        setting = thing.settings.get("transport") if thing else None
        if opens.listener == "self" and setting is not None:
            return setting
        found = str(setting.value) if setting is not None and setting.known else None
    return Setting(found, head, note="" if found else "listener unknown")
