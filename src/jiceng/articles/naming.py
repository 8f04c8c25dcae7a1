"""The divisions that a page names, and how much each name says about whose text it stands in.

A name says much as a heading's or byline's, or as the subject that opens a sentence; little in
mid-sentence or in a list; next to nothing as an example, a visitor's home or a helper (学习诸暨的经验,
来自荆门的参观者). Where an author works (作者系某市委党校教授) says nothing, but an office that signs for
its own division (作者系某区委书记, 供稿：某县委组织部) speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jiceng.divisions.gazetteer import DivisionMention, Gazetteer
from jiceng.divisions.names import names_something_smaller, usable_short
from jiceng.model import Division, Role
from jiceng.repair import Repaired

HEADING, BYLINE, OPENING, SENTENCE, MENTION = 10.0, 8.0, 6.0, 5.0, 2.0  # evidence of a name by its place
LISTED, ASIDE = 1.0, 0.5  # one of several in a list, or somebody else's place
LONGEST_SHORT = 6  # characters
LONGEST_LEAD = 24  # characters before a name that still opens its paragraph

_AT = "(?:在|位于|地处|走进|来到|家住|居住在|住在|近[日年]来?，?|日前，?|目前，?|今年以来，?)"
_BEFORE_NAME = re.compile(rf"^\W*(?:\d+[.、])?\W*{_AT}?\W*$")
_SENTENCE_START = re.compile(rf"[。！？；：…][”’）]*\W*{_AT}?$")
_OPENING = re.compile(r"(?:^|[。！？；…]|\n)\W{0,2}(?:在|来到)?(?=[\u4e00-\u9fff])")
_SMALLER = re.compile(
    r"\s?(?:[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|村|社区|小区)|某|的|路|大[道街]|第?[一二三四五六七八九十\d])"
)
_NOT_A_PLACE = "路街道镇村乡大站港口湖山河江桥东西南北"
_LIST_GAP = re.compile(r"\s?(?:、|和|与|及|以及)\s?")
# 浙江某某轴承有限公司 is a company wherever it works.
_FIRM = re.compile(
    r"[^\W\d让把将与和在的对向由从为请以推开加建办成设]{1,14}?(?:公司|集团|银行|大学|学院|日报|晚报|电视台)"
)
# Another's example, or where somebody comes from.
_ASIDE_BEFORE = re.compile(r"(?:学习|借鉴|来自|对标|对照|比起|复制|引进|老家|祖籍|毕业于)[^，。；！？]{0,6}$")
_BESIDE_BEFORE = re.compile(r"(?:赴|到|去|往|与|和|跟|同|在|向|由)$")
_BESIDE_BEHIND = re.compile(r"[^，。；！？]{0,6}?(?:学习|考察|取经|参观|相比|对口|帮扶|支援)")
# Who wrote, and what of it speaks for a division: its offices, but neither schools nor societies nor papers.
_SIGNED = re.compile(
    r"(?:^\W*|[（(])(?:本文)?(?:作者(?:系|单位|为|是|简介|[：:])|(?:供稿|撰稿|执笔|整理)(?:单位|人)?\s*[：:])"
)
_INSTITUTE = re.compile(r"[^，。；、）]{0,14}?(?:党校|研究|学会|协会|大学|院|报社?|杂志|电视台|作协)")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{0,12}?(?:委|政府|办公室|局|部|书记|长|工委)")


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


@dataclass(slots=True)
class _Whole:
    """What a page says as a whole: its text, its divisions by code, and the kinds that it calls its own."""

    text: str
    known: dict[str, Division]
    kinds: frozenset[str] = field(init=False)
    repeated: dict[str, bool] = field(default_factory=dict)  # by name, as far as asked

    def __post_init__(self) -> None:
        self.kinds = frozenset(own_kinds(self.text))

    def confirms(self, name: str, division: Division, again: bool) -> bool:
        """Whether the page names it again: in one passage, or its 全市 or 我县 can mean no other division."""
        if name not in self.repeated:
            self.repeated[name] = self.text.count(name) > 1
        kind = division.name[-1]
        return self.repeated[name] and (
            again or (kind in self.kinds and all(d.name[-1] != kind for d in self.known.values()))
        )


def names_in(repaired: Repaired, gazetteer: Gazetteer) -> list[tuple[Name, ...]]:
    """The divisions that each stretch names; a first look at the whole page is the context of a second."""
    whole = "\n".join(s.text.value for s in repaired.stretches)
    known = {m.division.adcode: m.division for m in gazetteer.find(whole) if m.division}
    page = _Whole(whole, known)
    for stretch in repaired.stretches:
        if stretch.role is Role.HEADING:
            for mention in _short_openings(stretch.text.value, gazetteer, page):
                known[mention.candidates[0].adcode] = mention.candidates[0]
    shorts = _short_forms(known)
    result = []
    for stretch in repaired.stretches:
        text = stretch.text.value
        mentions = [
            *gazetteer.find(text, known.values()),
            *_short_openings(text, gazetteer, page),
        ]
        if stretch.role is Role.HEADING:
            mentions += _short_anywhere(text, shorts)
        mentions.sort(key=lambda m: (m.start, -m.end))
        names = _finest(text, stretch.role, mentions, gazetteer)
        result.append(tuple(n for n in _weighed(text, stretch.role, names) if n.weight))
    return _of_today(result, gazetteer)


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


def _short_openings(text: str, gazetteer: Gazetteer, page: _Whole) -> list[DivisionMention]:
    """Short forms (上海, 呼和浩特, 昆山) that open a sentence and can mean nothing else here."""
    found = []
    twice: dict[str, bool] = {}
    for opening in _OPENING.finditer(text):
        for length in range(LONGEST_SHORT, 1, -1):
            at, end = opening.end(), opening.end() + length
            name = text[at:end]
            if len(name) < length or text[end : end + 1] in tuple(_NOT_A_PLACE):
                continue
            readings = tuple(r for r in gazetteer.named(name) if r.name != name)
            if not readings or _FIRM.match(text, end):
                continue
            chosen = [r for r in readings if r.adcode in page.known]
            if not chosen:
                chosen = [r for r in readings if r.level == "province"]
            one = None if chosen else gazetteer.resolve(name, page.known.values())
            if one is not None and not names_something_smaller(text, end):
                announced = text.startswith("：", end) and at <= 2
                if name not in twice:
                    twice[name] = text.count(name) > 1
                if length > 2 or announced or page.confirms(name, one, twice[name]):
                    chosen = [one]
            if len(chosen) == 1:
                found.append(DivisionMention(at, end, (chosen[0],), chosen[0]))
                break
    return found


def _short_forms(known: Mapping[str, Division]) -> dict[str, Division]:
    """Short forms of the page's divisions, as far as each means one of them."""
    forms: dict[str, list[Division]] = {}
    for code in sorted(known):
        if short := usable_short(known[code].name):
            forms.setdefault(short, []).append(known[code])
    return {short: found[0] for short, found in forms.items() if len(found) == 1}


