"""Short forms (武侯, 普陀, 成都高新区): the whole page tells which of them are divisions, and which ones.

Alone a short form is a word like any other. It counts where it opens a sentence or an item and the page
names its division, or what that lies in; names that are unclear each by itself decide for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jiceng.articles.own import own_kinds
from jiceng.articles.patterns import pattern
from jiceng.divisions.gazetteer import DivisionMention, Gazetteer
from jiceng.divisions.names import (
    common_shorts,
    is_common_word,
    names_something_smaller,
    short_name,
    usable_short,
)
from jiceng.model import Division

LONGEST_SHORT = 6  # characters
LONGEST_OWN = 8  # of a short form of the page's own divisions: all that there are

# Behind a short form at the head of an item: 武侯：, 【南山】, ●普陀 一张表, 本报普陀讯.
_HEAD_END = re.compile(r"[：:】\]］〕》）)\s|｜—]|讯")
_MARKS = re.compile(r"(?:\W{0,4}[【〔\[][^】〕\]。]{1,16}[】〕\]])?\W{0,4}")
_OPENED = re.compile(r"\W{0,2}[【〔\[]")
_BESIDE = re.compile(r"\s?[·｜|丨—-]{0,2}\s?(?=[\u4e00-\u9fff])")  # between a city and its district
_LEAD = 48  # characters in front of a name in which its sentence begins, at most: 。2024年12月31日以来，
NOT_A_PLACE = frozenset("路街道镇村乡大站港口湖山河江桥东西南北")
_ZONE_NAMES = tuple((own, length) for own in (0, 2, 3) for length in range(LONGEST_SHORT, 1, -1))


def is_body(text: str, end: int) -> bool:
    """Whether a short form that ends here begins the name of a firm, paper or site: no place is told of."""
    return pattern("firm").match(text, end) is not None or pattern("press").match(text, end) is not None


_SMALL = frozenset("市县区旗")  # kinds that a county or district may be of


@dataclass(slots=True)
class Whole:
    """What a page says as a whole: its text, its divisions by code, and the kinds that it calls its own."""

    text: str
    known: dict[str, Division]
    around: Division | None = None  # the city or province that the page's names have in common
    hints: Sequence[Division] = ()  # what its short forms say about names that several divisions bear
    kinds: frozenset[str] = field(init=False)
    repeated: dict[str, bool] = field(default_factory=dict)  # by name, as far as asked

    def __post_init__(self) -> None:
        self.kinds = frozenset(own_kinds(self.text))

    def context(self) -> list[Division]:
        """The divisions that decide what a name with several readings means."""
        return [*self.known.values(), *([self.around] if self.around else []), *self.hints]

    def holds(self, division: Division, gazetteer: Gazetteer) -> bool:
        """Whether the page names what a division lies in, or a neighbour of it."""
        return any(
            gazetteer.is_within(division, d) or (d.level == "county" and d.parent == division.parent)
            for d in self.context()
        )

    def surrounds(self, division: Division, gazetteer: Gazetteer) -> bool:
        """Whether the page names the city that a district or county lies in."""
        return any(d.level == "prefecture" and gazetteer.is_within(division, d) for d in self.known.values())

    def suits(self, division: Division) -> bool:
        """Whether the page calls itself no other kind, and names something of its province or nothing."""
        if self.kinds & _SMALL and division.level == "county" and division.name[-1] not in self.kinds:
            return False
        around = self.context()
        return not around or any(d.adcode[:2] == division.adcode[:2] for d in around)

    def confirms(self, name: str, division: Division, again: bool) -> bool:
        """Whether the page names it again: in one passage, or its 全市 or 我县 can mean no other division."""
        if name not in self.repeated:
            self.repeated[name] = self.text.count(name) > 1
        kind = division.name[-1]
        return self.repeated[name] and (
            again or (kind in self.kinds and all(d.name[-1] != kind for d in self.known.values()))
        )


@dataclass(frozen=True, slots=True)
class Openings:
    """What a stretch's items and sentences open with: looked for once, and asked several times."""

    places: tuple[int, ...]  # those where a name may begin
    heads: tuple[tuple[int, int, str, tuple[Division, ...]], ...]  # start, end, short form, its readings

    @classmethod
    def of(cls, text: str, gazetteer: Gazetteer) -> Openings:
        """Those of a stretch's text."""
        opened = [m.end() for m in pattern("opening").finditer(text)]
        heads = _heads(text, opened[:1], gazetteer)
        places = sorted({*opened, *(at for at, *_ in heads)})
        return cls(tuple(at for at in places if gazetteer.lengths(text, at)), tuple(heads))


