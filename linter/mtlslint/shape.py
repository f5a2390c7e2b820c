"""Shapes of the files people write for us: one definition reads, explains and describes.

A shape reads a node (YAML or TOML, with its line) into plain values, says what is wrong in one
line with the nearest valid name, and gives the JSON Schema of what it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol


class Node(NamedTuple):
    """A value with the 1-based line it stands on; `value` is a dict, a list or a scalar.

    Keys of a dict are (text, line); YAML scalars are kept as the text written.
    """

    value: Any
    line: int


class ShapeError(Exception):
    """What is wrong with a file, and on which 1-based line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the most similar known word, else the empty string."""
    import difflib  # only ever needed to tell of a mistake

    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; did you mean '{match[0]}'?" if match else ""


class Shape(Protocol):
    """Something that reads nodes."""

    def read(self, node: Node) -> Any:
        """Return the plain value; raises ShapeError."""
        ...

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        ...


class Text(NamedTuple):
    """A string; `choices` are the only ones allowed, `check` returns what is wrong with one."""

    choices: tuple[str, ...] = ()
    check: Callable[[str], str | None] | None = None

    def read(self, node: Node) -> str:
        """Return the text."""
        if not isinstance(node.value, str):
            raise ShapeError(node.line, f"expected text, found {_kind(node.value)}")
        if self.choices and node.value not in self.choices:
            hint = nearest(node.value, self.choices) or f"; one of {', '.join(self.choices)}"
            raise ShapeError(node.line, f"'{node.value}' is not allowed here{hint}")
        wrong = self.check(node.value) if self.check else None
        if wrong:
            raise ShapeError(node.line, wrong)
        return node.value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"enum": list(self.choices)} if self.choices else {"type": "string"}


class Number(NamedTuple):
    """A number between two bounds, both included; whole if `whole`."""

    low: float
    high: float
    whole: bool = False

    def read(self, node: Node) -> float | int:
        """Return the number."""
        if isinstance(node.value, (dict, list, bool)) or node.value is None:
            raise ShapeError(node.line, f"expected a number, found {_kind(node.value)}")
        try:
            number = int(node.value) if self.whole else float(node.value)
        except ValueError:
            raise ShapeError(node.line, f"expected a number, found '{node.value}'") from None
        if not self.low <= number <= self.high:
            raise ShapeError(node.line, f"{number} is not between {self.low} and {self.high}")
        return number

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.low, "maximum": self.high}


class Flag:
    """true or false."""

    def read(self, node: Node) -> bool:
        """Return the flag."""
        if isinstance(node.value, bool):
            return node.value
        if node.value in ("true", "false"):
            return bool(node.value == "true")
        raise ShapeError(node.line, f"expected true or false, found {_kind(node.value)}")

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "boolean"}


class Items(NamedTuple):
    """A list; a single item may stand without brackets if `single`."""

    item: Shape
    single: bool = False

    def read(self, node: Node) -> tuple[Any, ...]:
        """Return the items as a tuple."""
        if isinstance(node.value, list):
            return tuple(self.item.read(item) for item in node.value)
        if self.single and node.value is not None:
            return (self.item.read(node),)
        raise ShapeError(node.line, f"expected a list, found {_kind(node.value)}")

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        many: dict[str, Any] = {"type": "array", "items": self.item.schema()}
        return {"anyOf": [many, self.item.schema()]} if self.single else many


class Fields(NamedTuple):
    """A table with known keys."""

    keys: Mapping[str, Shape]
    required: frozenset[str] = frozenset()

    def read(self, node: Node) -> dict[str, Any]:
        """Return the values of the keys that are there."""
        result: dict[str, Any] = {}
        for (key, line), value in _table(node).items():
            if key not in self.keys:
                raise ShapeError(line, f"unknown key '{key}'{nearest(key, self.keys)}")
            result[key] = self.keys[key].read(value)
        missing = sorted(self.required - result.keys())
        if missing:
            raise ShapeError(node.line, f"missing key '{missing[0]}'")
        return result

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        described: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: shape.schema() for key, shape in self.keys.items()},
        }
        if self.required:
            described["required"] = sorted(self.required)
        return described


class Table(NamedTuple):
    """A table with keys of one shape and values of another."""

    key: Text
    value: Shape

    def read(self, node: Node) -> dict[str, Any]:
        """Return key and value pairs."""
        return {
            self.key.read(Node(key, line)): self.value.read(value)
            for (key, line), value in _table(node).items()
        }

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        described: dict[str, Any] = {
            "type": "object",
            "additionalProperties": self.value.schema(),
        }
        if self.key.choices:
            described["propertyNames"] = {"enum": list(self.key.choices)}
        return described


def _table(node: Node) -> dict[tuple[str, int], Node]:
    if not isinstance(node.value, dict):
        raise ShapeError(node.line, f"expected a table of keys, found {_kind(node.value)}")
    return node.value


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else f"'{value}'"


def yaml_node(data: bytes) -> Node:
    """Return the one YAML document in `data` as nodes; raises ShapeError."""
    import yaml

    # As safe as the Python loader and eight times faster; the stubs don't know it.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(data, loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ShapeError(mark.line + 1 if mark else 1, f"not YAML: {problem}") from None
    return _from_yaml(root) if root else Node(None, 1)


def _from_yaml(node: Any) -> Node:
    line = node.start_mark.line + 1
    if node.id == "mapping":
        table: dict[tuple[str, int], Node] = {}
        seen: set[str] = set()
        for key, value in node.value:
            at = key.start_mark.line + 1
            if key.id != "scalar":
                raise ShapeError(at, "a key must be text")
            if key.value in seen:
                raise ShapeError(at, f"key '{key.value}' stands here twice")
            seen.add(key.value)
            table[key.value, at] = _from_yaml(value)
        return Node(table, line)
    if node.id == "sequence":
        return Node([_from_yaml(item) for item in node.value], line)
    return Node(None if node.tag.endswith(":null") else node.value, line)
