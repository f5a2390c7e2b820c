"""nginx: reads configuration files and brings their servers and upstreams into the model.

Importing it must cost next to nothing: whoever checks other files doesn't pay for it.
"""

from __future__ import annotations

from mtlslint.edit import Fix
from mtlslint.facts import Change, Facts, Paths, Project
from mtlslint.model import Document
from mtlslint.parsers.nginx.claiming import claims
from mtlslint.source import Source, Sources

NAME = "nginx"

TOKENS = (b"ssl_", b"listen", b"_pass", b"server", b"include", b"upstream", b"mtlslint:")

__all__ = ["NAME", "TOKENS", "claims", "locate", "read", "resolve", "spell"]


def read(source: Source) -> Facts:
    """Read one file, and no other. Any bytes: never raises, problems go into the facts."""
    from mtlslint.parsers.nginx.reader import read as read_file

    return read_file(source)


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    """Return the project's files that `reference`, written in the file `path`, may mean."""
    from mtlslint.parsers.nginx.include import locate as locate_files

    return locate_files(reference, path, paths)


def resolve(project: Project) -> Document:
    """Make endpoints of all facts. Pure; reads no bytes."""
    from mtlslint.parsers.nginx.resolving import resolve as resolve_all

    return resolve_all(project)


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits that make a change, or None where they aren't plain."""
    from mtlslint.parsers.nginx.spelling import spell as write

    return write(change, project, sources)
