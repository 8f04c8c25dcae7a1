"""Pairs of characters of a text, with their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiceng import pairs

TEXTS = st.text(alphabet="议事会办网格\n", max_size=30)
WORDS = st.text(alphabet="议事会办网格", min_size=1, max_size=4)


@given(TEXTS)
def test_a_pair_begins_at_each_character_but_the_last(text: str) -> None:
    assert pairs.of(text) == [text[at : at + 2] for at in range(len(text) - 1)]


@given(TEXTS, st.lists(WORDS, unique=True, max_size=8))
def test_words_are_counted_as_text_counts_them(text: str, words: list[str]) -> None:
    expected = [(word, text.count(word)) for word in words if word in text]
    assert list(pairs.counted(text, tuple(words))) == expected


@given(TEXTS, st.sets(st.text(alphabet="议事会办网格", min_size=2, max_size=2)))
def test_beginnings_stand_in_order(text: str, wanted: set[str]) -> None:
    found = pairs.beginning(text, dict.fromkeys(wanted))
    assert found == [at for at in range(len(text)) if text[at : at + 2] in wanted]