def _short_anywhere(text: str, shorts: Mapping[str, Division]) -> list[DivisionMention]:
    """Short forms of the page's own divisions in a heading (前三季度涟水快递进村提速)."""
    found = []
    for short, division in shorts.items():
        at = text.find(short)
        if at >= 0 and not names_something_smaller(text, at + len(short)):
            found.append(DivisionMention(at, at + len(short), (division,), division))
    return found


def _finest(text: str, role: Role, mentions: Sequence[DivisionMention], gazetteer: Gazetteer) -> list[Name]:
    """Of names that form a path (四川省成都市武侯区) one name of the last, from where the path begins."""
    kept: list[Name] = []
    for m in mentions:
        if m.division is None or (kept and m.start < kept[-1].end):
            continue
        start = m.start
        gap = text[kept[-1].end : m.start] if kept else ""
        near = len(gap) <= 1 or (role is Role.HEADING and len(gap) <= 12 and gap.isalnum())
        if kept and near and gazetteer.is_within(m.division, kept[-1].division):
            start = kept.pop().start
        kept.append(Name(start, m.end, m.division, MENTION, start < m.start))
    return kept


def _weighed(text: str, role: Role, names: Sequence[Name]) -> list[Name]:
    listed: set[int] = set()
    asides = {number for number, name in enumerate(names) if _is_aside(text, name)}
    for number, (one, other) in enumerate(pairwise(names)):
        if _LIST_GAP.fullmatch(text, one.end, other.start):
            listed.update((number, number + 1))
            if number in asides:
                asides.add(number + 1)
    signed = _SIGNED.search(text)
    result = []
    for number, name in enumerate(names):
        by = signed is not None and signed.end() <= name.start
        if by or role is Role.BYLINE:
            weight = BYLINE if not by or _OFFICE.match(text, name.end) else MENTION
            if _INSTITUTE.match(text, name.end):
                weight = 0.0
        elif number in asides:
            weight = ASIDE
        elif number in listed or role is Role.FURNITURE:
            weight = LISTED
        else:
            weight = _weight(text, role, name.start)
        result.append(replace(name, weight=weight))
    return result


def _is_aside(text: str, name: Name) -> bool:
    before = text[max(0, name.start - 14) : name.start]
    return _ASIDE_BEFORE.search(before) is not None or (
        _BESIDE_BEFORE.search(before) is not None and _BESIDE_BEHIND.match(text, name.end) is not None
    )


def _weight(text: str, role: Role, start: int) -> float:
    if role is Role.HEADING:
        return HEADING
    if start <= LONGEST_LEAD and _BEFORE_NAME.match(text[:start]):
        return OPENING
    return SENTENCE if _SENTENCE_START.search(text[max(0, start - 10) : start]) else MENTION


def acting(text: str, name: Name) -> bool:
    """Whether a name is the subject of a sentence, rather than where some village or person is."""
    return opens(name) and not _SMALLER.match(text, name.end)


def opens(name: Name) -> bool:
    """Whether a sentence begins with a name."""
    return name.weight in (OPENING, SENTENCE)


_OWN = re.compile(
    r"(?P<sure>[我本该]|(?P<all>全))(?P<kind>[省市县区州旗])|(?:^|[，。；、：…\s“])(?P<bare>[省市县区州旗])(?:委|里|级|政府)"
)


def own_kinds(text: str) -> dict[str, float]:
    """The kinds of division that a text speaks of as its own, and how much that says: 我县, 全市, 区委."""
    found: dict[str, float] = {}
    for m in _OWN.finditer(text):
        kind = m["kind"] or m["bare"]
        found[kind] = max(found.get(kind, 0.0), 2.0 if m["sure"] and not m["all"] else 1.0)
    return found
