"""Short forms that stand alone (杭州推行……, 初冬的绍兴): those that the whole page bears out.

Alone a short form is a word like any other. What bears it out: the page names a district of that city, or
the city or province of that district; it calls itself 我市 or 全区 accordingly; or it comes back and back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jiceng.articles.own import own_kinds
from jiceng.articles.patterns import pattern
from jiceng.articles.shorts import LONGEST_SHORT, NOT_A_PLACE, is_body, outermost
from jiceng.divisions.gazetteer import DivisionMention, Gazetteer
from jiceng.divisions.names import (
    common_shorts,
    has_sign,
    names_something_smaller,
    tells_little,
    usable_short,
)
from jiceng.model import Division

LEADING = 2  # characters, of marks, in front of what opens a title
TWICE = 2  # times that a district's does, where a name may begin
OFTEN = 3  # times that a city's short form stands on a page that is on it
_LANDSCAPE = frozenset("湖山塔桥园泉河江海花岛")  # at the end of what may as well be a lake or a hill
# Where a name may begin in a heading: after a mark, a space or a quotation mark, as 善治之路 杭州这样走.
_CLAUSE = re.compile(r"(?:^|[\s，、：；！？。—|｜【《“”·])(?=[\u4e00-\u9fff]{2})")


@dataclass(slots=True)
class Page:
    """What bears out short forms: the page's text, the divisions it names, and the kinds it calls its own."""

    text: str
    found: Sequence[DivisionMention]  # official names, with all that they may mean
    gazetteer: Gazetteer
    told: dict[str, tuple[Division | None, bool]] = field(
        default_factory=dict
    )  # by short form, as far as asked
    repeated: dict[str, Division | None] = field(default_factory=dict)  # likewise
    kinds: Mapping[str, float] = field(init=False)
    holders: frozenset[str] = field(init=False)  # what the named ones may lie in
    named: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = own_kinds(self.text)
        readings = {d.adcode: d for m in self.found for d in m.candidates}
        self.named = frozenset(readings)
        self.holders = frozenset(
            outer.adcode for code in sorted(readings) for outer in self.gazetteer.within(readings[code])
        )

    def meant(self, name: str, opens: bool = False) -> Division | None:
        """The one division that a short form means on this page, if the page bears it out.

        Where it `opens` the title less is needed: there a district or county need not be named with its city.
        """
        if name not in self.told:
            self.told[name] = self._meant(name)
        division, sure = self.told[name]
        return division if sure or opens else None

    def only(self, name: str) -> Division | None:
        """The one division with a short form, where a street or town behind it shows that it is a place."""
        readings = self._shortened(name)
        largest = outermost(readings, self.gazetteer)
        if name in common_shorts() or len(largest) != 1 or (self.named and not self._suits(largest[0])):
            return None
        return largest[0]

    def alone(self, name: str) -> Division | None:
        """The one city or county with a short form that opens a title, where nothing speaks against it."""
        if tells_little(name) or name[-1] in _LANDSCAPE:
            return None
        only = self.only(name)
        return only if only and (not self.kinds or only.name[-1] in self.kinds) else None

    def again(self, name: str) -> Division | None:
        """The one district with a short form that stands where a name may begin, again and again, and once
        behind 在."""
        if name not in self.repeated:
            self.repeated[name] = self._again(name)
        return self.repeated[name]

    def _again(self, name: str) -> Division | None:
        word = name in common_shorts() or tells_little(name)
        readings = [] if word else outermost(self._shortened(name), self.gazetteer)
        if len(readings) != 1 or readings[0].name[-1] != "区" or self.named or f"在{name}" not in self.text:
            return None
        if self.kinds and readings[0].name[-1] not in self.kinds:
            return None
        places = [
            at for at in free(self.text, name) if self.text[at + len(name) : at + len(name) + 1] != "网"
        ]
        return readings[0] if sum(has_sign(self.text, at) for at in places) >= TWICE else None

    def citys(self, name: str) -> Division | None:
        """The one city with a short form, where what only cities have stands behind it (某某老城区)."""
        readings = [] if name in common_shorts() else outermost(self._shortened(name), self.gazetteer)
        fits = len(readings) == 1 and readings[0].name[-1] == "市" and "市" in self.kinds
        return readings[0] if fits and not self.named else None

    def _shortened(self, name: str) -> list[Division]:
        """What a short form may mean; nothing if it is an official name: of others it is a former one."""
        named = self.gazetteer.named(name)
        if any(d.name == name for d in named):
            return []
        province = any(d.level == "province" for d in named)  # 河南 alone is no 河南蒙古族自治县
        small = "county" if province else None
        return [d for d in named if not d.abolished and d.level not in ("province", small)]

    def _suits(self, division: Division) -> bool:
        """Whether the page names something else of the division's province."""
        return any(code[:2] == division.adcode[:2] for code in self.named)

    def _meant(self, name: str) -> tuple[Division | None, bool]:
        """What it means, and whether that is sure in any place of the page."""
        readings = [] if name in common_shorts() else outermost(self._shortened(name), self.gazetteer)
        if any(d.adcode in self.named for d in readings):
            return None, False  # its official name tells better
        near = [d for d in readings if self._beside(d, name)]
        if len(near) == 1:
            return near[0], True
        if len(readings) != 1 or tells_little(name):
            return None, False
        only = readings[0]
        kind = only.name[-1]
        if self.kinds and kind not in self.kinds:
            return None, False  # 区委 on a page that would be a city's
        city = only.level == "prefecture"
        if kind in self.kinds and not any(m.division.name[-1] == kind for m in self.found if m.division):
            return only, city
        often = city and sum(1 for _ in free(self.text, name)) >= OFTEN
        return (only, True) if often else (None, False)

    def _beside(self, division: Division, name: str) -> bool:
        """Whether the page names what lies in a city, or what a district lies in."""
        if division.level == "prefecture":
            return division.adcode in self.holders
        around = [d for d in self.gazetteer.within(division) if usable_short(d.name) != name]
        return any(d.adcode in self.named or (usable_short(d.name) or d.name) in self.text for d in around)


