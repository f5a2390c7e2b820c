"""Edits of bytes: what is asked for changes, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mtlslint.edit import Edit, Fix, apply, by_path, joined, merged, moved, outward
from mtlslint.source import Embedding, Segment, Source, Sources, Span


def edit(start: int, end: int, text: bytes, path: str = "a") -> Edit:
    return Edit(Span(path, start, end), text)


def test_fixes_are_made_together_or_not_at_all() -> None:
    one, other = Fix("say a", (edit(0, 1, b"a"),)), Fix("say b", (edit(2, 3, b"b"),))
    assert joined([other, one, one]) == Fix("say b; say a", (*one.edits, *other.edits))
    assert joined([one, None]) is None
    assert joined([one, Fix("say c", (edit(0, 2, b"c"),))]) is None
    assert joined([]) is None


@pytest.mark.parametrize(
    "data",
    [
        b"one two three",
        b"one\r\ntwo\r\n",
        b"\xef\xbb\xbfone\ttwo\xff\xfe\n",
        b"one\n\n\ntwo",
        b"\0\x80",
    ],
)
def test_what_no_edit_touches_stays_byte_for_byte(data: bytes) -> None:
    assert apply(data, []) == data
    assert apply(data, [edit(1, 2, b"N")]) == data[:1] + b"N" + data[2:]
    assert apply(data, [edit(0, 0, b"<"), edit(len(data), len(data), b">")]) == b"<" + data + b">"


def test_edits_are_made_in_the_order_of_the_file_and_equal_ones_once() -> None:
    edits = [edit(8, 13, b"3"), edit(0, 3, b"1"), edit(8, 13, b"3"), edit(4, 4, b"+ ")]
    assert apply(b"one two three", edits) == b"1 + two 3"


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (edit(0, 3, b"x"), edit(3, 5, b"y"), True),
        (edit(0, 3, b"x"), edit(2, 5, b"y"), False),
        (edit(0, 3, b"x"), edit(0, 3, b"y"), False),
        (edit(0, 3, b"x"), edit(0, 3, b"x"), True),
        (edit(0, 3, b"x"), edit(1, 1, b"y"), False),
        (edit(0, 3, b"x"), edit(0, 0, b"y"), True),
        (edit(0, 3, b"x"), edit(3, 3, b"y"), True),
        (edit(3, 3, b"x"), edit(3, 3, b"y"), False),
        (edit(0, 3, b"x"), edit(0, 3, b"y", "b"), True),
    ],
)
def test_edits_that_cannot_both_be_made_are_told(one: Edit, other: Edit, fits: bool) -> None:
    assert (merged([one, other]) is not None) is fits
    assert (merged([other, one]) is not None) is fits
    if not fits:
        with pytest.raises(ValueError, match="overlap"):
            apply(b"123456", [one, other])


@pytest.mark.parametrize("bad", [edit(4, 9, b""), edit(9, 9, b"x"), edit(3, 2, b"")])
def test_an_edit_outside_of_the_file_is_refused(bad: Edit) -> None:
    with pytest.raises(ValueError, match="outside"):
        apply(b"12345", [bad])


@given(
    data=st.binary(max_size=30),
    cuts=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), st.binary(max_size=5))),
    place=st.integers(0, 30),
)
def test_an_offset_that_no_edit_replaces_is_found_again(
    data: bytes, cuts: list[tuple[int, int, bytes]], place: int
) -> None:
    mark = b"<HERE>"
    place = min(place, len(data))
    marked = data[:place] + mark + data[place:]
    edits: list[Edit] = []
    for start, length, text in cuts:
        end = min(start + length, len(marked))
        outside = end <= place or start >= place + len(mark)
        both = merged([*edits, edit(min(start, end), end, text)])
        if outside and both is not None:
            edits = list(both)
    there = moved(Span("a", place, place + 1), by_path(edits)).start
    assert apply(marked, edits)[there:].startswith(mark)


def test_what_begins_inside_of_a_replaced_range_is_in_the_new_text() -> None:
    edits = [edit(2, 6, b"xy"), edit(10, 12, b"")]
    places = [moved(Span("a", at, at), by_path(edits)).start for at in (0, 2, 3, 5, 6, 10, 11, 12)]
    assert places == [0, 2, 3, 4, 4, 8, 8, 8]
    assert moved(Span("b", 9, 9), by_path(edits)) == Span("b", 9, 9)
    longer = by_path([edit(2, 4, b"12345"), edit(4, 4, b"6")])
    assert [moved(Span("a", at, at), longer).start for at in (3, 4, 5)] == [3, 8, 9]


MANIFEST = b"data:\n  x: |\n    one\n      two\n    three\n  y: 1\n"
INNER = Source(
    "m.yaml!x",
    b"one\n  two\nthree\n",
    "x",
    Embedding("m.yaml", (Segment(0, 17, 4), Segment(4, 25, 6), Segment(10, 35, 6))),
)
HELD = Sources({"m.yaml": Source("m.yaml", MANIFEST), "m.yaml!x": INNER})


@pytest.mark.parametrize(
    ("inner", "after"),
    [
        (edit(6, 9, b"2"), b"    one\n      2\n    three\n"),
        (edit(3, 3, b"\nmore"), b"    one\n    more\n      two\n    three\n"),
        (edit(4, 4, b"  more\n"), b"    one\n      more\n      two\n    three\n"),
        (edit(16, 16, b"four\n"), b"    one\n      two\n    three\n    four\n"),
        (edit(4, 10, b""), b"    one\n    three\n"),
        (edit(0, 0, b"zero\n"), b"    zero\n    one\n      two\n    three\n"),
    ],
)
def test_an_edit_in_a_block_string_keeps_the_indent_of_the_block(inner: Edit, after: bytes) -> None:
    made = outward(edit(inner.span.start, inner.span.end, inner.text, "m.yaml!x"), HELD)
    assert made is not None
    assert apply(MANIFEST, [made]) == b"data:\n  x: |\n" + after + b"  y: 1\n"


def test_an_edit_in_quoted_text_or_across_lines_of_a_block_is_not_made() -> None:
    assert outward(edit(2, 6, b"", "m.yaml!x"), HELD) is None
    quoted = Source("q!x", b"one\ntwo", "x", Embedding("q", (Segment(0, 4, 3), Segment(4, 9, 3))))
    sources = Sources({"q": Source("q", b'x: "one\\ntwo"\n'), "q!x": quoted})
    assert outward(edit(0, 3, b"1", "q!x"), sources) is None
    assert outward(edit(0, 1, b"1", "missing"), sources) is None
    shifted = Sources({**HELD.by_path, "m.yaml": Source("m.yaml", b"#\n" + MANIFEST)})
    assert outward(edit(6, 9, b"2", "m.yaml!x"), shifted) is None
