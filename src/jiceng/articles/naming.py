"""The divisions that a page names, and how much each name says about whose text it stands in.

A name says much as a heading's or byline's, or as the subject that opens a sentence; little in
mid-sentence or in a list; next to nothing as an example, a visitor's home or a helper (学习诸暨的经验,
来自荆门的参观者). Where an author works (作者系某市委党校教授) says nothing, but an office that signs for
its own division (作者系某区委书记, 供稿：某县委组织部) speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise

from jiceng.articles.lone import Page, lone_anywhere, lone_openings, municipalities
from jiceng.articles.patterns import pattern
from jiceng.articles.shorts import (
    Openings,
    Whole,
    common_behind_city,
    common_ground,
    hints,
    short_anywhere,
    short_forms,
    short_openings,
    zones,
)
from jiceng.divisions.gazetteer import DivisionMention, Gazetteer
from jiceng.model import Division, Role
from jiceng.repair import Repaired
from jiceng.values import dataclass

HEADING, BYLINE, OPENING, SENTENCE, MENTION = 10.0, 8.0, 6.0, 5.0, 2.0  # evidence of a name by its place
INTRODUCING = 4.0  # of a first mention by the full path, near the beginning of a paragraph
LISTED, ASIDE = 1.0, 0.5  # one of several in a list, or somebody else's place
INTRODUCED = 60  # characters of a paragraph in which it says where it is
EXPLAINED = 9  # characters between a place and what it is in brackets: 某市高新区（某区）
LONGEST_AT = 24  # characters of a sentence up to the name that it opens with: when and where
_HONOURED = frozenset("“《、度为获")  # in front of a province in the title of an honour
REPORTED = 100  # characters of a sentence in which a reporter says where he learned of what follows
LONGEST_LEAD = 48  # characters before a name that still opens its paragraph


@dataclass(frozen=True, slots=True)
class Name:
    """A division's name in a stretch: text offsets, the division, how much it says.

    `path` tells whether the name leads through the divisions around it (江苏省泰州市兴化市, 福州鼓楼), as a
    report's first mention of its place does.
    """

    start: int
    end: int
    division: Division
    weight: float
    path: bool = False


def names_in(repaired: Repaired, gazetteer: Gazetteer, loosely: bool = False) -> list[tuple[Name, ...]]:
    """The divisions that each stretch names; a first look at the whole page is the context of a second.

    `loosely` also takes short forms in mid-sentence (初冬的绍兴), if the page bears them out.
    """
    whole = "\n".join(s.text.value for s in repaired.stretches)
    found = gazetteer.find(whole)
    known = {m.division.adcode: m.division for m in found if m.division}
    openings = [Openings.of(s.text.value, gazetteer) for s in repaired.stretches]
    around = common_ground(openings, found, gazetteer)
    if around is not None:  # names that only together say which city they lie in
        known |= {m.division.adcode: m.division for m in gazetteer.find(whole, [around]) if m.division}
    lone = Page(whole, found, gazetteer)
    alone = [
        lone_anywhere(s.text.value, gazetteer, lone)
        + (municipalities(s.text.value, gazetteer) if s.role is Role.HEADING else [])
        if loosely
        else lone_openings(s.text.value, gazetteer, lone)
        if s.role is Role.HEADING
        else []
        for s in repaired.stretches
    ]
    known |= {m.candidates[0].adcode: m.candidates[0] for here in alone for m in here}
    page = Whole(whole, known, around, hints(whole, found, gazetteer))
    for stretch, opened in zip(repaired.stretches, openings, strict=True):
        if stretch.role is Role.HEADING:
            for mention in short_openings(stretch.text.value, opened, gazetteer, page):
                known[mention.candidates[0].adcode] = mention.candidates[0]
    zoned = [zones(s.text.value, gazetteer, page, loosely) for s in repaired.stretches]
    known |= {m.candidates[0].adcode: m.candidates[0] for here in zoned for m in here}
    shorts = short_forms(known, gazetteer)
    visited: set[str] = set()
    imprint = _imprint(repaired)
    result: list[tuple[Name, ...]] = []
    for number, (stretch, opened, by_itself, of_zones) in enumerate(
        zip(repaired.stretches, openings, alone, zoned, strict=True)
    ):
        text = stretch.text.value
        if number in imprint:
            result.append(())
            continue
        mentions = [
            *gazetteer.find(text, page.context()),
            *short_openings(text, opened, gazetteer, page),
            *of_zones,
            *by_itself,
        ]
        if stretch.role is Role.HEADING:
            mentions += short_anywhere(text, shorts) + common_behind_city(text, gazetteer, known)
        mentions.sort(key=lambda m: (m.start, -m.end))
        names = _finest(text, stretch.role, mentions, gazetteer)
        result.append(tuple(n for n in _weighed(text, stretch.role, names, visited) if n.weight))
    result = _of_today(result, gazetteer)
    return _introducing(repaired, _visited(repaired, result, visited, gazetteer) if visited else result)


def _imprint(repaired: Repaired) -> set[int]:
    """Lines of where an office is found (地址：……), and its name in the line above: nothing is told there."""
    texts = [s.text.value for s in repaired.stretches]
    lines = {number for number, text in enumerate(texts) if pattern("imprint").match(text)}
    return lines | {n - 1 for n in lines if n and pattern("office_line").match(texts[n - 1])}


def _visited(
    repaired: Repaired, names: Sequence[tuple[Name, ...]], visited: AbstractSet[str], gazetteer: Gazetteer
) -> list[tuple[Name, ...]]:
    """Where our own people went to learn, and who came to us, is an aside on the whole page, unless it acts.

    滨江取经: what they saw 在滨江区某镇 is told of as theirs who went. Headings of its own act, too.
    """
    acts = {
        n.division.adcode
        for stretch, here in zip(repaired.stretches, names, strict=True)
        for n in here
        if (stretch.role is Role.BODY and opens(n) and acting(stretch.text.value, n))
        or (stretch.role is Role.HEADING and _announces(stretch.text.value, n))
    }
    theirs = visited - acts
    return [
        tuple(
            replace(n, weight=ASIDE)
            if n.weight > ASIDE
            and n.division.adcode not in acts
            and (n.division.adcode in theirs or gazetteer.lies_in_any(n.division, theirs))
            else n
            for n in here
        )
        for here in names
    ]


def _announces(text: str, name: Name) -> bool:
    """Whether a heading tells of whom its section is: by a full name that it begins with, or a colon."""
    official = name.weight == HEADING and text[name.end - 1] == name.division.name[-1] and leads(text, name)
    return official or text.startswith("：", name.end)


def _introducing(repaired: Repaired, names: Sequence[tuple[Name, ...]]) -> list[tuple[Name, ...]]:
    """Full paths by which a paragraph says where it is (无独有偶，在广东省广州市荔湾区……) say more."""
    seen: set[str] = set()
    result = []
    for stretch, here in zip(repaired.stretches, names, strict=True):
        first = here[0] if here else None
        if (
            first is not None
            and stretch.role is Role.BODY
            and first.path
            and first.weight == MENTION
            and first.start <= INTRODUCED
            and first.division.adcode not in seen
        ):
            here = (replace(first, weight=INTRODUCING), *here[1:])
        seen |= {n.division.adcode for n in here}
        result.append(here)
    return result


def _of_today(names: Sequence[tuple[Name, ...]], gazetteer: Gazetteer) -> list[tuple[Name, ...]]:
    """Former divisions as what they are today, where the page names that too: one division, one article."""
    known = {n.division.adcode for here in names for n in here}
    return [
        tuple(
            replace(n, division=now)
            if n.division.abolished and (now := gazetteer.current(n.division)).adcode in known
            else n
            for n in here
        )
        for here in names
    ]


def _finest(text: str, role: Role, mentions: Sequence[DivisionMention], gazetteer: Gazetteer) -> list[Name]:
    """Of names that form a path (四川省成都市武侯区) one name of the last, from where the path begins."""
    kept: list[Name] = []
    for m in mentions:
        if m.division is None or (kept and m.start < kept[-1].end) or _elsewhere(text, m):
            continue
        start = m.start
        gap = text[kept[-1].end : m.start] if kept else ""
        near = len(gap) <= 1 or (role is Role.HEADING and len(gap) <= 12 and gap.isalnum())
        near = near or (1 < len(gap) <= EXPLAINED and gap[-1] == "（" and text.startswith("）", m.end))
        if kept and near and gazetteer.is_within(m.division, kept[-1].division):
            start = kept.pop().start
        kept.append(Name(start, m.end, m.division, MENTION, start < m.start))
    return kept


def _elsewhere(text: str, mention: DivisionMention) -> bool:
    """Whether a name means nothing here: a district of a city that has no code (台北市大安区), or 台湾."""
    if mention.candidates[0].level == "province":
        return text[mention.start : mention.end] == "台湾"  # its guests, papers and firms, no report
    before = text[max(0, mention.start - 4) : mention.start]
    return mention.candidates[0].level == "county" and pattern("elsewhere").search(before) is not None


def _weighed(text: str, role: Role, names: Sequence[Name], visited: set[str]) -> list[Name]:
    """What each name says; `visited` takes up those who visit, and to whom others went to learn."""
    if not names or pattern("affiliation").match(text):
        return []
    listed: set[int] = set()
    asides = {number for number, name in enumerate(names) if _is_aside(text, name, visited)}
    for number, (one, other) in enumerate(pairwise(names)):
        if (told_by := _visit(text, one, other)) is not None:
            asides.add(number + 1 - told_by)
            asides.discard(number + told_by)
            if not told_by:
                visited.add(other.division.adcode)
        elif pattern("list_gap").fullmatch(text, one.end, other.start):
            listed.update((number, number + 1))
            if number in asides:
                asides.add(number + 1)
    asides |= set(_toured(text, names, visited))
    listed |= {n for n, name in enumerate(names) if pattern("and_others").match(text, name.end)}
    signed = pattern("signed").search(text)
    result = []
    for number, name in enumerate(names):
        by = signed is not None and signed.end() <= name.start
        if by or role is Role.BYLINE:
            weight = _signing(text, name, by)
        elif number in asides:
            weight = ASIDE
        elif role is Role.FURNITURE and name.division.level == "county" and _credited(text, name):
            weight = BYLINE
        elif number in listed or role is Role.FURNITURE:
            weight = LISTED
        else:
            weight = _weight(text, role, name)
        result.append(replace(name, weight=weight))
    return result


def _signing(text: str, name: Name, at_end: bool) -> float:
    """What a name in a byline says, or `at_end` behind the text: an institute's says nothing, a city's or
    province's little from which the text comes (来源：某市委组织部)."""
    if pattern("institute").match(text, name.end):
        return 0.0
    if name.division.level != "county" and pattern("from").search(text[: name.start]):
        return LISTED
    return BYLINE if not at_end or pattern("office").match(text, name.end) else MENTION