def free(text: str, name: str) -> Iterator[int]:
    """Where a short form is no part of a longer name."""
    for found in re.finditer(re.escape(name), text):
        if is_free(text, found.end()):
            yield found.start()


def is_free(text: str, end: int) -> bool:
    """Whether a short form that ends here ends its name, too: not 杭州路, 长寿社区, 福州某某公司."""
    goes_on = text[end : end + 1] in NOT_A_PLACE and pattern("own_side").match(text, end) is None
    return not (goes_on or names_something_smaller(text, end) or is_body(text, end))


def lone_openings(text: str, gazetteer: Gazetteer, page: Page) -> list[DivisionMention]:
    """Short forms that open a clause of a heading."""
    return list(_at(text, [m.end() for m in _CLAUSE.finditer(text)], gazetteer, page))


def lone_anywhere(text: str, gazetteer: Gazetteer, page: Page) -> list[DivisionMention]:
    """Short forms anywhere, for a page on which nothing better tells."""
    return list(_at(text, range(len(text)), gazetteer, page, loosely=True))


def municipalities(text: str, gazetteer: Gazetteer) -> list[DivisionMention]:
    """Cities that are provinces (北京), by their short forms that open a clause of a heading."""
    found = []
    for at in (m.end() for m in _CLAUSE.finditer(text)):
        only = [d for d in gazetteer.named(text[at : at + 2]) if d.level == "province" and d.name[-1] == "市"]
        if len(only) == 1 and is_free(text, at + 2):
            found.append(DivisionMention(at, at + 2, (only[0],), only[0]))
    return found


def _at(
    text: str, places: Sequence[int], gazetteer: Gazetteer, page: Page, loosely: bool = False
) -> Iterator[DivisionMention]:
    end = 0
    for at in places:
        if at < end:
            continue
        for length in gazetteer.lengths(text, at):
            name = text[at : at + length]
            if not 1 < len(name) <= LONGEST_SHORT or len(name) < length:
                continue
            end_at = at + length
            division = page.meant(name, at <= LEADING) if is_free(text, end_at) else None
            if division is None and at <= LEADING and pattern("title_goes_on").match(text, end_at):
                division = page.alone(name)
            if division is None and pattern("citys_part").match(text, end_at):
                division = page.citys(name)
            if division is None and loosely and is_free(text, end_at) and has_sign(text, at):
                division = page.again(name)
            if division is None and pattern("street").match(text, end_at):
                division = page.only(name)
            if division is not None and (division.level == "prefecture" or has_sign(text, at)):
                end = end_at
                yield DivisionMention(at, end, (division,), division)
                break
