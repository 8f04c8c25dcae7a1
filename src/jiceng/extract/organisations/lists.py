"""Names in lists: `溪边、桥头等社区`, `溪边、桥头街道党工委`, `望江楼、白云寺等古迹`, `青年、银龄2个党小组`.

Each item is a name without the head that all share, or one whose kind the end of the list tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jiceng.extract.organisations.names import Names
from jiceng.extract.organisations.names.items import ItemNames
from jiceng.extract.organisations.names.walk import RUN
from jiceng.model import Organisation
from jiceng.numerals import parse_chinese
from jiceng.rules import RuleFile
from jiceng.values import dataclass

TERRITORY = ("street", "community", "quarter")
_LONGEST_LIST = 300  # characters
_TOLD = re.compile(r"(\d{1,2}|[两二三四五六七八九十])个")
_LAST = re.compile("[和及与]")
_SITE = re.compile("[^、和及与]+")
_ITEM = re.compile("、[〇\u4e00-\u9fffA-Za-z0-9]{2,20}")
_OWNERS = re.compile("(?:业委会|业主委员会)\\Z")
_GROUP = re.compile("[^、和及与]{2,8}")


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text, at offsets of the text."""

    start: int
    end: int
    name: str
    kind: str
    rule: str
    within: str | None = None

    def fact(self) -> Organisation:
        """The fact that this name gives."""
        return Organisation(
            start=self.start, end=self.end, rule=self.rule, name=self.name, kind=self.kind, within=self.within
        )


