"""Runs the crates that know each other together, and says what they open, hold and misuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from mtlslint.code.endpoints import endpoints_of
from mtlslint.code.evaluate import Machine
from mtlslint.code.mutual import continued
from mtlslint.code.run import start
from mtlslint.code.values import Value, World
from mtlslint.code.workspace import Workspace
from mtlslint.facts import Project
from mtlslint.model import Document, Endpoint, Material, Misuse, Named, Setting, Twin
from mtlslint.parsers.rust import NAME, ROCKET, Code, language
from mtlslint.parsers.rust.certificates import looks_at_certificates, with_identity
from mtlslint.parsers.rust.groups import groups, manifests_of
from mtlslint.parsers.rust.identity import Readers
from mtlslint.parsers.rust.keys import named_in
from mtlslint.parsers.rust.manifest import surely_without
from mtlslint.parsers.rust.rocket import server
from mtlslint.parsers.rust.verifiers import CLIENT_VERIFIER, own_verifiers, uninstalled
from mtlslint.source import Span


def resolve(project: Project) -> Document:
    """Return the endpoints that a project's crates open, and what else they show."""
    endpoints: list[Endpoint] = []
    misuses: list[Misuse] = []
    twins: list[Twin] = []
    materials: list[Material] = []
    named: list[Named] = []
    trees = [facts.tree for facts in project.facts.values()]
    manifests = manifests_of(project)
    looks = any(tree.guards for tree in trees if isinstance(tree, Code))
    own: set[Span] = set()
    for group in groups(project, manifests):
        program = Workspace(group.modules, group.names, group.renames, group.old)
        readers = cache(partial(Readers, program))
        spoken = replace(
            language(),
            identities=partial(_identities, readers),
            renames=group.renames,
            forks=group.forks,
        )
        machine = start(program, spoken, project.targets)
        uninstalled(machine)
        opened, pairs = endpoints_of(machine.collector, NAME)
        for files in map(frozenset, group.crates.values()):
            endpoints += continued(one for one in opened if one.head.path in files)
        looks = looks or looks_at_certificates(machine)
        own |= set(own_verifiers(machine, CLIENT_VERIFIER))
        twins += pairs
        misuses += machine.collector.misused.all(machine.collector.is_test)
        testing = {module.path for module in group.modules if module.test}
        for crate, paths in group.crates.items():
            secrets = {path: project.facts[path].tree.secrets for path in paths}
            materials += [
                one._replace(test_code=one.test_code or one.span.path in testing)
                for held in secrets.values()
                for one in held.pasted
            ]
            named += [
                one._replace(test_code=one.test_code or one.span.path in testing)
                for one in named_in(secrets, program, crate, project.paths)
            ]
    for path in _rockets(project):
        rocket = project.facts[path].tree
        manifest = f"{path.rpartition('/')[0]}/Cargo.toml".lstrip("/")
        ignored = surely_without("rocket", "mtls", manifest, manifests)
        endpoints += filter(None, [server(path, rocket.settings, ignored)])
        named += rocket.named
    return Document(
        endpoints=tuple(with_identity(endpoints, looks, own)),
        misuses=tuple(misuses),
        twins=tuple(twins),
        materials=tuple(materials),
        named=tuple(named),
    )


def _identities(
    readers: Callable[[str], Readers], machine: Machine, app: Value | None, world: World
) -> tuple[Setting, ...]:
    """Return how what is served tells who its clients are, as its crate says."""
    return readers(machine.frame.module.crate)(machine, app, world)


def _rockets(project: Project) -> list[str]:
    return sorted(path for path in project.facts if path.rpartition("/")[2] == ROCKET)
