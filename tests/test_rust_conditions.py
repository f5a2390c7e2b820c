"""What is asked twice in Rust is answered alike: two settings that depend on conditions."""

from __future__ import annotations

import pytest
from rust_project import VERIFIERS, resolve, server

ENDS = ".with_single_cert(chain(), key()).unwrap();"
LAX_ON, LAX_OFF = ("optional", "on"), ("optional", "off")
STRICT_ON, STRICT_OFF = ("required", "on"), ("required", "off")
ALL = {LAX_ON, LAX_OFF, STRICT_ON, STRICT_OFF}
SAME, OPPOSITE = {LAX_ON, STRICT_OFF}, {LAX_OFF, STRICT_ON}


def pairs(verifier: str, then: str) -> set[tuple[object, object]]:
    """Return what clients are asked for, and beside it whether early data is taken.

    It is where `then` does `ON`.
    """
    then = then.replace("ON", "c.max_early_data_size = 9")
    body = (
        f"let v = {verifier.replace('LAX', '{ lax() } else { strict() }')};\n"
        f"let mut c = ServerConfig::builder().with_client_cert_verifier(v){ENDS}\n"
        f"c.max_early_data_size = 0;\n{then}\nc"
    )
    files = server(body, "opts: Opts, mode: Mode") + VERIFIERS
    found = [one for one in resolve(files).endpoints if "ServerConfig in config" in one.name]
    states = [state for one in found for state in one.states]
    return {(state["client_auth"].value, state["early_data"].value) for state in states}


@pytest.mark.parametrize(
    ("verifier", "then"),
    [
        ("if opts.open LAX", "if opts.open { ON }"),
        ("if opts.open LAX", "if (*opts).open { ON }"),
        ("if opts.open LAX", "if opts.clone().open { ON }"),
        ("if opts.open LAX", "if opts.as_ref().open { ON }"),
        ("if opts.open LAX", "if opts.borrow().open { ON }"),
        ("if Global::OPEN LAX", "if Global::OPEN { ON }"),
        ("if !opts.closed LAX", "if opts.closed { } else { ON }"),
        ("if opts.ca().is_some() LAX", "if let Some(ca) = opts.ca() { ON }"),
        ("if opts.ca.is_some() LAX", "if opts.ca.as_deref().is_some() { ON }"),
        ("if opts.ca.is_some() LAX", "if opts.ca.as_mut().is_some() { ON }"),
        ("if opts.ca.is_some() LAX", "if let Some(ca) = opts.ca.iter() { ON }"),
        ("if let Some(ca) = &opts.ca LAX", "if let Some(_) = opts.ca.as_ref() { ON }"),
        ("match opts.ca { Some(_) => lax(), None => strict() }", "if opts.ca.is_some() { ON }"),
        ("match opts.ca { Ok(ca) => lax(), Err(_) => strict() }", "if opts.ca.is_ok() { ON }"),
        ("match mode { Mode::A => lax(), Mode::B => strict() }", "if let Mode::A = mode { ON }"),
        ("match mode { Mode::A => lax(), _ => strict() }", "match mode { Mode::A => ON, _ => {} }"),
        ("match mode { Mode::A(_) => lax(), _ => strict() }", "if let Mode::A(n) = mode { ON }"),
        (
            "match mode { Mode::A { .. } => lax(), _ => strict() }",
            "if let Mode::A { n, m } = mode { ON }",
        ),
        ("match mode { it @ Mode::A => lax(), _ => strict() }", "if let Mode::A = mode { ON }"),
        (
            "match mode { Mode::A | Mode::B => lax(), _ => strict() }",
            "match mode { Mode::B | Mode::A => ON, Mode::C => {} }",
        ),
        (
            "match mode { Mode::A => lax(), _ => match mode { Mode::A => lax(), _ => strict() } }",
            "if matches!(mode, Mode::A) { ON }",
        ),
        ('if cfg!(feature = "a") LAX', 'if cfg!(feature = "a") { ON }'),
        ('if cfg!(feature = "a") LAX', '#[cfg(feature = "a")] { ON }'),
    ],
)
def test_the_same_question(verifier: str, then: str) -> None:
    assert pairs(verifier, then) == SAME


