"""Pages that were read box by box."""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

import press
import press_blocks
from jiceng.articles import split
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Source
from jiceng.repair import Repaired, repair
from jiceng.repair.boxes import is_boxed, runs
from jiceng.repair.layout import lay_out

REPORTS = press.reports()
GAZETTEER = Gazetteer(load_divisions())


def read(text: str) -> Repaired:
    return repair(Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def page(seed: int, number: int = 3) -> tuple[str, list[press.Report]]:
    rng = random.Random(seed)
    chosen = rng.sample(REPORTS, number)
    return press_blocks.in_blocks(chosen, rng), chosen


def test_rows_of_columns_are_no_boxes() -> None:
    rows = lay_out(press.one_article(REPORTS[0], 5, 13, random.Random(1)))
    assert not is_boxed(rows.fragments)
    assert len(runs(rows.fragments, False)) == 1


def test_each_box_is_read_apart_by_itself() -> None:
    text, _ = page(1)
    fragments = [f for f in lay_out(text).fragments if f.column]
    assert is_boxed(fragments)
    for run in runs(fragments, True):
        lines = {f.line for f in run}
        assert len(lines) == 1 or all(sum(f.line == line for f in run) == 1 for line in lines)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_nothing_is_lost_and_nothing_stands_twice(seed: int, noisy: bool) -> None:
    text, _ = page(seed)
    text = press.with_noise(text, random.Random(seed)) if noisy else text
    repaired = read(text)
    found = sorted(f.index for s in repaired.stretches for f in s.fragments)
    assert found == list(range(len(repaired.page.fragments)))


def test_most_sentences_come_back_in_the_right_article() -> None:
    whole, right = [], []
    for seed in range(6):
        text, chosen = page(seed)
        repaired = read(text)
        articles = split(repaired, GAZETTEER).articles
        whole.append(
            press.whole(
                [s for r in chosen for s in r.sentences], "\n".join(s.text.value for s in repaired.stretches)
            )
        )
        for report in chosen:
            body = "\n".join(a.body.value for a in articles if report.division.endswith(a.division.name))
            right.append(press.whole(report.sentences, body))
    assert sum(whole) / len(whole) >= 0.8
    assert sum(right) / len(right) >= 0.78
