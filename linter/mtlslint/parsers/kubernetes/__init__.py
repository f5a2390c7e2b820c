"""Kubernetes: edges that Ingress objects and Services of load balancers declare.

Importing it must cost nothing: whoever checks nginx files alone doesn't pay for YAML.
"""

from __future__ import annotations

from mtlslint.edit import Fix
from mtlslint.facts import Change, Claim, Facts, Paths, Project
from mtlslint.model import Document
from mtlslint.source import Source, Sources

NAME = "kubernetes"

TOKENS = (
    b"kind: Ingress",
    b'"kind": "Ingress"',
    b'"kind":"Ingress"',
    b"kind: Service",  # in which backends' ports have names
    b'"kind": "Service"',
    b'"kind":"Service"',
)

_SUFFIXES = (".yaml", ".yml", ".json")


def claims(path: str, head: bytes) -> Claim:
    """Say whether a file may hold manifests; only its name is looked at."""
    return Claim.MAYBE if path.lower().endswith(_SUFFIXES) else Claim.NO


def read(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    from mtlslint.parsers.kubernetes.reader import read_source

    return read_source(source)


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    """Return nothing: manifests name objects, not files."""
    return ()


def resolve(project: Project) -> Document:
    """Return all endpoints and routes. Pure; reads no bytes."""
    from mtlslint.parsers.kubernetes.resolving import resolve_project

    return resolve_project(project)


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits that make a change: one word of an annotation instead of another."""
    from mtlslint.parsers.kubernetes.spelling import spell as write

    return write(change, sources)


__all__ = ["NAME", "TOKENS", "claims", "locate", "read", "resolve", "spell"]
