"""A gold file to correct: what the extractors find in a document, in the annotation guide's format.

People delete what is wrong, mend what is nearly right, and add what is missing; `jiceng evaluate` reads the
result. Blocks and quotes are raw substrings that occur once in the file. `doubtful` says of a fact that it
rests on a join that is not sure (`join`) or on text that may be another district's (`placement`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiceng import read
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import (
    Article,
    Document,
    Fact,
    Honour,
    Measurement,
    Mechanism,
    Organisation,
    Person,
    PolicyDocument,
    Statement,
    TierChain,
)
from jiceng.pipeline import Tools, load_tools, process

_BLOCK = 12  # characters that a block is named by, or more where these occur twice


def prefill(
    path: Path, tools: Tools | None = None, tell: Callable[[str], object] = lambda _: None
) -> dict[str, Any]:
    """The gold file of one document as the tool would fill it in; raises ReadError if it is no text.

    `tell` is told what a build would note: that no division could be told, and what to do.
    """
    tools = tools or load_tools()
    document = process(read.read_source(path), tools)
    for warning in document.warnings:
        tell(warning)
    return {
        "source": document.source.name,
        "articles": [_article(article, tools.lexicon.gazetteer) for article in document.articles],
        "facts": [_fact(statement, document) for statement in document.statements],
    }


def _article(article: Article, gazetteer: Gazetteer) -> dict[str, Any]:
    division = article.division
    text = article.source.text
    return {
        "district": division.name,
        "within": [d.name for d in reversed(gazetteer.within(division))],
        "adcode": division.adcode,
        "level": division.level,
        "title": article.title or None,
        "author": None,
        "blocks": [_once(text, start, start + _BLOCK) for start in _block_starts(article)],
    }


def _block_starts(article: Article) -> Iterator[int]:
    """Where reading goes to another place of the file, more than layout characters away."""
    text, end = article.source.text, -1
    for piece in article.body.pieces:
        raw = piece.raw
        if not text[raw.start : raw.end].strip():
            continue
        if end < 0 or raw.start < end or text[end : raw.start].strip():
            yield raw.start
        end = raw.end


def _fact(statement: Statement, document: Document) -> dict[str, Any]:
    text = document.source.text
    spans = [e.span for e in statement.evidence]
    quotes = [e.exact for e in statement.evidence]
    district = next(a.division.name for a in document.articles if a.key == statement.article)
    quote: Any = quotes if len(quotes) > 1 else _once(text, spans[0].start, spans[0].end)
    kind, fields = _fields(statement.fact)
    doubts = {"join": statement.doubtful, "placement": statement.doubtful_placement}
    doubtful = {"doubtful": [name for name, said in doubts.items() if said]} if any(doubts.values()) else {}
    return {"kind": kind, "district": district, **fields, "quote": quote, **doubtful}


def _fields(fact: Fact) -> tuple[str, Mapping[str, Any]]:
    match fact:
        case TierChain():
            tiers = [tier.label for tier in fact.tiers]
            levels = fact.declared_levels
            return "tier_chain", {"tiers": tiers, "declared_levels": levels, "chain_type": fact.chain_type}
        case Measurement():
            names = ("comparator", "unit", "measured", "action", "subject", "per", "period", "nature")
            numbers = {"value": _number(fact.value), "upper": _number(fact.upper)}
            return "metric", {**numbers, **{name: getattr(fact, name) for name in names}}
        case Mechanism():
            parts = list(fact.components)
            return "mechanism", {
                "name": fact.name,
                "type": fact.type,
                "components": parts,
                "level": fact.level,
            }
        case Organisation():
            return "organisation", {"name": fact.name, "type": fact.kind, "within": fact.within}
        case PolicyDocument():
            return "policy", {"title": fact.title, "issuer": fact.issuer}
        case Honour():
            return "honour", {"title": fact.title, "recipient": fact.recipient, "period": fact.period}
        case Person():
            return "person", {"name": fact.name, "role": fact.role}
        case _:
            raise TypeError(f"no such kind of fact: {fact!r}")


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _once(text: str, start: int, end: int) -> str:
    """The stretch, made longer to both sides until it occurs once (the whole text always does)."""
    while text.count(text[start:end]) > 1:
        end = min(end + 4, len(text))
        if end == len(text) or text[end - 1] == "\n":
            start = max(start - 4, 0)
    return text[start:end]
