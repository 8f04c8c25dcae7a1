"""Offices, firms, schools, venues, associations, party bodies: by themselves, or of the unit before them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jiceng.extract.organisations.bodies import BodyReader
from jiceng.extract.organisations.divisions import may_open
from jiceng.extract.organisations.heads import Head
from jiceng.extract.organisations.lists import TERRITORY, Found
from jiceng.extract.organisations.names.walk import COUNTED, RUN
from jiceng.extract.organisations.places import HEAD, Before, is_title
from jiceng.lexicon import Scheme
from jiceng.rules import RuleFile

_AND = str.maketrans("", "", "与和及")
BRANCHING = ("company", "school", "government", "association")
"""Bodies that are named with their house where they follow one of their kind: 汉江银行｜解放路支行."""


class InstitutionReader:
    """Finds the names of institutions. `kinds` says what each head word is a head of."""

    def __init__(self, rules: RuleFile, bodies: BodyReader, scheme: Scheme, kinds: Mapping[str, str]) -> None:
        self.rules = rules
        self.bodies = bodies
        self.names = bodies.names
        self.divisions = self.names.divisions
        self.words = self.names.words.lists
        self.kinds = kinds
        self.nationwide = frozenset(scheme.words("company.nationwide"))
        venues = (*scheme.words("school", "facility.venue"), *self.words["farm"], *self.words["store"])
        self.plain = frozenset(venues)
        self.joint = frozenset(rules.tables["joint"]["words"].split())
        self.zones = frozenset(rules.tables["zones"]["heads"].split())
        self.aims = re.compile(rules.tables["zones"]["aims"])
        self.opened: dict[str, str] = rules.tables["opened"]
        self.brands = frozenset(rules.tables["brands"]["words"].split())

    def read(self, text: str, head: Head, before: Before) -> Found | None:
        """The institution whose name ends with a head; None if what stands before it is no name."""
        if head.kind == "party_org":
            whose = before.previous
            return self._part(text, head, whose) if whose else self._joint(text, head, before)
        if text[head.start - 1 : head.start] == "）":
            if head.kind == "company":
                return self._bracketed(text, head, before.own)
            if (national := self._national(text, head)) is not None:
                return national
        return self._body(text, head, before)

    def _body(self, text: str, head: Head, before: Before) -> Found | None:
        """An office, company, school, venue or association, by itself or of the unit before it."""
        limit, previous = before.limit, before.previous
        if head.word in self.opened:
            led = text[max(limit, head.start - 20) : head.start]
            if len(head.word) == 1 if previous is not None else not may_open(led, before.own):
                return None  # 锦绣街道主｜办
        at = self._firm(text, head, before)
        own_name = "" if at is None else text[at : head.end]
        if previous is not None and not (own_name and self._apart(head, previous, own_name)):
            part = self._part(text, head, previous)
            if part is not None:
                return part
        if at is None or self._is_no_firm(text, at, head, before):
            return None
        if head.kind in ("company", "association"):
            at = self.divisions.outermost(text, limit, at)
        awarded = head.word in self.words["awarded"] and text.endswith(self.words["award"], 0, at)
        if awarded or is_title(text, at, head.end):
            return None  # 被命名为｜松坪市科普教育基地: an honour; “乡风银行”: a practice
        within = previous.name if previous is not None and at == previous.end else None
        return Found(at, head.end, text[at : head.end], head.kind, HEAD, within)

    def _firm(self, text: str, head: Head, before: Before) -> int | None:
        """Where the name of a company, school, venue, office or association begins."""
        held = before.holder is not None and head.word != "中心"
        plain = head.word in self.plain or head.word not in self.kinds
        brand = head.word in self.brands or held
        return self.names.firms.beginning(text, before.limit, head.start, head.end, before.own, plain, brand)

    def _national(self, text: str, head: Head) -> Found | None:
        """`中国（南京）软件谷`: one of the country's, in the city that brackets tell."""
        opening = text.rfind("（", max(2, head.start - 10), head.start)
        start = opening - 2
        if opening < 2 or not text.startswith("中国", start):
            return None
        if not self.divisions.is_place(text[opening + 1 : head.start - 1]):
            return None
        return Found(start, head.end, text[start : head.end], head.kind, HEAD)

    def _bracketed(self, text: str, head: Head, own: tuple[str, ...]) -> Found | None:
        """`松湖电缆（集团）有限公司`: a name that brackets interrupt, with a place or 集团 in them."""
        opening = text.rfind("（", max(0, head.start - 10), head.start)
        if opening < 2:
            return None
        inner = text[opening + 1 : head.start - 1]
        if inner not in self.words["in_brackets"] and not self.divisions.is_place(inner):
            return None
        start = opening
        while start and opening - start < 20 and RUN.match(text[start - 1]):
            start -= 1
        at = self.names.firms.beginning(text, start, opening, opening, own, brand=True)
        if at is None:
            return None
        at = self.divisions.outermost(text, start, at)
        return Found(at, head.end, text[at : head.end], head.kind, HEAD)

    def _apart(self, head: Head, previous: Found, name: str) -> bool:
        """Whether a body behind another name has a name of its own, and is not named with that one."""
        if self.rules["organisations.vague"].pattern.search(name):
            return False  # 石桥镇｜社会治安综合治理中心
        if previous.kind == head.kind and head.kind in BRANCHING:
            return False  # 汉江银行｜解放路支行, 南陵大学｜法学院: a branch is named with its house
        return head.kind == "company" or (previous.kind in TERRITORY and head.kind in ("school", "facility"))

    def _is_no_firm(self, text: str, at: int, head: Head, before: Before) -> bool:
        """Whether a name is a division's, or one that only a division before it makes an organisation's."""
        own = before.own
        if self._division_only(text[at : head.end]):
            return True
        he = text.find("和县", at, head.start)
        if he >= 0 and "和县" not in own and not (he and self.divisions.is_division(text[he - 1 : he + 2])):
            return True  # 网格员｜和｜县民政局, outside the county of that name
        ends = self.opened.get(head.word)
        if ends is not None and (head.start - at < 4 or text[head.start - 1] in ends):
            return True
        unit = before.previous is None and any(u in text[at : head.start] for u in self.words["unit_kind"])
        general = (
            ends is not None  # 云岭区妇幼｜中心
            or unit  # 传至｜街道综治中心
            or (head.word in self.zones and self.aims.search(text, at, head.start))
        )
        return bool(general) and not self._opens(text, at, own)

    def _joint(self, text: str, head: Head, before: Before) -> Found | None:
        """`江宁区物业行业党委`, `菌菇产业临时党支部`: joint bodies are named for what they join."""
        if head.word not in self.joint:
            return None
        at = self.names.firms.beginning(text, before.limit, head.start, head.end, before.own)
        if at is None or any(unit in text[at : head.start] for unit in self.words["place_unit"]):
            return None
        return Found(at, head.end, text[at : head.end], head.kind, HEAD)

    def _division_only(self, name: str) -> bool:
        """Whether a name is that of a division (天津市滨海新区), which is no organisation."""
        is_division = self.divisions.is_division
        return any(is_division(name[n:]) and (not n or is_division(name[:n])) for n in range(len(name) - 1))

    def _opens(self, text: str, at: int, own: tuple[str, ...]) -> bool:
        """Whether a division's name begins here."""
        is_division = self.divisions.is_division
        return text.startswith(own, at) or any(is_division(text[at : at + n]) for n in range(2, 9))

    def _part(self, text: str, head: Head, previous: Found) -> Found | None:
        """A body of the unit named directly before: 凤鸣社区｜党群服务中心, 红星村｜临时党支部."""
        alias = self.bodies.alias.match(text, previous.end)
        begin = alias.end() if alias is not None else previous.end
        also = alias[0] if alias is not None and alias["also"] else ""  # 石桥村（社区）｜党群服务中心
        between = text[begin : head.start]
        if previous.kind == "party_org" and head.kind == "government" and not between:
            return None  # 石桥乡党委｜政府
        lies = between[:1] in self.names.words.signs.lies and len(between) > 2
        if lies or self.divisions.joined(text, begin) or COUNTED.fullmatch(between):
            return None  # 石桥镇｜归云湖新区管, 云湖物业｜两家公司
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
        if not self.names.walker.covers(whole, 0, len(whole), free=head.kind == "party_org"):
            return None
        of_firm = previous.kind == "company" and head.word == "管理处"  # 云湖物业公司｜柳坞管理处
        start, kind = previous.start, "company" if of_firm else head.kind
        if head.word == "工委" and previous.kind == "street" and text.endswith("人大", 0, start):
            start, kind = start - 2, "government"  # 人大｜石桥街道｜工委
        house = kind == previous.kind and kind in BRANCHING
        start -= self.bodies.nations(text, start, head.word, self.nationwide)
        name = text[start : previous.end] + also + text[begin : head.end]
        if house and head.kind == "government" and between and self.names.kinds.kind_of_branch(between):
            return None  # 松林法庭｜流动便民法庭
        within = previous.within if house else previous.name
        return Found(start, head.end, name, kind, "organisations.part", within)
