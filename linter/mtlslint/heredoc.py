"""Configuration that shell scripts, Dockerfiles and Terraform write: their here-documents.

A backslash before `$`, a backquote or another backslash is the shell's, unless the word behind
`<<` is quoted. What the shell itself puts in (`$NAME`) stays, and is a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mtlslint.source import Embedding, Segment, Source

_OPENING = re.compile(
    rb"<<(?P<tabs>-?)[ \t]*(?P<quote>\\|[\"']?)(?P<word>[A-Za-z_]\w*)[\"']?(?P<rest>[^\n]*)\n"
)
_TARGET = re.compile(rb"(?:>\|?|\btee\s|^\s*COPY\s.*\s|^\s)\s*[\"']?(/[\w./${}-]+)", re.MULTILINE)
# A name that claims nothing: what looks like a configuration and can't be read is prose.
_NAME = "here-document"
_APPENDS = re.compile(rb">>|\btee\s+-a")
_SCRIPT = re.compile(r"\.(?:sh|bash|zsh|tf|hcl|nomad)$|^(?:docker|container)file|\.dockerfile$")


def is_script(path: str) -> bool:
    """Whether a file may write configuration in here-documents."""
    return _SCRIPT.search(path.rpartition("/")[2].lower()) is not None


def embedded(source: Source, wanted: Callable[[bytes], object]) -> tuple[Source, ...]:
    """Return the wanted texts that a script holds, each as a source of its own."""
    if not is_script(source.name or source.path) or b"<<" not in source.data:
        return ()
    found: dict[str, Source] = {}
    for label, start, end, opening in _bodies(source.data):
        body = source.data[start:end]
        if not wanted(body):
            continue
        path = f"{source.path}!{label}"
        while path in found:
            path += "'"
        data, segments = _unescaped(source.data, start, end, opening)
        found[path] = Source(path, data, _NAME, Embedding(source.path, segments))
    return tuple(found.values())


def _bodies(data: bytes) -> Iterator[tuple[str, int, int, re.Match[bytes]]]:
    """Yield the name of the file written, where its text begins and ends, and the opening."""
    position = 0
    while (opening := _OPENING.search(data, position)) is not None:
        # A shell drops tabs; Terraform and Nomad indent the word as they like.
        tabs = rb"[ \t]*" if opening["tabs"] else b""
        closing = re.compile(
            rb"^" + tabs + re.escape(opening["word"]) + rb"[ \t]*\r?$", re.MULTILINE
        )
        end = closing.search(data, opening.end())
        if end is None:
            return
        line = data[data.rfind(b"\n", 0, opening.start()) + 1 : opening.start()]
        command = line + b" " + opening["rest"]
        target = _TARGET.search(command)
        if not _APPENDS.search(command):
            name = target[1].decode("utf-8", "replace").strip("/") if target else _NAME
            yield name, opening.end(), end.start(), opening
        # A script in Terraform's text may write a text in turn.
        position = opening.end() if b"<<" in data[opening.end() : end.start()] else end.end()


def _unescaped(
    data: bytes, start: int, end: int, opening: re.Match[bytes]
) -> tuple[bytes, tuple[Segment, ...]]:
    """Return the text as it is written, and where its pieces stand."""
    drop = r"(?<=\n)\t+|(?<!\n)^\t+" if opening["tabs"] else ""
    patterns = [drop] if drop else []
    if not opening["quote"]:
        patterns.append(r"\\(?=[$`\\])")
    if not patterns:
        return data[start:end], (Segment(0, start, end - start),)
    cut = re.compile("|".join(f"(?:{each})" for each in patterns).encode(), re.MULTILINE)
    pieces: list[bytes] = []
    segments: list[Segment] = []
    inner, outer = 0, start
    for match in (*cut.finditer(data, start, end), None):
        stop = match.start() if match else end
        if match and stop < outer:
            continue  # the second backslash of a pair
        segments.append(Segment(inner, outer, stop - outer))
        pieces.append(data[outer:stop])
        inner += stop - outer
        if match is None:
            break
        outer = match.end()
        if match[0] == b"\\":  # what was protected is not looked at again
            segments.append(Segment(inner, outer, 1))
            pieces.append(data[outer : outer + 1])
            inner, outer = inner + 1, outer + 1
    return b"".join(pieces), tuple(segments)
