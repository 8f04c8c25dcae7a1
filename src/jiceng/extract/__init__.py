"""From an article to facts: one module a kind, each a pure function of the analysed article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from jiceng.extract import documents, honours, mechanisms, metrics, organisations, people, tiers
from jiceng.extract.analysis import Analysis, analyse
from jiceng.extract.holders import told_of
from jiceng.lexicon import Lexicon
from jiceng.model import Article, Fact

Extractor = Callable[[Analysis], Sequence[Fact]]
"""Finds facts of one kind in an analysed article."""

EXTRACTORS: tuple[Callable[[Lexicon], Extractor], ...] = (
    tiers.extractor,
    metrics.extractor,
    mechanisms.extractor,
    organisations.extractor,
    documents.extractor,
    honours.extractor,
    people.extractor,
)
"""What makes the extractors; the order says nothing."""


def extractors(lexicon: Lexicon) -> tuple[Extractor, ...]:
    """All extractors, their rules compiled once; raises OntologyError where a rule file is broken."""
    return tuple(make(lexicon) for make in EXTRACTORS)


def extract(article: Article, by: Sequence[Extractor]) -> tuple[Fact, ...]:
    """All facts that some extractors find in an article: one extractor's after the other's.

    Whose a number is (`holders`) is told by the units that the organisations' extractor found.
    """
    return next(extract_each((article,), by))


_TOGETHER = 16
"""Articles that are read together: more are no faster, and what is known of each takes memory."""


def extract_each(articles: Sequence[Article], by: Sequence[Extractor]) -> Iterator[tuple[Fact, ...]]:
    """What `extract` finds in each of several articles.

    One extractor reads some of them, then the next: each looks into tables of its own, which stay near at
    hand meanwhile.
    """
    for first in range(0, len(articles), _TOGETHER):
        analyses = [analyse(article) for article in articles[first : first + _TOGETHER]]
        found: list[list[Fact]] = [[] for _ in analyses]
        for extractor in by:
            for analysis, facts in zip(analyses, found, strict=True):
                facts += extractor(analysis)
        yield from map(told_of, analyses, found)
