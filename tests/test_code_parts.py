"""The evaluator's parts: patterns, operators, merging of worlds, addresses, paths of libraries."""

from __future__ import annotations

import pytest
from mtlslint.code.api import Api
from mtlslint.code.collect import Collector
from mtlslint.code.finish import effective_floor, final
from mtlslint.code.found import Opening
from mtlslint.code.interpret import address, reach
from mtlslint.code.ir import AnyOf, Capture, Exactly, Pattern, Shape
from mtlslint.code.merge import FEW, LIMIT, merge
from mtlslint.code.operators import change_bits, operate
from mtlslint.code.patterns import fit
from mtlslint.code.table import build_api
from mtlslint.code.values import (
    BLANK,
    NOTHING,
    Bits,
    Failed,
    Items,
    Known,
    Present,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
)
from mtlslint.model import Address, Origin, Setting
from mtlslint.source import Span

SPAN = Span("a", 0, 1)
VARIANTS = {"Some": "present", "Ok": "present", "None": "nothing", "Err": "failed"}
X = Capture("x")
SOME = Shape(("Some",), ((None, X),))
NONE = Exactly(path=("None",))
ERR = Shape(("Err",), ((None, X),))


@pytest.mark.parametrize(
    ("pattern", "value", "verdict", "bound"),
    [
        (X, Known(1), True, {"x": Known(1)}),
        (Capture("_"), Known(1), True, {}),
        (SOME, Present(Known(1)), True, {"x": Known(1)}),
        (SOME, NOTHING, False, None),
        (SOME, Unknown(), None, {"x": Unknown()}),
        (NONE, NOTHING, True, {}),
        (NONE, Present(Known(1)), False, {}),
        (NONE, Unknown(), None, {}),
        (ERR, Failed(), True, None),
        (ERR, Present(Known(1)), False, None),
        (ERR, Failed(Known(3)), True, {"x": Known(3)}),
        (ERR, NOTHING, False, None),
        (SOME, Failed(), False, None),
        (Shape(("M", "A"), ()), Symbol(("M", "A")), True, {}),
        (Shape(("M", "A"), ()), Symbol(("M", "B")), False, {}),
        (Shape(("M", "A"), ()), Symbol(("N", "A")), None, {}),
        (Shape((), ((None, Exactly(1)), (None, X))), Items((Known(2), Known(3))), False, None),
        (Shape((), ((None, Exactly(1)),)), Items((Unknown(),)), None, None),
        (Capture("x", Exactly(1)), Known(2), False, {"x": Known(2)}),
        (Exactly("a"), Known("a"), True, {}),
        (Exactly("a"), Known("b"), False, {}),
        (Exactly("a"), Known(f"a{BLANK}"), None, {}),
        (Exactly(path=("M", "A")), Symbol(("M", "A")), True, {}),
        (Exactly(path=("M", "A")), Symbol(("M", "B")), False, {}),
        (Exactly(path=("M", "A")), Symbol(("N", "B")), None, {}),
        (Shape((), ((None, X), (None, Capture("_")))), Items((Known(1), Known(2))), True, None),
        (AnyOf((Exactly(1), Exactly(2))), Known(2), True, {}),
        (AnyOf((Exactly(1), Exactly(2))), Known(3), False, {}),
        (AnyOf((Exactly(1), X)), Unknown(), True, {"x": Unknown()}),
    ],
)
def test_fit(pattern: Pattern, value: Value, verdict: bool | None, bound: object) -> None:
    got, names = fit(pattern, value, World(), VARIANTS)
    assert got is verdict
    if bound is not None:
        assert names == bound


@pytest.mark.parametrize(
    ("path", "verdict"),
    [(("M", "A"), True), (("M", "B"), False), (("N", "B"), None), (("Self",), True)],
)
def test_a_record_fits_by_the_name_of_its_type(path: tuple[str, ...], verdict: bool | None) -> None:
    world = World()
    record = world.add(Thing("", SPAN, parts={"0": Known(1)}, path=("M", "A")))
    assert fit(Shape(path, ((None, X),)), record, world, VARIANTS) == (verdict, {"x": Known(1)})


