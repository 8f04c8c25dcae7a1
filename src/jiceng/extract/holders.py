"""Whose a number is: the street, community or quarter of which an article tells where it stands.

A sentence names the unit (柳岸社区下设党支部13个), or goes on about the one before it: 服务居民1.2万人次。
The division itself comes back by its name or as 全区, 区委; a list (甲社区、乙社区等5个) is no topic.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass as changeable
from dataclasses import field, replace
from functools import cache
from itertools import pairwise

from jiceng.divisions.names import usable_short
from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.extract.analysis import Analysis
from jiceng.extract.bodies import Bodies, bodies, of_those_counted
from jiceng.model import Article, Fact, Honour, Measurement, Mechanism, Organisation, Paragraph, Role
from jiceng.rules import RuleFile, load_rules
from jiceng.values import dataclass

_UNITS = {"quarter": 1, "community": 2, "street": 3}  # and how large they are
_LEAD = 40  # characters of a paragraph in which it says of whom it tells
_AHEAD = 6  # characters in front of a name that may say that it is no topic
_PLACED = 28  # characters in front of a name that may say that it is where another one lies
_JOINED = 8  # characters behind 和 in which the next unit of a list is named
_AGAIN = 2  # times that a unit is named that a whole article is about
_LINES = 6  # paragraphs of an article that may be one sentence each
_LISTED = 2  # labelled lines that are a list
_MOSTLY = 0.8  # of its paragraphs that are, where paragraphs part nothing
_ASKED = "？?"
_CLAUSE_END = re.compile("[，。；！？]")
_KINDS = ("街道", "社区", "小区")  # all others are told by their last character
_LARGER = ("街道", "镇", "乡")


@cache
def _rules() -> RuleFile:
    return load_rules("holders")


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a text begins to speak of a unit, or (None) of the division or of several units."""

    at: int
    unit: str | None


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    name: str


@changeable(slots=True)
class _Named:
    """Where an article names units and its division."""

    text: str
    division: str
    mentions: Sequence[_Mention]
    own: Sequence[int]  # where the division's name stands
    paths: dict[int, int]  # where the path begins (江南市金湖区) that such a name ends
    units: Mapping[str, str]  # the kind of each unit
    of_kind: dict[str, str] = field(default_factory=dict)  # the latest unit of each kind
    starts: list[int] = field(init=False)
    begins: frozenset[int] = field(init=False)
    ends: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [m.start for m in self.mentions]
        self.begins = frozenset(self.starts)
        self.ends = frozenset(m.end for m in self.mentions)

    def within(self, start: int, end: int) -> Sequence[_Mention]:
        """The mentions of a stretch of the text."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def note(self, name: str) -> None:
        """Remember what 该社区 or 街道 means from here on."""
        self.of_kind[_kind(self.units, name)] = name

    def holds(self, larger: str | None, smaller: str) -> bool:
        """Whether one unit is of a larger kind than another."""
        sizes = [_UNITS.get(self.units.get(name or "", ""), 0) for name in (larger, smaller)]
        return sizes[0] > sizes[1] > 0


def told_of(analysis: Analysis, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, with the unit that each number is about, that runs a mechanism, or that was honoured."""
    if not any(isinstance(f, Measurement | Mechanism | Honour) for f in facts):
        return tuple(facts)
    units = {f.name: f.kind for f in facts if isinstance(f, Organisation) and f.kind in _UNITS}
    larger = analysis.article.division.level != "county"
    mentions = list(_mentions(analysis.text, units.keys()))
    rows = [f.start for f in facts if isinstance(f, Measurement) and f.rule == "metrics.table"]
    course = _course(analysis, mentions, units, sorted(rows)) if units or larger else ()
    said = sorted(course, key=lambda s: s.at)
    told = _Told(said, [s.at for s in said], bodies(analysis, facts, {m.end for m in mentions}))
    division = analysis.article.division.name

    def with_unit(fact: Fact) -> Fact:
        if isinstance(fact, Measurement):
            return _with_holder(fact, told)
        if isinstance(fact, Mechanism):
            return _with_level(fact, told, units)
        return _with_recipient(fact, told, division) if isinstance(fact, Honour) else fact

    return tuple(of_those_counted(analysis.text, [with_unit(f) for f in facts]))