class ListReader:
    """Reads lists of names. `kinds` says what each head word is a head of."""

    def __init__(self, rules: RuleFile, names: Names, kinds: Mapping[str, str]) -> None:
        self.rules = rules
        self.names = names
        self.items = names.items
        self.kinds = kinds
        self.head = rules["organisations.head"].pattern

    def with_listed(self, text: str, found: list[Found], own: tuple[str, ...]) -> list[Found]:
        """`found` and the names of lists: a tower (信远大厦) in a list of quarters is one."""
        listed = list(self.listed(text, found, own))
        quarters = {(f.start, f.end) for f in listed if f.kind == "quarter"}
        return [f for f in found if f.kind != "facility" or (f.start, f.end) not in quarters] + listed

    def listed(self, text: str, found: list[Found], own: tuple[str, ...]) -> Iterator[Found]:
        """`溪边、桥头等社区`: each item is a name without the head that stands behind the last."""
        rule = self.rules["organisations.list"]
        signs = self.names.words.signs
        whole = {f.end for f in found if f.kind in ("street", "community")}
        units = {f.end: f for f in found if f.kind in ("street", "community")}
        for match in rule.pattern.finditer(text):
            head = match["head"]
            kind = self.kinds.get(head, "quarter")  # 楼盘
            items = list(_items(text, match.end("last"), self.items))
            told = _TOLD.match(text, match.end("last"))  # 红运、发明、得胜四个社区: as many as are told
            whole_list = told is not None and _number(told[1]) == len(items)
            counted = match["many"] is not None
            if counted and _number(match["many"]) != len(items):
                continue  # 后坂、石壁、溪源三村, but not 东风、八一村
            # 财苑小区、博悦城等9个小区, 文鼎雅苑、托乐嘉等小区: quarters are named without 小区, but for
            # those of two characters, which are names with it alone.
            complete = head == "楼盘" or (kind == "quarter" and any(len(item) > 2 for _, item in items[1:]))
            items = [(start, item) for start, item in items if start + len(item) not in whole]
            items = [(start, item) for start, item in items if not item.endswith(head)]
            names: list[Found] = []
            common: list[Found] = []
            unit = None
            if items:
                # 岭头乡｜后坂、石壁等村: a larger unit may open the first item.
                start, item = items[0]
                unit = next((units[n] for n in range(start + len(item) - 2, start, -1) if n in units), None)
                if unit is not None:
                    items[0] = (unit.end, item[unit.end - start :])
            for start, item in self._begun(text, items, own):
                towers = complete and item.endswith("大厦")  # with flats
                if self.head.search(item) and self.kinds.get(item[-2:]) not in (None, kind) and not towers:
                    continue
                # 沟西、岭后等3个自然村: each is a 村
                name = item if complete else item + ("村" if head == "自然村" else head)
                within = unit.name if unit is not None and start == unit.end else None
                made = Found(start, start + len(item), name, kind, rule.name, within)
                if self.items.listed(item, 8 if complete else 6):
                    names.append(made)
                elif (
                    (whole_list and len(item) == 2)
                    or (self.items.plain(item) and kind in ("street", "community"))
                    or (complete and len(item) in (3, 4) and item[-1] in signs.estate)  # 幸福里
                ):
                    common.append(made)
            if len(names) * 2 >= len(items):
                yield from names
                # 高峰、岭下、后坂等村: a common word is a name, too, where most beside it are names.
                if len(common) * 2 <= len(names):
                    yield from common

    def paired(self, text: str, found: list[Found], own: tuple[str, ...]) -> Iterator[Found]:
        """`溪边、桥头街道党工委`: the names before the last one share its head, and its party body."""
        rule = self.rules["organisations.pair"]
        signs = self.names.words.signs
        ends = {(f.end, f.kind): f for f in found}
        whole = {f.end for f in found}
        streets = {f.end for f in found if f.kind == "street"}
        bodies = {f.start: f for f in reversed(found) if f.rule == "organisations.part"}
        for match in rule.pattern.finditer(text):
            head = match["head"]
            last = ends.get((match.end("head"), self.kinds[head]))
            if last is None or last.start != match.start("last") or self.names.walker.is_head(match["last"]):
                continue
            body = bodies.get(last.start)
            items = list(self._begun(text, list(_items(text, match.start(), self.items)), own))
            plainly = sum(self.items.listed(i) and self.items.is_proper(i) for _, i in items) > 2
            for start, item in items:
                headed = self.names.walker.is_head(item) and not (plainly and len(item) == 2)  # 水库
                if start + len(item) in whole or headed or item[-1] in signs.headed:
                    continue  # 古桥镇、龙池街道: has a head of its own
                if last.kind == "street" and start in streets:
                    continue  # 龙池街道｜石坝、柳坞街道｜望江社区
                if text[start - 1] == "的":
                    continue  # 大坡村的葡萄和芭蕉村
                if item.endswith(self.names.words.lists["office"]):
                    continue  # 市委社治委、龙池街道
                officer = self.names.words.lists["officer"]
                if text.endswith(officer, 0, start) or (len(item) > 3 and item.endswith(officer)):
                    continue  # 党工委书记陈明、龙池街道: a person
                placed = self.items.plain(item) and item[-1] in signs.settled  # 石塘、望江社区
                named = self.items.listed(item) and (plainly or placed or self.items.is_proper(item))
                if not named and not (plainly and self.items.plain(item)):
                    continue  # 柳坞、水库、石坝、南岭和望江社区: beside three names a common word is one, too
                name = item + head
                yield Found(start, match.end("head"), name, last.kind, rule.name)
                if body is not None and body.kind == "party_org":
                    tail = body.name[len(last.name) :]
                    yield Found(start, body.end, name + tail, body.kind, rule.name, name)

    def beside(self, text: str, found: list[Found], own: tuple[str, ...]) -> Iterator[Found]:
        """`望江美境、翠湖花园、锦绣家园的业主`: beside two quarters a name without a head is one, too.

        Beside a single one it must end as quarters' names do (金域蓝湾、锦绣家园), and so is what has owners.
        """
        yield from self._with_owners(found)
        ends = {f.end for f in found}
        quarters = [f for f in found if f.kind == "quarter"]
        starts, stops = {f.start for f in quarters}, {f.end for f in quarters}
        done = 0
        for quarter in quarters:
            before = text[quarter.start - 1 : quarter.start]
            if quarter.start < done or not (before in ("、", "和") or text.startswith("、", quarter.end)):
                continue
            done = quarter.end
            while (item := _ITEM.match(text, done)) is not None:
                done = item.end()
            spans = list(spans_of(text, _list_start(text, quarter.start), done))
            several = sum(start in starts or end in stops for start, end in spans) > 1
            for number, (start, end) in enumerate(spans):
                joint = text.find("和", start + 1, end)
                if joint > 0 and joint + 1 in starts:
                    end = joint  # 金域蓝湾｜和锦绣家园
                if end in ends or start in starts:
                    continue
                plain = end - start > 3 and text.endswith(self.names.words.lists["estate_end"], start, end)
                if number == len(spans) - 1 and end != joint and not plain:
                    continue
                first = number == 0 and not (plain and end - start == 4)
                at = self.names.places.beginning(text, start, end, end, own, True) if first else start
                name = text[at:end] if at is not None else ""
                if len(name) < 3 or self.names.walker.is_head(name) or not self.items.listed(name, 8):
                    continue
                sold = name[-1] in self.names.words.signs.estate or self.items.is_proper(name)
                if (plain and len(name) > 3) or (several and sold):
                    yield Found(end - len(name), end, name, "quarter", "organisations.list")

    def _with_owners(self, found: list[Found]) -> Iterator[Found]:
        """`金域蓝湾业委会`: what has a committee of owners is a quarter, although no head ends its name."""
        starts = {f.start for f in found if f.kind != "association"}
        for f in found:
            name = _OWNERS.sub("", f.name) if f.kind == "association" and f.within is None else f.name
            if name == f.name or f.start in starts or len(name) < 3 or self.names.walker.is_head(name):
                continue
            if self.items.listed(name, 8):
                yield Found(f.start, f.start + len(name), name, "quarter", "organisations.list")

    def sites(self, text: str, found: list[Found]) -> Iterator[Found]:
        """`望江楼、白云寺等古迹`: gates, towers, shrines are venues in a list of sights."""
        rule = self.rules["organisations.sites"]
        sights = self.names.words.signs.sight
        taken = {f.end for f in found}
        for match in rule.pattern.finditer(text):
            begin = _list_start(text, match.end("last"))
            items = [m.span() for m in _SITE.finditer(text, begin, match.end("last"))]
            for number, (start, end) in enumerate(items):
                at = self.items.sight(text, start, end) if number == 0 else start
                if at is None or end in taken or text[end - 1] not in sights:
                    continue
                if end - at < 2 or not self.items.known(text[at:end]):
                    continue
                yield Found(at, end, text[at:end], "facility", rule.name)

    def groups(self, text: str, found: list[Found]) -> Iterator[Found]:
        """`下设青年、银龄、巾帼3个党小组`: as many names as groups; a body named in the clause holds them."""
        rule = self.rules["organisations.groups"]
        bodies = [f for f in found if f.kind in ("party_org", "community", "quarter")]
        for match in rule.pattern.finditer(text):
            items = [m.span() for m in _GROUP.finditer(text, *match.span("list"))]
            if _number(match["many"]) != len(items):
                continue
            clause = text.rfind("。", 0, match.start()) + 1
            holders = [f for f in bodies if clause <= f.start and f.end <= match.start("list")]
            within = max(holders, key=lambda f: (f.end, len(f.name))).name if holders else None
            for start, end in items:
                name = text[start:end] + match["head"]
                yield Found(start, end, name, "party_org", rule.name, within)

    def _begun(
        self, text: str, items: list[tuple[int, str]], own: tuple[str, ...]
    ) -> Iterator[tuple[int, str]]:
        """The items of a list, the first without the words before its name."""
        for place, (start, item) in enumerate(items):
            end = start + len(item)
            at = self.names.places.beginning(text, start, end, end, own, True) if place == 0 else start
            if at is None:  # 下设｜惠泽、望江2个社区: words that are verbs elsewhere
                led = (w for w in self.names.words.lists["list_opener"] if item.startswith(w))
                at = next((start + len(w) for w in led if 1 < len(item) - len(w) < 5), None)
            if at is not None:
                yield at, text[at:end]