A, B = Bits(frozenset("a")), Bits(frozenset("b"))


@pytest.mark.parametrize(
    ("symbol", "values", "result"),
    [
        ("|", (A, B), Bits(frozenset("ab"))),
        ("|", (A, Unknown()), Bits(frozenset("a"), False)),
        ("|", (operate("~", (A,)), A), A),
        ("|", (A, operate("~", (B,))), Bits(frozenset(("a", "~b")))),
        ("|", (Unknown(), Unknown()), Unknown()),
        ("and", (Known(True), Known(False)), Known(False)),
        ("and", (Unknown(), Known(False)), Known(False)),
        ("and", (Unknown(), Known(True)), Unknown()),
        ("or", (Unknown(), Known(True)), Known(True)),
        ("or", (Known(False), Known(False)), Known(False)),
        ("not", (Known(False),), Known(True)),
        ("not", (Unknown(),), Unknown()),
        ("==", (Known(1), Known(1)), Known(True)),
        ("!=", (Known("a"), Known("b")), Known(True)),
        ("==", (Known(BLANK), Known(BLANK)), Unknown()),
        ("==", (Unknown(), Known(1)), Unknown()),
        ("+", (Known("a"), Known("b")), Known("ab")),
        ("+", (Known("a:"), Unknown()), Known(f"a:{BLANK}")),
        ("-", (Known(2),), Known(-2)),
        ("-", (Known("a"),), Unknown()),
        ("-", (Known(3), Known(2)), Known(1)),
        ("<<", (Known(1), Known(2)), Known(4)),
        ("&", (Bits(frozenset("ab")), operate("~", (A,))), Bits(frozenset(("b", "~a")))),
        ("&", (Bits(frozenset("ab")), A), Unknown()),
    ],
)
def test_operators(symbol: str, values: tuple[Value, ...], result: Value) -> None:
    found = operate(symbol, values)
    assert type(found) is type(result)
    if not isinstance(result, Unknown):
        assert found == result


def test_flags_change() -> None:
    assert change_bits("insert", A, (B,)) == Bits(frozenset("ab"))
    assert change_bits("remove", change_bits("insert", A, (B,)), (A,)) == B
    assert change_bits("assign", A, (B, Known(True))) == Bits(frozenset("ab"))
    assert change_bits("assign", A, (A, Known(False))) == Bits(frozenset())
    assert not change_bits("assign", A, (B, Unknown())).certain
    assert not change_bits("insert", A, (Unknown(),)).certain


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Known("0.0.0.0:80"), Address("0.0.0.0", 80)),
        (Known("[::]:80"), Address("::", 80)),
        (Known(f"0.0.0.0:{BLANK}"), Address("0.0.0.0", None)),
        (Known(f"{BLANK}:80"), Address(None, 80)),
        (Known(f"{BLANK}"), Address(None, None)),
        (Items((Known("::1"), Known(80))), Address("::1", 80)),
        (
            Items((Items((Known(127), Known(0), Known(0), Known(1))), Known(1))),
            Address("127.0.0.1", 1),
        ),
        (Items((Unknown(), Known(80))), Address(None, 80)),
        (Items((Known(10), Known(0), Known(0), Known(1))), Address("10.0.0.1")),
        (Items((Known("0.0.0.0:80"), Known("[::]:80"), Known("a:1"))), Address("0.0.0.0", 80)),
        (Items((Items((Known(0),) * 7 + (Known(1),)), Known(1))), Address("::1", 1)),
        (Items((Items((Known(0),) * 8), Known(1))), Address("::", 1)),
        (Known("/run/app.sock"), Address("unix:")),
        (Known("a:99999"), Address("a", 99999)),
        (Known("a:123456"), Address("a", None)),
        (Items((Unknown(), Known(1), Known(2))), Address()),
        (Unknown(), Address()),
    ],
)
def test_addresses(value: Value, found: Address) -> None:
    assert address(value, World(), api()) == found


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("127.0.0.1", "local"),
        ("127.9.9.9", "local"),
        ("::1", "local"),
        ("localhost", "local"),
        ("0.0.0.0", "network"),
        ("::", "network"),
        ("10.0.0.1", "network"),
        ("", "network"),
        ("example.com", None),
        (None, None),
    ],
)
def test_reach(host: str | None, found: str | None) -> None:
    assert reach(host) == found