def common_ground(
    openings: Iterable[Openings], found: Sequence[DivisionMention], gazetteer: Gazetteer
) -> Division | None:
    """The one city or province in which most of the names that open items can lie, if two or more can.

    南山, 福田 and 盐田 are each a word or two places by themselves; together they are districts of one city.
    """
    names: dict[str, tuple[Division, ...]] = {}
    for opened in openings:
        for _, _, name, readings in opened.heads:
            names[name] = readings
    for mention in found:
        if len(mention.candidates) > 1 and all(d.level == "county" for d in mention.candidates):
            names[mention.candidates[0].name] = mention.candidates
    if all(len(readings) == 1 for readings in names.values()):
        return None
    holds: dict[str, set[str]] = {}
    for name in sorted(names):
        for reading in names[name]:
            if reading.parent and not reading.abolished:
                holds.setdefault(reading.parent, set()).add(usable_short(name) or name)
    ranked = sorted(holds, key=lambda code: (-len(holds[code]), code))
    if not ranked or len(holds[ranked[0]]) < 2:
        return None
    if len(ranked) > 1 and len(holds[ranked[1]]) == len(holds[ranked[0]]):
        return None
    return gazetteer.get(ranked[0])


def _heads(
    text: str, first: Sequence[int], gazetteer: Gazetteer
) -> list[tuple[int, int, str, tuple[Division, ...]]]:
    """Short forms of smaller divisions at the head of an item, and set off from what follows; the `first`
    opening is the text's, if it has one."""
    found = []
    dateline = pattern("dateline").match(text)
    for at in (dateline.end(), *first) if dateline else first:
        if text[:at].strip("。！？；…") != text[:at]:
            continue
        for length in gazetteer.lengths(text, at):
            end = at + length
            if length > LONGEST_SHORT or not _HEAD_END.match(text, end):
                continue
            readings = tuple(r for r in gazetteer.named(text[at:end]) if r.level == "county")
            if readings:
                found.append((at, end, text[at:end], readings))
                break
    return found


def outermost(readings: Sequence[Division], gazetteer: Gazetteer) -> list[Division]:
    """Without readings that lie in another one: 岳阳 alone is the city, not the county in it."""
    return [r for r in readings if not any(gazetteer.is_within(r, other) for other in readings)]


def zones(text: str, gazetteer: Gazetteer, page: Whole, loosely: bool = False) -> list[DivisionMention]:
    """Zones that open a sentence, by the names of their cities: 成都高新区 is told of as 成都市's.

    `loosely` takes those in mid-sentence, too, and those of a district (金坛经开区) on a page of a district.
    """
    found = []
    for area in pattern("new_area").finditer(text):
        division = gazetteer.get(str(area.lastgroup).removeprefix("d"))
        if division is not None and _opens_at(text, area.start()):
            found.append(DivisionMention(area.start(), area.end(), (division,), division))
    return found + [
        m for zone in pattern("zone").finditer(text) if (m := _zone(text, zone, gazetteer, page, loosely))
    ]


def _opens_at(text: str, start: int) -> bool:
    """Whether a paragraph or sentence begins at a place of a text, but for when and where that is."""
    return (
        pattern("before_name").match(text[:start]) is not None
        or pattern("sentence_start").search(text, max(0, start - _LEAD), start) is not None
    )


