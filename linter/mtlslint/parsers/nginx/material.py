"""Private keys that are written into the configuration, or lie beside it in the project."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.facts import Facts, Paths
from mtlslint.model import Material
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.tree import walk

# Where nginx looks for relative names; a project that holds this folder holds its keys.
_CONFIGURATION = ("/etc/nginx/", "/usr/local/nginx/conf/", "/usr/local/openresty/nginx/conf/")


def materials(facts: Facts, paths: Paths) -> Iterator[Material]:
    """Yield the private keys that a file holds (`data:`, nginx 1.15.10) or names in the project."""
    for each in walk(facts.tree or ()):
        if not each.name.endswith(("ssl_certificate_key", "ssl_certificate")):
            continue
        for arg in each.args:
            if _holds_key(arg):
                yield Material(each.name, "key", "embedded", each.span, "written in place")
            elif each.name.endswith("_key") and (found := _beside(arg, facts.path, paths)):
                yield Material(found, "key", "file", each.span)


def _holds_key(text: str) -> bool:
    return text.startswith("data:") and "-----BEGIN" in text and "PRIVATE KEY-----" in text


def _beside(name: str, path: str, paths: Paths) -> str:
    """Return the project's file of a name relative to nginx's folder, "" if there's none."""
    for folder in _CONFIGURATION:
        name = name.removeprefix(folder)
    return paths.beside(name, path) if literal(name) else ""