def world(**env: Value) -> World:
    return World(env=dict(env))


def test_equal_worlds_are_one_and_forget_what_only_one_assumed() -> None:
    one, other = world(x=Known(1)), world(x=Known(1))
    one.assumed, other.assumed = {"a": True, "b": True}, {"a": True, "b": False}
    merged, cut = merge([(one, None), (other, None)])
    assert [w.assumed for w, _ in merged] == [{"a": True}]
    assert not cut


def test_few_worlds_keep_their_differences() -> None:
    merged, _ = merge([(world(x=Known(n)), None) for n in range(FEW)])
    assert len(merged) == FEW


def test_plain_data_is_not_worth_many_worlds() -> None:
    merged, cut = merge([(world(x=Known(n), y=Known(0)), None) for n in range(FEW + 1)])
    assert [w.env["y"] for w, _ in merged] == [Known(0)]
    assert isinstance(merged[0][0].env["x"], Unknown)
    assert not cut


def made(kind: str, **settings: str) -> World:
    found = World()
    things = {name: Setting(value, SPAN) for name, value in settings.items()}
    found.env["x"] = found.add(Thing(kind, SPAN, things))
    return found


def test_what_concerns_libraries_keeps_its_worlds() -> None:
    worlds = [(made("tls", client_auth=str(n)), None) for n in range(LIMIT)]
    merged, cut = merge(worlds)
    assert (len(merged), cut) == (LIMIT, False)
    merged, cut = merge([*worlds, (made("tls", client_auth="more"), None)])
    assert (len(merged), cut) == (LIMIT, True)


@pytest.mark.parametrize("at", [0, LIMIT, LIMIT * 2])
@pytest.mark.parametrize("narrow", [False, True])
def test_of_too_many_worlds_those_with_a_switch_that_is_off_are_kept(at: int, narrow: bool) -> None:
    worlds = [(made("tls", client_ca=str(n)), None) for n in range(LIMIT * 2)]
    worlds.insert(at, (made("tls", peer_chain="unverified"), None))
    merged, cut = merge(worlds, narrow)
    shown = [thing.settings for kept, _ in merged for thing in kept.heap.values()]
    assert cut
    assert [one["peer_chain"].value for one in shown if "peer_chain" in one] == ["unverified"]
    assert any("client_ca" in one for one in shown)


def test_failures_stay_apart_from_values() -> None:
    outcomes = [(world(x=Known(n)), Failed() if n % 2 else Known(n)) for n in range(10)]
    merged, _ = merge(outcomes)
    assert {type(value) for _, value in merged} == {Failed, Unknown}


def test_what_is_missing_stays_apart_from_values_and_failures() -> None:
    ends = (NOTHING, Failed(), Known(1))
    outcomes = [(world(x=Known(n)), ends[n % 3]) for n in range(12)]
    merged, cut = merge(outcomes)
    assert [value for _, value in merged] == [NOTHING, Failed(), Known(1)]
    assert not cut


