"""Mechanisms: named practices, institutions, platforms, brands and campaigns of governance.

Candidates are found broadly (`candidates`), each is cut in the most likely way, accepted or left out, and
given one of the thirteen types, all by linear models over named features whose weights stand in
`ontology/rules/mechanism_weights.toml` (written by `scripts/train_mechanisms.py`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.mechanisms import features, objects, types
from jiceng.extract.mechanisms.candidates import Anchor, Cut, candidates
from jiceng.extract.mechanisms.components import NUMERALS, components, level, stretches
from jiceng.extract.mechanisms.page import Page, Words, plain
from jiceng.extract.mechanisms.weights import Weights, score
from jiceng.genre import genre
from jiceng.lexicon import Lexicon
from jiceng.model import Mechanism
from jiceng.rules import load_rules
from jiceng.values import dataclass

__all__ = ["Judged", "extractor", "judge"]

_SURE = 0.9
"""The least sum of a text's scores: one doubtful name alone is none, as in texts of other genres."""
_LISTED = frozenset({"q.parts.behind", "q.parts.before", "q.parts.following"})
"""What is said of a quoted name whose parts the text lists beside it."""
_OWN_SHORT, _OWN_LONG = 4.5, 1.95
"""Above this score a name within a surer, longer one is a mechanism of its own, and one around a surer,
shorter one (by what left-out reports say)."""
_JOINTS = ("、", "和")
_CALLED = {True: 3.0, False: 1.0}
"""What a quotation gets that the text says to be a name; `True` where it says of what."""
_BEFORE = 24  # characters before a quotation in which it says so
_LEAN, _CLEAR, _LISTED_MORE = 0.3, 3.0, 0.2
"""By how much of its neighbours' mean score, each as clear as this at most, a listed name without quotation
marks leans to them, and what it gets for being listed with candidates at all (by left-out reports)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its best cut, what is said of it there, and its score (accepted above zero)."""

    anchor: Anchor
    cut: Cut
    said: tuple[str, ...]
    score: float

    @property
    def features(self) -> tuple[str, ...]:
        """All its features: what is said of it, and how its name is spelled."""
        return (*self.said, *dict.fromkeys(features.spelling(plain(self.cut.name))))


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Mechanism, ...]]:
    """What finds the mechanisms of an article; vocabularies and weights are compiled once, here."""
    words = Words.of(lexicon)
    weights = Weights.of(load_rules("mechanism_weights", lexicon))

    def extract(analysis: Analysis) -> tuple[Mechanism, ...]:
        if not genre(analysis.text, lexicon).names:
            return ()  # most of what a newspaper prints: nothing else is looked up there
        return tuple(_facts(Page.of(analysis, words), weights))

    return extract


def judge(page: Page, weights: Weights) -> list[Judged]:
    """Every candidate of a page with its best cut, accepted or not, in the order of the text.

    A text that doesn't speak of governance has none.
    """
    if not page.of_the_genre:
        return []
    # One step for all, then the next: each looks into tables of its own, which stay near at hand meanwhile.
    anchors = candidates(page)
    cuts = [best(anchor, weights) for anchor in anchors]
    said = [tuple(features.said(page, *one)) for one in zip(anchors, cuts, strict=True)]
    scores = [weights.accepts(one, plain(cut.name)) for one, cut in zip(said, cuts, strict=True)]
    judged = _rows_as_one(list(map(Judged, anchors, cuts, said, scores)))
    return _with_tails(_without_parts(page, _leaning(page, _called(page, judged))))


def _without_parts(page: Page, judged: list[Judged]) -> list[Judged]:
    """What is listed as the parts of a surer name is told there only: “三会”（甲会、乙会、丙会）."""
    wholes = [
        (start, end, one)
        for one in judged
        if one.score > 0 and not _LISTED.isdisjoint(one.said)
        for start, end in stretches(page, one.anchor, one.cut)
    ]
    if not wholes:
        return judged
    order = sorted(range(len(judged)), key=lambda n: judged[n].cut.start)
    starts = [judged[n].cut.start for n in order]
    parts = {
        n
        for start, end, whole in wholes
        for n in order[bisect_left(starts, start) : bisect_right(starts, end)]
        if judged[n].cut.end <= end and 0 < judged[n].score < whole.score
    }
    return [replace(one, score=0.0) if n in parts else one for n, one in enumerate(judged)]


def _with_tails(judged: list[Judged]) -> list[Judged]:
    """A quotation and the compound right behind it, both good for names, are one: “暖巷”三年行动."""
    good = [(n, one) for n, one in enumerate(judged) if one.score > 0]
    behind = {one.cut.start: n for n, one in good if one.anchor.kind == "compound"}
    joined = list(judged)
    for n, one in good:
        at = behind.get(one.cut.end) if _alone(one) else None
        if at is None:
            continue
        whole = (one.cut.start, judged[at].cut.end)
        if cut := next((c for c in one.anchor.cuts if (c.start, c.end) == whole), None):
            joined[n] = replace(one, cut=cut)
        joined[at] = replace(judged[at], score=0.0)  # nor is a general tail another name: “三长”联动机制
    return joined


def _rows_as_one(judged: list[Judged]) -> list[Judged]:
    """The quotations of one list get their mean score: they are all names or none is."""
    rows: dict[int, list[float]] = {}
    for one in judged:
        if len(one.anchor.row) > 1:
            rows.setdefault(one.anchor.row[0].start, []).append(one.score)
    means = {start: sum(scores) / len(scores) for start, scores in rows.items()}
    return [
        replace(one, score=means[one.anchor.row[0].start]) if len(one.anchor.row) > 1 else one
        for one in judged
    ]


