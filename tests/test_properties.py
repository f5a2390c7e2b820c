"""What holds for every technology, whatever the bytes: the input is somebody else's repository.

These call `read` itself, not the engine with its safety net.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mtlslint.catalogue import load_rules
from mtlslint.config import Config
from mtlslint.engine import check
from mtlslint.facts import Claim, Facts, Parser, Paths, Project
from mtlslint.files import MemoryFiles
from mtlslint.parsers import all_parsers
from mtlslint.source import Source, Span

CORPUS = Path(__file__).parent / "corpus"
ENDINGS = {
    "nginx": "nginx.conf",
    "rust": "main.rs",
    "envoy": "envoy.yaml",
    "kubernetes": "ingress.yaml",
    "command": "Dockerfile",
    "python": "app.py",
}
MODEST = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
PARSERS = pytest.mark.parametrize("parser", all_parsers(), ids=lambda parser: parser.NAME)


def samples(technology: str) -> list[bytes]:
    files = (path for path in (CORPUS / technology).rglob("*") if path.is_file())
    return [path.read_bytes() for path in sorted(files)]


def spans(value: object) -> Iterator[Span]:
    """Yield every span in a structure of tuples, lists, mappings and dataclasses."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, Span):
            yield item
        elif is_dataclass(item) and not isinstance(item, type):
            pending += [getattr(item, field.name) for field in fields(item)]
        elif isinstance(item, dict):
            pending += item.values()
        elif isinstance(item, (list, tuple, set, frozenset)):
            pending += item


def read(parser: Parser, data: bytes) -> Facts:
    """Read, and check what must hold of any facts."""
    name = ENDINGS[parser.NAME]
    facts = parser.read(Source(name, data))
    assert (facts.path, facts.technology) == (name, parser.NAME)
    assert pickle.loads(pickle.dumps(facts)) == facts
    for span in spans(facts):
        if span.path == name:
            assert 0 <= span.start <= span.end <= len(data)
    return facts


def resolve(parser: Parser, facts: Facts) -> None:
    document = parser.resolve(Project({facts.path: facts}, Paths((facts.path,))))
    ids = [endpoint.id for endpoint in document.endpoints]
    assert len(ids) == len(set(ids))
    for route in document.routes:
        assert {route.server, route.client} <= set(ids)


@PARSERS
@MODEST
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read(parser: Parser, data: bytes) -> None:
    assert parser.claims("x", data[:4096]) in Claim
    resolve(parser, read(parser, data))


@PARSERS
@MODEST
@given(picked=st.data())
def test_damaged_samples_are_read(parser: Parser, picked: st.DataObject) -> None:
    data = bytearray(picked.draw(st.sampled_from(samples(parser.NAME))))
    for _ in range(picked.draw(st.integers(1, 4))):
        at = picked.draw(st.integers(0, len(data)))
        cut = picked.draw(st.integers(0, 12))
        inserted = picked.draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        data[at : at + cut] = inserted
    resolve(parser, read(parser, bytes(data)))


PIECES = [
    *(b"{", b"}", b"(", b")", b"[", b"]", b'"', b"'", b";", b"\\", b"#", b"//", b"/*", b"$", b"\0"),
    *(b"\r\n", b"\t", b"  - ", b": ", b"&a ", b"*a", b"<<: ", b"|\n", b"{{", b"{%", b"${", b"\xff"),
    *(b"include nginx.conf;", b"mod main;", b"if", b"else", b"match", b"return", b"lambda: "),
]


@PARSERS
@pytest.mark.parametrize("piece", [b"{", b"(", b"[", b"- ", b"{a: ", b"if a { ", b"a.b(", b"!"])
def test_deep_nesting_is_survived(parser: Parser, piece: bytes) -> None:
    resolve(parser, read(parser, piece * 20_000))


@PARSERS
@pytest.mark.parametrize(
    "unit", [b"a", b"a ", b"a;", b"a: b\n", b"'", b"#", b"a.b().c()", b"\\", b"{}", b"${a}", b"\n"]
)
def test_a_long_file_of_anything_is_survived(parser: Parser, unit: bytes) -> None:
    read(parser, unit * (200_000 // len(unit)))


def test_a_project_of_all_samples_at_once_is_checked() -> None:
    files = {
        path.relative_to(CORPUS).as_posix(): path.read_bytes()
        for path in CORPUS.rglob("*")
        if path.is_file()
    }
    held, rules, config = MemoryFiles(files), load_rules(), Config(profile="strict")
    one = check(held, config, rules, date(2026, 11, 1))
    two = check(held, config, rules, date(2026, 11, 1))
    assert one.findings == two.findings
    assert len(one.findings) > 100
