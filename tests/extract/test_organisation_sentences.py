"""Sentences of many districts with the organisations that a reader signs: found as a whole, not one by one.

`organisation_sentences.txt` was annotated by the guide before the extractor read it. A sentence may be read
wrongly; what must hold is the share, for the lines that served for mending and for those that did not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from clean_articles import analysis_of
from jiceng.extract.organisations import extractor
from jiceng.lexicon import load_lexicon

SENTENCES = Path(__file__).with_name("organisation_sentences.txt")
EXTRACT = extractor(load_lexicon())


def annotated() -> Iterator[tuple[bool, str, str, str, dict[str, str]]]:
    """Whether it served for mending, code and name of the division, sentence, organisations with kinds."""
    code = division = ""
    mended = True
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("#"):
            mended = mended and not line.startswith("# Written after")
            words = line[1:].split()
            if len(words) == 2 and words[0].isdigit():
                code, division = words
        elif line:
            text, _, names = line.partition("|")
            pairs = [name.split() for name in names.split(";") if name.strip()]
            yield mended, code, division, text.strip(), {pair[0]: pair[1] for pair in pairs}


def test_every_name_stands_in_its_sentence_and_every_kind_is_known() -> None:
    kinds = {n.partition(".")[0] for n in load_lexicon().scheme("organisation_kinds").by_notation}
    for _, _, _, text, names in annotated():
        assert set(names.values()) <= kinds, text
        for name in names:  # in lists the head stands behind the last item alone
            assert name in text or name[:2] in text, (text, name)


@pytest.mark.parametrize(("mended", "least"), [(True, 0.92), (False, 0.8)], ids=["mended", "unread"])
def test_most_names_are_found_and_hardly_any_others(mended: bool, least: float) -> None:
    count: Counter[str] = Counter()
    for served, code, division, text, names in annotated():
        if served is mended:
            found = {fact.name for fact in EXTRACT(analysis_of(text, division, code))}
            count.update(gold=len(names), found=len(found), right=len(found & set(names)))
    assert 2 * count["right"] / (count["gold"] + count["found"]) >= least