def _with_level(fact: Mechanism, told: _Told, units: Mapping[str, str]) -> Mechanism:
    """A mechanism with the tier of the unit that the text tells of there, if it says none itself."""
    unit = told.unit_at(fact.start) if fact.level is None else None
    return fact if unit is None or unit not in units else replace(fact, level=_kind(units, unit))


def _with_recipient(fact: Honour, told: _Told, division: str) -> Honour:
    """An honour with the unit of which the text tells there, where it names its holder by the kind alone, or
    nobody: 社区党委荣获…, 2021年获评…."""
    unit = told.unit_at(fact.start)
    if unit is None or fact.recipient is None:
        return fact
    by_kind = _rules()["holders.by_kind"].pattern.fullmatch(fact.recipient)
    if by_kind is not None and unit.endswith(by_kind["kind"]):
        return replace(fact, recipient=unit + by_kind["body"])
    return replace(fact, recipient=unit) if fact.recipient == division else fact


def _kind(units: Mapping[str, str], name: str) -> str:
    """What a unit is called by its kind: 柳岸社区 is a 社区, 柳岸花园 a 小区."""
    bare = "小区" if units.get(name) == "quarter" else name[-1]
    return next((k for k in _KINDS if name.endswith(k)), bare)


@dataclass(frozen=True, slots=True)
class _Told:
    """Of whom a text tells, from where on: units, and the bodies of single sentences."""

    said: Sequence[_Said]
    starts: Sequence[int]
    bodies: Bodies

    def unit_at(self, place: int) -> str | None:
        """The unit of which the text tells at a place."""
        at = bisect_right(self.starts, place)
        return self.said[at - 1].unit if at else None


def _with_holder(fact: Measurement, told: _Told) -> Measurement:
    if fact.rule == "metrics.table":
        return fact
    at = bisect_right(told.starts, fact.start)
    if fact.measured_end < fact.end:  # a noun from farther off may stand before whoever has the number
        last = bisect_right(told.starts, fact.end - 1)
        inside = last and fact.measured_start <= told.starts[last - 1] < fact.measured_end
        at = at if inside else last
    unit = told.said[at - 1].unit if at else None
    if any(s.unit is None for s in told.said[at : bisect_left(told.starts, fact.end)]):
        unit = None  # 联合|全区66家协会
    body = told.bodies.of(fact)
    if body is not None and not (at and told.starts[at - 1] >= body.end):
        unit = body.name
    return fact if unit == fact.subject else replace(fact, subject=unit)


def _course(
    analysis: Analysis, told: Sequence[_Mention], units: Mapping[str, str], rows: Sequence[int]
) -> Iterator[_Said]:
    """Of whom the article tells, from where on.

    `rows` are where a table's figures stand, which say themselves whose they are.
    """
    text, division = analysis.text, analysis.article.division.name
    short = usable_short(division) or division
    mentions = sorted([*told, *_divisions(analysis.article)], key=lambda m: (m.start, -m.end))
    own = [m.start() for m in re.finditer(re.escape(short), text)]
    paths = {n.end - len(division): n.start for n in analysis.article.names if n.division.name == division}
    named = _Named(text, division, mentions, own, paths, units)
    paragraphs = analysis.article.paragraphs
    titles = [p for p in paragraphs if p.role is Role.HEADING and p.level == 1]
    whole = next((unit for p in titles if (unit := _only(named, p))), None)
    whole = whole or _told_alone(named) or _the_community(named, titles)
    topic = headed = whole
    lines = _by_lines(analysis)
    labels = 0  # lines in a row that a unit's name and a colon open
    for paragraph in paragraphs:
        if bisect_left(rows, paragraph.start) < bisect_left(rows, paragraph.end):
            topic = headed  # of what follows the table
            yield _Said(paragraph.start, topic)
            continue
        if lines and paragraph.role is Role.HEADING and text[paragraph.end - 1] in _ASKED:
            continue  # a question of the text, which stands alone as all its sentences do
        if paragraph.role is Role.HEADING:
            topic = headed = _only(named, paragraph) or whole
            named.of_kind.clear()
        elif paragraph.role is not Role.BODY:
            yield _Said(paragraph.start, None)
            continue
        elif _rules()["holders.item"].pattern.match(text, paragraph.start):
            topic = headed
            named.of_kind.clear()
        labelled = _labelled(named, paragraph)
        if labels >= _LISTED and not labelled:
            topic = headed
        labels = labels + 1 if labelled else 0
        if topic is not None:
            named.note(topic)
        yield _Said(paragraph.start, topic)
        for said in _in(named, paragraph, topic) if paragraph.role is Role.BODY else ():
            if said.unit is None or lines or said.at - paragraph.start <= _LEAD:
                topic = said.unit  # of the next paragraph, too
            yield said


