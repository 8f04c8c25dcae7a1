"""What else was in the sentence: candidates that were weighed and rejected, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiceng.explain.account import Rejected
from jiceng.explain.finders import Finders
from jiceng.extract.analysis import Analysis
from jiceng.extract.mechanisms import Judged, accepted, judge, types
from jiceng.extract.mechanisms.page import Page, Words
from jiceng.extract.mechanisms.weights import Table, Weights, score
from jiceng.extract.metrics.sentence.grammar import Grammar, grammar
from jiceng.extract.metrics.sieve.counts import is_count, names
from jiceng.lexicon import Lexicon
from jiceng.model import Fact, Measurement, Mechanism, Organisation
from jiceng.numerals import Quantity
from jiceng.rules import load_rules

_STRONGEST = 6  # features that are told
_OTHERS = 3  # other cuts, other types
_KINDS = {
    "tiers": "tier chain",
    "honours": "honour",
    "people": "person",
    "organisations": "organisation",
    "documents": "policy document",
}
_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,4}\Z")
# Rules that leave out what others found.
FOILS = frozenset(("documents.periodical", "documents.reading", "documents.short", "honours.unreal"))


@dataclass(frozen=True)
class Scales:
    """What candidates are weighed by, compiled once."""

    words: Words
    weights: Weights
    grammar: Grammar
    heads: dict[str, str]  # of organisations: word → kind
    finders: Finders


@dataclass(frozen=True)
class Context:
    """A sentence `start:end` of an article (body offsets), its facts, and the patterns that matched in it."""

    analysis: Analysis
    facts: Sequence[Fact]
    start: int
    end: int
    scales: Scales
    matched: Sequence[tuple[str, int, int]]

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch overlaps the sentence."""
        return start < self.end and self.start < end


