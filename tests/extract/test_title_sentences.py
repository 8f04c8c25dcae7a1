"""Documents and honours as many districts write them, and what only looks like one: found as a whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from clean_articles import analysis_of
from jiceng.extract import documents, honours
from jiceng.lexicon import load_lexicon

SENTENCES = Path(__file__).with_name("title_sentences.txt").read_text("utf-8").splitlines()
LEXICON = load_lexicon()
DOCUMENTS, HONOURS = documents.extractor(LEXICON), honours.extractor(LEXICON)


@pytest.mark.parametrize(("mended", "least"), [(True, 0.98), (False, 0.9)])
def test_most_titles_are_found_and_hardly_any_others(mended: bool, least: float) -> None:
    count: Counter[str] = Counter()
    for number, line in enumerate((s for s in SENTENCES if "|" in s), 1):
        text, _, titles = line.rpartition("|")
        signed = {title.strip() for title in titles.split(";") if title.strip()}
        analysis = analysis_of(text.strip(), "武侯区", "510107")
        found = {f"《{d.title}》" for d in DOCUMENTS(analysis)} | {h.title for h in HONOURS(analysis)}
        if (number % 2 == 1) is mended:
            count.update(gold=len(signed), found=len(found), right=len(found & signed))
    assert count["gold"] > 15
    assert 2 * count["right"] / (count["gold"] + count["found"]) >= least
