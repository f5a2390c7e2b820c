"""Reads one nginx file: what stands in it, and whether it must be rendered first."""

from __future__ import annotations

from mtlslint.facts import Facts
from mtlslint.heredoc import embedded, is_script
from mtlslint.model import Problem
from mtlslint.parsers.nginx.claiming import TEMPLATE_SUFFIXES, looks_like, whole
from mtlslint.parsers.nginx.include import is_stock, reference
from mtlslint.parsers.nginx.tags import is_templated
from mtlslint.parsers.nginx.template import Mask, mask, mask_placeholders
from mtlslint.parsers.nginx.tree import Builder, Tree, walk
from mtlslint.source import Source

SIZE_LIMIT = 16 * 1024 * 1024


def read(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    if len(source.data) > SIZE_LIMIT:
        note = f"larger than {SIZE_LIMIT // 1024 // 1024} MB, not read"
        return Facts(source.path, "nginx", problems=(Problem(source.path, note, fatal=False),))
    if is_script(source.name or source.path):
        return Facts(source.path, "nginx", embedded=embedded(source, whole))
    plain = mask_placeholders(source.data)
    tree = _build(source, plain)
    if is_templated(source.data) or (b"{{" in source.data and tree.problems):
        masked = mask(source.data)
        tree = _build(source, masked)
        if tree.problems and masked.readable:
            masked = mask(source.data, one_opening=True)
            tree = _build(source, masked)
        if tree.problems or not masked.readable:
            ours = looks_like(source.data)
            return Facts(source.path, "nginx", comments=tree.comments, template=ours)
    if tree.problems and _is_filled_in_later(source):
        # Placeholders that stand for more than a value, in somebody's own language.
        return Facts(source.path, "nginx", comments=tree.comments, template=looks_like(source.data))
    if tree.problems and not looks_like(source.data):
        return Facts(source.path, "nginx", problems=tree.problems)
    return Facts(
        source.path,
        "nginx",
        tree=tree.directives,
        refers=_references(tree),
        comments=tree.comments,
        problems=tree.problems,
    )


def _is_filled_in_later(source: Source) -> bool:
    named = (source.name or source.path).lower().endswith(TEMPLATE_SUFFIXES)
    return named and (b"${" in source.data or b"@@" in source.data or b"%%" in source.data)


def _build(source: Source, masked: Mask) -> Tree:
    return Builder(source.path, source.data, masked).build()


def _references(tree: Tree) -> tuple[str, ...]:
    names = {reference(directive) for directive in walk(tree.directives)}
    return tuple(sorted(name for name in names if name and not is_stock(name)))
