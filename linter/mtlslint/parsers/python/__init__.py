"""Python: ssl and the servers and clients that stand on it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mtlslint.edit import Fix
from mtlslint.facts import Change, Claim, Facts, Paths, Project
from mtlslint.model import Document, Endpoint, Material, Misuse, Named, Problem, Twin
from mtlslint.source import Source, Sources

if TYPE_CHECKING:
    from mtlslint.code.items import Module
    from mtlslint.code.run import Language

NAME = "python"
TOKENS = (
    b"ssl",
    b"SSL",
    b"tls",
    b"TLS",
    b"verify",
    b"VERIFY",
    b"cert_reqs",
    b"uvicorn",
    b"hypercorn",
    b"granian",
    b"HTTPServer",
    b"TCPServer",
    b"start_server",
    b"create_server",
    b"run_app",
    b"TCPSite",
    b"run_simple",
    b".run(",
    b".listen(",
    b"secure_port",
    b"bind",
    b"PRIVATE KEY",
    b"mtlslint:",
)

SIZE_LIMIT = 4_000_000
_ENDINGS = (".py", ".pyi", ".pyw")


def claims(path: str, head: bytes) -> Claim:
    """Claim files by their ending, and scripts without one by their first line."""
    name = path.rpartition("/")[2]
    if name.endswith(_ENDINGS):
        return Claim.YES
    if "." not in name and head.startswith(b"#!") and b"python" in head.split(b"\n", 1)[0]:
        return Claim.YES
    return Claim.NO


def read(source: Source) -> Facts:
    """Lower a file; what isn't understood is left out."""
    from mtlslint.parsers.python.comments import comments_of
    from mtlslint.parsers.python.keys import secrets_in
    from mtlslint.parsers.python.lower import lower_file, python_parser

    if len(source.data) > SIZE_LIMIT:
        problem = Problem(source.path, "larger than 4 MB, not read", fatal=False)
        return Facts(source.path, NAME, problems=(problem,))
    root = python_parser().parse(source.data).root_node
    tree = (lower_file(source.path, source.data, root), secrets_in(source, root))
    return Facts(source.path, NAME, tree=tree, comments=comments_of(source, root))


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    """Python files ask for no others: all of a project are read anyway."""
    return ()


@cache
def language() -> Language:
    """Return Python's rows and judgements; they are loaded once."""
    from importlib.resources import files

    import yaml

    from mtlslint.code.run import Language
    from mtlslint.code.table import build_api
    from mtlslint.parsers.python.lower import is_test_path
    from mtlslint.parsers.python.served import serves_nothing

    text = files(__name__).joinpath("api.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    api = build_api(yaml.load(text, loader))
    return Language(api, lambda *_: None, serves_nothing, is_test_path)


def resolve(project: Project) -> Document:
    """Run each module and its functions and return the endpoints they open."""
    from mtlslint.code.endpoints import endpoints_of
    from mtlslint.code.mutual import continued
    from mtlslint.code.package import Package
    from mtlslint.code.run import start
    from mtlslint.parsers.python.identity import with_identity, with_own_checks

    endpoints: tuple[Endpoint, ...] = ()
    twins: tuple[Twin, ...] = ()
    misuses: tuple[Misuse, ...] = ()
    materials: list[Material] = []
    named: list[Named] = []
    modules: list[Module] = []
    for path in sorted(project.facts):
        tree = project.facts[path].tree
        if tree is not None:
            modules.append(tree[0])
            materials += tree[1].pasted
            named += tree[1].named
    if modules:
        program = Package(modules)
        machine = start(program, language(), project.targets)
        endpoints, twins = endpoints_of(machine.collector, NAME)
        endpoints = tuple(continued(with_own_checks(with_identity(endpoints, program), program)))
        misuses = machine.collector.misused.all(machine.collector.is_test)
    return Document(
        endpoints=endpoints,
        misuses=misuses,
        materials=tuple(materials),
        twins=twins,
        named=tuple(named),
    )


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits that make a change, or None where they aren't plain."""
    from mtlslint.parsers.python.spelling import spell as write

    return write(change, sources)
