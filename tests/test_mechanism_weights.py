"""Weights: the spelling of a name looked up by itself counts what its features by name do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiceng.extract.mechanisms.features import spelling
from jiceng.extract.mechanisms.weights import Spelled, Weights, score

NAMES = st.text("议事厅积分.3", max_size=6)
FEATURES = st.one_of(NAMES.map(spelling).filter(bool).flatmap(st.sampled_from), st.just("q.head.model"))
TABLES = st.dictionaries(FEATURES, st.integers(-300, 300).map(lambda n: n / 100), max_size=40)


@given(TABLES, NAMES)
def test_a_name_counts_by_its_spelling(table: dict[str, float], name: str) -> None:
    features = dict.fromkeys(["q.head.model", *spelling(name)])
    assert Weights({}, table).accepts(["q.head.model"], name) == score(table, features)
    assert Spelled(table).of(name) == [table[f] for f in dict.fromkeys(spelling(name)) if f in table]


@given(TABLES, NAMES, st.lists(st.sampled_from(["议事", "积分"])))
def test_types_are_scored_alike_by_either(table: dict[str, float], name: str, around: list[str]) -> None:
    rows = {**{f: (w, -w) for f, w in table.items()}, "around.议事": (1.0, 0.5)}
    weights = Weights({}, {}, ("grid", "service"), rows)
    features = dict.fromkeys(["q.head.model", *spelling(name), *("around." + pair for pair in around)])
    by_name = weights.scores(features)
    if name:
        assert weights.scores(["q.head.model"], name, around) == by_name
