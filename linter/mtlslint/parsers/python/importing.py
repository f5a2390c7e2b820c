"""Adds imports where they belong. libcst is loaded only when one has to be written."""

from __future__ import annotations

from mtlslint.edit import Edit
from mtlslint.source import Source, Span


def importing(source: Source, module: str, name: str | None = None) -> Edit | None:
    """Return the edit that adds `import module`, or a name from it; None if it can't be parsed."""
    from libcst import ParserSyntaxError, parse_module
    from libcst.codemod import CodemodContext
    from libcst.codemod.visitors import AddImportsVisitor

    context = CodemodContext()
    AddImportsVisitor.add_needed_import(context, module, name)
    try:
        tree = parse_module(source.data)
    except (ParserSyntaxError, UnicodeDecodeError, LookupError):
        return None
    after = AddImportsVisitor(context).transform_module(tree).bytes
    return _difference(source, after) if tree.bytes == source.data else None


def _difference(source: Source, after: bytes) -> Edit:
    """Return the one edit that makes bytes of others: what both begin and end with stays."""
    before = source.data
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    left = most - start
    end = next((at for at in range(left) if before[-1 - at] != after[-1 - at]), left)
    return Edit(Span(source.path, start, len(before) - end), after[start : len(after) - end])
