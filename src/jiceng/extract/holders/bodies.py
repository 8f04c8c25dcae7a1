"""Bodies and people that a sentence's numbers are of: 老街管家队上报隐患214处; 网格员每天走访10户.

A named practice that is a body (队, 驿站, 平台), a firm, society, school or Party branch holds the numbers of
the sentence whose clause it opens, or in which it is founded and then told of (建成老街驿站，面积260平方米),
and of those right behind that go on without a subject (目前，累计……).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.holders.patterns import pattern
from jiceng.extract.occurrences import occurrences
from jiceng.model import Fact, Measurement, Mechanism, Organisation, Role
from jiceng.values import dataclass

_KINDS = frozenset(("company", "association", "facility", "school", "party_org", "other"))
_NO_COUNTS = (None, "%", "元", "平方米", "岁")
_BEFORE = 14  # characters in front of a name that tell whether it opens its clause


@dataclass(frozen=True, slots=True)
class Body:
    """Who a text begins to tell of at `start`, by name up to `end`, and up to where at most."""

    start: int
    end: int
    until: int
    name: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """All of an article, in order."""

    found: tuple[Body, ...]
    starts: tuple[int, ...]

    def of(self, fact: Measurement) -> Body | None:
        """Whose a number is; not of those that it counts."""
        at = bisect_right(self.starts, fact.start)
        body = self.found[at - 1] if at else None
        if body is None or fact.start < body.end or fact.end > body.until:
            return None
        return None if fact.measured_start < body.end and body.start < fact.measured_end else body


def bodies(analysis: Analysis, facts: Sequence[Fact], unit_ends: AbstractSet[int]) -> Bodies:
    """The bodies that the facts name, and people; `unit_ends` are where names of units end."""
    names = {f.name for f in facts if isinstance(f, Organisation) and f.kind in _KINDS}
    practices = {f.name for f in facts if isinstance(f, Mechanism)}
    found = [*_named(analysis, names, practices, unit_ends), *_people(analysis)]
    found.sort(key=lambda b: (b.start, -b.end))
    return Bodies(tuple(found), tuple(b.start for b in found))


def _named(
    analysis: Analysis, names: AbstractSet[str], practices: AbstractSet[str], unit_ends: AbstractSet[int]
) -> Iterator[Body]:
    text = analysis.text
    bare = text.replace("“", "").replace("”", "")  # “老街坊”宣讲队 is one name
    at = [place for place, sign in enumerate(text) if sign not in "“”"] if bare != text else range(len(text))
    longest: dict[int, str] = {}  # a name that begins a longer one is no body of its own there
    for name, places in occurrences(bare, names | practices).items():
        for place in places:
            if len(name) > len(longest.get(place, "")):
                longest[place] = name
    spans = [(at[place], at[place + len(name) - 1] + 1, name) for place, name in longest.items()]
    yield from _again(analysis, sorted(spans))
    for start, end, name in spans:
        behind = _behind(text, start, end, unit_ends)
        if behind is None:
            continue
        whole = name + behind
        if name not in practices or pattern("body").search(whole):
            yield Body(start, end, _until(analysis, start), whole)


def _again(analysis: Analysis, spans: Sequence[tuple[int, int, str]]) -> Iterator[Body]:
    """Bodies that a later clause of the paragraph tells of by the end of their names (议事会).

    `spans` are where the names stand, in order.
    """
    called: dict[str, list[tuple[int, str]]] = {}
    for _, end, name in spans:
        kind = pattern("called").search(name)
        if kind is not None and len(name) - len(kind[0]) > 1:
            called.setdefault(kind[0], []).append((end, name))
    text = analysis.text
    for alias, places in occurrences(text, called).items():
        ends = [end for end, _ in called[alias]]
        for start in places:
            last = bisect_left(ends, start) - 1
            if last < 0 or analysis.paragraph_at(start).start > ends[last]:
                continue
            acts = pattern("again").match(text, start + len(alias))
            if acts is not None and pattern("opens").search(text, max(0, start - _BEFORE), start):
                until = analysis.sentence_at(start).end
                yield Body(start, start + len(alias), until, called[alias][last][1])


def _behind(text: str, start: int, end: int, unit_ends: AbstractSet[int]) -> str | None:
    """The word for what it is behind a name that a clause tells of (七里通|热线); None if none does."""
    if _opens(text, start, unit_ends):
        told = pattern("acts").match(text, end)
    elif pattern("founded").search(text, max(0, start - _BEFORE), start):
        told = pattern("its").match(text, end)
    else:
        return None
    return None if told is None else told["tail"] or ""


def _opens(text: str, start: int, unit_ends: AbstractSet[int]) -> bool:
    """Whether a name opens its clause, perhaps behind the unit that it is of (某社区|老街管家队)."""
    if start in unit_ends or (start - 1 in unit_ends and text[start - 1] == "“"):
        return True
    return pattern("opens").search(text, max(0, start - _BEFORE), start) is not None


def _people(analysis: Analysis) -> Iterator[Body]:
    for said in pattern("role").finditer(analysis.text):
        start, end = said.span("who")
        yield Body(start, end, analysis.sentence_at(start).end, re.sub("[“”]", "", said["who"]))


def _until(analysis: Analysis, start: int) -> int:
    """Where the sentence ends, or the last one right behind it that goes on without a subject."""
    paragraph = analysis.paragraph_at(start)
    sentences = analysis.sentences
    at = bisect_left(sentences, start, key=lambda s: s.end - 1)
    if at == len(sentences) or sentences[at].start > start:
        return paragraph.end  # a paragraph that is no sentence of the report
    until = sentences[at].end
    if paragraph.role is not Role.BODY:
        return until
    for place in range(at + 1, len(sentences)):
        sentence = sentences[place]
        goes_on = pattern("goes_on").match(analysis.text, sentence.start)
        if sentence.start != until or sentence.end > paragraph.end or goes_on is None:
            break
        until = sentence.end
    return until


def of_those_counted(text: str, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts, an attribute with those whom the number before counts: 网格员88名，|平均年龄36岁."""
    attribute, adds = pattern("attribute"), pattern("adds")
    before: Measurement | None = None
    for fact in facts:
        if not isinstance(fact, Measurement):
            yield fact
            continue
        sized = attribute.fullmatch(fact.measured) is not None and not adds.match(fact.action or "")
        if before is not None and sized and fact.subject is None and _beside(text, before, fact):
            counted = before.subject if attribute.fullmatch(before.measured) else before.measured
            fact = replace(fact, subject=re.sub("[“”]", "", counted) if counted else None)
        yield fact
        before = fact


def _beside(text: str, before: Measurement, fact: Measurement) -> bool:
    """Whether only a comma parts two numbers, the first of which counts or tells more of those counted."""
    between = text[before.end : max(before.end, fact.start)]
    counts = before.subject is None and before.unit not in _NO_COUNTS and len(before.measured) > 1
    again = pattern("attribute").fullmatch(before.measured) is not None
    return between == "，" and (counts or again)
