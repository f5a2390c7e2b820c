"""Judges the program's own verifiers by what their bodies do, not by their names.

What rustls does with the answers: no certificate is asked for if `offer_client_auth` is false;
without `client_auth_mandatory` it is mandatory if offered; a certificate that is sent must get
`Ok` from `verify_client_cert` (rustls 0.19 to 0.23, server/tls12.rs and tls13.rs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mtlslint.code import meanings, running
from mtlslint.code.evaluate import Machine
from mtlslint.code.found import Opening
from mtlslint.code.ir import Name, Opaque, Path
from mtlslint.code.items import Function, Implementation, Module
from mtlslint.code.patterns import names_in
from mtlslint.code.values import (
    Failed,
    Handle,
    Known,
    Outcome,
    Thing,
    Value,
    World,
    bare,
    reachable,
)
from mtlslint.code.verdicts import ACCEPTED, ASKED, ELSEWHERE, JUDGED, OWN
from mtlslint.code.walk import nodes_in
from mtlslint.model import CLIENT, SERVER, Setting, State
from mtlslint.source import Span

CLIENT_VERIFIER = "rustls::ClientCertVerifier"
SERVER_VERIFIER = "rustls::ServerCertVerifier"

_SIDES = {CLIENT_VERIFIER: SERVER, SERVER_VERIFIER: CLIENT}
_CHECKS = {
    CLIENT_VERIFIER: ("verify_client_cert", "verify_identity"),
    SERVER_VERIFIER: ("verify_server_cert", "verify_identity"),
}
_SIGNATURES = ("verify_tls12_signature", "verify_tls13_signature")


def judge(machine: Machine, value: Value, interface: str, world: World) -> State | None:
    """Return the settings that a verifier of the program decides; None if it isn't in sight."""
    thing = world.thing(value)
    if thing is None or not thing.path:
        return None
    found = _implementation(machine, thing.path, interface)
    if found is None:
        return None
    key = machine.program.key(thing.path, machine.frame.module)
    if not machine.collector.testing:
        machine.installed.setdefault(key, set()).add(interface)
    held = {handle: world.heap[handle] for handle in reachable(world, value)}
    judged = _recalled(machine, found[1], interface, value, world, held)
    auth = judged.get("client_auth")
    for inner in held.values():
        if inner.kind:
            machine.collector.take(inner)
            if auth is not None and auth.value == "none":
                machine.collector.ask_in_vain(auth, None, inner.site)
    return judged


def uninstalled(machine: Machine) -> None:
    """Add every verifier that no endpoint in sight shows as an endpoint of its own."""
    shown: dict[str, list[Span]] = {}
    for span in machine.collector.shown(common=True):
        shown.setdefault(span.path, []).append(span)
    for entries in machine.program.implementations.values():
        for module, one in entries:
            machine.begin(module)
            interface = _interface(machine, module, one)
            if interface not in _SIDES:
                continue
            head = _head(machine, module, one, interface)
            told = _told(module, one, shown.get(one.span.path, []))
            if not one.test and (told or _is_dead(machine, module, one, interface)):
                continue
            machine.collector.testing = one.test
            world = World()
            value = world.add(Thing("", one.span, path=one.owner))
            settings = _judged(machine, one, interface, value, world)
            opening = Opening(_SIDES[interface], head, one.owner[-1], None)
            machine.collector.leave(opening, settings)
    machine.collector.testing = False


def _told(module: Module, one: Implementation, shown: list[Span]) -> bool:
    """Whether some endpoint shows what the verifier decides, by the spans in its file."""
    wholes = [
        (method.span.start, method.body.span.end)
        for method in module.functions
        if method.owner == one.owner and method.trait == one.trait
    ]
    return one.span in shown or any(
        start <= span.start < end for span in shown for start, end in wholes
    )


def _is_dead(machine: Machine, module: Module, one: Implementation, interface: str) -> bool:
    """Whether one of the type is only used as something else, or none is ever made.

    None is if all code that would make one was run, and didn't.
    """
    key = machine.program.key(one.owner, module)
    if key in machine.installed:
        return interface not in machine.installed[key]
    users = machine.relevance.users.get((module.crate, one.owner[-1]), ())
    makers = [id(function) for function in users if not function.test]
    return key not in machine.created and bool(makers) and machine.reached.keys() >= set(makers)


def own_verifiers(machine: Machine, interface: str) -> Iterator[Span]:
    """Yield where the program's verifiers of a kind stand, and their methods."""
    for entries in machine.program.implementations.values():
        for module, one in entries:
            machine.begin(module)
            if _interface(machine, module, one) == interface:
                yield one.span
                yield from (
                    function.span
                    for function in module.functions
                    if function.owner == one.owner and function.trait == one.trait
                )