def test_worlds_that_differ_in_what_nothing_leads_to_are_one() -> None:
    def held(reached: bool, kind: str = "") -> World:
        found = World()
        thing = found.add(Thing(kind, SPAN, parts={"n": Known(1)}))
        found.env["x"] = Items((Present(thing),)) if reached else Known(2)
        return found

    for reached, kind, count in ((False, "", 1), (True, "", 2), (False, "tls", 2)):
        one, other = held(reached, kind), held(reached, kind)
        (handle,) = other.heap
        other.heap[handle] = other.heap[handle].part("n", Known(3))
        merged, _ = merge([(one, None), (other, None)])
        assert len(merged) == count
        del other.heap[handle]
        other.env = dict(one.env)
        assert len(merge([(one, None), (other, None)])[0]) == count


def api() -> Api:
    return build_api(
        {
            "aliases": {"boring": "openssl"},
            "distinctive": {"SslAcceptor": "openssl"},
            "hosts": {},
            "calls": {
                "rustls::Config::new rustls::Config::make": {"makes": "config"},
                "openssl::SslAcceptor::modern": {"makes": "config", "set": {"client_auth": "none"}},
                "boring::all": {"bits": ["A"]},
                "openssl::all": {"bits": ["A", "B"]},
            },
            "kinds": {
                "config": {"types": ["rustls::Config"], "methods": {"a b": {"become": "config"}}},
                "more": {"like": "config", "methods": {"c": {}}},
            },
        }
    )


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("rustls::Config::new", True),
        ("rustls::deep::inside::Config::make", True),
        ("tokio_rustls::rustls::Config::new", True),
        ("crate::rustls::Config::new", True),
        ("self::Config::new", False),
        ("crate::Config::new", False),
        ("Config::new", False),
        ("rustls::Other::new", False),
        ("elsewhere::SslAcceptor::modern", True),
        ("boring::ssl::SslAcceptor::modern", True),
    ],
)
def test_paths_of_libraries(path: str, found: bool) -> None:
    assert (api().find(tuple(path.split("::"))) is not None) is found


def test_a_crate_may_differ_from_the_one_it_is_like() -> None:
    for path, bits in (("boring::all", {"A"}), ("openssl::all", {"A", "B"})):
        row = api().find(tuple(path.split("::")))
        assert row is not None
        assert row.bits == bits


def test_kinds_inherit() -> None:
    assert set(api().kinds["more"].methods) == {"a", "b", "c"}


def test_an_unknown_word_in_the_data_is_an_error() -> None:
    with pytest.raises(TypeError):
        build_api({"calls": {"a::b": {"mkaes": "x"}}, "kinds": {}})


def test_floors() -> None:
    def at(value: str | None, origin: Origin) -> Setting:
        return Setting(value, SPAN, origin)

    library = at("TLSv1", Origin.DEFAULT)
    explicit = at("TLSv1", Origin.EXPLICIT)
    assert effective_floor({"floor.a": library, "floor.b": explicit}) == explicit
    high = at("TLSv1.2", Origin.PRESET)
    assert effective_floor({"floor.a": library, "floor.b": high}) == high
    unknown = at(None, Origin.EXPLICIT)
    assert effective_floor({"floor.a": library, "floor.b": unknown}) == unknown
    assert effective_floor({"floor.a": high, "floor.b": unknown}) == high


def test_each_side_keeps_its_own_settings() -> None:
    both = {"client_auth": Setting("none", SPAN), "peer_chain": Setting("verified", SPAN)}
    assert set(final(both, "server")) == {"client_auth"}
    assert set(final(both, "client")) == {"peer_chain"}


def test_an_endpoint_of_too_many_paths_shows_what_these_have_in_common() -> None:
    collector = Collector(lambda span: False)
    opening = Opening("client", Span("a.rs", 0, 1), "ClientConfig", None)
    floor = Setting("TLSv1.2", Span("a.rs", 5, 6))
    for at in range(20):
        chain = Setting("verified", Span("a.rs", 10 + at, 11 + at))
        collector.open(frozenset(), opening, {"min_version": floor, "peer_chain": chain})
    assert Span("a.rs", 10, 11) in collector.shown()
    assert collector.shown(common=True) == {floor.span}