def _zone(
    text: str, zone: re.Match[str], gazetteer: Gazetteer, page: Whole, loosely: bool
) -> DivisionMention | None:
    for own, length in _ZONE_NAMES:  # of a zone's own name (武汉|东湖|高新区), and of its city's
        end = zone.start() - own
        start = end - length
        if not own and loosely and _behind_city(text, start, gazetteer):
            continue  # 湖州太湖旅游度假区 lies in no 太湖县
        if start < 0 or not (loosely or _opens_at(text, start)):
            continue
        readings = gazetteer.named(text[start:end])
        near = [
            r
            for r in readings
            if r.adcode in page.known or any(gazetteer.is_within(k, r) for k in page.known.values())
        ]
        largest = outermost(readings, gazetteer)
        largest = [r for r in largest if r.level == "prefecture"] or largest  # 西安, and no 西安区
        districts = loosely and not own and page.kinds == {"区"}
        if not near and len(largest) == 1 and (districts or largest[0].name[-1] != "区"):
            near = [r for r in largest if page.suits(r)]  # 东湖高新区 lies in no 东湖区
            near = [r for r in near if r.level == "prefecture" or not zone["citys"]]
        if len(near) == 1 and (not own or near[0].level == "prefecture"):
            return DivisionMention(start, zone.end(), (near[0],), near[0])
    return None


def _behind_city(text: str, at: int, gazetteer: Gazetteer) -> bool:
    """Whether the name of a city or prefecture stands right in front of a place."""
    names = (text[max(0, at - length) : at] for length in range(2, min(LONGEST_SHORT, at) + 1))
    return any(d.level == "prefecture" for name in names for d in gazetteer.named(name))


def short_openings(text: str, opened: Openings, gazetteer: Gazetteer, page: Whole) -> list[DivisionMention]:
    """Short forms (上海, 呼和浩特, 昆山) that open a sentence and can mean nothing else here."""
    found = []
    twice: dict[str, bool] = {}
    heads = {at for at, *_ in opened.heads}
    for at in opened.places:
        for length in gazetteer.lengths(text, at):
            end = at + length
            name = text[at:end]
            if not 1 < length <= LONGEST_SHORT or len(name) < length or text[end : end + 1] in NOT_A_PLACE:
                continue
            readings = tuple(r for r in gazetteer.named(name) if r.name != name or _beside(r, page))
            if not readings or is_body(text, end) or names_something_smaller(text, end):
                continue
            if pattern("zone_behind").match(text, end) and all(r.name[-1] in "省区" for r in readings):
                continue
            chosen = [r for r in readings if r.adcode in page.known or r.name == name]
            if not chosen:
                chosen = [r for r in readings if r.level == "province"]
            if not chosen and pattern("street").match(text, end):
                chosen = [r for r in readings if any(gazetteer.is_within(r, d) for d in page.context())]
            one = None if chosen else gazetteer.resolve(name, page.context())
            if one is not None:
                announced = (text.startswith("：", end) and at <= 2) or (
                    at in heads and one.level == "county" and page.holds(one, gazetteer)
                )
                if name not in twice:
                    twice[name] = text.count(name) > 1
                again = twice[name] or page.surrounds(one, gazetteer)
                if length > 2 or announced or (page.suits(one) and page.confirms(name, one, again)):
                    chosen = [one]
            if len(chosen) == 1:
                one = of_today(chosen[0], gazetteer)
                found.append(DivisionMention(at, end, (one,), one))
                break
    return found