def _interface(machine: Machine, module: Module, one: Implementation) -> str:
    trait = machine.program.meaning(one.trait, module)
    return "" if meanings.is_own(machine, trait) else machine.api.interface(trait)


def _head(machine: Machine, module: Module, one: Implementation, interface: str) -> Span:
    method = _check(machine, module, one, interface)
    return method.span if method is not None else one.span


def _implementation(
    machine: Machine, path: Path, interface: str
) -> tuple[Module, Implementation] | None:
    found = [
        (module, one)
        for module, one in machine.program.implementations_of(path, machine.frame.module)
        if _interface(machine, module, one) == interface
    ]
    here = [pair for pair in found if pair[0] is machine.frame.module]
    chosen = here or found
    return chosen[0] if len(chosen) == 1 else None


def _recalled(
    machine: Machine,
    one: Implementation,
    interface: str,
    value: Value,
    world: World,
    held: Mapping[Handle, Thing],
) -> State:
    """Judge a verifier that holds these things, unless it was judged with all that it holds."""
    build = frozenset(world.build.items())
    known = machine.judged.setdefault(
        (id(one), interface, value, build, machine.collector.testing), []
    )
    for others, state in known:
        if others == held:
            return state
    state = _judged(machine, one, interface, value, world.fork())
    known.append((held, state))
    return state


def _judged(
    machine: Machine, one: Implementation, interface: str, value: Value, world: World
) -> State:
    module = _module_of(machine, one)
    settings: dict[str, Setting] = {}
    if interface == CLIENT_VERIFIER:
        settings |= _client_auth(machine, module, one, value, world)
        settings |= _chain(machine, module, one, interface, "client_chain", value, world)
        settings["client_auth_intent"] = Setting(_intent(settings), one.span)
    else:
        settings |= _chain(machine, module, one, interface, "peer_chain", value, world)
    settings |= _signature(machine, module, one, value, world)
    return settings


def _intent(settings: State) -> str:
    auth = settings.get("client_auth")
    return "none" if auth is not None and auth.value == "none" else "asked"


def _module_of(machine: Machine, one: Implementation) -> Module:
    found = machine.program.implementations[one.owner[-1]]
    return next(module for module, implementation in found if implementation is one)


def _method(machine: Machine, module: Module, one: Implementation, name: str) -> Function | None:
    for function in module.functions:
        if function.name == name and function.owner == one.owner and function.trait == one.trait:
            return function
    return None


def _check(
    machine: Machine, module: Module, one: Implementation, interface: str
) -> Function | None:
    """Return the method that judges certificates; rustls 0.24 has one name for both sides."""
    found = (_method(machine, module, one, name) for name in _CHECKS[interface])
    return next((method for method in found if method is not None), None)


def _run(machine: Machine, function: Function, value: Value, world: World) -> list[Outcome]:
    """Return what a method may give back, and what each answer rests on."""
    watched = world.fork()
    watched.rests = frozenset()
    return running.run_functions(machine, (function,), (value,), watched)


def _client_auth(
    machine: Machine, module: Module, one: Implementation, value: Value, world: World
) -> dict[str, Setting]:
    offer = _method(machine, module, one, "offer_client_auth")
    if offer is not None:
        outcomes = _run(machine, offer, value, world)
        if outcomes and all(bare(result) == Known(False) for _, result in outcomes):
            return {"client_auth": Setting("none", offer.span)}
    mandatory = _method(machine, module, one, "client_auth_mandatory")
    if mandatory is None:
        return {"client_auth": Setting("required", one.span)}
    outcomes = _run(machine, mandatory, value, world)
    found = [_mandatory(result, after, mandatory.span) for after, result in outcomes]
    if found and all(one == found[0] for one in found):
        return {"client_auth": found[0]}
    sometimes = [
        one
        for one, (after, _) in zip(found, outcomes, strict=True)
        if one.value == "optional" and ASKED in (after.rests or ())
    ]
    if sometimes:
        # The handshake decides and not the verifier's own settings: some get in without.
        return {"client_auth": sometimes[0]}
    note = "`client_auth_mandatory` decides at run time"
    return {"client_auth": Setting(None, mandatory.span, note=note)}


def _mandatory(value: Value, world: World, span: Span) -> Setting:
    inner = bare(value)
    if isinstance(inner, Known) and isinstance(inner.value, bool):
        return Setting("required" if inner.value else "optional", span)
    thing = world.thing(inner)
    setting = thing.settings.get("client_auth") if thing is not None else None
    if setting is None or not setting.known:
        return Setting(None, span, note="`client_auth_mandatory` decides at run time")
    return setting._replace(via=(*setting.via, span))


