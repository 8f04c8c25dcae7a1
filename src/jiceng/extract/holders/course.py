"""Of whom an article tells, from where on: where it turns to a unit, to the division or to several."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass as changeable
from dataclasses import field
from itertools import pairwise

from jiceng.divisions.names import usable_short
from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.extract.analysis import Analysis
from jiceng.extract.holders.patterns import pattern
from jiceng.model import Article, Paragraph, Role
from jiceng.values import dataclass

UNITS = {"quarter": 1, "community": 2, "street": 3}  # and how large they are
_SIZES = {"小区": 1, "社区": 2, "村": 2}  # of those that 各 stands before; of all others a street has none
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


@dataclass(frozen=True, slots=True)
class Said:
    """Where a text begins to speak of a unit, or (None) of the division or of several units."""

    at: int
    unit: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a unit, or a smaller division, is named."""

    start: int
    end: int
    name: str


@changeable(slots=True)
class _Named:
    """Where an article names units and its division."""

    text: str
    division: str
    mentions: Sequence[Mention]
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

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions of a stretch of the text."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def note(self, name: str) -> None:
        """Remember what 该社区 or 街道 means from here on."""
        self.of_kind[kind_of(self.units, name)] = name

    def holds(self, larger: str | None, smaller: str) -> bool:
        """Whether one unit is of a larger kind than another."""
        sizes = [UNITS.get(self.units.get(name or "", ""), 0) for name in (larger, smaller)]
        return sizes[0] > sizes[1] > 0

    def over(self, name: str | None, kind: str | None) -> bool:
        """Whether a unit is larger than those of a kind (社区)."""
        return UNITS.get(self.units.get(name or "", ""), 0) > _SIZES.get(kind or "", max(_SIZES.values()))


def kind_of(units: Mapping[str, str], name: str) -> str:
    """What a unit is called by its kind: 柳岸社区 is a 社区, 柳岸花园 a 小区."""
    bare = "小区" if units.get(name) == "quarter" else name[-1]
    return next((k for k in _KINDS if name.endswith(k)), bare)


def course_of(
    analysis: Analysis, told: Sequence[Mention], units: Mapping[str, str], rows: Sequence[int]
) -> Iterator[Said]:
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
            yield Said(paragraph.start, topic)
            continue
        if lines and paragraph.role is Role.HEADING and text[paragraph.end - 1] in _ASKED:
            continue  # a question of the text, which stands alone as all its sentences do
        if paragraph.role is Role.HEADING:
            topic = headed = _only(named, paragraph) or whole
            named.of_kind.clear()
        elif paragraph.role is not Role.BODY:
            yield Said(paragraph.start, None)
            continue
        elif pattern("item").match(text, paragraph.start):
            topic = headed
            named.of_kind.clear()
        labelled = _labelled(named, paragraph)
        if labels >= _LISTED and not labelled:
            topic = headed
        labels = labels + 1 if labelled else 0
        if topic is not None:
            named.note(topic)
        yield Said(paragraph.start, topic)
        for said in _in(named, paragraph, topic, whole) if paragraph.role is Role.BODY else ():
            if said.unit in (None, whole) or lines or said.at - paragraph.start <= _LEAD:
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
    speaks = any(_speaks(back, named) for back in pattern("back").finditer(named.text))
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
    again = sum(said["kind"] == kind for said in pattern("kind").finditer(named.text))
    alone = [at for at in named.own if not any(p.start <= at < p.end for p in titles)]
    alone = [at for at in alone if at + len(named.division) not in named.begins]
    if len(leaves) + again <= _AGAIN or len(alone) > 1:
        return None
    speaks = any(_speaks(back, named) for back in pattern("back").finditer(named.text))
    return None if speaks else only


def _speaks(back: re.Match[str], named: _Named) -> bool:
    """Whether the division speaks of itself: 我区, 全区, 区委."""
    return (back["ours"] or back["all"] or back["office"]) == named.division[-1]