def _credited(text: str, name: Name) -> bool:
    """Whether a line says that a text comes from a county or its street (来源：某县某镇), but no school's."""
    before = pattern("credited").match(text[: name.start])
    return before is not None and pattern("institute").match(text, name.end) is None


def _visit(text: str, one: Name, other: Name) -> int | None:
    """Which of two places tells of a visit of the first to the second: 0 (it went, 赴) or 1 (they came).

    Who names the other with its city, and itself without, is at home: 某市委书记率队到江西省某市某区考察.
    """
    if pattern("sets_out").fullmatch(text, one.end, other.start):
        return 0 if pattern("to_learn").match(text, other.end) else None
    if not pattern("hosted").fullmatch(text, one.end, other.start):
        return None
    home = other.path and not one.path and pattern("neutral").search(text, one.end, other.start)
    return 0 if home else 1


def _toured(text: str, names: Sequence[Name], visited: set[str]) -> Iterator[int]:
    """Which names are of places that others go to see: several (赴某区、某县等地学习), or ours do."""
    for outing in pattern("outing").finditer(text):
        seen = [n for n, name in enumerate(names) if outing.start() <= name.start < outing.end()]
        visited |= {names[n].division.adcode for n in seen}
        yield from seen
    for tour in pattern("tour").finditer(text) if len(names) > 1 else ():
        inside = [n for n, name in enumerate(names) if tour.start() <= name.start < tour.end()]
        if len({names[n].division.adcode for n in inside}) > 1:
            yield from inside


