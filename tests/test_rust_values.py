"""How values travel through Rust: which of two verifiers a server's configuration ends up with."""

from __future__ import annotations

import pytest
from rust_project import VERIFIERS, resolve, server


def ends(verifier: str) -> set[object]:
    """Return what a configuration may ask of clients that takes this as its verifier."""
    body = f"let v = {verifier};\nServerConfig::builder().with_client_cert_verifier(v)"
    files = server(f"{body}.with_single_cert(chain(), key()).unwrap()", "x: X") + VERIFIERS
    found = [one for one in resolve(files).endpoints if "ServerConfig in config" in one.name]
    return {state["client_auth"].value for one in found for state in one.states}


@pytest.mark.parametrize(
    "verifier",
    [
        "Some(lax()).unwrap_or(strict())",
        "Some(lax()).unwrap_or_else(|| strict())",
        "Ok(lax()).unwrap_or_else(|e| strict())",
        "Ok(lax()).ok().unwrap_or(strict())",
        "Some(1).map_or(strict(), |_| lax())",
        "Some(lax()).map_or_else(|| strict(), |v| v)",
        "Ok(lax()).map_or_else(|e| strict(), |v| v)",
        "Some(lax()).map(|v| v).unwrap_or(strict())",
        "Some(1).and_then(|_| Some(lax())).unwrap_or(strict())",
        "Some(lax()).filter(|v| good(v)).unwrap()",
        "Some(None).unwrap_or(Some(strict())).unwrap_or(lax())",
        "x.map(|_| lax()).unwrap()",
        "vec![lax()].iter().map(|v| v.clone()).next().unwrap()",
        "[1, 2].iter().fold(strict(), |_, one| lax())",
        "Mutex::new(lax()).lock().unwrap().clone()",
        "OnceLock::new().get_or_init(|| lax()).clone()",
        "if Some(1).is_some() { lax() } else { strict() }",
        "if None.is_none() { lax() } else { strict() }",
        "if Ok(1).is_ok() { lax() } else { strict() }",
        "if Err(1).is_err() { lax() } else { strict() }",
        "if true || x { lax() } else { strict() }",
        "if !false { lax() } else { strict() }",
        'if "a" == "a" { lax() } else { strict() }',
        "if matches!(Mode::A, Mode::A | Mode::C) { lax() } else { strict() }",
        "if let Some(v) = Some(lax()) { v } else { strict() }",
        "if let Mode::A(v) = Mode::A(lax()) { v } else { strict() }",
        "match Mode::A { Mode::B | Mode::A => lax(), _ => strict() }",
        "(lax(), strict()).0",
        "[lax(), strict()][0].clone()",
        "{ let p = Pair { a: lax(), b: strict() }; let Pair { a, .. } = p; a }",
        "{ let mut all = vec![strict()]; all.push(lax()); all[1].clone() }",
        "{ let v; v = lax(); v }",
        "{ let Some(n) = x else { return other() }; lax() }",
        "loop { break lax(); }",
        "{ let mut v = strict(); while x.goes() { v = lax(); } v }",
        "{ let mut v = strict(); for one in [strict(), lax()] { v = one; } v }",
    ],
)
def test_the_first_is_taken(verifier: str) -> None:
    assert ends(verifier) == {"optional"}


