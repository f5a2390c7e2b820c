"""Command lines that start servers: in Dockerfiles, compose files, Kubernetes pods, Procfiles.

Importing it must cost nothing: whoever checks nginx files alone doesn't pay for YAML.
"""

from __future__ import annotations

from mtlslint import dockerfile
from mtlslint.edit import Fix
from mtlslint.facts import Change, Claim, Facts, Paths, Project
from mtlslint.model import Document
from mtlslint.source import Source, Sources

NAME = "command"

TOKENS = (
    *(b"uvicorn", b"gunicorn", b"hypercorn", b"daphne", b"granian"),
    *(b"flask", b"runserver", b"http.server"),
)


def claims(path: str, head: bytes) -> Claim:
    """Say whether a file may hold command lines; only its name is looked at."""
    name = path.rpartition("/")[2]
    known = (
        name.endswith((".yaml", ".yml")) or name == "Procfile" or dockerfile.NAME.fullmatch(name)
    )
    return Claim.MAYBE if known else Claim.NO


def read(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    from mtlslint.parsers.command.reader import read_source

    return read_source(source)


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    """Return nothing: what a command runs is another technology's."""
    return ()


def resolve(project: Project) -> Document:
    """Return a server for each command that starts one. Pure; reads no bytes."""
    from mtlslint.parsers.command.resolving import resolve_project

    return resolve_project(project)


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return None: which certificate an option should name would have to be invented."""
    return None


__all__ = ["NAME", "TOKENS", "claims", "locate", "read", "resolve", "spell"]