@dataclass(frozen=True, slots=True)
class Weighed:
    """What spoke for a fact that a linear model decided; empty for all others."""

    score: float | None = None
    features: tuple[tuple[str, float], ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()


def scales(lexicon: Lexicon) -> Scales:
    """Compile what candidates are weighed by."""
    kinds = lexicon.scheme("organisation_kinds").by_label
    return Scales(
        Words.of(lexicon),
        Weights.of(load_rules("mechanism_weights", lexicon)),
        grammar(lexicon),
        {label: concept.notation for label, concept in kinds.items()},
        Finders(lexicon),
    )


def rejected(context: Context, fact: Fact) -> tuple[Rejected, ...]:
    """All that was rejected in the sentence, by kind, each in the order of the text.

    General terms that end like an organisation are told where they concern the fact.
    """
    return tuple(
        dict.fromkeys(
            (
                *_mechanisms(context),
                *_numbers(context),
                *_patterns(context),
                *_organisations(context, fact),
            )
        )
    )


def weighed(context: Context, fact: Fact) -> Weighed:
    """Score and strongest features of a mechanism, with the other types and cuts that lost."""
    if not isinstance(fact, Mechanism):
        return Weighed()
    page = Page.of(context.analysis, context.scales.words)
    weights = context.scales.weights
    for one in judge(page, weights):
        if one.cut.name == fact.name and fact.start <= one.cut.start < fact.end:
            described = types.describe(page, one.anchor, one.cut)
            others = sorted(
                ((f"type {name}", round(points, 2)) for name, points in weights.scores(described)),
                key=lambda pair: (-pair[1], pair[0]),
            )[: _OTHERS + 1]
            cuts = sorted(
                {(f"cut {c.name}", round(score(weights.cut, c.features), 2)) for c in one.anchor.cuts},
                key=lambda pair: (-pair[1], pair[0]),
            )[: _OTHERS + 1]
            return Weighed(round(one.score, 2), _strongest(weights.name, one.features), (*cuts, *others))
    return Weighed()


def _strongest(table: Table, features: Sequence[str]) -> tuple[tuple[str, float], ...]:
    weights = [(feature, round(table[feature], 2)) for feature in features if table.get(feature)]
    return tuple(sorted(weights, key=lambda pair: (-abs(pair[1]), pair[0]))[:_STRONGEST])


def _mechanisms(context: Context) -> Iterator[Rejected]:
    page = Page.of(context.analysis, context.scales.words)
    weights = context.scales.weights
    judged = judge(page, weights)
    if not page.of_the_genre:
        return
    chosen = accepted(judged)
    kept = {id(one) for one in chosen}
    taken = {at for one in chosen for at in _reach(one)}
    for one in judged:
        if id(one) in kept or not context.holds(one.cut.start, one.cut.end):
            continue
        if one.score <= 0:
            why = "its features speak against a mechanism: the score is not above zero"
        elif not chosen:
            why = "the text has too little else that speaks for mechanisms: the sum of its scores is small"
        elif not taken.isdisjoint(_reach(one)):
            why = "overlaps a name with a higher score"
        else:
            why = "the article has this name already, or a longer one that holds it"
        features = _strongest(weights.name, one.features)
        yield Rejected("mechanism", one.cut.name, why, round(one.score, 2), features)


def _reach(one: Judged) -> range:
    return range(min(one.cut.start, one.anchor.start), max(one.cut.end, one.anchor.end))


def _numbers(context: Context) -> Iterator[Rejected]:
    """Numbers of the sentence that no measurement has, each with the first reason that holds."""
    compiled, text = context.scales.grammar, context.analysis.text
    measured = [f for f in context.facts if isinstance(f, Measurement)]
    quoted = names(text, context.analysis.bracketed, compiled)
    for quantity in compiled.reader.quantities(text):
        if not context.holds(quantity.start, quantity.end):
            continue
        if quantity.unit is None and quantity.chinese:
            continue  # a character of a word: 三方, 统一
        if any(f.start <= quantity.number < f.end and Decimal(f.value) == quantity.value for f in measured):
            continue
        yield Rejected(
            "measurement", text[quantity.start : quantity.end], _refusal(context, quantity, quoted)
        )


def _refusal(context: Context, quantity: Quantity, quoted: Sequence[tuple[int, int]]) -> str:
    compiled, text = context.scales.grammar, context.analysis.text
    if any(s < quantity.end and quantity.start < e for s, e in quoted):
        return "stands in a quoted name, formula or title"
    for rule in ("metrics.no-number", "metrics.per-time", "metrics.per-holder", "metrics.period"):
        for found in compiled.rules[rule].pattern.finditer(
            text, max(quantity.start - 40, 0), quantity.end + 40
        ):
            if found.start() < quantity.end and quantity.start < found.end():
                return f"{rule} reads it as “{found[0]}”"
    if not is_count(text, quantity, compiled):
        return "no count: a formula, an ordinal, a numbered thing, or no unit"
    return "no clause pattern finds what it counts, or what it counts only announces a list"


def _patterns(context: Context) -> Iterator[Rejected]:
    """Rules whose pattern matched, although no fact of theirs came of it."""
    text = context.analysis.text
    for name, start, end in context.matched:
        kind = name.partition(".")[0]
        if name in FOILS:
            yield Rejected(_KINDS[kind], text[start:end], f"{name} leaves out what it matches")
        elif (
            kind in _KINDS
            and not any(
                f.rule.partition(".")[0] == kind and f.start < end and start < f.end for f in context.facts
            )
            and name in context.scales.finders
        ):
            yield Rejected(_KINDS[kind], text[start:end], f"{name} matched, but its checks refused it")


def _organisations(context: Context, fact: Fact) -> Iterator[Rejected]:
    """Head words of organisations that end no name: general terms (各社区), or places told before."""
    text, heads = context.analysis.text, context.scales.heads
    longest = max(map(len, heads))
    named = [f for f in context.facts if isinstance(f, Organisation)]
    names_ = {f.name for f in named}
    whole = isinstance(fact, Organisation)
    at, end = (context.start, context.end) if whole else (fact.start, fact.end)
    while at < end:
        word = next((text[at : at + n] for n in range(longest, 0, -1) if text[at : at + n] in heads), "")
        if len(word) > 1 and not any(f.start < at + len(word) and at < f.end for f in named):
            again = next((n for n in sorted(names_) if text.endswith(n, 0, at + len(word))), None)
            why = (
                f"{again} is a fact already, at its first place"
                if again
                else "no proper name was found before it"
            )
            before = _BEFORE.search(text, max(at - 6, context.start), at)
            yield Rejected("organisation", (before[0] if before else "") + word, why)
        at += max(len(word), 1)
