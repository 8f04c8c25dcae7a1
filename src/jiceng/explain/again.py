"""Read a source again, watching which patterns match, and account for one fact of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from jiceng import articles, repair
from jiceng.articles.account import Decision, reasons_told
from jiceng.explain import beside
from jiceng.explain.account import Account, Joined, Place, PlacementTold, Word
from jiceng.explain.rules_told import told
from jiceng.extract import extract
from jiceng.extract.analysis import Analysis, analyse
from jiceng.graph.identity import fact_iri
from jiceng.lexicon import Lexicon
from jiceng.link.statements import link
from jiceng.model import (
    Article,
    Fact,
    Honour,
    Measurement,
    Mechanism,
    Organisation,
    Person,
    PolicyDocument,
    Seam,
    Source,
    Statement,
    TierChain,
)
from jiceng.pipeline import load_tools
from jiceng.repair import Repaired
from jiceng.rules import watching

# The vocabularies whose words speak for a kind of fact.
_SCHEMES: Mapping[type[Fact], tuple[str, ...]] = {
    Measurement: ("actions", "units", "organisation_types", "roles"),
    TierChain: ("organisation_types",),
    Mechanism: (
        "mechanisms",
        "mechanism_kin",
        "mechanism_heads",
        "mechanism_verbs",
        "mechanism_words",
        "mechanism_foils",
    ),
    Organisation: ("organisation_kinds",),
    Person: ("roles", "surnames"),
    Honour: ("organisation_kinds",),
    PolicyDocument: ("organisation_kinds", "actions"),
}
_SAID = re.compile(r"\w")  # a pattern that matched a mark or nothing says nothing
_SIDE = 12  # characters shown on either side of a join


@dataclass
class Rereader:
    """Vocabularies and rules, loaded once so that they tell of their matches."""

    matched: list[tuple[str, re.Match[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        with watching(lambda name, match: self.matched.append((name, match))):
            self.tools = load_tools()
        self.scales = beside.scales(self.tools.lexicon)

    def accounts(self, source: Source, path: Path, iri: str) -> list[Account]:
        """One account for each statement of a document that states the fact; none if it no longer does.

        `path` is where its text stands.
        """
        lexicon = self.tools.lexicon
        repaired = repair.repair(source)
        found = []
        split = articles.split(repaired, lexicon.gazetteer)
        decided = articles.decisions(split)
        for article in split.articles:
            self.matched.clear()
            facts = extract(article, self.tools.extractors)
            wanted = [s for s in link(article, facts, lexicon) if fact_iri(s) == iri]
            if wanted:
                analysis = analyse(article)
                found += [self._account(path, repaired, decided, analysis, facts, s) for s in wanted]
        return found

    def _account(
        self,
        path: Path,
        repaired: Repaired,
        decided: Sequence[Decision],
        analysis: Analysis,
        facts: Sequence[Fact],
        statement: Statement,
    ) -> Account:
        lexicon, fact, article = self.tools.lexicon, statement.fact, analysis.article
        start = analysis.sentence_at(fact.start).start
        end = max(analysis.sentence_at(fact.end - 1).end, fact.end)
        text = analysis.text
        matched = self._matched(text, start, end)
        context = beside.Context(analysis, facts, start, min(end, len(text)), self.scales, matched)
        weighed = beside.weighed(context, fact)
        return Account(
            path=str(path),
            article=article.title,
            division=f"{article.division.name} ({article.division.adcode})",
            place=Place(
                fact.start,
                fact.end,
                text[start : fact.start],
                text[fact.start : fact.end],
                text[fact.end : end],
            ),
            rule=told(fact.rule, lexicon),
            words=_words(text, fact, lexicon),
            links=_links(statement, lexicon),
            weighed=weighed.features,
            score=weighed.score,
            alternatives=weighed.alternatives,
            matched=tuple(
                dict.fromkeys(
                    (name, text[s:e])
                    for name, s, e in matched
                    if s < fact.end and fact.start < e and _SAID.search(text, s, e)
                )
            ),
            doubtful=statement.doubtful,
            joins=tuple(_joins(article, repaired, fact)),
            doubtful_placement=statement.doubtful_placement,
            placements=tuple(_placements(decided, statement)),
            rejected=beside.rejected(context, fact),
        )

    def _matched(self, text: str, start: int, end: int) -> list[tuple[str, int, int]]:
        """Patterns that matched something in a stretch of the body: (rule, start, end), sorted.

        Patterns that read a text of another length (a name, a clause cut out) have no place here.
        """
        found = {
            (match.start(), match.end(), name)
            for name, match in self.matched
            if len(match.string) == len(text) and match.start() < end and start < match.end() <= len(text)
        }
        return [(name, s, e) for s, e, name in sorted(found)]


@cache
def rereader() -> Rereader:
    """The process's one rereader: loading takes a second, and who explains one fact explains others."""
    return Rereader()


