"""The cut that serves the hot path is jieba's: by jieba itself, every fact of our documents is the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jieba
import pytest

from jiceng import articles, pipeline, read, repair, words
from jiceng.extract import extract
from jiceng.model import Article, Fact

ROOT = Path(__file__).parents[1] / "gold"
TEXTS = [p for p in sorted(ROOT.glob("*.txt")) if p.stem != "README"]


@pytest.fixture
def by_jieba(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(words, "_cut_chinese", lambda text: tuple(jieba.lcut(text, HMM=False)))
    words.cut.cache_clear()
    yield
    words.cut.cache_clear()


def _facts(tools: pipeline.Tools, found: list[Article]) -> list[tuple[Fact, ...]]:
    words.cut.cache_clear()
    return [extract(article, tools.extractors) for article in found]


def test_facts_are_those_that_jieba_cuts(request: pytest.FixtureRequest) -> None:
    tools = pipeline.load_tools()
    found: list[Article] = []
    for path in TEXTS:
        source = read.read_source(path)
        found += articles.split(repair.repair(source), tools.lexicon.gazetteer).articles
    ours = _facts(tools, found)
    request.getfixturevalue("by_jieba")
    assert sum(map(len, ours)) > 300
    assert _facts(tools, found) == ours
