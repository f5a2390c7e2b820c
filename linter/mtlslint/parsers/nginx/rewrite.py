"""What the rewrite phase does with a request: `if`, `set`, `return`, `break`, `rewrite`.

They run in the order of the file, first the server's, then the location's; none is inherited by a
nested location. Where a condition isn't known, both ways are followed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.parsers.nginx.variables import Env, Text, Variables, condition_words, matches
from mtlslint.source import Span

PATH_LIMIT = 32

PASS = "pass"  # goes on to the location's content
ANSWER = "answer"  # a fixed answer; `target` is its code
REDIRECT = "redirect"
JUMP = "jump"  # looks for another location; `target` is the new URI


class Path(NamedTuple):
    """One way through the phase.

    `uri`: a path that the request has on this way, if a condition says so; `exact`: it has no
    other. `rewritten`: the path that `rewrite ... break` gave it. `unsure`: a condition about the
    certificate that can't be judged. `guard`: the `if` that refused for want of a
    certificate. `handler`: a `*_pass` inside an `if` that was entered.
    """

    env: tuple[tuple[str, Text], ...] = ()
    end: str = PASS
    target: str = ""
    uri: str = ""
    exact: bool = False
    rewritten: str = ""
    unsure: Span | None = None
    guard: Span | None = None
    handler: Directive | None = None
    stopped: bool = False

    def variables(self) -> Env:
        """Return the variables set on this way."""
        return dict(self.env)


def run(directives: tuple[Directive, ...], start: Path, variables: Variables) -> list[Path]:
    """Return the ways through the rewrite directives of one level."""
    ways = [start]
    for each in directives:
        step = _STEPS.get(each.name)
        if step is None or each.ghost:
            continue
        following: list[Path] = []
        for way in ways:
            if way.end != PASS or way.stopped:
                following.append(way)
            else:
                following.extend(step(each, way, variables))
        ways = _distinct(following)
    return ways


def _distinct(ways: list[Path]) -> list[Path]:
    found = list(dict.fromkeys(ways))
    if len(found) <= PATH_LIMIT:
        return found
    # Too many to follow: nothing may be concluded from what is cut off.
    span = next((way.unsure for way in found if way.unsure), Span("", 0, 0))
    return [way._replace(unsure=way.unsure or span) for way in found[:PATH_LIMIT]]


def _set(each: Directive, way: Path, variables: Variables) -> list[Path]:
    if len(each.args) != 2:
        return [way]
    env = way.variables()
    env[each.args[0].lstrip("$")] = variables.expand(each.args[1], env)
    return [way._replace(env=tuple(sorted(env.items(), key=lambda item: item[0])))]


def _return(each: Directive, way: Path, variables: Variables) -> list[Path]:
    code = each.args[0] if each.args else ""
    if re.match(r"(?i)https?://|\$scheme|30[12378]$", code):
        return [way._replace(end=REDIRECT)]
    return [way._replace(end=ANSWER, target=code)]


def _break(each: Directive, way: Path, variables: Variables) -> list[Path]:
    return [way._replace(stopped=True)]


_EVERYTHING = re.compile(r"\^?(?:\(?/?\.\*\)?)?\$?$|\^/?$|/$")


def _rewrite(each: Directive, way: Path, variables: Variables) -> list[Path]:
    if len(each.args) < 2:
        return [way]
    pattern, replacement = each.args[0], each.args[1]
    flag = each.args[2] if len(each.args) > 2 else ""
    sample = sample_uri(pattern)
    if re.match(r"(?i)https?://|\$scheme", replacement) or flag in ("redirect", "permanent"):
        taken = way._replace(end=REDIRECT)
    elif flag == "last":
        literal = replacement.split("?")[0]
        taken = way._replace(end=JUMP, target="" if "$" in literal else literal)
    elif flag == "break":
        literal = replacement.split("?")[0]
        there = "" if "$" in literal else literal
        taken = way._replace(stopped=True, uri=way.uri or sample, rewritten=there)
    else:
        return [way]
    if _EVERYTHING.match(pattern):
        return [taken]
    return [taken, way]


def _if(each: Directive, way: Path, variables: Variables) -> list[Path]:
    verdict, cert = variables.condition(each.args, way.variables())
    if verdict is None and way.exact:
        verdict = _about(way.uri, each.args)
    ways: list[Path] = []
    if cert:
        way = _mark(way, each, variables)
    unsure = way.unsure or (each.span if verdict is None and cert else None)
    if verdict is not False:
        inside = way._replace(unsure=unsure)
        if verdict is None:
            inside = inside._replace(uri=way.uri or _condition_uri(each.args, True))
        for done in run(each.block or (), inside, variables):
            if cert:
                done = _mark(done, each, variables)
            if cert and verdict and done.end in (ANSWER, REDIRECT) and done.guard is None:
                done = done._replace(guard=each.span)
            handler = _handler(each)
            if handler is not None and done.end == PASS:
                done = done._replace(handler=handler)
            ways.append(done)
    if verdict is not True:
        uri = _condition_uri(each.args, False) if verdict is None else ""
        ways.append(way._replace(unsure=unsure, uri=way.uri or uri))
    return ways


def _mark(way: Path, block: Directive, variables: Variables) -> Path:
    """Mark what a condition about the certificate may set, whether it was met or not."""
    names = {
        each.args[0].lstrip("$")
        for each in walk(block.block or ())
        if each.name == "set" and each.args
    }
    if not names:
        return way
    env = way.variables()
    for name in names:
        env[name] = variables.get(name, env)._replace(cert=True)
    return way._replace(env=tuple(sorted(env.items(), key=lambda item: item[0])))


def _handler(block: Directive) -> Directive | None:
    for each in block.block or ():
        if each.name.endswith("_pass") and not each.ghost:
            return each
    return None


_STEPS = {"set": _set, "return": _return, "break": _break, "rewrite": _rewrite, "if": _if}
_URI = frozenset({"$uri", "$request_uri", "$document_uri"})


def _condition_uri(args: tuple[str, ...], met: bool) -> str:
    """Return a path with which a condition on the URI is met, or not met; "" if none is named."""
    words = condition_words(args)
    if len(words) != 3 or words[0] not in _URI:
        return ""
    if words[1] == ("=" if met else "!="):
        return words[2] if words[2].startswith("/") else ""
    return sample_uri(words[2]) if words[1] in (("~", "~*") if met else ("!~", "!~*")) else ""


def _about(uri: str, args: tuple[str, ...]) -> bool | None:
    """Return whether a path meets a condition on it; None if it says nothing of it."""
    words = condition_words(args)
    if len(words) != 3 or words[0] not in ("$uri", "$document_uri"):
        return None
    negated = words[1].startswith("!")
    if "~" not in words[1]:
        return None if "$" in words[2] else (words[2] == uri) != negated
    matched = matches(words[2], uri, "*" in words[1])
    return None if matched is None else matched != negated


_FIRST_OF_GROUP = re.compile(r"\((?:\?:)?([\w./-]+)(?:\|[^()]*)?\)(?![*?{])")


def sample_uri(pattern: str) -> str:
    """Return a path that a pattern anchored at the beginning matches, "" if that isn't easy."""
    if not pattern.startswith("^/"):
        return ""
    text = _FIRST_OF_GROUP.sub(lambda match: match[1], pattern[1:])
    text = re.sub(r"\\([./-])", r"\1", text).removesuffix("$")
    text = re.sub(r"\.[*+]?$|\(\.[*+]\)$", "", text)
    text = (
        re.split(r"[\\^$.|?*+()\[{]", text, maxsplit=1)[0]
        if re.search(r"[\\^$|?*+()\[{]", text)
        else text
    )
    return text if text.startswith("/") and len(text) > 1 else ""
