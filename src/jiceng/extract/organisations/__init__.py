"""Named organisations: streets, communities, quarters, party bodies, offices, firms, schools, venues.

Head words (社区, 有限公司) are found in one pass; for each, `names` looks for the beginning
of its name to the left. Names that follow one another directly nest: 龙泉镇｜石桥村, 凤鸣社区｜党支部.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from jiceng.divisions.names import usable_short
from jiceng.extract.analysis import Analysis
from jiceng.extract.organisations.bodies import BodyReader
from jiceng.extract.organisations.doubts import may_open
from jiceng.extract.organisations.heads import Head, HeadFinder, Titles
from jiceng.extract.organisations.lists import TERRITORY, Found, ListReader, consistent, once
from jiceng.extract.organisations.names import NameFinder
from jiceng.extract.organisations.places import HEAD, Before, PlaceReader, is_title
from jiceng.extract.organisations.trades import TradeReader
from jiceng.extract.organisations.walk import COUNTED, DIVISION_END, RUN
from jiceng.extract.organisations.words import NameWords
from jiceng.lexicon import Lexicon
from jiceng.model import Organisation
from jiceng.rules import load_rules

_AND = str.maketrans("", "", "与和及")
_LEGAL = "organisations.legal"  # a firm's legal form behind what is a name by itself
# Bodies that are named with their house where they follow one of their kind: 汉江银行｜解放路支行.
_BRANCHING = ("company", "school", "government", "association")


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Organisation, ...]]:
    """A function that finds the named organisations of an article: one fact a name, in the text's order."""
    finder = _Finder(lexicon)

    def extract(analysis: Analysis) -> tuple[Organisation, ...]:
        found = finder.find(analysis)
        return tuple(f.fact() for f in once(consistent(found, analysis.text), finder.rules))

    return extract


def _behind_town(head: Head, previous: Found | None) -> bool:
    """Whether a head follows the name of a street or town directly."""
    return previous is not None and previous.kind == "street" and previous.end == head.start


def _is_common(head: Head, previous: Found | None) -> bool:
    """Whether a head is no organisation's where it stands."""
    if head.kind == "facility" and len(head.word) == 1 and _behind_town(head, previous):
        return True  # 石桥乡｜寺前村
    if head.word == "人大":
        return not _behind_town(head, previous)
    # 石桥村｜民宿: those of the village
    return head.word == "民宿" and previous is not None and previous.end == head.start


