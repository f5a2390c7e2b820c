"""Variables and conditions, as far as they can be known for one kind of client.

A scenario fixes what a client brings (no certificate, a bad one, plaintext). A value that it
doesn't fix is unknown. `cert` marks what depends on the client's certificate: where such a value
is unknown, nothing may be concluded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from mtlslint.parsers.nginx.placeholder import holds_tag, literal
from mtlslint.parsers.nginx.tree import Directive, walk


class Text(NamedTuple):
    """A variable's value (None: not known), and whether it depends on the certificate."""

    text: str | None
    cert: bool = False


UNKNOWN = Text(None)
Env = dict[str, Text]

_CERT = re.compile(r"ssl_client_\w+$|proxy_protocol_tlv_ssl_\w+$")
_CODE = frozenset({"js_set", "js_var", "perl_set", "auth_request_set", "auth_jwt_claim_set"})


class Scenario(NamedTuple):
    """What one kind of client brings; `verify` is its `$ssl_client_verify`."""

    name: str
    verify: str
    tls: bool = True
    certificate: bool = False

    def builtin(self, name: str) -> Text:
        """Return what a variable of nginx's own says."""
        if name == "ssl_client_verify":
            return Text(self.verify, True)
        if _CERT.match(name):
            return Text(None if self.certificate else "", True)
        if name == "https":
            return Text("on" if self.tls else "")
        if name == "scheme":
            return Text("https" if self.tls else "http")
        if name.startswith("ssl_") and not self.tls:
            return Text("")
        return UNKNOWN


WITHOUT = Scenario("without a certificate", "NONE")
UNTRUSTED = Scenario("with an untrusted certificate", "FAILED:self-signed certificate", True, True)
TRUSTED = Scenario("with a trusted certificate", "SUCCESS", True, True)
PLAINTEXT = Scenario("in plaintext", "", False)


class Variables:
    """The variables of a configuration: nginx's own, those of `map`, those set by code."""

    def __init__(
        self,
        scenario: Scenario,
        maps: Mapping[str, Directive] | None = None,
        code: frozenset[str] = frozenset(),
        declared: frozenset[str] = frozenset(),
        port: int | None = None,
        depth: int = 0,
    ) -> None:
        self.scenario = scenario
        self.maps = maps or {}
        self.code = code
        self.declared = declared
        self.port = port
        self._depth = depth
        self._chosen: dict[tuple[str, str], str | None] = {}

    def get(self, name: str, env: Env) -> Text:
        """Return a variable's value."""
        if name in env:
            return env[name]
        if name in self.code:
            return Text(None, True)
        if name == "server_port" and self.port is not None:
            return Text(str(self.port))
        if name in self.maps and self._depth < 8:
            self._depth += 1
            try:
                return self._map(self.maps[name], env)
            finally:
                self._depth -= 1
        # What some `set` declares is empty until one is run.
        return Text("") if name in self.declared else self.scenario.builtin(name)

    def expand(self, text: str, env: Env) -> Text:
        """Return `text` with its variables replaced."""
        if "$" not in text:
            return Text(None if holds_tag(text) else text)
        pieces: list[str] = []
        known, cert, position = True, False, 0
        for match in _VARIABLE.finditer(text):
            pieces.append(text[position : match.start()])
            value = self.get(match[1] or match[2], env)
            cert = cert or value.cert
            known = known and value.text is not None
            pieces.append(value.text or "")
            position = match.end()
        pieces.append(text[position:])
        joined = "".join(pieces)
        return Text(joined if known and len(joined) <= 1000 else None, cert)

    def _map(self, directive: Directive, env: Env) -> Text:
        source = self.expand(directive.args[0], env)
        if source.text is None:
            return Text(None, source.cert)
        place = (directive.args[1], source.text)
        if place not in self._chosen:
            self._chosen[place] = map_result(directive, source.text)
        chosen = self._chosen[place]
        if chosen is None:
            return Text(None, source.cert)
        value = self.expand(chosen, env)
        return Text(value.text, value.cert or source.cert)

    def condition(self, args: tuple[str, ...], env: Env) -> tuple[bool | None, bool]:
        """Return whether an `if` is met (None: not known), and whether that is about the cert."""
        words = condition_words(args)
        if len(words) == 1 and words[0].startswith("$"):
            value = self.expand(words[0], env)
            return (None if value.text is None else value.text not in ("", "0")), value.cert
        if len(words) == 3 and words[1] in _OPERATORS:
            return self._compare(words[0], words[1], words[2], env)
        mentions = any(self.expand(word, env).cert for word in words if "$" in word)
        return None, mentions

    def _compare(self, left: str, operator: str, right: str, env: Env) -> tuple[bool | None, bool]:
        value = self.expand(left, env)
        if "~" in operator:
            if value.text is None:
                return None, value.cert
            verdict = matches(right, value.text, "*" in operator)
            cert = value.cert
        else:
            other = self.expand(right, env)
            cert = value.cert or other.cert
            if value.text is None or other.text is None:
                return None, cert
            verdict = value.text == other.text
        if verdict is None:
            return None, cert
        return verdict != operator.startswith("!"), cert