def _labelled(named: _Named, paragraph: Paragraph) -> bool:
    """Whether a paragraph opens with a unit's name as a label and tells of it: 柳岸社区：办结56件。"""
    first = next(iter(named.within(paragraph.start, paragraph.start + 1)), None)
    return first is not None and first.end + 1 < paragraph.end and named.text[first.end] in "：:"


def _by_lines(analysis: Analysis) -> bool:
    """Whether each sentence of an article is a paragraph, so that paragraphs part nothing."""
    bodies = [p for p in analysis.article.paragraphs if p.role is Role.BODY]
    if len(bodies) < _LINES:
        return False
    starts = [s.start for s in analysis.sentences]
    single = sum(bisect_left(starts, p.end) - bisect_left(starts, p.start) == 1 for p in bodies)
    return single >= len(bodies) * _MOSTLY


def _only(named: _Named, paragraph: Paragraph) -> str | None:
    """The one unit that a heading names, the smallest of a path."""
    here = named.within(paragraph.start, paragraph.end)
    outer = {m.start for m, inner in pairwise(here) if inner.start == m.end}
    units = {m.name for m in here if m.start not in outer}
    return units.pop() if len(units) == 1 else None


def _told_alone(named: _Named) -> str | None:
    """The one unit, or one street of several, that an article is about: the division never speaks."""
    times = Counter(m.name for m in named.mentions)
    larger = [n for n in times if n.endswith(_LARGER)]
    only = next(iter(times)) if len(times) == 1 else larger[0] if len(larger) == 1 else None
    if only is None or times[only] < _AGAIN or len(named.own) > 1:
        return None
    speaks = any(_speaks(back, named) for back in _rules()["holders.back"].pattern.finditer(named.text))
    return None if speaks else only


def _the_community(named: _Named, titles: Sequence[Paragraph]) -> str | None:
    """The one community that an article opens with and goes on about by its kind: 社区在院坝里…."""
    leaves = [m for m in named.mentions if m.end not in named.begins]
    names = {m.name for m in leaves}
    only = names.pop() if len(names) == 1 else None
    kind = next((k for k in _KINDS if only and only.endswith(k)), None)
    if only is None or kind is None:
        return None
    if any(m.name != only and m.end != leaves[0].start for m in named.mentions):
        return None
    rules = _rules()
    again = sum(said["kind"] == kind for said in rules["holders.kind"].pattern.finditer(named.text))
    alone = [at for at in named.own if not any(p.start <= at < p.end for p in titles)]
    alone = [at for at in alone if at + len(named.division) not in named.begins]
    if len(leaves) + again <= _AGAIN or len(alone) > 1:
        return None
    speaks = any(_speaks(back, named) for back in rules["holders.back"].pattern.finditer(named.text))
    return None if speaks else only


def _speaks(back: re.Match[str], named: _Named) -> bool:
    return (back["ours"] or back["all"] or back["office"]) == named.division[-1]


