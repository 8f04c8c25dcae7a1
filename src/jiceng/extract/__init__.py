"""From an article to facts: one module a kind, each a pure function of the analysed article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    analysis = analyse(article)
    return told_of(analysis, [fact for extractor in by for fact in extractor(analysis)])
