"""Envoy: reads configuration in YAML and JSON, and what Kubernetes manifests hold of it.

Importing it must cost nothing: whoever checks nginx files alone doesn't pay for YAML.
"""

from __future__ import annotations

from mtlslint.edit import Fix
from mtlslint.facts import Change, Claim, Facts, Paths, Project
from mtlslint.heredoc import is_script
from mtlslint.model import Document
from mtlslint.source import Source, Sources

NAME = "envoy"

TOKENS = (
    b"static_resources",
    b"staticResources",
    b"type.googleapis.com/envoy",
    b"envoy.config.",
    b"envoy.api.v2",
    b"envoy.transport_sockets",
    b"envoy.extensions.",
    b"filter_chains",
    b"filterChains",
    b"load_assignment",
    b"loadAssignment",
    b"tls_context",
    b"TlsContext",
    b"virtual_hosts",
    b"lb_endpoints",
    b"lbEndpoints",
    b"validation_context",
    b"validationContext",
    b"trusted_ca",
    b"trustedCa",
    b"tls_certificate",
    b"tlsCertificate",
    b"--config-yaml",
    b"kind: ConfigMap",
    b'"kind": "ConfigMap"',
    b'"kind":"ConfigMap"',
)

_SUFFIXES = (".yaml", ".yml", ".json")
_TEMPLATES = (
    *(".j2", ".jinja", ".jinja2", ".erb", ".template", ".tmpl", ".tpl", ".gotmpl", ".in"),
    *(".ctmpl", ".tftpl", ".njk", ".mustache", ".hbs", ".ejs", ".envsubst"),
    *(".example", ".sample", ".dist", ".default", ".local", ".dev", ".prod"),
)
_DECISIVE = (b"type.googleapis.com/envoy.", b"envoy.extensions.transport_sockets")
_RESOURCES = (b"static_resources", b"staticResources")
_KINDS = (b"filter_chains", b"filterChains", b"load_assignment", b"loadAssignment", b"tls_context")


def plain_name(path: str) -> str:
    """Return a file's name without what only says that it is a template or a sample."""
    name = path.rpartition("/")[2]
    while name.lower().endswith(_TEMPLATES):
        name = name.rpartition(".")[0]
    return name


def claims(path: str, head: bytes) -> Claim:
    """Say whether a file may hold Envoy configuration; only its beginning is looked at."""
    name = plain_name(path).lower()
    if is_script(name):
        return Claim.MAYBE if b"envoy" in head.lower() else Claim.NO
    sure = any(word in head for word in _RESOURCES) and (
        b"listeners" in head or b"clusters" in head
    )
    sure = sure or (any(word in head for word in _DECISIVE) and b"@type" in head)
    if name.endswith(_SUFFIXES):
        return Claim.YES if sure and not _manifest(head) else Claim.MAYBE
    # What stands in a ConfigMap or a container's arguments may have any name.
    if "." not in name or name.endswith((".conf", ".cfg", ".txt", ".yaml-dist")):
        found = sure or any(word in head for word in _KINDS)
        return Claim.MAYBE if found else Claim.NO
    return Claim.NO


def _manifest(head: bytes) -> bool:
    return b"apiVersion:" in head or b'"apiVersion"' in head


def read(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    from mtlslint.parsers.envoy.reader import read_source

    return read_source(source)


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    """Return nothing: what Envoy's files name is Envoy's too, and read for its own tokens."""
    return ()


def resolve(project: Project) -> Document:
    """Return all endpoints and routes. Pure; reads no bytes."""
    from mtlslint.parsers.envoy.estate import resolve_project

    return resolve_project(project)


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits that make a change; see `spelling`."""
    from mtlslint.parsers.envoy.spelling import spell as write

    return write(change, project, sources)


__all__ = ["NAME", "TOKENS", "claims", "locate", "read", "resolve", "spell"]
