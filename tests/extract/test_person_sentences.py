"""Sentences of many districts with the persons that a reader signs: found as a whole, not one by one.

`person_sentences.txt` was annotated by the guide before the extractor read it. What must hold is the share,
for the lines that served for mending and for those below them that did not.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from clean_articles import analysis_of
from jiceng.extract.people import extractor
from jiceng.lexicon import load_lexicon

SENTENCES = Path(__file__).with_name("person_sentences.txt").read_text("utf-8")
EXTRACT = extractor(load_lexicon())
MENDED, UNREAD = SENTENCES.split("# Written after")


@pytest.mark.parametrize(("lines", "least"), [(MENDED, 0.93), (UNREAD, 0.93)], ids=["mended", "unread"])
def test_most_persons_are_found_and_hardly_any_others(lines: str, least: float) -> None:
    count: Counter[str] = Counter()
    for line in lines.splitlines():
        text, bar, names = line.rpartition("|")
        if bar:
            signed = {name.strip() for name in names.split(";") if name.strip()}
            found = {person.name for person in EXTRACT(analysis_of(text.strip(), "武侯区", "510107"))}
            count.update(gold=len(signed), found=len(found), right=len(found & signed))
    assert count["gold"] > 25
    assert 2 * count["right"] / (count["gold"] + count["found"]) >= least
