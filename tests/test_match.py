from __future__ import annotations

import pytest
from mtlslint.match import Verdict, read_match
from mtlslint.model import Origin, Setting
from mtlslint.shape import ShapeError, yaml_node
from mtlslint.source import Span

SPAN = Span("a", 0, 1)


def setting(value: str | int | None, origin: Origin = Origin.EXPLICIT) -> Setting:
    return Setting(value, SPAN, origin)


def verdict(match: str, **settings: Setting) -> Verdict:
    return read_match(yaml_node(match.encode()), ("server",)).verdict({"": settings})


@pytest.mark.parametrize(
    ("match", "value", "wanted"),
    [
        ("{client_auth: optional}", "optional", True),
        ("{client_auth: optional}", "required", False),
        ("{client_auth: optional}", None, None),
        ("{client_auth: [none, optional]}", "none", True),
        ("{client_auth: {not: required}}", "none", True),
        ("{client_auth: {not: required}}", "required", False),
        ("{client_auth: {not: required}}", None, None),
        ("{client_auth: {any: [none, {not: optional}]}}", "required", True),
        ("{client_auth: {known: false}}", None, True),
        ("{client_auth: {known: false}}", "none", False),
        ("{client_auth: {known: true}}", "none", True),
        ("{client_auth: {origin: explicit}}", "none", True),
        ("{client_auth: {origin: [default, preset]}}", "none", False),
        ("{client_auth: {is: none, origin: default}}", "none", False),
    ],
)
def test_predicates_on_a_setting(match: str, value: str | None, wanted: Verdict) -> None:
    assert verdict(match, client_auth=setting(value)) is wanted


@pytest.mark.parametrize(
    "predicate", ["required", "{not: required}", "{known: false}", "{known: true}"]
)
def test_an_absent_setting_makes_every_predicate_false(predicate: str) -> None:
    assert verdict(f"{{client_auth: {predicate}}}", transport=setting("plaintext")) is False


@pytest.mark.parametrize(
    ("version", "below", "at_least"),
    [("SSLv3", True, False), ("TLSv1.1", True, False), ("TLSv1.2", False, True)],
)
def test_versions_have_an_order(version: str, below: bool, at_least: bool) -> None:
    value = setting(version)
    assert verdict("{min_version: {below: TLSv1.2}}", min_version=value) is below
    assert verdict("{min_version: {at_least: TLSv1.2}}", min_version=value) is at_least


def test_numbers_have_an_order() -> None:
    assert verdict("{verify_depth: {below: 2}}", verify_depth=setting(1)) is True
    assert verdict("{verify_depth: {below: 2}}", verify_depth=setting(2)) is False


def test_false_beats_unknown_and_unknown_beats_true() -> None:
    match = "{client_auth: optional, transport: tls}"
    assert verdict(match, client_auth=setting(None), transport=setting("plaintext")) is False
    assert verdict(match, client_auth=setting(None), transport=setting("tls")) is None


def test_alternatives() -> None:
    match = "{any: [{transport: plaintext}, {client_auth: none}]}"
    assert verdict(match, transport=setting("tls"), client_auth=setting("none")) is True
    assert verdict(match, transport=setting("tls"), client_auth=setting("required")) is False
    assert verdict(match, transport=setting("tls"), client_auth=setting(None)) is None


@pytest.mark.parametrize(
    ("match", "message"),
    [
        ("{client_aut: none}", "a server has no setting 'client_aut'; did you mean 'client_auth'?"),
        ("{peer_name: verified}", "a server has no setting 'peer_name'"),
        ("{client_auth: optionl}", "client_auth is never 'optionl'; did you mean 'optional'?"),
        ("{client_auth: {nt: none}}", "unknown predicate 'nt'; did you mean 'not'?"),
        ("{client_auth: {below: none}}", "values of client_auth have no order"),
        ("{min_version: {origin: defalt}}", "unknown origin 'defalt'; did you mean 'default'?"),
        ("{verify_depth: deep}", "verify_depth is a whole number, not 'deep'"),
        ("[client_auth]", "expected a table of settings and predicates"),
    ],
)
def test_mistakes_are_named_with_the_nearest_valid_word(match: str, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        read_match(yaml_node(match.encode()), ("server",))
    assert caught.value.message.startswith(message)