def _is_aside(text: str, name: Name, visited: set[str]) -> bool:
    before = text[max(0, name.start - 14) : name.start]
    goes = pattern("sets_out").match(text, name.end)
    if goes is not None and pattern("to_learn").match(text, goes.end()):
        return False  # those who go to learn tell of it
    if any(pattern(p).match(text, name.end) for p in ("visitor", "comes")):
        visited.add(name.division.adcode)
        return True
    if pattern("guests").match(text, name.end):
        return True
    if pattern("aside_before").search(before):
        return True
    if pattern("neighbour_before").search(before) and pattern("neighbour_behind").match(text, name.end):
        return True
    if before.endswith("从") and pattern("moved").match(text, name.end):
        return True
    beside = pattern("beside_behind").match(text, name.end)
    return beside is not None and pattern("beside_before").search(before) is not None


def _weight(text: str, role: Role, name: Name) -> float:
    if role is Role.HEADING:
        column = name.division.level == "province" and text.strip() == text[name.start : name.end]
        if pattern("sent").match(text, name.end):
            return MENTION
        return LISTED if column else HEADING
    if name.division.level == "province" and (awarding := _awarding(text, name)) is not None:
        return awarding
    if text[name.start - 1 : name.start] == "在":
        if pattern("first_in").match(text, name.end):
            return LISTED
        if pattern("setting").match(text, name.end):
            return MENTION
    if pattern("attends").match(text, name.end):
        return MENTION if name.division.level == "county" else LISTED
    if name.division.level == "prefecture" and pattern("citys_body").match(text, name.end):
        return MENTION
    if _opening(text, name):
        return OPENING
    start = name.start
    if not name.path and pattern("at_a_time").match(text[:start]):
        return SENTENCE
    if pattern("reported").search(text, max(0, start - REPORTED), start):
        return SENTENCE
    return SENTENCE if pattern("sentence_start").search(text, max(0, start - LONGEST_AT), start) else MENTION


