"""Linking of the ends of chains over a whole page: what it costs where a page repeats itself."""

from __future__ import annotations

import hashlib

from tests.calls import calls, exponent

from jiceng.model import Source
from jiceng.repair import repair

ROW = "云岭区把支部建在楼栋  青禾社区的老党员每周  云岭区把支部建在楼栋\n"
STEEPEST = 1.25
MOST = 1200  # calls for each character


def work(rows: int) -> tuple[int, int]:
    text = ROW * rows
    source = Source("a.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    return len(text), calls(lambda: repair(source))


def test_columns_of_repeated_lines_cost_no_more_than_they_are_long() -> None:
    work(4)  # words that are looked up for the first time
    small, large = work(100), work(400)
    assert exponent(small, large) < STEEPEST, (small, large)
    assert large[1] < MOST * large[0], large