def common_behind_city(
    text: str, gazetteer: Gazetteer, known: Mapping[str, Division]
) -> list[DivisionMention]:
    """A district whose short form is a word, behind its city or province at a title's head (兰州城关：).

    A colon or quotation mark must set it off, or the page name it in full. Set off and named in full, it
    needs no city in front of it (■运河：).
    """
    marks = _MARKS.match(text)
    at = marks.end() if marks else 0
    if text[at : at + 2] in common_shorts() and _HEAD_END.match(text, at + 2):
        own = [known[c] for c in sorted(known) if short_name(known[c].name) == text[at : at + 2]]
        if len(own) == 1 and own[0].level == "county":
            return [DivisionMention(at, at + 2, (own[0],), own[0])]
    bracket = _OPENED.match(text)  # 【北京·东城】
    if bracket and at != bracket.end() and gazetteer.lengths(text, bracket.end()):
        at = bracket.end()
    for length in gazetteer.lengths(text, at):
        cities = [d for d in gazetteer.named(text[at : at + length]) if d.level in ("prefecture", "province")]
        gap = _BESIDE.match(text, at + length)
        begin = gap.end() if gap else at + length
        end = begin + 2
        short = text[begin:end]
        if not cities or short not in common_shorts():
            continue
        inside = {
            division.adcode: division
            for kind in "区县市"
            for division in gazetteer.named(short + kind)
            if not division.abolished and any(gazetteer.is_within(division, city) for city in cities)
        }
        set_off = text[end : end + 1] in ("：", "“") or (gap is not None and _HEAD_END.match(text, end))
        meant = [d for d in inside.values() if d.adcode in known] or list(inside.values())
        if len(meant) == 1 and (set_off or meant[0].adcode in known):
            return [DivisionMention(at, end, (meant[0],), meant[0])]
    return []


def of_today(division: Division, gazetteer: Gazetteer) -> Division:
    """What a short form means where what it was read as has a successor of the same short form."""
    now = gazetteer.current(division) if division.abolished else division
    return now if usable_short(now.name) == usable_short(division.name) else division


def short_forms(known: Mapping[str, Division], gazetteer: Gazetteer) -> dict[str, Division]:
    """Short forms of the page's divisions, as far as each means one of them."""
    forms: dict[str, list[Division]] = {}
    for code in sorted(known):
        if short := usable_short(known[code].name):
            now = of_today(known[code], gazetteer)
            if now not in forms.setdefault(short, []):
                forms[short].append(now)
    return {short: found[0] for short, found in forms.items() if len(found) == 1}


def short_anywhere(text: str, shorts: Mapping[str, Division]) -> list[DivisionMention]:
    """Short forms of the page's own divisions in a heading (前三季度涟水快递进村提速)."""
    first: dict[str, int] = {}
    for at in range(len(text) - 1):  # not one short form after the other: a long page has very many
        for end in range(at + 2, min(at + LONGEST_OWN, len(text)) + 1):
            if text[at:end] in shorts:
                first.setdefault(text[at:end], at)
    found = []
    for short, at in first.items():
        end = at + len(short)
        if not names_something_smaller(text, end) and not is_body(text, end):
            found.append(DivisionMention(at, end, (shorts[short],), shorts[short]))
    return found


def hints(text: str, found: Sequence[DivisionMention], gazetteer: Gazetteer) -> list[Division]:
    """What short forms anywhere say about names that several divisions bear: 和平区 on a page that says 沈阳.

    Of such a name's readings the one whose city or province the page names in short: what it lies in. A name
    that is a common word as well (西城区) must be told of as a division, too.
    """
    told: dict[str, Division] = {}
    names = {text[m.start : m.end]: m.candidates for m in found if m.division is None}
    for name in sorted({m[m.lastindex or 0] for m in pattern("common_district").finditer(text)}):
        names[name] = gazetteer.named(name)
    for name, readings in names.items():
        fitting = []
        for reading in readings:
            around = [d for d in gazetteer.within(reading) if (usable_short(d.name) or name) not in name]
            if not reading.abolished and any((usable_short(d.name) or d.name) in text for d in around):
                fitting.append(reading)
        if len(fitting) == 1:
            told[fitting[0].adcode] = fitting[0]
    return list(told.values())


def _beside(division: Division, page: Whole) -> bool:
    """Whether a name that is a common word too (老城区) stands on a page that names another of its city."""
    return (
        len(division.name) > 2
        and is_common_word(division.name)
        and any(d.parent == division.parent and d.level == division.level for d in page.known.values())
    )