def _in(named: _Named, paragraph: Paragraph, topic: str | None, whole: str | None) -> Iterator[Said]:
    """Where a paragraph that begins with a topic turns to a unit, to the division or to several, in order.

    Several units of the one that the `whole` article is about are that one's.
    """
    here = named.within(paragraph.start, paragraph.end)
    passed = 0  # up to where units are only counted
    since = -1  # where the topic was said, if the paragraph says it
    outside = topic  # of whom the text told before a list of units with a figure each
    beside = False  # whether the street of the next community stands behind 、
    for number, (at, what) in enumerate(turns := sorted(_turns(named, paragraph, here), key=lambda t: t[0])):
        if isinstance(what, re.Match):
            told = since >= 0 or topic == whole
            if not (told and named.over(topic, what["every"])):  # all that it has: 石桥街道指导|各社区
                topic = whole if named.over(whole, what["every"]) else None
                yield Said(at, topic)
            continue
        if not isinstance(what, Mention):
            if what in named.of_kind or not what:
                topic, since = named.of_kind.get(what), at
                yield Said(at, topic)
            continue
        inner = turns[number + 1][1] if number + 1 < len(turns) else None
        if isinstance(inner, Mention) and inner.start == what.end:
            named.note(what.name)  # the street of a community
            beside = _joined(named, what)
            continue
        if pattern("no_topic").search(named.text, max(paragraph.start, at - _AHEAD), at):
            end = _CLAUSE_END.search(named.text, what.end, paragraph.end)
            passed = end.start() if end else paragraph.end
        if at < passed or pattern("lies").search(named.text, max(paragraph.start, at - _PLACED), at):
            continue
        of_several, beside = beside or _listed(named, what), False
        if of_several:
            apart = since < 0 or _CLAUSE_END.search(named.text, since, at) is not None
            if not apart or not named.holds(topic, what.name):  # a street's list of its communities
                topic = whole if named.holds(whole, what.name) else None
                yield Said(at, topic)
            continue
        named.note(what.name)
        each = _each_its(named, what)
        outside = outside if each else topic
        topic, since = what.name, at
        yield Said(at, topic)
        if each and (end := _CLAUSE_END.search(named.text, what.end, paragraph.end)):
            topic = outside if named.holds(outside, what.name) else None
            yield Said(end.start(), topic)


def _joined(named: _Named, what: Mention) -> bool:
    """Whether a unit stands behind another one and a mark that joins them."""
    mark = named.text[what.start - 1 : what.start]
    if mark == "、" and _each_its(named, what):
        return False
    return mark == "、" or (mark in ("和", "与", "及") and what.start - 1 in named.ends)


def _each_its(named: _Named, what: Mention) -> bool:
    """Whether the units of a list have a figure each: 河西街道12件、|城关街道9件."""
    before = named.text, max(0, what.start - _PLACED), what.start
    return (
        pattern("each_its").match(named.text, what.end) is not None
        and pattern("its_own").search(*before) is not None
    )


def _listed(named: _Named, what: Mention) -> bool:
    """Whether a unit is one of several: 甲社区|、乙社区; but 甲社区与|某区隔水相望 is one."""
    if _joined(named, what):
        return True
    behind = pattern("listed").match(named.text, what.end)
    if behind is None:
        return False
    return not behind["joined"] or bool(named.within(behind.end(), behind.end() + _JOINED))


def _turns(
    named: _Named, paragraph: Paragraph, here: Sequence[Mention]
) -> Iterator[tuple[int, Mention | re.Match[str] | str]]:
    """Names of units, all of a kind (各社区), kinds that stand for one (该社区), and "" for the division."""
    yield from ((m.start, m) for m in here)
    span = paragraph.start, paragraph.end
    for back in pattern("back").finditer(named.text, *span):
        if back["each"]:
            yield back.start(), back
        elif _speaks(back, named):
            yield back.start(), ""
    for spoken in pattern("kind").finditer(named.text, *span):
        yield spoken.start("kind"), spoken["kind"]
    for at in named.own[bisect_left(named.own, span[0]) : bisect_left(named.own, span[1])]:
        near = named.within(at - 1, at + len(named.division) + 1)  # 云岭区青禾社区 is the community
        begins = named.paths.get(at, at)
        before = named.text, max(paragraph.start - 1, begins - _PLACED, 0), begins
        if not near and pattern("subject").search(*before):
            yield at, ""


def _divisions(article: Article) -> Iterator[Mention]:
    """Where an article on a city or province names the smaller divisions in it."""
    division = article.division
    if division.level == "county":
        return
    for name in article.names:
        if load_gazetteer().is_within(name.division, division):
            yield Mention(name.start, name.end, name.division.name)


def mentions_of(text: str, names: AbstractSet[str]) -> Iterator[Mention]:
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
                yield Mention(end - length, end, text[end - length : end])
                break
