"""Protocol versions and cipher suites of a TLS context."""

from __future__ import annotations

import re

from mtlslint.model import Origin, Setting
from mtlslint.parsers.envoy.sockets import Socket
from mtlslint.source import Span
from mtlslint.targets import Range
from mtlslint.yamltree.node import Node, Pair, Scalar, absent, get, items, literal, pair
from mtlslint.yamltree.spans import pair_span

_VERSIONS = ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_NAMES = {
    **{str(number): version for number, version in enumerate(_VERSIONS, 1)},
    **{f"tlsv1_{minor}": version for minor, version in enumerate(_VERSIONS)},
}
_AUTO = frozenset({"0", "tls_auto"})

_FIPS = ("FIPS_202205", "0")

# envoy v1.22 raised the servers' default (commit 6ed2f8cf).
_RAISED = (1, 22)

_WEAK = re.compile(
    r"NULL|EXP(?:ORT)?|RC4|3?DES|MD5|ADH|AECDH|ANON|ALL|COMPLEMENTOFALL", re.IGNORECASE
)


def minimum(socket: Socket, server: bool, path: str, target: Range) -> Setting:
    """Return the lowest version."""
    found = _version(socket, "tls_minimum_protocol_version", path)
    policy = _policy(socket)
    if policy and (found is None or found.value != "TLSv1.3"):
        return Setting("TLSv1.2", pair_span(policy, path), note="a policy is applied last")
    if found:
        return found
    if not server:
        return _default(socket, "TLSv1.2", "Envoy's upstream default is TLS 1.2")
    if socket.old:
        return _default(socket, "TLSv1", "Envoy with the v2 API (before 1.18) allows TLS 1.0")
    if target.low < _RAISED:
        return _default(socket, "TLSv1", f"Envoy before 1.22 allows TLS 1.0 ({target.source})")
    note = f"Envoy's downstream default is TLS 1.2 since 1.22 ({target.source})"
    return _default(socket, "TLSv1.2", note)


def maximum(socket: Socket, server: bool, path: str) -> Setting:
    """Return the highest version."""
    found = _version(socket, "tls_maximum_protocol_version", path)
    if found:
        return found
    value = "TLSv1.3" if server else "TLSv1.2"
    return _default(socket, value, "Envoy's default")


def ciphers(socket: Socket, path: str, low: Setting) -> Setting:
    """Return whether the cipher suites for TLS 1.2 and below are sound."""
    params = get(socket.context, "common_tls_context", "tls_params")
    suites = pair(params, "cipher_suites")
    if not suites or low.value == "TLSv1.3" or _policy(socket):
        return Setting("strong", socket.head, Origin.DEFAULT, note="Envoy's default suites")
    for item in items(suites.value):
        if isinstance(item, Scalar) and (weak := _weak(item.text)):
            return Setting("weak", Span(path, item.start, item.end), note=f"{weak} is weak")
    if not all(isinstance(each, Scalar) and literal(each.text) for each in items(suites.value)):
        return Setting(None, pair_span(suites, path), note="set by a template")
    return Setting("strong", pair_span(suites, path))


def _policy(socket: Socket) -> Pair | None:
    """Return what makes Envoy set versions and suites by a standard, whatever else is said."""
    params = get(socket.context, "common_tls_context", "tls_params")
    found = pair(params, "compliance_policies")
    named = items(found.value) if found else ()
    fips = any(isinstance(each, Scalar) and each.text.upper() in _FIPS for each in named)
    return found if fips else None


def _weak(entry: str) -> str:
    """Return the first weak suite of an entry: alternatives in brackets, `!` excludes."""
    for suite in re.split(r"[\[\]|:,\s]+", entry):
        if suite.startswith(("!", "-")):
            continue
        if any(_WEAK.fullmatch(part) for part in re.split(r"[-_+@]", suite)):
            return suite
    return ""


def _version(socket: Socket, name: str, path: str) -> Setting | None:
    params = get(socket.context, "common_tls_context", "tls_params")
    found = pair(params, name)
    if not found:
        common = get(socket.context, "common_tls_context")
        sure = absent(params, name) and (params is not None or absent(common, "tls_params"))
        return None if sure else Setting(None, socket.head, note="a template decides")
    if isinstance(found.value, Scalar) and found.value.text.lower() in _AUTO:
        return None
    value = version_named(found.value)
    note = "" if value else "no version by itself"
    return Setting(value, pair_span(found, path), note=note)


def version_named(node: Node) -> str | None:
    """Return the version that a value of Envoy's enumeration means, None if it names none."""
    return _NAMES.get(node.text.lower()) if isinstance(node, Scalar) else None


def _default(socket: Socket, value: str, note: str) -> Setting:
    return Setting(value, socket.head, Origin.DEFAULT, note=note)
