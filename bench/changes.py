"""Small changes to code: another operator, number, text, way of a condition, or a call left out.

Left alone is what can't change what is found: types, doc strings, imports; texts that only tell
people why something isn't known or followed; `return False` becoming `return None` where a truth
value is returned (`False` itself becomes `True`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "linter"
SWAPS = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}


class Mutant(NamedTuple):
    """One change: `new` instead of the characters from `start` to `end` of a module.

    `lines` are those from the beginning of its statement on, `function` is the one it stands in,
    as the module knows it; without one it only shows when the module is loaded.
    """

    path: Path
    start: int
    end: int
    new: str
    kind: str
    lines: range
    function: str

    def compiled(self) -> CodeType:
        """Return the code of the changed module."""
        text = self.path.read_text("utf-8")
        return compile(text[: self.start] + self.new + text[self.end :], str(self.path), "exec")


class Places:
    """Turns the line and byte column of a syntax node into an offset in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a 1-based line and a 0-based column in UTF-8 bytes."""
        before = self.lines[line - 1].encode()[:column]
        return self.starts[line - 1] + len(before.decode())

    def range(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return where a node begins and ends."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.offset(node.lineno, node.col_offset), self.offset(end_line, end_column)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    text = path.read_text("utf-8")
    places, tree = Places(text), ast.parse(text)
    plain = _truth_values(tree)
    for node, line, function in _code(tree, 1, "", ""):
        if node in plain:
            continue
        for start, end, new, kind in _changes(node, places):
            if new != text[start:end]:
                lines = range(line, text.count("\n", 0, end) + 2)
                yield Mutant(path, start, end, new, kind, lines, function)


def _code(
    tree: ast.AST, line: int, outer: str, function: str
) -> Iterator[tuple[ast.AST, int, str]]:
    """Yield what can be changed, the line of its statement, and the function it stands in."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "bases"):
            continue
        within = function
        if isinstance(tree, ast.FunctionDef) and name == "body":
            within = function or outer
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.Import | ast.ImportFrom):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            if _is_text(child) and _tells(tree):
                continue
            at = child.lineno if isinstance(child, ast.stmt) else line
            named = getattr(child, "name", "")
            inner = f"{outer}.{named}".lstrip(".") if named else outer
            yield child, at, within
            yield from _code(child, at, inner, within)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _tells(node: ast.AST) -> bool:
    """Whether what stands here is only for people: why something isn't known, a note."""
    if isinstance(node, ast.Call):
        named = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        return named in ("Unknown", "Opaque")
    if isinstance(node, ast.Assign):
        names = [one.id for one in node.targets if isinstance(one, ast.Name)]
        return any(name.strip("_").lower() == "note" for name in names)
    return isinstance(node, ast.keyword) and node.arg == "note"


def _truth_values(tree: ast.AST) -> set[ast.AST]:
    """Return the statements that return False from functions that say whether something is so."""
    return {
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and isinstance(function.returns, ast.Name)
        and function.returns.id == "bool"
        for node in ast.walk(function)
        if isinstance(node, ast.Return)
        and isinstance(node.value, ast.Constant)
        and node.value.value is False
    }


def _changes(node: ast.AST, places: Places) -> Iterator[tuple[int, int, str, str]]:
    if isinstance(node, ast.Compare):
        yield from _swaps([node.left, *node.comparators], node.ops, places)
    elif isinstance(node, ast.BoolOp):
        yield from _swaps(node.values, [node.op] * (len(node.values) - 1), places)
    elif isinstance(node, ast.BinOp):
        yield from _swaps([node.left, node.right], [node.op], places)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        start, end = places.range(node.test)
        yield start, end, f"not ({places.text[start:end]})", "condition"
    elif isinstance(node, ast.Return) and node.value is not None:
        yield (*places.range(node.value), "None", "return")
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield (*places.range(node), "pass", "statement")
    elif isinstance(node, ast.Continue | ast.Break):
        other = "break" if isinstance(node, ast.Continue) else "continue"
        yield (*places.range(node), other, "loop")
    elif isinstance(node, ast.Constant):
        yield from _constant(node, places)


def _swaps(
    operands: list[ast.expr], operators: Sequence[ast.AST], places: Places
) -> Iterator[tuple[int, int, str, str]]:
    for left, right, operator in zip(operands, operands[1:], operators, strict=False):
        old, new = SWAPS.get(type(operator), ("", ""))
        end, begin = places.range(left)[1], places.range(right)[0]
        at = places.text.find(old, end, begin) if old else -1
        if at >= 0:
            yield at, at + len(old), new, "operator"


def _constant(node: ast.Constant, places: Places) -> Iterator[tuple[int, int, str, str]]:
    start, end = places.range(node)
    if isinstance(node.value, bool):
        yield start, end, str(not node.value), "constant"
    elif isinstance(node.value, int):
        yield start, end, str(node.value + 1), "constant"
    elif isinstance(node.value, str) and places.text[start] in "\"'" and node.value:
        yield start, end, repr(f"XX{node.value}"), "string"


def told(mutant: Mutant) -> str:
    """Return where a change is and what it is, for people."""
    text = mutant.path.read_text("utf-8")
    line = text.count("\n", 0, mutant.start) + 1
    old = " ".join(text[mutant.start : mutant.end].split())
    where = mutant.path.relative_to(ROOT)
    return f"{where}:{line}: {mutant.kind}: {old[:60]} -> {mutant.new[:60]}"