@pytest.mark.parametrize(
    ("verifier", "then"),
    [
        ("if !opts.open LAX", "if opts.open { ON }"),
        ("if opts.ca().is_some() LAX", "if opts.ca().is_none() { ON }"),
        ("match opts.ca { Some(_) => lax(), None => strict() }", "if opts.ca.is_none() { ON }"),
        ("match opts.ca { Some(_) => lax(), None => strict() }", "if let None = opts.ca { ON }"),
        ("match opts.ca { Ok(ca) => lax(), Err(_) => strict() }", "if opts.ca.is_err() { ON }"),
        ('if cfg!(feature = "a") LAX', '#[cfg(not(feature = "a"))] { ON }'),
    ],
)
def test_the_opposite_question(verifier: str, then: str) -> None:
    assert pairs(verifier, then) == OPPOSITE


@pytest.mark.parametrize(
    ("verifier", "then", "found"),
    [
        ("if opts.open || opts.wide LAX", "if opts.open { ON }", ALL - {STRICT_ON}),
        ("if opts.open && opts.wide LAX", "if opts.open { ON }", ALL - {LAX_OFF}),
        ("if let Some(n) = opts.ca && opts.open LAX", "if opts.open { ON }", ALL - {LAX_OFF}),
        (
            "match mode { Mode::A => lax(), _ => strict() }",
            "match mode { Mode::B => ON, _ => {} }",
            ALL - {LAX_ON},
        ),
        (
            "match mode { Mode::A | Mode::B => lax(), _ => strict() }",
            "match mode { Mode::B => ON, _ => {} }",
            ALL - {STRICT_ON},
        ),
        (
            "match mode { Mode::A => lax(), _ => strict() }",
            "match mode { Mode::A | Mode::B => ON, _ => {} }",
            ALL - {LAX_OFF},
        ),
        (
            "if matches!(mode, Mode::A | Mode::B) LAX",
            "if matches!(mode, Mode::A) { ON }",
            ALL - {STRICT_ON},
        ),
        (
            'if cfg!(feature = "a") LAX',
            '#[cfg(all(feature = "a", feature = "b"))] { ON }',
            ALL - {STRICT_ON},
        ),
        (
            'if cfg!(feature = "a") LAX',
            '#[cfg(all(not(feature = "a"), feature = "b"))] { ON }',
            ALL - {LAX_ON},
        ),
        (
            'if cfg!(all(feature = "a", feature = "b")) LAX',
            'if cfg!(feature = "a") { ON }',
            ALL - {LAX_OFF},
        ),
    ],
)
def test_questions_that_have_to_do_with_each_other(
    verifier: str, then: str, found: set[tuple[str, str]]
) -> None:
    assert pairs(verifier, then) == found


@pytest.mark.parametrize(
    ("verifier", "then"),
    [
        ("if opts.open LAX", "if opts.wide { ON }"),
        ("if opts.open LAX", "if opts.open() { ON }"),
        ("if ready() LAX", "if ready() { ON }"),
        ("if opts.has(1) LAX", "if opts.has(2) { ON }"),
        ("if opts[0].open LAX", "if opts[1].open { ON }"),
        ("match opts.ca { Some(Kind::A) => lax(), _ => strict() }", "if opts.ca.is_some() { ON }"),
        ("match mode { Mode::A(1) => lax(), _ => strict() }", "if let Mode::A(n) = mode { ON }"),
        ("if cfg!(unix) LAX", "if cfg!(windows) { ON }"),
    ],
)
def test_different_questions(verifier: str, then: str) -> None:
    assert pairs(verifier, then) == ALL


@pytest.mark.parametrize(
    "then",
    [
        "let opts = find(); if opts.open { ON }",
        "opts = find(); if opts.open { ON }",
        "opts.open = find(); if opts.open { ON }",
        "(opts, mode) = find(); if opts.open { ON }",
        "for opts in all() { if opts.open { ON } }",
        "if let Some(opts) = find() { if opts.open { ON } }",
        "let Some(opts) = find() else { return c }; if opts.open { ON }",
        "match find() { Some(opts) if opts.open => ON, _ => {} }",
        "match find() { Some(opts) => if opts.open { ON }, _ => {} }",
        "let copy = find(); if copy.open { ON }",
        "run(|opts: Opts| if opts.open { ON });",
    ],
)
def test_what_is_bound_anew_is_asked_anew(then: str) -> None:
    assert pairs("if opts.open LAX", then) == ALL
