import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from jiceng.graph.namespaces import JC
from jiceng.query import tables

TEXTS = st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("ab", 2), ("党支部", 6), ("（1）", 5), ("ｱ", 1), ("e\u0301", 1)]
)
def test_width_of_wide_and_combining_characters(text, width):
    assert tables.width(text) == width


@given(TEXTS, st.integers(1, 20))
def test_a_cut_text_fits(text, limit):
    cut = tables.cut(text, limit)
    assert tables.width(cut) <= max(limit, 1)
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


def test_numbers_to_the_right_and_unbound_cells_empty():
    rows = [[NamedNode("https://w3id.org/jiceng/ontology#Tier"), Literal(5)], [None, Literal(12)]]
    assert tables.table(["a", "n"], rows) == "a         n\n───────  ──\njc:Tier   5\n         12\n"


def test_no_rows_and_no_columns():
    assert tables.table(["a"], []) == "a\n─\n"
    assert tables.table([], [[]]) == "\n\n\n"


@given(
    st.lists(st.lists(TEXTS.map(Literal), min_size=2, max_size=2), max_size=4),
    st.none() | st.integers(20, 60),
)
def test_every_row_is_one_line_that_fits(rows, limit):
    lines = tables.table(["甲", "b"], rows, limit).split("\n")[:-1]
    assert len(lines) == len(rows) + 2
    assert not limit or all(tables.width(line) <= limit for line in lines)
    assert all(
        c.isprintable() or c == "\u200b" or c.isspace() for line in lines for c in line if ord(c) < 160
    )


def test_quotes_cannot_drive_the_terminal():
    assert tables.shown(Literal("a\x1b[2J\u202eb\nc\x9b")) == "a·[2J·b c·"
    assert tables.shown(JC.Tier) == "jc:Tier"