def _opening(text: str, name: Name) -> bool:
    """Whether a name stands where a text says whose it is."""
    start = name.start
    if text[start - 1 : start] in ("（", "(") and pattern("attributed").match(text, name.end):
        return True
    if pattern("located").search(text, max(0, start - LONGEST_AT), start):
        return True
    if start > LONGEST_LEAD:
        return False
    return pattern("before_name").match(text[:start]) is not None or _dateline_of(text, start)


def _awarding(text: str, name: Name) -> float | None:
    """What a province says that is part of an honour's name or gives one; None if it is neither."""
    if text[name.start - 1 : name.start] in _HONOURED and pattern("of_honour").match(text, name.end):
        return ASIDE
    return LISTED if pattern("awards").match(text, name.end) else None


def _dateline_of(text: str, start: int) -> bool:
    """Whether a paper's dateline names a place at `start` (本报普陀讯)."""
    line = pattern("dateline").match(text)
    return line is not None and line.end() == start


def leads(text: str, name: Name) -> bool:
    """Whether nothing but bullets and numbers stands before a name."""
    return name.start <= LONGEST_LEAD and pattern("before_name").match(text[: name.start]) is not None


def acting(text: str, name: Name) -> bool:
    """Whether a name is the subject of a sentence, rather than where some village or person is."""
    if not opens(name) or pattern("placed").search(text, max(0, name.start - 4), name.start):
        return False
    return not pattern("smaller").match(text, name.end)


def opens(name: Name) -> bool:
    """Whether a sentence begins with a name."""
    return name.weight in (OPENING, SENTENCE)