def _called(page: Page, judged: list[Judged]) -> list[Judged]:
    """What the text itself calls the name of a practice or a team: 把这一做法概括为“…”."""
    rule = page.words.rule("called")
    glosses = _glosses(page)
    called = []
    for one in judged:
        start = one.anchor.start
        said = one.anchor.kind == "quoted" and rule.search(page.text, max(0, start - _BEFORE), start)
        lift = _CALLED[said["practice"] is not None] if said else 0.0
        told = (
            one.anchor.head and one.anchor.kind == "quoted" and page.named(one.anchor.start, one.anchor.end)
        )
        if told or glosses.get(one.cut.start) == one.cut.end:
            lift = _CALLED[True]
        called.append(replace(one, score=one.score + lift) if lift else one)
    return called


def _glosses(page: Page) -> dict[int, int]:
    """Where a label in quotation marks is told to be one thing, in brackets: “一支队伍”（即｜综合巡查队）."""
    rule = page.words.rule("gloss")
    labels = (quote.end for quote in page.quotes if page.text.startswith("一", quote.start + 1))
    return dict(found.span("name") for end in labels if (found := rule.match(page.text, end)))


def _leaning(page: Page, judged: list[Judged]) -> list[Judged]:
    """Names listed without quotation marks lean to the scores of those beside them: 甲队、乙社和丙团."""
    starting: dict[int, list[int]] = {}
    for n, one in enumerate(judged):
        starting.setdefault(one.cut.start, []).append(n)
    beside: dict[int, list[float]] = {}
    for n, one in enumerate(judged):
        if page.text[one.cut.end : one.cut.end + 1] not in _JOINTS:
            continue
        for other in starting.get(one.cut.end + 1, ()):
            beside.setdefault(n, []).append(judged[other].score)
            beside.setdefault(other, []).append(one.score)
    leaning = list(judged)
    for n, scores in beside.items():
        if judged[n].anchor.kind == "compound":
            mean = sum([max(-_CLEAR, min(_CLEAR, score)) for score in scores]) / len(scores)
            leaning[n] = replace(judged[n], score=judged[n].score + _LISTED_MORE + _LEAN * mean)
    return leaning


def best(anchor: Anchor, weights: Weights) -> Cut:
    """The cut with the highest score; of equals the one that starts last and ends first."""
    if len(anchor.cuts) == 1:
        return anchor.cuts[0]
    return max(anchor.cuts, key=lambda c: (score(weights.cut, c.features), c.start, -c.end))


def accepted(judged: list[Judged]) -> list[Judged]:
    """Those above zero, without overlaps (the higher score stays) and without names that say one again."""
    chosen: list[Judged] = []
    taken: set[int] = set()
    for one in sorted(judged, key=lambda j: (-j.score, j.cut.start)):
        if one.score <= 0:
            break
        places = range(min(one.cut.start, one.anchor.start), max(one.cut.end, one.anchor.end))
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(one)
    if sum(one.score for one in chosen) < _SURE:
        return []
    names = _told_apart(chosen)
    seen: set[str] = set()
    result = []
    for one in sorted(chosen, key=lambda j: j.cut.start):
        name = plain(one.cut.name)
        if name in names and name not in seen:
            seen.add(name)
            result.append(one)
    return result


def _told_apart(chosen: list[Judged]) -> set[str]:
    """The plain names of candidates (the surest first) without those that say a surer one shorter or longer,
    unless they are sure themselves."""
    kept: dict[str, list[str]] = {}  # by their first two characters
    whole = ""
    teams = sorted(plain(one.cut.name) for one in chosen if one.anchor.head == "body")
    for one in chosen:
        name = plain(one.cut.name)
        if len(name) < 2 or (one.score <= _OWN_SHORT and name in whole):
            continue
        longer = bisect_left(teams, name)  # the first team whose name may begin so
        if _alone(one) and longer < len(teams) and teams[longer] != name and teams[longer].startswith(name):
            continue  # “银发先锋” is the team that the text calls “银发先锋”志愿服务队, too
        if one.score <= _OWN_LONG and any(
            name.startswith(short, at) and not (_alone(one) and name[at + len(short) :][:1] in NUMERALS)
            for at in range(len(name) - 1)
            for short in kept.get(name[at : at + 2], ())
        ):
            continue  # but “五员一站” counts more than “五员”
        kept.setdefault(name[:2], []).append(name)
        whole += name + "\n"
    return {name for names in kept.values() for name in names}


def _alone(one: Judged) -> bool:
    """Whether a name is a quotation without anything around it."""
    return one.anchor.kind == "quoted" and (one.cut.start, one.cut.end) == (one.anchor.start, one.anchor.end)


def _facts(page: Page, weights: Weights) -> Iterator[Mechanism]:
    for one in accepted(judge(page, weights)):
        parts, start, end = components(page, one.anchor, one.cut)
        yield Mechanism(
            start=min(start, one.cut.start),
            end=max(end, one.cut.end),
            rule=f"mechanisms.{'object' if one.anchor.head == objects.GROUP else one.anchor.kind}",
            name=one.cut.name,
            type=types.decide(page, one.anchor, one.cut, weights),
            components=parts,
            level=level(page, one.cut),
        )
