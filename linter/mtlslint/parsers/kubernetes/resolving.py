"""Endpoints and routes of Ingresses and of load balancers' Services."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from mtlslint.facts import Project
from mtlslint.model import CLIENT, SERVER, Address, Document, Endpoint, Route, Setting, State
from mtlslint.parsers.kubernetes import alb, balancer, nginx_ingress
from mtlslint.parsers.kubernetes.controllers import Controller, Edge
from mtlslint.parsers.kubernetes.ingress import Backend, Hosts, backends, hosts
from mtlslint.parsers.kubernetes.reader import Object
from mtlslint.source import Span
from mtlslint.yamltree.node import items, literal, spoken, text

_CONTROLLERS: tuple[Controller, ...] = (nginx_ingress, alb)


def resolve_project(project: Project) -> Document:
    """Return all endpoints and routes. Pure; reads no bytes."""
    objects = [each for facts in project.facts.values() for each in facts.tree or ()]
    services = {(_space(each), each.name): each for each in objects if each.kind == "Service"}
    ingresses = ((_space(each), each.name) for each in objects if each.kind == "Ingress")
    estate = _Estate(services, Counter(ingresses))
    for each in objects:
        if each.kind == "Ingress":
            estate.add_ingress(each)
        else:
            estate.add_service(each)
    return Document(tuple(estate.endpoints.values()), tuple(estate.routes.values()))


class _Estate:
    """What was found so far, by id."""

    def __init__(
        self, services: Mapping[tuple[str, str], Object], rivals: Counter[tuple[str, str]]
    ) -> None:
        self.services = services
        self.rivals = rivals
        self.endpoints: dict[str, Endpoint] = {}
        self.routes: dict[str, Route] = {}

    def add_ingress(self, ingress: Object) -> None:
        """Add an Ingress that a known controller serves."""
        controller = next((each for each in _CONTROLLERS if each.serves(ingress)), None)
        if controller is None:
            return
        behind = list(backends(ingress))
        for group in _groups(ingress):
            edge = controller.edge(ingress, group)
            if edge.passed:
                continue
            # Objects of one name replace each other: their ways in are never there together.
            rival = f"@{ingress.path}" if self.rivals[_space(ingress), ingress.name] > 1 else ""
            base = f"kubernetes:{_space(ingress)}{rival}"
            content = frozenset(f"{base}:{each.service}" for each in behind)
            for server in _servers(ingress, group, edge, content):
                self.endpoints[server.id] = server
                for each in behind:
                    self._lead(server, ingress, each, controller, edge)

    def _lead(
        self,
        server: Endpoint,
        ingress: Object,
        backend: Backend,
        controller: Controller,
        edge: Edge,
    ) -> None:
        service = self.services.get((_space(ingress), backend.service))
        port = _number(backend.port, service)
        identity = f"kubernetes:{ingress.path}:{ingress.name}>{backend.service}:{backend.port}"
        state = controller.upstream(ingress, service, backend.span)
        self.endpoints[identity] = Endpoint(
            identity,
            f"{_file(ingress)}: Service {spoken(backend.service)}, port {spoken(backend.port)}",
            "kubernetes",
            CLIENT,
            backend.span,
            ({**state, **_place(backend.span)},),
            Address(_host(backend.service, ingress) if literal(backend.service) else None, port),
        )
        states: tuple[State, ...] = ({"identity_headers": edge.headers} if edge.headers else {},)
        self._route(server, self.endpoints[identity], backend.span, states)

    def add_service(self, service: Object) -> None:
        """Add the ports of a Service at which a load balancer ends TLS."""
        for port in balancer.ports(service):
            base = f"kubernetes:{service.path}:{service.name}:{port.number}"
            name = f"{_file(service)}: load balancer of {spoken(service.name)}, port {port.number}"
            place = _place(port.span)
            address = Address(None, port.number)
            server = Endpoint(
                base, name, "kubernetes", SERVER, port.span, ({**port.server, **place},), address
            )
            client = Endpoint(
                f"{base}>",
                f"{_file(service)}: targets of {spoken(service.name)}, port {port.number}",
                "kubernetes",
                CLIENT,
                port.span,
                ({**port.client, **place},),
                Address(_host(service.name, service), port.number),
            )
            self.endpoints |= {server.id: server, client.id: client}
            self._route(server, client, port.span, ({},))

    def _route(
        self, server: Endpoint, client: Endpoint, span: Span, states: tuple[State, ...]
    ) -> None:
        identity = f"{server.id}>{client.id}"
        name = f"{server.name} -> {client.name.partition(': ')[2]}"
        self.routes[identity] = Route(identity, name, span, server.id, client.id, states)


def _groups(ingress: Object) -> Iterator[Hosts]:
    """Yield the groups of hosts; a load balancer's certificate covers all of them."""
    found = list(hosts(ingress))
    certificate = alb.secured(ingress) if alb.serves(ingress) else None
    if certificate is None:
        yield from found
        return
    names = tuple(dict.fromkeys(name for each in found for name in each.names))
    yield Hosts(names, True, certificate.span)


def _servers(
    ingress: Object, group: Hosts, edge: Edge, content: frozenset[str]
) -> Iterator[Endpoint]:
    """Yield the server of a group of hosts, and the plaintext one beside it if there is one."""
    base = f"kubernetes:{ingress.path}:{ingress.name}:{','.join(group.names)}"
    name = f"{_file(ingress)}: Ingress {spoken(ingress.name)}, {group.label}"
    keys = frozenset(f"{each}:{host}" for each in content for host in group.names or ("*",))
    if group.tls:
        state = {"transport": Setting("tls", group.span), **edge.tls, **_place(group.span)}
        yield _server(f"{base}:tls", name, group.span, state, 443, keys)
    bare = edge.bare if group.tls else group.span
    if bare is not None:
        state = {"transport": Setting("plaintext", bare), **_place(bare)}
        label = f"{name}, without TLS" if group.tls else name
        yield _server(f"{base}:plain", label, bare, state, 80, keys)


def _server(
    identity: str, name: str, head: Span, state: State, port: int, content: frozenset[str]
) -> Endpoint:
    address = Address(None, port)
    return Endpoint(identity, name, "kubernetes", SERVER, head, (state,), address, content)


def _place(span: Span) -> State:
    return {"reach": Setting("network", span), "tier": Setting("proxy", span)}


def _number(port: str, service: Object | None) -> int | None:
    """Return a port's number; one that has a name is looked up in the Service."""
    if port.isdecimal():
        return int(port)
    for each in items(service.node, "spec", "ports") if service else ():
        number = text(each, "port") or ""
        if text(each, "name") == port and number.isdecimal():
            return int(number)
    return None


def _space(found: Object) -> str:
    space = text(found.node, "metadata", "namespace") or ""
    return space if literal(space) else ""


def _host(service: str, beside: Object) -> str:
    space = _space(beside)
    return f"{service}.{space}" if space else service


def _file(found: Object) -> str:
    return found.path.replace("!", "/").rpartition("/")[2]