@pytest.mark.parametrize(
    "verifier",
    [
        "None.unwrap_or(strict())",
        "None.unwrap_or_else(|| strict())",
        "None.unwrap_or_else(strict)",
        "Err(1).unwrap_or_else(|e| strict())",
        "Err(1).ok().unwrap_or(strict())",
        "None.map_or(strict(), |_| lax())",
        "Err(1).map_or(strict(), |_| lax())",
        "None.map_or_else(|| strict(), |_| lax())",
        "Err(1).map_or_else(|e| strict(), |_| lax())",
        "None.map_or_else(strict, |_| lax())",
        "None.map(|_| lax()).unwrap_or(strict())",
        "Some(1).and_then(|_| None).unwrap_or(strict())",
        "if None.is_some() { lax() } else { strict() }",
        "if Ok(1).is_err() { lax() } else { strict() }",
        "if false && x { lax() } else { strict() }",
        "if let Some(v) = None { v } else { strict() }",
        "if let Ok(v) = Err(1) { lax() } else { strict() }",
        "if let Mode::B(v) = Mode::A(lax()) { v } else { strict() }",
        'match "a" { "b" => lax(), "a" => strict(), _ => lax() }',
        "match (1, 2) { (1, 3) => lax(), (1, 2) => strict(), _ => lax() }",
        "match Some(1) { Some(2) => lax(), Some(n) if n == 1 => strict(), _ => lax() }",
        "match Mode::A { Mode::B => lax(), Mode::A => strict() }",
        "(lax(), strict()).1",
        "[lax(), strict()][1].clone()",
        "Pair { a: lax(), b: strict() }.b",
        "{ let (a, b) = (lax(), strict()); b }",
        "{ let (mut a, mut b) = (lax(), strict()); (a, b) = (b, a); a }",
        "{ let made = strict; made() }",
        "{ { let strict = 1; } strict() }",
        "{ loop { let strict = 1; break; } strict() }",
        "{ 'a: loop { let strict = 1; loop { let lax = 2; break 'a; } } strict() }",
        "{ for strict in [1, 2] { log(strict); } strict() }",
        "{ if let Some(strict) = x { log(strict); } strict() }",
        "{ match x { Some(strict) => log(strict), None => {} } strict() }",
        "{ let f = |strict: u8| strict; f(1); strict() }",
    ],
)
def test_the_second_is_taken(verifier: str) -> None:
    assert ends(verifier) == {"required"}


@pytest.mark.parametrize(
    "verifier",
    [
        "x.map_or(strict(), |_| lax())",
        "x.map_or_else(|| strict(), |_| lax())",
        "x.map(|_| lax()).unwrap_or(strict())",
        "x.map(|_| lax()).unwrap_or_else(|| strict())",
        "if x.is_some() { lax() } else { strict() }",
        "if true && x { lax() } else { strict() }",
        "if false || x { lax() } else { strict() }",
        "if matches!(Some(1), Some(n) if n > x) { lax() } else { strict() }",
        "if x == Mode::A { lax() } else if x == Mode::B { strict() } else { unreachable!() }",
        "match x { 1 => lax(), 2 => strict(), _ => unreachable!() }",
        "match x.ok() { Some(_) => lax(), None => strict() }",
        "{ let mut v = strict(); if x { v = lax(); } v }",
        "{ let mut v = strict(); for one in x { if one { continue; } v = lax(); } v }",
        "{ let mut v = strict(); for one in x { if one { break; } v = lax(); } v }",
        "{ let mut v = lax(); for one in [lax(), strict()] { v = one; if x { break; } } v }",
    ],
)
def test_either_may_be_taken(verifier: str) -> None:
    assert ends(verifier) == {"optional", "required"}


@pytest.mark.parametrize(
    ("verifier", "found"),
    [
        ("x.unwrap_or(strict())", {None, "required"}),
        ("x.unwrap_or_else(|| lax())", {None, "optional"}),
        ("x.ok().unwrap_or(strict())", {None, "required"}),
        ("x.unwrap_or_default()", {None}),
        ("vec![lax(), strict()].pop().unwrap()", {None}),
        ("[lax(), strict()][x].clone()", {None}),
        ("[strict()][1].clone()", {None}),
        ("[strict()][-1].clone()", {"required"}),
        ("(lax(), strict()).2", {None}),
        ("(lax(), strict()).name", {None}),
        ("Pair { a: lax(), b: strict() }.c", {None}),
        ("x.made(lax())", {None}),
        ("None.ok_or(E)?", set()),
        ("None.unwrap()", set()),
        ("Err(1)?", set()),
        ("None.unwrap_or_else(|| panic!())", set()),
    ],
)
def test_what_is_not_known_is_neither(verifier: str, found: set[object]) -> None:
    assert ends(verifier) == found