class _Finder:
    def __init__(self, lexicon: Lexicon) -> None:
        self.rules = load_rules("organisations", lexicon)
        scheme = lexicon.scheme("organisation_kinds")
        self.kinds = {label: c.notation.partition(".")[0] for label, c in scheme.by_label.items()}
        self.nationwide = frozenset(scheme.words("company.nationwide"))
        actions = lexicon.schemes.get("actions")
        gazetteer = lexicon.gazetteer
        cache: dict[str, bool] = {}

        def is_division(name: str) -> bool:
            if name not in cache:
                full = name[-1:] in DIVISION_END and len(name) > 1
                known = gazetteer.named(name) if full else ()
                known = known or (gazetteer.named(name[:-1]) if full and name[-1] in "县旗州" else ())
                # 秀山县 is what 秀山土家族苗族自治县 calls itself
                cache[name] = any(d.name == name or d.name.endswith("自治" + name[-1]) for d in known)
            return cache[name]

        def is_short(name: str) -> bool:
            return not is_division(name) and bool(gazetteer.named(name))

        def is_city(name: str) -> bool:
            known = () if is_division(name) else gazetteer.named(name)
            return any(d.level != "county" and d.abolished is None for d in known)

        self.gazetteer = gazetteer
        self.is_division = is_division
        known = NameWords.load(self.rules, actions.words() if actions else ())
        self.words = known.lists
        venues = (*scheme.words("school", "facility.venue"), *self.words["farm"], *self.words["store"])
        self.plain = frozenset(venues)
        self.local = self.plain.union(self.words["police"], self.words["local"])
        self.names = NameFinder(known, (is_division, is_short, is_city), scheme.words())
        self.heads = HeadFinder(self.rules, self.kinds)
        self.lists = ListReader(self.rules, self.names, self.kinds)
        self.places = PlaceReader(self.rules, self.names, scheme.words("community.hamlet"))
        self.bodies = BodyReader(self.rules, self.names)
        self.trades = TradeReader(self.rules, self.names)
        self.joint = frozenset(self.rules.tables["joint"]["words"].split())
        self.zones = frozenset(self.rules.tables["zones"]["heads"].split())
        self.aims = re.compile(self.rules.tables["zones"]["aims"])
        self.opened: dict[str, str] = self.rules.tables["opened"]
        self.brands = frozenset(self.rules.tables["brands"]["words"].split())

    def find(self, analysis: Analysis) -> list[Found]:
        text = analysis.text
        titles = Titles(analysis)
        own = self._own_short_names(analysis)
        found: list[Found] = []
        stems: set[str] = set()  # of the towns, villages and communities found so far
        previous: Found | None = None  # within the run of characters, so that names can nest
        last: Found | None = None
        runs = RUN.finditer(text)
        run = next(runs, None)
        for head in self.heads.heads(text):
            while run is not None and run.end() <= head.start:
                run = next(runs, None)
            also = previous is not None and self.bodies.named_also(text, previous, head)
            if run is None or also or titles.hold(head.start):
                continue
            limit = run.start()
            if (
                previous is not None
                and previous.end <= limit
                and not self.bodies.aliased(text, previous, limit)
            ):
                previous = None
            listed = last is not None and last.end == limit - 1 and text[limit - 1] == "、"
            beside = last if listed else None
            if last is not None and self._is_campus(text, last, head, limit):
                last = found[-1] = replace(last, end=head.end + 1, name=text[last.start : head.end + 1])
                continue
            made = self._make(text, head, limit, previous, own, beside)
            if made is None and (previous is None or previous.end < head.start):
                made = self._of_place(text, head, limit, stems)
            if made is None:
                continue
            made = self.bodies.with_part(text, made)
            if previous is not None and self._replaces(made, previous):
                found.pop()  # previous is always the last
            legal = made.rule == _LEGAL
            while found and found[-1].start >= made.start and (legal or found[-1].name in self.nationwide):
                found.pop()  # 中国电建｜西北设计研究院｜有限公司
            found.append(made)
            if made.kind in TERRITORY:
                stems.add(made.name.removesuffix(head.word))
            previous = last = made
        bodies = self.bodies.found(text, analysis.article.division.name, found)
        found += [f for f in bodies if not titles.hold(f.start)]
        found = self.lists.with_listed(text, found, own)
        found += [f for f in self.trades.found(text, found) if not titles.hold(f.start)]
        found += self.lists.paired(text, found, own)
        found += self.lists.beside(text, found, own)
        found += [f for f in self.lists.sites(text, found) if not titles.hold(f.start)]
        found += self.lists.groups(text, found)
        found += self.bodies.shortened(text, found)
        return sorted(found, key=lambda f: (f.start, f.end, f.name))

    def _is_campus(self, text: str, last: Found, head: Head, limit: int) -> bool:
        """Whether brackets behind a school or hospital tell which part of it: 南陵大学｜（东湖校区）."""
        within = last.end == limit - 1 and text[last.end] == "（" and text[head.end : head.end + 1] == "）"
        return within and last.kind in ("school", "facility") and head.word in self.words["campus"]

    def _replaces(self, made: Found, previous: Found) -> bool:
        """Whether a longer name takes the place of the one that it begins with (翠湖花园 in 翠湖花园社区)."""
        if made.kind == "company" and previous.kind == "facility" and made.name.endswith("公司"):
            return made.start == previous.start  # 云湖市场｜管理有限公司
        if made.kind == previous.kind and made.kind in _BRANCHING:
            return made.start == previous.start
        if made.name.endswith(self.words["campus"]) and previous.kind == "facility":
            return made.start == previous.start  # 云岭区人民医院｜柳湾分院
        if made.kind == "facility" and previous.kind in ("association", "school"):
            return made.start == previous.start  # 红十字会｜医院, 南陵大学｜附属医院, 南陵大学｜科技城
        return made.rule != "organisations.part" and previous.end > made.start >= previous.start

    def _own_short_names(self, analysis: Analysis) -> tuple[str, ...]:
        division = analysis.article.division
        known = self.gazetteer.get(division.adcode) or division
        names = [division.name, *(d.name for d in self.gazetteer.within(known))]
        shorts = {n[:-1] for n in names if len(n) > 2} | set(names)
        shorts |= {short for n in names if (short := usable_short(n)) is not None}
        return tuple(sorted(shorts, key=lambda n: (-len(n), n)))

    def _make(
        self,
        text: str,
        head: Head,
        limit: int,
        previous: Found | None,
        own: tuple[str, ...],
        beside: Found | None,
    ) -> Found | None:
        at_once = self._at_once(text, head, previous)
        if at_once is not None:
            return at_once
        if previous is not None:
            limit = previous.end + self._lies(text, previous.end, head)
        if _is_common(head, previous):
            return None
        if head.kind == "party_org":
            return self._part(text, head, previous) if previous else self._joint(text, head, limit, own)
        if head.kind in TERRITORY or head.word in self.words["area"]:
            place = self.places.read(text, head, Before(limit, previous, beside, own))
            of_city = text[place.start : head.start] if place else ""
            if place and head.word in self.words["area"] and self.names.are_divisions(place.name):
                return None  # 郑州上街区
            if of_city in own and (self.names.is_city(of_city) or self._in_general(text, head)):
                return None  # 深圳｜小区, in Shenzhen, 云岭｜社区公益基金会
            return place
        if text[head.start - 1 : head.start] == "）" and head.kind == "company":
            return self._bracketed(text, head, own)
        if text[head.start - 1 : head.start] == "）" and (national := self._national(text, head)) is not None:
            return national
        return self._body(text, head, limit, previous, own)

    def _lies(self, text: str, at: int, head: Head) -> bool:
        """Whether a character tells where a unit lies, or joins another: 石桥镇｜归｜云湖新区管."""
        if self.names.joined(text, at):
            return True
        return head.start - at > 2 and text[at] in self.names.words.signs.lies and head.kind == "other"

    def _in_general(self, text: str, head: Head) -> bool:
        """Whether communities of any kind are meant: 社区治理."""
        return head.word == "社区" and self.names.words.themes.match(text, head.end) is not None

    def _at_once(self, text: str, head: Head, previous: Found | None) -> Found | None:
        """An organisation whose head is its whole name, or a firm's legal form behind a name."""
        behind = previous is not None and previous.end == head.start
        if head.whole or (head.word in self.nationwide and not text.startswith("银行", head.end)):
            within = previous.name if previous is not None and behind else None
            return Found(head.start, head.end, head.word, head.kind, HEAD, within)
        if previous is not None and behind and head.word.startswith(self.words["legal_form"]):
            name = text[previous.start : head.end]
            return Found(previous.start, head.end, name, head.kind, _LEGAL)
        return None

    def _body(
        self, text: str, head: Head, limit: int, previous: Found | None, own: tuple[str, ...]
    ) -> Found | None:
        """An office, company, school, venue or association, by itself or of the unit before it."""
        if head.word in self.opened:
            before = text[max(limit, head.start - 20) : head.start]
            if len(head.word) == 1 if previous is not None else not may_open(before, own):
                return None  # 锦绣街道主｜办
        at = self._firm(text, head, limit, previous, own)
        own_name = "" if at is None else text[at : head.end]
        if previous is not None and not (own_name and self._apart(head, previous, own_name)):
            part = self._part(text, head, previous)
            if part is not None:
                return part
        if at is None or self._is_no_firm(text, at, head, previous, own):
            return None
        if head.kind in ("company", "association"):
            at = self.names.outermost(text, limit, at)
        awarded = head.word in self.words["awarded"] and text.endswith(self.words["award"], 0, at)
        if awarded or is_title(text, at, head.end):
            return None  # 被命名为｜松坪市科普教育基地: an honour; “乡风银行”: a practice
        within = previous.name if previous is not None and at == previous.end else None
        return Found(at, head.end, text[at : head.end], head.kind, HEAD, within)

    def _of_place(self, text: str, head: Head, limit: int, stems: set[str]) -> Found | None:
        """`向山｜小学` in a text with 向山镇: a school, hospital or office named for a place found before."""
        if head.word not in self.local:
            return None
        for at in range(max(limit, head.start - 4), head.start - 1):
            stem = text[at : head.start]
            if stem in stems and not self.names.is_kind(stem):
                return Found(at, head.end, text[at : head.end], head.kind, HEAD)
        return None

    def _firm(
        self, text: str, head: Head, limit: int, previous: Found | None, own: tuple[str, ...]
    ) -> int | None:
        """Where the name of a company, school, venue, office or association begins."""
        held = previous is not None and previous.kind in ("street", "community") and head.word != "中心"
        plain = head.word in self.plain or head.word not in self.kinds
        brand = head.word in self.brands or held
        return self.names.firm(text, limit, head.start, head.end, own, plain, brand)

    def _national(self, text: str, head: Head) -> Found | None:
        """`中国（南京）软件谷`: one of the country's, in the city that brackets tell."""
        opening = text.rfind("（", max(2, head.start - 10), head.start)
        start = opening - 2
        if opening < 2 or not text.startswith("中国", start):
            return None
        if not self.names.is_place(text[opening + 1 : head.start - 1]):
            return None
        return Found(start, head.end, text[start : head.end], head.kind, HEAD)

    def _bracketed(self, text: str, head: Head, own: tuple[str, ...]) -> Found | None:
        """`松湖电缆（集团）有限公司`: a name that brackets interrupt, with a place or 集团 in them."""
        opening = text.rfind("（", max(0, head.start - 10), head.start)
        if opening < 2:
            return None
        inner = text[opening + 1 : head.start - 1]
        if inner not in self.words["in_brackets"] and not self.names.is_place(inner):
            return None
        start = opening
        while start and opening - start < 20 and RUN.match(text[start - 1]):
            start -= 1
        at = self.names.firm(text, start, opening, opening, own, brand=True)
        if at is None:
            return None
        at = self.names.outermost(text, start, at)
        return Found(at, head.end, text[at : head.end], head.kind, HEAD)

    def _apart(self, head: Head, previous: Found, name: str) -> bool:
        """Whether a body behind another name has a name of its own, and is not named with that one."""
        if self.rules["organisations.vague"].pattern.search(name):
            return False  # 石桥镇｜社会治安综合治理中心
        if previous.kind == head.kind and head.kind in _BRANCHING:
            return False  # 汉江银行｜解放路支行, 南陵大学｜法学院: a branch is named with its house
        return head.kind == "company" or (previous.kind in TERRITORY and head.kind in ("school", "facility"))

    def _is_no_firm(
        self, text: str, at: int, head: Head, previous: Found | None, own: tuple[str, ...]
    ) -> bool:
        """Whether a name is a division's, or one that only a division before it makes an organisation's."""
        if self._division_only(text[at : head.end]):
            return True
        he = text.find("和县", at, head.start)
        if he >= 0 and "和县" not in own and not (he and self.is_division(text[he - 1 : he + 2])):
            return True  # 网格员｜和｜县民政局, outside the county of that name
        ends = self.opened.get(head.word)
        if ends is not None and (head.start - at < 4 or text[head.start - 1] in ends):
            return True
        unit = previous is None and any(text.find(u, at, head.start) >= 0 for u in self.words["unit_kind"])
        general = (
            ends is not None  # 云岭区妇幼｜中心
            or unit  # 传至｜街道综治中心
            or (head.word in self.zones and self.aims.search(text, at, head.start))
        )
        return bool(general) and not self._opens(text, at, own)

    def _joint(self, text: str, head: Head, limit: int, own: tuple[str, ...]) -> Found | None:
        """`江宁区物业行业党委`, `菌菇产业临时党支部`: joint bodies are named for what they join."""
        if head.word not in self.joint:
            return None
        at = self.names.firm(text, limit, head.start, head.end, own)
        if at is None or any(unit in text[at : head.start] for unit in self.words["place_unit"]):
            return None
        if self.is_division(text[at : head.start]):
            return None
        return Found(at, head.end, text[at : head.end], head.kind, HEAD)

    def _division_only(self, name: str) -> bool:
        """Whether a name is that of a division (天津市滨海新区), which is no organisation."""
        return any(
            self.is_division(name[n:]) and (not n or self.is_division(name[:n])) for n in range(len(name) - 1)
        )

    def _opens(self, text: str, at: int, own: tuple[str, ...]) -> bool:
        """Whether a division's name begins here."""
        return text.startswith(own, at) or any(self.is_division(text[at : at + n]) for n in range(2, 9))

    def _part(self, text: str, head: Head, previous: Found) -> Found | None:
        """A body of the unit named directly before: 凤鸣社区｜党群服务中心, 红星村｜临时党支部."""
        alias = self.bodies.alias.match(text, previous.end)
        begin = alias.end() if alias is not None else previous.end
        also = alias[0] if alias is not None and alias["also"] else ""  # 石桥村（社区）｜党群服务中心
        between = text[begin : head.start]
        if previous.kind == "party_org" and head.kind == "government" and not between:
            return None  # 石桥乡党委｜政府
        lies = between[:1] in self.names.words.signs.lies and len(between) > 2
        if lies or self.names.joined(text, begin) or COUNTED.fullmatch(between):
            return None  # 石桥镇｜归云湖新区管, 云湖物业｜两家公司
        if head.word == "政府" and between:
            return None  # 石桥嘎查｜离苏木政府
        if head.kind != "party_org" and between.startswith(self.words["committee"]):
            return None  # 某集团｜党委利用某公园
        if (
            head.word in self.words["square"]
            and between in ("", "中心")
            and previous.kind in ("quarter", "facility")
        ):
            return None  # 翠湖小区｜广场: a part of it
        of_town = previous.kind == "street" and (  # 石桥镇｜社区｜卫生服务中心, 石桥街道｜社区基金会
            between == "社区" or (between.startswith("社区") and head.kind == "association")
        )
        unit = head.kind != "school" and any(u in between for u in self.words["place_unit"])
        if len(between) > 12 or (unit and not of_town):
            return None
        whole = between
        if head.kind == previous.kind == "school" and between[:1] not in ("与", "和", "及"):
            whole = between.translate(_AND)  # 南陵大学｜新闻与传播学院
        if not self.names.covers(whole, 0, len(whole), free=head.kind == "party_org"):
            return None
        of_firm = previous.kind == "company" and head.word == "管理处"  # 云湖物业公司｜柳坞管理处
        start, kind = previous.start, "company" if of_firm else head.kind
        if head.word == "工委" and previous.kind == "street" and text.endswith("人大", 0, start):
            start, kind = start - 2, "government"  # 人大｜石桥街道｜工委
        house = kind == previous.kind and kind in _BRANCHING
        start -= self.bodies.nations(text, start, head.word, self.nationwide)
        name = text[start : previous.end] + also + text[begin : head.end]
        if house and head.kind == "government" and between and self.names.kind_of_branch(between):
            return None  # 松林法庭｜流动便民法庭
        within = previous.within if house else previous.name
        return Found(start, head.end, name, kind, "organisations.part", within)