def _words(text: str, fact: Fact, lexicon: Lexicon) -> tuple[Word, ...]:
    """Labels in the quote, at each place the longest; what lies in a longer one (组 in 组建) says nothing."""
    found: list[tuple[int, int, Word]] = []
    for name in _SCHEMES[type(fact)]:
        scheme = lexicon.schemes.get(name)
        longest = max(map(len, scheme.by_label), default=0) if scheme else 0
        for at in range(fact.start, fact.end):
            for end in range(min(at + longest, fact.end), at, -1):
                concept = scheme.by_label.get(text[at:end]) if scheme else None
                if concept is not None:
                    found.append((at, end, Word(text[at:end], name, concept.notation, concept.label)))
                    break
    return tuple(
        word
        for start, end, word in sorted(found, key=lambda f: (f[0], -f[1], f[2].scheme))
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in found)
    )


def _links(statement: Statement, lexicon: Lexicon) -> dict[str, str]:
    """What linking added: indicator, shared mechanism, types of tiers, larger unit."""
    links: dict[str, str] = {}
    if statement.indicator:
        known = statement.indicator.notation in lexicon.scheme("indicators").by_notation
        own = "" if known else f", derived under {statement.indicator.broader}"
        links["indicator"] = f"{statement.indicator.notation} · {statement.indicator.label}{own}"
    if statement.mechanism:
        concept = lexicon.scheme("mechanisms").by_label.get(statement.mechanism)
        known_as = f"well-known: vocabulary/mechanisms {concept.notation}" if concept else "its own name"
        links["shared mechanism"] = f"{statement.mechanism} ({known_as})"
    if isinstance(statement.fact, TierChain):
        for tier, notation in zip(statement.fact.tiers, statement.tier_types, strict=False):
            links[f"tier {tier.label}"] = notation or "no type known"
    if statement.within:
        links["within"] = statement.within
    return links


def _joins(article: Article, repaired: Repaired, fact: Fact) -> list[Joined]:
    """The joins of two places of the source that a fact reads across, with the reasons of the repair."""
    text = article.body.value
    pieces = article.body.pieces
    found = []
    for before, piece in pairwise(pieces):
        if piece.seam not in (Seam.JOINED, Seam.DOUBTFUL) or not fact.start < piece.start < fact.end:
            continue
        join = next(
            (
                j
                for j in repaired.joins
                if _holds(repaired, j.head, piece.raw.start) and _holds(repaired, j.tail, before.raw.end - 1)
            ),
            None,
        )
        rivals = []
        for rival in join.rivals if join else ():
            tail, head = repaired.fragment(rival.tail).text, repaired.fragment(rival.head).text
            rivals.append(f"…{tail[-_SIDE:]} | {head[:_SIDE]}… {rival.score:+.1f}")
        found.append(
            Joined(
                before=text[max(piece.start - _SIDE, 0) : piece.start],
                after=text[piece.start : piece.start + _SIDE],
                raw_before=before.raw.end,
                raw_after=piece.raw.start,
                doubtful=piece.seam is Seam.DOUBTFUL,
                reasons=tuple((name, round(value, 2)) for name, value in join.reasons if value)
                if join
                else (),
                rivals=tuple(rivals),
            )
        )
    return found


def _placements(decided: Sequence[Decision], statement: Statement) -> Iterator[PlacementTold]:
    """The decisions by which the quote came to stand in its article."""
    for one in decided:
        if not any(e.span.start < one.end and one.start < e.span.end for e in statement.evidence):
            continue
        if one.division is not None and one.division.adcode == statement.division:
            rival = f"{one.rival.name} ({one.rival.adcode})" if one.rival else ""
            doubtful = one.state == "doubtful"
            reasons = tuple(reasons_told(one))
            yield PlacementTold(one.start, one.end, doubtful, one.belief, rival, one.rival_belief, reasons)


def _holds(repaired: Repaired, fragment: int, offset: int) -> bool:
    span = repaired.fragment(fragment).span
    return span.start <= offset < span.end
