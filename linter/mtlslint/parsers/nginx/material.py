"""Certificates, keys and revocation lists that the configuration names or holds."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.facts import Facts
from mtlslint.model import Named, Role
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.tree import Directive, walk

# Where nginx looks for relative names; a project that holds this folder holds its files.
_HOMES = ("/etc/nginx/", "/usr/local/nginx/conf/", "/usr/local/openresty/nginx/conf/")
_ROLES = {
    "ssl_certificate": Role.CHAIN,
    "ssl_certificate_key": Role.KEY,
    "ssl_client_certificate": Role.CA,
    "ssl_trusted_certificate": Role.STAPLING,
    "ssl_crl": Role.CRL,
    **{
        f"{protocol}_ssl_{name}": role
        for protocol in ("proxy", "grpc", "uwsgi")
        for name, role in {
            "certificate": Role.CERTIFICATE,
            "certificate_key": Role.KEY,
            "trusted_certificate": Role.CA,
            "crl": Role.CRL,
        }.items()
    },
}
_IN_PLACE = "data:"  # nginx 1.15.10


def named(facts: Facts) -> Iterator[Named]:
    """Yield what the directives of a file name."""
    directives = [each for each in walk(facts.tree or ()) if len(each.args) == 1]
    passwords = tuple(
        each.args[0] for each in directives if each.name.endswith("ssl_password_file")
    )
    for each in directives:
        role = _ROLES.get(each.name)
        if role is not None and not each.fluid and literal(each.args[0]):
            yield _named(each, role)._replace(passwords=passwords)


def _named(each: Directive, role: Role) -> Named:
    name = each.args[0]
    if name.startswith(_IN_PLACE):
        text = name.removeprefix(_IN_PLACE)
        held = Role.ANY if "PRIVATE KEY-----" in text else role
        return Named(each.name, held, each.span, text=text.encode(), note="written in place")
    home = next((one for one in _HOMES if name.startswith(one)), _HOMES[0])
    return Named(name, role, each.span, home=home)
