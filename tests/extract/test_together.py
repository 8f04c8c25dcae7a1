"""Articles that are read together: each gives what it gives alone, in order."""

from __future__ import annotations

from pathlib import Path

from jiceng import articles, pipeline, read, repair
from jiceng.extract import extract, extract_each

ROOT = Path(__file__).parents[1] / "gold"


def test_articles_read_together_give_what_each_gives_alone() -> None:
    tools = pipeline.load_tools()
    found = [
        article
        for path in sorted(ROOT.glob("*.txt")) + sorted((ROOT / "training").glob("*.txt"))[:12]
        for article in articles.split(repair.repair(read.read_source(path)), tools.lexicon.gazetteer).articles
    ]
    assert len(found) > 24  # more than go together
    together = list(extract_each(found, tools.extractors))
    assert together == [extract(article, tools.extractors) for article in found]
    assert sum(map(len, together)) > 100


def test_no_articles_give_nothing() -> None:
    assert not list(extract_each((), ()))