def _chain(
    machine: Machine,
    module: Module,
    one: Implementation,
    interface: str,
    name: str,
    value: Value,
    world: World,
) -> dict[str, Setting]:
    check = _check(machine, module, one, interface)
    if check is None:
        return {}
    named = frozenset({"name"} if name == "peer_chain" else ())
    looks = not _looks_away(machine, check)
    trust, span = _weakest(check, _run(machine, check, value, world), named, looks)
    if trust == UNVERIFIED:
        found = {name: Setting("unverified", span, note="every certificate is accepted")}
        return {**found, "peer_name": found[name]} if name == "peer_chain" else found
    if trust == NAMELESS and named:
        verified = Setting("verified", check.span)
        return {name: verified, "peer_name": Setting("unverified", span)}
    known = trust in (NAMELESS, VERIFIED)
    note = "" if known else "the program's own verifier decides"
    return {name: Setting("verified" if known else None, check.span, note=note)}


UNVERIFIED, UNDECIDED, NAMELESS, DELEGATED, VERIFIED = range(5)


def _looks_away(machine: Machine, check: Function) -> bool:
    """Whether a check goes by what else it is told, and reads nothing of the certificates.

    These come first: the roots and the chain, the certificate and those between. One that reads
    nothing at all goes by what its settings are.
    """
    kinds = machine.program.nodes(check.body)
    if any(isinstance(one, Opaque) and not one.children for one in kinds.get(Opaque, ())):
        return False  # A macro that can't be read may read them.
    read = {one.path[0] for one in kinds.get(Name, ()) if isinstance(one, Name)}
    told = [list(names_in(one.pattern)) for one in check.params[1:]]
    unread = all(
        name.startswith("_") and name not in read
        for certificates in told[:2]
        for name in certificates
    )
    return unread and any(name in read for others in told[2:] for name in others)


def _weakest(
    check: Function, outcomes: list[Outcome], named: frozenset[str], looks: bool
) -> tuple[int, Span]:
    """Return what the weakest way to a yes has checked, and where that is said.

    Where one of several assertions decides, that is its place, else the whole method.
    """
    yes = [(value, world) for world, value in outcomes if _accepts(value, world)]
    open_ends = [one for _, one in outcomes if not isinstance(one, Failed)]
    harmless = {ASKED, OWN} if len(yes) == len(outcomes) else set[str]()
    ways = [
        _trust((world.rests or frozenset()) - harmless, named) if looks else UNVERIFIED
        for _, world in yes
    ]
    if not ways or len(open_ends) > len(yes):
        return min([UNDECIDED, *ways]), check.span
    weakest = min(ways)
    sites = {_site(*one) for one, way in zip(yes, ways, strict=True) if way == weakest}
    names = [one for one in nodes_in(check.body) if isinstance(one, Name)]
    several = sum(one.path[-1] == "assertion" for one in names) > len(sites)
    place = next(iter(sites), None) if several and len(sites) == 1 else None
    return weakest, place or check.span


def _accepts(value: Value, world: World) -> bool:
    return bare(value) == ACCEPTED or _asserts(value, world)


def _trust(rests: frozenset[str], named: frozenset[str]) -> int:
    """Return what was checked on a path that ends in a yes."""
    if not rests.isdisjoint({ASKED, OWN, JUDGED}):
        return UNDECIDED
    if "chain" not in rests:
        return UNVERIFIED
    if not named <= rests:
        return NAMELESS
    return DELEGATED if ELSEWHERE in rests else VERIFIED


def _site(value: Value, world: World) -> Span | None:
    thing = world.thing(value)
    return thing.site if thing is not None else None


def _asserts(value: Value, world: World) -> bool:
    thing = world.thing(value)
    return thing is not None and thing.kind == "rustls.assertion"


def _signature(
    machine: Machine, module: Module, one: Implementation, value: Value, world: World
) -> dict[str, Setting]:
    for name in _SIGNATURES:
        method = _method(machine, module, one, name)
        if method is None:
            continue
        outcomes = _run(machine, method, value, world)
        rests = [after.rests or frozenset() for after, _ in outcomes]
        sound = any(one & {"signature", JUDGED} for one in rests)
        if outcomes and not sound and all(_asserts(v, w) for w, v in outcomes):
            note = "the peer need not own the key"
            return {"handshake_signature": Setting("unverified", method.span, note=note)}
    return {}
