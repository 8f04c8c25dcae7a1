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
_PEOPLE = ("名", "人", "位")
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
    for _, end, bare in spans:
        tail = pattern("tail").match(analysis.text, end)
        name = bare + (tail["tail"] if tail else "")
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
    of = start - (text[start - 1 : start] == "“")
    if of in unit_ends or (of - 1 in unit_ends and text[of - 1] == "的"):
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
    before: Measurement | None = None
    told: str | None = None  # of whom the number before is told so
    for fact in facts:
        if not isinstance(fact, Measurement):
            yield fact
            continue
        told = _counted(text, before, told, fact) if before is not None and fact.subject is None else None
        fact = replace(fact, subject=told) if told else fact
        yield fact
        before = fact


def _counted(text: str, before: Measurement, told: str | None, fact: Measurement) -> str | None:
    """Those whom the number before counts or tells more of, if a number is told of them, too."""
    between = text[before.end : max(before.end, fact.start)]
    attribute = pattern("attribute").fullmatch
    if told and (between == "、" or ("。" not in between and fact.measured == before.measured)):
        return told  # 占比由41%|提高到68%
    each = pattern("each").match(text, before.end)
    sized = attribute(fact.measured) and not pattern("adds").match(fact.action or "") and between == "，"
    if not sized and (each is None or each.end() > fact.end):
        return told if between == "，" and fact.unit == "%" else None
    if before.subject is not None or before.unit in _NO_COUNTS or len(before.measured) < 2:
        return told or (before.subject if sized and attribute(before.measured) else None)
    name = re.sub("[“”]", "", before.measured)
    if sized or (each and (before.unit in _PEOPLE if each["head"] else pattern("body").search(name))):
        return name
    return None
