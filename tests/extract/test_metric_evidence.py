"""Which characters of the source show a measurement."""

from __future__ import annotations

from clean_articles import article_of
from jiceng.extract.analysis import analyse
from jiceng.extract.metrics import extractor
from jiceng.graph.identity import fact_iri
from jiceng.lexicon import load_lexicon
from jiceng.link.statements import link
from jiceng.model import Statement

LEXICON = load_lexicon()


def statements(text: str) -> tuple[Statement, ...]:
    article = article_of(text)
    return link(article, extractor(LEXICON)(analyse(article)), LEXICON)


def shown(text: str) -> list[list[str]]:
    return [[e.exact for e in s.evidence] for s in statements(text)]


def test_equal_figures_of_a_bulletin_are_told_apart_by_their_evidence_and_their_verb() -> None:
    text = "6月份共受理来信27件，应办结27件，办结27件。"
    assert shown(text) == [["受理来信27件"], ["来信", "应办结27件"], ["来信", "办结27件"]]
    assert len({fact_iri(s) for s in statements(text)}) == 3


def test_a_figure_with_an_elided_noun_shows_where_the_noun_stands() -> None:
    assert shown("受理诉求320件，办结316件。") == [["受理诉求320件"], ["诉求320件，办结316件"]]
