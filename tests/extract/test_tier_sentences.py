"""Chains as many districts write them, and levels of other trades that are none: found as a whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from clean_articles import analysis_of
from jiceng.extract.tiers import extractor
from jiceng.lexicon import load_lexicon

SENTENCES = Path(__file__).with_name("tier_sentences.txt").read_text("utf-8").splitlines()
EXTRACT = extractor(load_lexicon())


@pytest.mark.parametrize(("mended", "least"), [(True, 0.93), (False, 0.86)])
def test_most_chains_are_found_tier_by_tier(mended: bool, least: float) -> None:
    count: Counter[str] = Counter()
    for number, line in enumerate((s for s in SENTENCES if "|" in s), 1):
        text, _, chains = line.rpartition("|")
        signed = {tuple(chain.strip().split(">")) for chain in chains.split(";") if chain.strip()}
        found = {tuple(t.label for t in c.tiers) for c in EXTRACT(analysis_of(text.strip()))}
        if (number % 2 == 1) is mended:
            count.update(gold=len(signed), found=len(found), right=len(found & signed))
    assert count["gold"] > 15
    assert 2 * count["right"] / (count["gold"] + count["found"]) >= least


def test_levels_of_other_trades_are_no_chains() -> None:
    others = [s for s in SENTENCES if s.endswith("|")]
    assert len(others) > 12
    wrong = [s for s in others if EXTRACT(analysis_of(s.rstrip(" |")))]
    assert len(wrong) <= 1, wrong