def map_result(directive: Directive, text: str) -> str | None:
    """Return what a `map` gives for `text`; None if that can't be told."""
    fallback = ""
    exact: str | None = None
    expressions: list[tuple[str, str]] = []
    for entry in directive.block or ():
        if entry.name == "include" or entry.hole or entry.ghost or entry.when:
            return None
        if not entry.args:
            continue
        key, result = entry.name, entry.args[0]
        if key == "default":
            fallback = result
        elif key.startswith("~"):
            expressions.append((key, result))
        elif key.removeprefix("\\").lower() == text.lower() and exact is None:
            exact = result
    for key, result in expressions if exact is None else ():
        matched = matches(key.lstrip("~*"), text, key.startswith("~*"))
        if matched is None:
            return None
        if matched:
            return result
    return fallback if exact is None else exact


_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_OPERATORS = frozenset({"=", "!=", "~", "~*", "!~", "!~*"})


def condition_words(args: tuple[str, ...]) -> list[str]:
    """Return the words of an `if` without the parentheses around them."""
    words = list(args)
    if words and words[0].startswith("("):
        words[0] = words[0][1:]
    if words and words[-1].endswith(")"):
        words[-1] = words[-1][:-1]
        if not words[-1] and len(words) != 3:
            words.pop()
    if words and not words[0] and len(words) > 1:
        words.pop(0)
    if len(words) == 4 and not words[3]:
        words.pop()
    return words


def matches(pattern: str, text: str, fold: bool) -> bool | None:
    """Return whether a PCRE pattern is found in `text`; None if that can't be told here.

    Patterns come from the file at hand: what could backtrack without end isn't tried.
    """
    groups = re.search(r"\)[*+{]", pattern) is not None
    quantifiers = len(re.findall(r"[*+{?]", pattern))
    if len(text) > 64 or len(pattern) > 400 or (len(text) > 16 and (groups or quantifiers > 3)):
        return None
    if groups and quantifiers > 3:
        return None
    try:
        return re.search(pattern, text, re.IGNORECASE if fold else 0) is not None
    except (re.error, OverflowError, RecursionError):
        return None


def set_variables(directives: tuple[Directive, ...]) -> frozenset[str]:
    """Return the variables that `set` declares at any depth."""
    return frozenset(
        each.args[0].lstrip("$")
        for each in walk(directives)
        if each.name == "set" and len(each.args) == 2 and literal(each.args[0].lstrip("$"))
    )


def code_variables(directives: tuple[Directive, ...]) -> frozenset[str]:
    """Return the variables that programs set, of which nothing is known."""
    names = set()
    for each in directives:
        if (each.name in _CODE or each.name.startswith("set_by_lua")) and each.args:
            names.add(each.args[0].lstrip("$"))
    return frozenset(names)
