"""What operators make of values: flags, comparisons, joined strings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import mul, sub

from mtlslint.code.values import BLANK, Bits, Known, Symbol, Unknown, Value, bare

UNKNOWN = Unknown("computed")


def operate(symbol: str, values: tuple[Value, ...]) -> Value:
    """Return the value of an operator applied to its operands."""
    values = tuple(bare(value) for value in values)
    if symbol in ("and", "or", "not"):
        return _logic(symbol, values)
    if symbol == "|":
        return _union(values)
    if symbol == "&":
        return _intersection(values)
    if symbol == "~":
        return _complement(values[0])
    if symbol == "+":
        return _join(values)
    if symbol in ("==", "!=") and len(values) == 2:
        same = _same(*values)
        return UNKNOWN if same is None else Known(same is (symbol == "=="))
    if symbol in _ARITHMETIC and len(values) > 1:
        return _compute(_ARITHMETIC[symbol], values)
    if symbol == "-" and len(values) == 1 and isinstance(values[0], Known):
        number = values[0].value
        return Known(-number) if isinstance(number, int) else UNKNOWN
    return UNKNOWN


def _shift(number: int, count: int) -> int:
    return number << count if 0 <= count < 40 else 0


_ARITHMETIC: dict[str, Callable[[int, int], int]] = {"*": mul, "-": sub, "<<": _shift}


def _compute(function: Callable[[int, int], int], values: tuple[Value, ...]) -> Value:
    numbers = [value.value if isinstance(value, Known) else None for value in values]
    found = [number for number in numbers if isinstance(number, int) and abs(number) < 1 << 40]
    return Known(reduce(function, found)) if len(found) == len(values) else UNKNOWN


def _logic(symbol: str, values: tuple[Value, ...]) -> Value:
    truths = [v.value if isinstance(v, Known) else None for v in values]
    if symbol == "not":
        said = values[0].said if isinstance(values[0], Known) else None
        return UNKNOWN if not isinstance(truths[0], bool) else Known(not truths[0], said)
    settles = symbol == "or"
    if any(one is settles for one in truths):
        return Known(settles)
    open_ones = [v for v, one in zip(values, truths, strict=True) if one is not (not settles)]
    if len(open_ones) == 1 and isinstance(open_ones[0], Unknown):
        return open_ones[0]
    return (
        Known(not settles)
        if all(one is not settles and one is not None for one in truths)
        else UNKNOWN
    )


def change_bits(word: str, bits: Bits, args: tuple[Value, ...]) -> Bits:
    """Return flags after `insert`, `remove` or `assign` (a flag and whether it is to be set)."""
    change = bare(args[0]) if args else UNKNOWN
    if word == "assign":
        chosen = bare(args[1]) if len(args) > 1 else UNKNOWN
        if not isinstance(chosen, Known):
            names = change.names if isinstance(change, Bits) else frozenset[str]()
            return Bits(bits.names - names, False)
        word = "insert" if chosen.value else "remove"
    if not isinstance(change, Bits):
        return Bits(frozenset() if word == "remove" else bits.names, False)
    if word == "remove":
        return Bits(bits.names - change.names, bits.certain)
    return Bits(bits.names | change.names, bits.certain and change.certain)


def masked(masks: Mapping[str, int], value: Value | None) -> Value:
    """Return the flags that a number stands for."""
    value = bare(value) if value is not None else UNKNOWN
    if isinstance(value, Bits):
        return value
    if not isinstance(value, Known) or not isinstance(value.value, int):
        return Unknown("flags by a number that isn't known here")
    number = value.value
    return Bits(frozenset(name for name, mask in masks.items() if number & mask))


def _union(values: tuple[Value, ...]) -> Value:
    flags = [value for value in values if isinstance(value, Bits)]
    if not flags:
        return UNKNOWN
    names = frozenset(name for value in flags for name in value.names)
    set_again = {f"~{name}" for value in flags[1:] for name in value.names}
    names -= set_again
    certain = len(flags) == len(values) and all(value.certain for value in flags)
    return Bits(names, certain)


def _complement(value: Value) -> Value:
    """All flags but these: a flag that is cleared is kept under its name with a tilde."""
    if not isinstance(value, Bits):
        return UNKNOWN
    return Bits(frozenset(f"~{name}" for name in value.names), value.certain)


def _intersection(values: tuple[Value, ...]) -> Value:
    flags, other = values[0], values[-1]
    if not isinstance(other, Bits) or not all(name.startswith("~") for name in other.names):
        return UNKNOWN
    cleared = frozenset(name[1:] for name in other.names)
    names = flags.names if isinstance(flags, Bits) else frozenset[str]()
    certain = isinstance(flags, Bits) and flags.certain and other.certain
    return Bits((names - cleared) | other.names, certain)


def _join(values: tuple[Value, ...]) -> Value:
    if not any(isinstance(v, Known) and isinstance(v.value, str) for v in values):
        return UNKNOWN
    parts = [str(v.value) if isinstance(v, Known) else BLANK for v in values]
    return Known("".join(parts))


def _same(one: Value, other: Value) -> bool | None:
    if isinstance(one, Known) and isinstance(other, Known):
        blank = any(isinstance(v.value, str) and BLANK in v.value for v in (one, other))
        return None if blank else one.value == other.value
    if isinstance(one, Symbol) and isinstance(other, Symbol) and one.path[:-1] == other.path[:-1]:
        return one.path == other.path
    return None
