from mtlslint.source import Embedding, Position, Segment, Source, Sources, Span


def test_columns_count_code_points_and_lines_end_in_any_way() -> None:
    source = Source("a", "é\r\nüb\rc\n".encode())
    assert source.position(4) == Position(2, 1)
    assert source.position(6) == Position(2, 2)
    assert source.position(8) == Position(3, 1)
    assert [source.line(n) for n in (1, 2, 3)] == ["é", "üb", "c"]


def test_offsets_outside_are_clamped() -> None:
    source = Source("a", b"one\ntwo")
    assert source.position(-5) == Position(1, 1)
    assert source.position(99) == Position(2, 4)


def test_bytes_that_are_no_text_count_as_one_column_each() -> None:
    assert Source("a", b"\xff\xfex").position(2) == Position(1, 3)


def test_a_span_in_a_block_string_is_one_in_the_outer_file() -> None:
    outer = Source("map.yaml", b"data:\n  x: |\n    one\n    two\n")
    # The block string's text is "one\ntwo\n": its lines stand four columns in.
    segments = (Segment(0, 17, 4), Segment(4, 25, 4))
    inner = Source("map.yaml!x", b"one\ntwo\n", "x", Embedding("map.yaml", segments))
    sources = Sources({outer.path: outer, inner.path: inner})
    span = sources.outward(Span("map.yaml!x", 4, 7))
    assert span == Span("map.yaml", 25, 28)
    assert sources.text(span) == "two"
    assert outer.position(span.start) == Position(4, 5)


def test_an_offset_between_pieces_stays_at_the_end_of_the_piece_before() -> None:
    embedding = Embedding("o", (Segment(0, 10, 3), Segment(5, 20, 2)))
    assert embedding.outward(4, 6) == Span("o", 13, 21)
