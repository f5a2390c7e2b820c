"""What Rust's calls do to what they are given: functions, methods, closures, and who isn't seen."""

from __future__ import annotations

import re

import pytest
from rust_project import resolve

PEER, FAIL = "SslVerifyMode::PEER", "SslVerifyMode::FAIL_IF_NO_PEER_CERT"
LAX, STRICT = f"set_verify({PEER})", f"set_verify({PEER} | {FAIL})"


def ends(body: str, more: str = "") -> set[object]:
    """Return what an acceptor asks of clients on whose builder `b` this is done."""
    words = {"LAX": LAX, "STRICT": STRICT, "Builder": "SslAcceptorBuilder", "FLAG": PEER}
    code = re.sub("|".join(words), lambda word: words[word[0]], f"{body}\nb.build()\n}}\n{more}")
    files = (
        "use openssl::ssl::*;\npub fn config(x: X) -> SslAcceptor {\n"
        f"let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();\n{code}"
    )
    found = [one for one in resolve(files).endpoints if "SslAcceptor in config" in one.name]
    return {state["client_auth"].value for one in found for state in one.states}


RELAX = "fn relax(b: &mut Builder) { b.LAX; }"
TRUST = "struct Trust; impl Trust { fn install(&self, b: &mut Builder) { b.LAX; } }"
OTHER = "struct Other; impl Other { fn install(&self, b: &mut Builder) { b.STRICT; } }"


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("relax(&mut b);", RELAX),
        ("let all = [relax]; for one in all { one(&mut b); }", RELAX),
        ("let chosen = pick(); chosen(&mut b);", RELAX + "fn pick() -> F { relax }"),
        ("let hooks = Hooks { on: relax }; (hooks.on)(&mut b);", RELAX + "struct Hooks { on: F }"),
        ("let hooks = Hooks { on: |b| b.LAX }; (hooks.on)(&mut b);", "struct Hooks { on: F }"),
        ("let f = |c: &mut Builder| c.LAX; f(&mut b);", ""),
        ("apply(&mut b, relax);", RELAX + "fn apply(b: &mut Builder, f: F) { f(b) }"),
        ("apply(&mut b, |b| b.LAX);", "fn apply(b: &mut Builder, f: F) { f(b) }"),
        ("elsewhere::apply(|| b.LAX);", ""),
        ("elsewhere::apply(&|| b.LAX);", ""),
        ("x.each(|n| b.LAX);", ""),
        ("x.map(|n| b.LAX);", ""),
        ("let c = &mut b; c.LAX;", ""),
        ("for n in 0..2 { b.LAX; }", ""),
        ("b = adjusted(b);", "fn adjusted(mut b: Builder) -> Builder { b.LAX; b }"),
        (
            "try_it(&mut b)?;",
            "fn try_it(b: &mut Builder) -> R { if x() { return Err(1); } b.LAX; }",
        ),
        ("Trust.install(&mut b);", TRUST + OTHER),
        ("Trust::install(&x, &mut b);", TRUST + OTHER),
        ("x.install(&mut b);", TRUST),
        (
            "x.begin(&mut b);",
            "struct T; impl T { fn begin(&self, b: &mut Builder) { self.go(b) } "
            "fn go(&self, b: &mut Builder) { b.LAX } } "
            "struct U; impl U { fn go(&self, b: &mut Builder) { b.STRICT } }",
        ),
        ("Builder::set_verify(&mut b, FLAG);", ""),
        (
            "let w = Wrap { inner: b }; w.LAX; let b = w.inner;",
            "struct Wrap { inner: Builder } impl Deref for Wrap { type Target = Builder; }",
        ),
        (
            "let w = Wrap { inner: b }; w.set_verify(1); let b = w.inner;",
            "struct Wrap { inner: B } impl Wrap { fn set_verify(&mut self, n: u8) "
            "{ self.inner.LAX } }",
        ),
        (
            "b.set_verify(Mode::Lax.flags());",
            "enum Mode { Lax, Strict } impl Mode { fn flags(self) -> M "
            "{ match self { Mode::Lax => FLAG, Self::Strict => SslVerifyMode::all() } } }",
        ),
        (
            "let s = Set::new().widened(true); b.set_verify(s.mode);",
            "struct Set { mode: M } impl Set { fn new() -> Self { Set { mode: M::NONE } } "
            "fn widened(mut self, on: bool) -> Self { if on { self.mode = FLAG; } self } }",
        ),
        (
            "let s = Set::default(); b.set_verify(s.mode);",
            "struct Set { mode: M } impl Default for Set { fn default() -> Self "
            "{ Set { mode: FLAG } } }",
        ),
        ("let mut m = Modes { a: N { b: 1 } }; m.a.b = FLAG; b.set_verify(m.a.b);", ""),
        (
            "let m = Modes { a: 1, ..base() }; b.set_verify(m.c);",
            "fn base() -> Modes { Modes { a: 2, c: FLAG } }",
        ),
    ],
)
def test_what_is_called_is_followed(body: str, more: str) -> None:
    assert ends(body, more) == {"optional"}


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("b.STRICT; elsewhere::look(&b);", ""),
        ("b.STRICT; x.look(&b);", ""),
        ("b.STRICT; b.some_other_setting(1);", ""),
        ("b.STRICT; look(&mut b);", "fn look(b: &mut Builder) { log(1); }"),
        ("b.STRICT; x.look(Held { by: &mut b });", ""),
        ("b.LAX; harden(&mut b);", "fn harden(b: &mut Builder) { b.STRICT; }"),
        (
            "let mut s = Set { mode: FLAG }; s.harden(); b.set_verify(s.mode);",
            "struct Set { mode: M } impl Set { fn harden(&mut self) "
            "{ self.mode |= SslVerifyMode::FAIL_IF_NO_PEER_CERT; } }",
        ),
        ("b.STRICT; { let mut b = other_builder(); b.LAX; }", ""),
        ("b.STRICT; let old = Held { b: 1 }; old.LAX;", "struct Held { b: u8 }"),
    ],
)
def test_what_is_only_looked_at_stays(body: str, more: str) -> None:
    assert ends(body, more) == {"required"}


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("b.STRICT; elsewhere::adjust(&mut b);", ""),
        ("b.STRICT; x.adjust(&mut b);", ""),
        ("b.STRICT; (x.hook)(&mut b);", ""),
        ("b.STRICT; x.hooks[0](&mut b);", ""),
        ("b.STRICT; let both = (1, &mut b); elsewhere::adjust(&mut both);", ""),
        ("x.adjust(Held { by: &mut b });", ""),
        ("x.install(&mut b);", TRUST + OTHER),
        (
            "again(&mut b, 3);",
            "fn again(b: &mut Builder, n: u8) { if n == 0 { b.LAX } else { again(b, n - 1) } }",
        ),
        ("b.set_verify(x);", ""),
        ("b.set_verify(x.flags());", "enum Mode { A } impl Mode { fn flags(self) -> M { FLAG } }"),
    ],
)
def test_what_nobody_sees_is_unknown(body: str, more: str) -> None:
    assert ends(body, more) == {None}


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("elsewhere::look(&b);", ""),
        ("x.install(1);", "struct Trust; impl Trust { fn install(&self, b: u8) { b.LAX; } }"),
        ("let w = Wrap { inner: b }; w.LAX; let b = w.inner;", "struct Wrap { inner: Builder }"),
        (
            "let w = Wrap { a: b, z: modern() }; w.LAX; let b = w.a;",
            "struct Wrap { a: B, z: B } impl Deref for Wrap { }\n"
            "fn modern() -> B { SslAcceptor::mozilla_modern(m()).unwrap() }",
        ),
        ("{ let mut b = SslAcceptor::mozilla_modern(m()).unwrap(); b.LAX; }", ""),
        ("let f = |c: &mut Builder| c.LAX;", ""),
    ],
)
def test_what_is_done_to_something_else_does_nothing(body: str, more: str) -> None:
    assert ends(body, more) == {"none"}
