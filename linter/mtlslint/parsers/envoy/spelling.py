"""Writes down in Envoy's own words what settings are to be.

Nothing is written into templates. Where a file or a name would have to be made up there is no fix:
what clients are verified against nobody but its owner knows.
"""

from __future__ import annotations

import re

from mtlslint.edit import Fix, joined
from mtlslint.facts import Change, Project
from mtlslint.model import VERSIONS, Setting, Value
from mtlslint.parsers.envoy.messages import message
from mtlslint.parsers.envoy.versions import version_named
from mtlslint.parsers.envoy.writing import Content, Field, added, pair_at, replaced
from mtlslint.source import Source, Sources, Span
from mtlslint.yamltree.masks import templated
from mtlslint.yamltree.node import Mapping, Node, Pair, get, pair, text, truth

_INSIDE = ("downstream_tls_context", "upstream_tls_context", "tls_socket_config")
_NAME = re.compile(r"[A-Za-z0-9](?:[\w-]*\.)+[A-Za-z][\w-]*")
_LEAST = "tls_minimum_protocol_version"
_MOST = "tls_maximum_protocol_version"


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits for a change: whole, or None."""
    speller = _Speller(change, project, sources)
    return joined(
        speller.spelled(name, span, setting, change.values[name])
        for (name, span), setting in change.wrong().items()
    )


class _Speller:
    """How the fields that decide a setting would be written otherwise."""

    def __init__(self, change: Change, project: Project, sources: Sources) -> None:
        self.change = change
        self.project = project
        self.sources = sources

    def spelled(self, name: str, span: Span, setting: Setting, value: Value) -> Fix | None:
        """Return what to write at the place of a setting; None if nothing plain would do."""
        source = self.sources.by_path.get(span.path)
        found = self._at(span)
        if source is None or found is None or templated(source.data):
            return None
        mapping, here = found
        if name == "min_version":
            return _versions(source, mapping, here, str(value))
        if name == "early_data" and value == "off":
            return _early_data(source, mapping, here)
        if name == "client_auth" and value == "required":
            return self._client_auth(source, mapping, here)
        if name in ("client_chain", "peer_chain") and value == "verified":
            return self._chain(source, here, name)
        if name == "peer_name" and value == "verified":
            return self._peer_name(source, mapping, setting)
        return None

    def _at(self, span: Span) -> tuple[Mapping, Pair] | None:
        facts = self.project.facts.get(span.path)
        resources = facts.tree.resources if facts is not None and facts.tree else ()
        return pair_at([each.node for each in resources], span)

    # Clients' certificates.

    def _client_auth(self, source: Source, mapping: Mapping, here: Pair) -> Fix | None:
        if not self._trusts("client_ca"):
            return None
        if here.name == "require_client_certificate":
            return _set(source, here, True) if truth(here.value) is False else None
        context = _context(mapping, here)
        required = Field("require_client_certificate", True)
        return _add(source, context, required) if isinstance(context, Mapping) else None

    def _trusts(self, name: str) -> bool:
        """Whether it is known everywhere that there's a CA."""
        found = [state.get(name) for state in self.change.states]
        return all(each is not None and each.value in ("private", "public") for each in found)

    def _chain(self, source: Source, here: Pair, name: str) -> Fix | None:
        """Let a CA that is there count again."""
        if here.name != "trust_chain_verification":
            return None
        trusted = self._trusts("client_ca") if name == "client_chain" else self._upstream_trusts()
        return _set(source, here, "VERIFY_TRUST_CHAIN") if trusted else None

    # Upstreams' certificates.

    def _upstream(self) -> Node | None:
        """Return the TLS context of a cluster."""
        for state in self.change.states:
            found = self._at(state["transport"].span)
            return _context(*found) if found else None
        return None

    def _upstream_trusts(self) -> bool:
        common = get(self._upstream(), "common_tls_context")
        combined = get(common, "combined_validation_context", "default_validation_context")
        checks = (get(common, "validation_context"), combined)
        return any(isinstance(get(each, "trusted_ca"), Mapping) for each in checks)

    def _peer_name(self, source: Source, mapping: Mapping, setting: Setting) -> Fix | None:
        """Compare the name with the one that is asked for; what a secret checks others use too."""
        context = self._upstream()
        name = text(context, "sni") or ""
        if setting.via or not _NAME.fullmatch(name) or not get(mapping, "trusted_ca"):
            return None
        if _old(self._at(self.change.states[0]["transport"].span)):
            return _add(source, mapping, Field("verify_subject_alt_name", [name]))
        matcher: Content = {"san_type": "DNS", "matcher": {"exact": name}}
        return _add(source, mapping, Field("match_typed_subject_alt_names", [matcher]))


def _early_data(source: Source, mapping: Mapping, here: Pair) -> Fix | None:
    if here.name == "enable_early_data":
        return _set(source, here, False)
    transport = _fields(mapping, here)
    off = Field("enable_early_data", False)
    return _add(source, transport, off) if isinstance(transport, Mapping) else None


def _versions(source: Source, mapping: Mapping, here: Pair, wanted: str) -> Fix | None:
    """Set the least version; where none is said, in the innermost message that is there."""
    word = wanted.replace(".", "_")
    if here.name == _LEAST:
        return _raised(source, mapping, here, wanted)
    context = _context(mapping, here)
    common = get(context, "common_tls_context")
    params = get(common, "tls_params")
    if isinstance(params, Mapping):
        said = pair(params, _LEAST)  # TLS_AUTO, which says nothing
        return _set(source, said, word) if said else _add(source, params, Field(_LEAST, word))
    if isinstance(common, Mapping):
        return _add(source, common, Field("tls_params", {_LEAST: word}))
    if isinstance(context, Mapping):
        return _add(source, context, Field("common_tls_context", {"tls_params": {_LEAST: word}}))
    return None


def _raised(source: Source, mapping: Mapping, here: Pair, wanted: str) -> Fix | None:
    """Set the least version, and the greatest as well where that is below it."""
    word = wanted.replace(".", "_")
    made = _set(source, here, word)
    most = pair(mapping, _MOST)
    if made is None or most is None:
        return made
    highest = version_named(most.value)
    if highest and VERSIONS.index(highest) >= VERSIONS.index(wanted):
        return made
    raised = replaced(source, most, word) if highest else None
    return made._replace(edits=(*made.edits, raised)) if raised else None


def _set(source: Source, here: Pair, value: str | bool) -> Fix | None:
    edit = replaced(source, here, value)
    said = value if isinstance(value, str) else str(value).lower()
    return Fix(f"set `{here.key.text}: {said}`", (edit,)) if edit else None


def _add(source: Source, mapping: Mapping, field: Field) -> Fix | None:
    edit = added(source, mapping, field)
    return Fix(f"add `{field.name}`", (edit,)) if edit else None


def _fields(mapping: Mapping, head: Pair) -> Node | None:
    """Return the message that a line stands for: that of a type, or of a key of the v2 API."""
    if head.name == "@type":
        return message(mapping).fields
    if head.name == "type_url":
        return get(mapping, "value")
    return head.value if head.name in ("tls_context", "config") else None


def _context(mapping: Mapping, head: Pair) -> Node | None:
    """Return the TLS context that a line stands for, within a wrapping transport if it has one."""
    fields = _fields(mapping, head)
    inside = (get(fields, name) for name in _INSIDE)
    return next((each for each in inside if each is not None), fields)


def _old(found: tuple[Mapping, Pair] | None) -> bool:
    """Whether a socket is written for the v2 API."""
    if found is None:
        return False
    mapping, head = found
    return head.name in ("tls_context", "config") or ".v2." in message(mapping).type
