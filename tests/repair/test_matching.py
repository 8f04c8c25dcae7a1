"""The best set of joins, against trying all of them."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from jiceng.repair.matching import best_matching

PAIRS = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(st.dictionaries(PAIRS, st.floats(0.1, 9), max_size=14))
def test_no_other_set_of_joins_is_better(scores: dict[tuple[int, int], float]) -> None:
    chosen = best_matching(scores)
    assert len({t for t, _ in chosen}) == len({h for _, h in chosen}) == len(chosen)
    best = max(
        sum(scores.get((tail, head), 0.0) for tail, head in enumerate(order))
        for order in permutations(range(5))
    )
    assert abs(sum(scores[p] for p in chosen) - best) < 1e-6