def _items(text: str, end: int, names: ItemNames) -> Iterator[tuple[int, str]]:
    """The items between 、 that end at `end`, with their places; the last may hold two (锦绣和康居)."""
    start = _list_start(text, end)
    described = text.rfind("的", text.find("、", start, end) + 1, end)
    if described > start and "、" in text[start:described]:
        start = described + 1  # 最远、最偏的｜望岭等社区
    start = max(start, text.rfind("等", start, end) + 1)  # 税务局、医院等单位到｜石坝、柳坞等社区
    parts = text[start:end].split("、")
    for number, part in enumerate(parts):
        both = _LAST.search(part, 2) if number == len(parts) - 1 else None
        if both is not None and names.listed(part[: both.start()]) and names.listed(part[both.end() :]):
            yield start, part[: both.start()]
            yield start + both.end(), part[both.end() :]
        elif part:
            yield start, part
        start += len(part) + 1


def spans_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the items of the list `text[start:end]` stand, parted by 、."""
    for item in text[start:end].split("、"):
        yield start, start + len(item)
        start += len(item) + 1


def _list_start(text: str, end: int) -> int:
    start = end
    while start > end - _LONGEST_LIST and start and (RUN.match(text[start - 1]) or text[start - 1] == "、"):
        start -= 1
    return start


def _number(numeral: str) -> int | None:
    return int(numeral) if numeral.isdigit() else 2 if numeral == "两" else parse_chinese(numeral)


def consistent(found: list[Found], text: str) -> list[Found]:
    """Where the article has both 凤鸣社区 and, elsewhere, 如意凤鸣社区, the longer one was cut wrongly."""
    names = {f.name for f in found if f.kind in TERRITORY}
    others = {f.name for f in found if f.kind == "association" and "小区" not in f.name}
    towns = {f.name[:-1] for f in found if f.kind == "street" and f.name[-1] in "镇乡" and len(f.name) > 2}
    mended = []
    estates: set[str] = set()  # of which the text has a community, too
    for f in found:
        if f.kind == "quarter" and f.name + "小区" in names:
            continue
        if f.kind == "quarter" and text.startswith("社区", f.end) and f.name + "社区" in names:
            estates.add(f.name)  # 翠湖花园｜社区服务中心, in a text with 翠湖花园社区
            continue
        if f.within in estates and f.name.startswith(f.within + "社区"):
            f = replace(f, within=f.within + "社区")
        if f.kind == "association" and "小区" in f.name and f.name.replace("小区", "") in others:
            continue  # 丽景花园业委会 and 丽景花园小区业委会
        if f.kind == "community" and f.name[-1] == "村" and f.within is None:
            parts = (f.name[:n] for n in range(len(f.name) - 3, 1, -1))
            town = next((part for part in parts if part in towns), "")
            f = replace(f, start=f.start + len(town), name=f.name[len(town) :])  # 铁厂｜新声村
        tails = (f.name[n:] for n in range(1, len(f.name) - 3)) if f.kind in TERRITORY else ()
        name = next((tail for tail in tails if tail in names), f.name)
        mended.append(replace(f, start=f.end - len(name), name=name) if name != f.name else f)
    return mended


def once(found: Iterable[Found], rules: RuleFile) -> list[Found]:
    """One of each name, the first, with the larger unit that any of them has; in the order of the text.

    Counted things and things in general are left out.
    """
    vague, led_by = rules["organisations.vague"].pattern, rules["organisations.led"].pattern
    first: dict[str, Found] = {}
    for f in found:
        if vague.search(f.name):
            continue
        within = f.within
        if within is not None and (led := led_by.match(within)):
            if f.kind == "company" and f.name.startswith(within):  # 中共柳坞社区｜云湖物业
                f = replace(f, start=f.start + len(within), name=f.name[len(within) :])
            f = replace(f, within=within[led.end() :])
        if led := led_by.match(f.name):
            f = replace(f, start=f.start + led.end(), name=f.name[led.end() :])
        known = first.setdefault(f.name, f)
        if known.within is None and f.within is not None:
            first[f.name] = replace(known, within=f.within)
    return sorted(first.values(), key=lambda f: (f.start, f.end))
