"""Facts of one article → statements: evidence cut from the source, links that need the vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jiceng.genre import genre
from jiceng.lexicon import Lexicon
from jiceng.link.indicators import indicator
from jiceng.link.mechanisms import key as mechanism_key
from jiceng.link.tiers import tier_type
from jiceng.model import (
    Article,
    Evidence,
    Fact,
    Indicator,
    Measurement,
    Mechanism,
    Organisation,
    Statement,
    TierChain,
)

_NUMBER = re.compile(r"[\d一二三四五六七八九十百千万]")
_BEHIND = 24
"""Characters behind a counted noun that are looked at."""


def link(article: Article, facts: Iterable[Fact], lexicon: Lexicon) -> tuple[Statement, ...]:
    """What the article states about its division, in the order of the text; no evidence, no statement."""
    found = sorted(facts, key=lambda f: (f.start, f.end, f.rule))
    organisations = {f.name for f in found if isinstance(f, Organisation)}
    measured = any(isinstance(f, Measurement) for f in found)
    governance = measured and genre(article.body.value, lexicon).governance
    return tuple(_statements(article, found, organisations, lexicon, governance))


def _statements(
    article: Article, facts: Iterable[Fact], organisations: set[str], lexicon: Lexicon, governance: bool
) -> Iterator[Statement]:
    for fact in facts:
        evidence = evidence_of(article, fact.start, fact.end)
        if not evidence:
            continue
        if isinstance(fact, Measurement) and fact.measured_end <= fact.start:
            evidence = evidence_of(article, fact.measured_start, fact.measured_end) + evidence
        yield Statement(
            fact=fact,
            division=article.division.adcode,
            article=article.key,
            evidence=evidence,
            doubtful=article.body.doubtful(fact.start, fact.end),
            doubtful_placement=article.doubtfully_placed(fact.start, fact.end),
            indicator=(
                _indicator(article, fact, lexicon, governance) if isinstance(fact, Measurement) else None
            ),
            mechanism=mechanism_key(fact.name, lexicon) if isinstance(fact, Mechanism) else None,
            tier_types=(
                tuple(tier_type(tier.label, lexicon) for tier in fact.tiers)
                if isinstance(fact, TierChain)
                else ()
            ),
            within=fact.within if isinstance(fact, Organisation) and fact.within in organisations else None,
        )


def _indicator(article: Article, fact: Measurement, lexicon: Lexicon, governance: bool) -> Indicator:
    """The indicator of a number; what follows a noun behind it tells what the counted ones did."""
    body, end = article.body.value, fact.measured_end
    behind = "" if end <= fact.start or _NUMBER.search(body[end : fact.end]) else body[end : end + _BEHIND]
    return indicator(fact, lexicon, governance, behind)


def evidence_of(article: Article, start: int, end: int) -> tuple[Evidence, ...]:
    """The raw places behind `body[start:end]`, each with its text, in reading order."""
    source = article.source
    return tuple(
        Evidence(source.name, source.sha256, span, source.text[span.start : span.end])
        for span in article.body.raw(start, end)
    )
