"""Writes down in nginx's own words what settings are to be.

Nothing is written into templates, and verification is switched on only where it is said against
which authorities: nginx would not start otherwise, or every connection would fail.
"""

from __future__ import annotations

from mtlslint.edit import Edit, Fix, joined
from mtlslint.facts import Change, Project
from mtlslint.model import VERSIONS, Setting, Value
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.places import places
from mtlslint.parsers.nginx.tags import tags
from mtlslint.parsers.nginx.upstream import PASSES
from mtlslint.parsers.nginx.versions import canonical
from mtlslint.parsers.nginx.writing import Level, Written, levels, written
from mtlslint.source import Sources, Span

CLIENT_CA = "ssl_client_certificate"


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits for a change: whole, or None."""
    speller = _Speller(change, project, sources)
    return joined(
        speller.spelled(name, span, setting, change.values[name])
        for (name, span), setting in change.wrong().items()
    )


class _Speller:
    """How the directive that decides a setting would be written otherwise."""

    def __init__(self, change: Change, project: Project, sources: Sources) -> None:
        self.change = change
        self.project = project
        self.sources = sources

    def spelled(self, name: str, span: Span, setting: Setting, value: Value) -> Fix | None:
        """Return what to write at the place of a setting; None if nothing plain would do."""
        here = self._written(span)
        if here is None:
            return None
        if name == "min_version":
            return self._versions(here, span, str(value))
        if name == "early_data" and value == "off" and here.name == "ssl_early_data":
            return _switched(here, "off")
        if name in ("client_auth", "client_chain") and value in ("required", "verified"):
            return self._client_auth(here, span, setting)
        if name in ("peer_chain", "peer_name") and value == "verified":
            return self._upstream(here, span)
        return None

    def _written(self, span: Span) -> Written | None:
        """Return the directive at a place, unless a template decides what is written there."""
        source = self.sources.by_path.get(span.path)
        if source is None or next(tags(source.data), None) is not None:
            return None
        return written(source, span)

    def _levels(self, span: Span) -> list[Level]:
        facts = self.project.facts.get(span.path)
        return levels(facts.tree, span) if facts is not None and facts.tree else []

    # Versions.

    def _versions(self, here: Written, span: Span, wanted: str) -> Fix | None:
        if here.name.endswith("ssl_conf_command"):
            command, *rest = here.args
            if command.lower() != "minprotocol" or len(rest) != 1:
                return None
            return Fix(f"set `MinProtocol {wanted}`", (here.replaced(1, wanted),))
        if here.name.endswith("ssl_protocols"):
            return self._protocols(here, span, wanted)
        if here.name == "listen":
            return self._missing_protocols(here, span, wanted)
        return None

    def _protocols(self, here: Written, span: Span, wanted: str) -> Fix | None:
        """Take old versions out of all lines of the level: nginx adds the lines up."""
        around = self._levels(span)[:1]
        lines = [self._written(each.span) for level in around for each in level.named(here.name)]
        every = [line for line in lines if line is not None]
        if len(every) != len(lines) or here not in every:
            return None
        kept = [line for line in every if any(_enough(arg, wanted) for arg in line.args)]
        edits: list[Edit] = []
        for line in every:
            if not all(canonical(arg) for arg in line.args):
                return None
            if line in kept:
                new = [n for n, arg in enumerate(line.args) if _enough(arg, wanted)]
                edits += line.keeping(new)
            elif kept:
                edits.append(line.dropped())
            else:
                edits += (line.replaced(0, _from(wanted)), *line.keeping([0]))
                kept = [line]
        return Fix(f"leave versions below {wanted} out of `{here.name}`", tuple(edits))

    def _missing_protocols(self, here: Written, span: Span, wanted: str) -> Fix | None:
        """Write `ssl_protocols` into the server that has a `listen`, beside its certificate."""
        for level in self._levels(span)[:1]:
            if level.head is None or level.head.name != "server":
                return None
            anchor = self._anchor(level, "ssl_certificate_key", "ssl_certificate", "ssl_") or here
            edit = anchor.followed("ssl_protocols", _from(wanted))
            return Fix(f"add `ssl_protocols {_from(wanted)};`", (edit,))
        return None

    def _anchor(self, level: Level, *names: str) -> Written | None:
        """Return the last directive of a level with the first of these names that is there.

        A name that ends in `_` stands for all that begin so.
        """
        for name in names:
            for each in reversed(level.directives):
                alike = each.name.startswith(name) if name.endswith("_") else each.name == name
                here = self._written(each.span) if alike and each.block is None else None
                if here is not None:
                    return here
        return None

    # Clients' certificates.

    def _client_auth(self, here: Written, span: Span, setting: Setting) -> Fix | None:
        if here.name == "ssl_verify_client":
            optional = here.args[0].lower() == "optional"
            return _switched(here, "on") if optional or self._has_client_ca() else None
        if here.name != CLIENT_CA:
            return None
        head = self.change.endpoint.head
        for level in (*self._levels(span)[:1], *self._levels(head)[:1]):
            for each in level.named("ssl_verify_client"):
                switch = self._written(each.span)
                return _switched(switch, "on") if switch is not None else None
        if any(scope.own("ssl_verify_client") for scope in places(self.project).get(span, ())):
            return None  # an included file says otherwise
        return Fix("add `ssl_verify_client on;`", (here.followed("ssl_verify_client", "on"),))

    def _has_client_ca(self) -> bool:
        """Whether the server has a CA for clients; `ssl_trusted_certificate` alone is none."""
        for state in self.change.states:
            ca = state.get("client_ca")
            here = self._written(ca.span) if ca is not None and ca.known else None
            if here is None or here.name != CLIENT_CA:
                return False
        return True

    # Upstreams' certificates.

    def _upstream(self, here: Written, span: Span) -> Fix | None:
        head = self.change.endpoint.head
        if here.name.endswith("_ssl_verify"):
            prefix = here.name.removesuffix("ssl_verify")
            return _switched(here, "on") if self._trusts(prefix, head) else None
        prefix = PASSES.get(here.name, "")
        if not prefix or not self._trusts(prefix, head):
            return None
        for level in self._levels(span):
            if level.head is not None and level.head.name in ("if", "limit_except"):
                continue  # `*_ssl_verify` may not stand there
            anchor = self._anchor(level, f"{prefix}ssl_trusted_certificate", f"{prefix}ssl_")
            anchor = anchor or self._anchor(level, here.name)
            if anchor is None:
                return None
            edit = anchor.followed(f"{prefix}ssl_verify", "on")
            return Fix(f"add `{prefix}ssl_verify on;`", (edit,))
        return None

    def _trusts(self, prefix: str, span: Span) -> bool:
        """Whether it is said, wherever a pass is included, which authorities are trusted."""
        found = [
            scope.find(f"{prefix}ssl_trusted_certificate")
            for scope in places(self.project).get(span, ())
        ]
        return bool(found) and all(
            each.directives and not each.last.fluid and literal(" ".join(each.last.args))
            for each in found
        )


def _switched(here: Written, word: str) -> Fix:
    return Fix(f"set `{here.name} {word};`", (here.replaced(0, word),))


def _enough(word: str, wanted: str) -> bool:
    name = canonical(word)
    return name is not None and VERSIONS.index(name) >= VERSIONS.index(wanted)


def _from(wanted: str) -> str:
    return " ".join(VERSIONS[VERSIONS.index(wanted) :])
