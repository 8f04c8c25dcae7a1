"""Repaired text leads back to the source."""

from hypothesis import given
from hypothesis import strategies as st

from jiceng.model import Piece, Seam, Span, Text

SOURCE = "甲乙丙 丁戊\n己庚"


def text() -> Text:
    """丁戊庚甲乙丙丁: pieces out of order, one behind dropped layout, one doubtful."""
    return Text(
        "甲乙丙丁戊庚己",
        (
            Piece(0, Span(0, 3)),
            Piece(3, Span(4, 6), Seam.KEPT),
            Piece(5, Span(8, 9), Seam.JOINED),
            Piece(6, Span(7, 8), Seam.DOUBTFUL),
        ),
    )


def test_layout_between_kept_pieces_is_read_over() -> None:
    assert text().raw(1, 5) == (Span(1, 6),)
    assert text().raw(3, 4) == (Span(4, 5),)


def test_joined_places_stay_apart_and_in_reading_order() -> None:
    assert text().raw(4, 7) == (Span(5, 6), Span(8, 9), Span(7, 8))


def test_nothing_is_behind_nothing() -> None:
    assert text().raw(2, 2) == ()
    assert text().raw(5, 3) == ()
    assert Text("", ()).raw(0, 1) == ()


def test_doubt_counts_only_where_it_is_read_across() -> None:
    assert text().doubtful(5, 7)
    assert not text().doubtful(0, 6)
    assert not text().doubtful(6, 7)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3), st.sampled_from(Seam)), max_size=20), st.data()
)
def test_raw_covers_each_character_once(parts: list[tuple[int, int, Seam]], data: st.DataObject) -> None:
    pieces, at, raw = [], 0, 0
    for length, gap, seam in parts:
        raw += gap
        pieces.append(Piece(at, Span(raw, raw + length), seam))
        at, raw = at + length, raw + length
    whole = Text("字" * at, tuple(pieces))
    start = data.draw(st.integers(0, at))
    end = data.draw(st.integers(start, at))
    behind = {p.raw.start + i for p in pieces for i in range(len(p.raw)) if start <= p.start + i < end}
    spans = whole.raw(start, end)
    covered = [i for span in spans for i in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert behind <= set(covered)
    kept = sum(
        g for (_, g, s), p in zip(parts, pieces, strict=True) if s is Seam.KEPT and start < p.start < end
    )
    assert len(covered) <= len(behind) + kept