def _in(named: _Named, paragraph: Paragraph, topic: str | None) -> Iterator[_Said]:
    """Where a paragraph that begins with a topic turns to a unit, to the division or to several, in order."""
    here = named.within(paragraph.start, paragraph.end)
    passed = 0  # up to where units are only counted
    since = -1  # where the topic was said, if the paragraph says it
    outside = topic  # of whom the text told before a list of units with a figure each
    beside = False  # whether the street of the next community stands behind 、
    for number, (at, what) in enumerate(turns := sorted(_turns(named, paragraph, here), key=lambda t: t[0])):
        if not isinstance(what, _Mention):
            if what in named.of_kind or not what:
                topic = named.of_kind.get(what)
                yield _Said(at, topic)
            continue
        inner = turns[number + 1][1] if number + 1 < len(turns) else None
        if isinstance(inner, _Mention) and inner.start == what.end:
            named.note(what.name)  # the street of a community
            beside = _joined(named, what)
            continue
        if _rules()["holders.no_topic"].pattern.search(named.text, max(paragraph.start, at - _AHEAD), at):
            end = _CLAUSE_END.search(named.text, what.end, paragraph.end)
            passed = end.start() if end else paragraph.end
        if at < passed or _rules()["holders.lies"].pattern.search(
            named.text, max(paragraph.start, at - _PLACED), at
        ):
            continue
        of_several, beside = beside or _listed(named, what), False
        if of_several:
            apart = since < 0 or _CLAUSE_END.search(named.text, since, at) is not None
            if not apart or not named.holds(topic, what.name):  # a street's list of its communities
                topic = None
                yield _Said(at, None)
            continue
        named.note(what.name)
        each = _each_its(named, what)
        outside = outside if each else topic
        topic, since = what.name, at
        yield _Said(at, topic)
        if each and (end := _CLAUSE_END.search(named.text, what.end, paragraph.end)):
            topic = outside if named.holds(outside, what.name) else None
            yield _Said(end.start(), topic)


def _joined(named: _Named, what: _Mention) -> bool:
    """Whether a unit stands behind another one and a mark that joins them."""
    mark = named.text[what.start - 1 : what.start]
    if mark == "、" and _each_its(named, what):
        return False
    return mark == "、" or (mark in ("和", "与", "及") and what.start - 1 in named.ends)


def _each_its(named: _Named, what: _Mention) -> bool:
    """Whether the units of a list have a figure each: 河西街道12件、|城关街道9件."""
    rules = _rules()
    before = named.text, max(0, what.start - _PLACED), what.start
    return (
        rules["holders.each_its"].pattern.match(named.text, what.end) is not None
        and rules["holders.its_own"].pattern.search(*before) is not None
    )


def _listed(named: _Named, what: _Mention) -> bool:
    """Whether a unit is one of several: 甲社区|、乙社区; but 甲社区与|某区隔水相望 is one."""
    if _joined(named, what):
        return True
    behind = _rules()["holders.listed"].pattern.match(named.text, what.end)
    if behind is None:
        return False
    return not behind["joined"] or bool(named.within(behind.end(), behind.end() + _JOINED))


def _turns(
    named: _Named, paragraph: Paragraph, here: Sequence[_Mention]
) -> Iterator[tuple[int, _Mention | str]]:
    """Names of units, kinds that stand for one (该社区), and "" for the division or all units."""
    yield from ((m.start, m) for m in here)
    span = paragraph.start, paragraph.end
    for back in _rules()["holders.back"].pattern.finditer(named.text, *span):
        if back["each"] or _speaks(back, named):
            yield back.start(), ""
    for spoken in _rules()["holders.kind"].pattern.finditer(named.text, *span):
        yield spoken.start("kind"), spoken["kind"]
    for at in named.own[bisect_left(named.own, span[0]) : bisect_left(named.own, span[1])]:
        near = named.within(at - 1, at + len(named.division) + 1)  # 云岭区青禾社区 is the community
        begins = named.paths.get(at, at)
        before = named.text, max(paragraph.start - 1, begins - _PLACED, 0), begins
        if not near and _rules()["holders.subject"].pattern.search(*before):
            yield at, ""


def _divisions(article: Article) -> Iterator[_Mention]:
    """Where an article on a city or province names the smaller divisions in it."""
    division = article.division
    if division.level == "county":
        return
    for name in article.names:
        if load_gazetteer().is_within(name.division, division):
            yield _Mention(name.start, name.end, name.division.name)


def _mentions(text: str, names: AbstractSet[str]) -> Iterator[_Mention]:
    """Where the units are named, the longest name at each place; linear in the text."""
    if not names:
        return
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[-1], set()).add(len(name))
    longest = {last: sorted(of, reverse=True) for last, of in lengths.items()}
    done = 0
    for last in re.finditer("[" + re.escape("".join(sorted(longest))) + "]", text):
        end = last.end()
        for length in longest[last[0]]:
            if end - length >= done and text[end - length : end] in names:
                done = end
                yield _Mention(end - length, end, text[end - length : end])
                break
