"""Named organisations: streets, communities, quarters, party bodies, offices, firms, schools, venues.

Head words (社区, 有限公司) are found in one pass; for each, `organisation_names` looks for the beginning
of its name to the left. Names that follow one another
directly nest: 龙泉镇｜石桥村, 凤鸣社区｜党支部.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jiceng import words
from jiceng.extract.analysis import Analysis
from jiceng.extract.organisation_bodies import ALIAS, BodyReader, aliased, named_also
from jiceng.extract.organisation_doubts import behind_division, may_open
from jiceng.extract.organisation_heads import Head, HeadFinder, Titles
from jiceng.extract.organisation_lists import TERRITORY, Found, ListReader, consistent, once
from jiceng.extract.organisation_names import NameFinder
from jiceng.extract.organisation_words import NameWords
from jiceng.lexicon import Lexicon
from jiceng.model import Organisation
from jiceng.rules import load_rules

_RUN = re.compile(r"[〇\u4e00-\u9fffA-Za-z0-9]+")
_DIVISION_END = "省市区县旗州盟"
# Parts of a quarter, which belong to its name: 翠湖花园｜二期, 安华里｜三区.
_QUARTER_PART = re.compile(
    r"(?:[一二三四五六七八九]|\d{1,2})期(?!工程|项目|建设)|[东南西北中][区苑院]|[A-F一二三四五六七八九]区"
)
_OF_A_KIND = re.compile("街道|镇街|街镇|村居|社区")  # no part of a name but behind a division's
_AND = re.compile("以及|[和与及]")
_INNER = re.compile("(?:[东南西北中前后]?[路街巷里门][东南西北中]?|[东南西北中前后])?")
_NTH = re.compile(r"第[一二三四五六七八九十\d]{1,2}")
# Names that are parts of a longer place name when its head follows at once: 翠湖花园｜社区, 彝人古镇｜社区.
_BRANCHING = ("company", "school", "government")
_ABSORBED = ("quarter", "facility", "school", "company", "other")


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Organisation, ...]]:
    """A function that finds the named organisations of an article: one fact a name, in the text's order."""
    finder = _Finder(lexicon)

    def extract(analysis: Analysis) -> tuple[Organisation, ...]:
        found = finder.find(analysis)
        return tuple(f.fact() for f in once(consistent(found), finder.rules))

    return extract


class _Finder:
    def __init__(self, lexicon: Lexicon) -> None:
        self.rules = load_rules("organisations", lexicon)
        scheme = lexicon.scheme("organisation_kinds")
        self.kinds = {label: c.notation.partition(".")[0] for label, c in scheme.by_label.items()}
        self.hamlets = frozenset(scheme.words("community.hamlet"))
        self.plain = frozenset(scheme.words("school", "facility.venue"))
        actions = lexicon.schemes.get("actions")
        gazetteer = lexicon.gazetteer
        cache: dict[str, bool] = {}

        def is_division(name: str) -> bool:
            if name not in cache:
                full = name[-1:] in _DIVISION_END and len(name) > 1
                cache[name] = full and any(d.name == name for d in gazetteer.named(name))
            return cache[name]

        def is_short(name: str) -> bool:
            return not is_division(name) and bool(gazetteer.named(name))

        self.gazetteer = gazetteer
        self.is_division = is_division
        known = NameWords.load(self.rules.tables, actions.words() if actions else ())
        self.words = known.lists
        self.names = NameFinder(known, is_division, is_short, scheme.words())
        self.heads = HeadFinder(self.rules, self.kinds)
        self.lists = ListReader(self.rules, self.names, self.kinds)
        self.bodies = BodyReader(self.rules, self.names)
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
        previous: Found | None = None  # within the run of characters, so that names can nest
        last: Found | None = None
        runs = _RUN.finditer(text)
        run = next(runs, None)
        for head in self.heads.heads(text):
            while run is not None and run.end() <= head.start:
                run = next(runs, None)
            if run is None or titles.hold(head.start):
                continue
            if previous is not None and named_also(text, previous, head):
                continue
            limit = run.start()
            if previous is not None and previous.end <= limit and not aliased(text, previous, limit):
                previous = None
            listed = last is not None and last.end == limit - 1 and text[limit - 1] == "、"
            beside = last if listed else None
            made = self._make(text, head, limit, previous, own, beside)
            if made is None:
                continue
            if previous is not None and self._replaces(made, previous):
                found.pop()  # previous is always the last
            found.append(made)
            previous = last = made
        bodies = self.bodies.found(text, analysis.article.division.name, found)
        found += [f for f in bodies if not titles.hold(f.start)]
        found = self.lists.with_listed(text, found, own)
        found += self.lists.paired(text, found, own)
        found += [f for f in self.lists.sites(text, found) if not titles.hold(f.start)]
        found += self.lists.groups(text, found)
        return sorted(found, key=lambda f: (f.start, f.end, f.name))

    @staticmethod
    def _replaces(made: Found, previous: Found) -> bool:
        """Whether a longer name takes the place of the one that it begins with (翠湖花园 in 翠湖花园社区)."""
        if made.kind == previous.kind and made.kind in _BRANCHING:
            return made.start == previous.start
        if made.kind == "facility" and previous.kind in ("association", "school"):
            return made.start == previous.start  # 红十字会｜医院, 南陵大学｜附属医院, 南陵大学｜科技城
        return made.rule != "organisations.part" and previous.end > made.start >= previous.start

    def _own_short_names(self, analysis: Analysis) -> tuple[str, ...]:
        division = analysis.article.division
        known = self.gazetteer.get(division.adcode) or division
        names = [division.name, *(d.name for d in self.gazetteer.within(known))]
        shorts = {n[:-1] for n in names if len(n) > 2} | set(names)
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
        if head.whole:
            within = previous.name if previous is not None and previous.end == head.start else None
            return Found(head.start, head.end, head.word, head.kind, "organisations.head", within)
        anchor = self._anchor(text, head, limit, previous, beside)
        limit = previous.end if previous else limit
        rule = "organisations.head"
        if head.kind == "party_org":
            return self._part(text, head, previous) if previous else self._joint(text, head, limit, own)
        if head.kind in TERRITORY or head.word in self.words["area"]:
            return self._territory(text, head, limit, previous, own, anchor, beside)
        if head.word in self.opened:
            before = text[max(limit, head.start - 20) : head.start]
            if len(head.word) == 1 if previous is not None else not may_open(before, own):
                return None  # 锦绣街道主｜办
        at = self.names.firm(
            text,
            limit,
            head.start,
            head.end,
            own,
            head.word in self.plain or head.word not in self.kinds,
            head.word in self.brands
            or (previous is not None and previous.kind in ("street", "community") and head.word != "中心"),
        )
        if previous is not None:
            alone = head.kind == "company" or (
                previous.kind in TERRITORY and head.kind in ("school", "facility")
            )
            if previous.kind == head.kind and head.kind in _BRANCHING:
                # 汉江银行｜解放路支行, 南陵大学｜法学院: a branch is named with its house.
                alone = False
            if (at is None or not alone) and (part := self._part(text, head, previous)):
                return part
        if at is None or self._division_only(text[at : head.end]):
            return None
        if (ends := self.opened.get(head.word)) is not None and (
            head.start - at < 4 or text[head.start - 1] in ends or not self._opens(text, at, own)
        ):
            return None  # 云岭区妇幼｜中心: behind a division alone
        if previous is None and _OF_A_KIND.search(text, at, head.start) and not self._opens(text, at, own):
            return None  # 传至｜街道综治中心: a street's, but no street's name
        if (
            head.word in self.zones
            and self.aims.search(text, at, head.start)
            and not self._opens(text, at, own)
        ):
            return None
        if head.kind in ("company", "association"):
            at = self.names.outermost(text, limit, at)
        if text[at - 1 : at] == "“" and text[head.end : head.end + 1] == "”":
            return None  # “乡风银行”, “邻里会客厅”: the name of a practice
        within = previous.name if previous is not None and at == previous.end else None
        return Found(at, head.end, text[at : head.end], head.kind, rule, within)

    def _joint(self, text: str, head: Head, limit: int, own: tuple[str, ...]) -> Found | None:
        """`江宁区物业行业党委`, `菌菇产业临时党支部`: joint bodies are named for what they join."""
        if head.word not in self.joint:
            return None
        at = self.names.firm(text, limit, head.start, head.end, own)
        if at is None or any(unit in text[at : head.start] for unit in self.words["place_unit"]):
            return None
        if self.is_division(text[at : head.start]):
            return None
        return Found(at, head.end, text[at : head.end], head.kind, "organisations.head")

    @staticmethod
    def _anchor(
        text: str, head: Head, limit: int, previous: Found | None, beside: Found | None
    ) -> int | None:
        """Where a name must begin: behind the unit that holds it, or behind 、 or 和 and one of its kind.

        `beside` is the name that ends before the 、 at which the run of characters begins.
        """
        if previous is None:
            if beside is None:
                return None
            return limit if beside.kind == head.kind or {beside.kind, head.kind} <= set(TERRITORY) else None
        joint = _AND.match(text, previous.end)
        if joint is not None:
            alike = previous.kind == head.kind or {previous.kind, head.kind} <= {"street", "community"}
            return joint.end() if alike else None
        return previous.end if previous.kind in ("street", "community") else None

    def _territory(
        self,
        text: str,
        head: Head,
        limit: int,
        previous: Found | None,
        own: tuple[str, ...],
        anchor: int | None,
        beside: Found | None,
    ) -> Found | None:
        rule = "organisations.head"
        if head.word in self.hamlets and not self._in_village(text, head, previous, beside):
            return None
        if (
            head.word == "社区"
            and previous is not None
            and previous.end == head.start
            and previous.kind == "street"
            and self.names.words.themes.match(text, head.end)
        ):
            return None  # 石桥镇｜社区卫生服务中心
        if previous is not None and self._continues(text, head, previous):
            # 翠湖花园｜社区, 光明寺｜东街｜社区: the name of the one is part of the other's.
            start = previous.start
            if previous.rule == "organisations.part" and previous.within:
                start += len(previous.within)
            at = self.names.place(text, start, head.start, head.end, own, False)
            if at is not None and self.is_division(text[start:at]):  # 运河区｜市场街道
                start = at
            return Found(start, head.end, text[start : head.end], head.kind, rule, previous.within)
        if previous is not None and previous.end == head.start:
            return None
        larger = previous is not None and previous.kind in ("street", "community")
        at = self.names.place(text, limit, head.start, head.end, own, larger)
        if at is None and len(head.word) == 2 and head.word[1] == "苑":  # 嘉绿｜苑 and 绿苑
            at = self.names.place(text, limit, head.end - 1, head.end, own, larger)
        shown = None
        held = larger and limit == anchor
        if previous is None and at is None and anchor is None:
            anchor = behind_division(text, head.start, own)
            held = True
        if previous is None and at is None and head.word in ("街道", "镇") and limit + 5 > head.start:
            at = self.names.at_edge(text, limit, head.start)
        if previous is None and at is None and head.kind == "street":
            at = self.names.of_division(text, limit, head.start, head.end)
        if previous is None and at is None and self.names.in_list(text, limit, head.start, head.end):
            at = self.names.anchored(text, limit, head.start, head.end, nested=False)
        if previous is None and at is not None and at != anchor:
            behind = self.names.behind_any(text, limit, head.start)
            if behind is not None and behind not in (at, anchor) and not self.names.is_place(text[behind:at]):
                # 以｜云岭区｜青禾镇, 云岭区｜镇东营镇: the division's end tells where the name begins.
                anchor, held = behind, True
                at = max(at, behind + 1)
        if anchor is not None and (at is None or anchor < at <= anchor + 2):
            shown = self.names.anchored(text, anchor, head.start, head.end, nested=held)
        at = shown if shown is not None else at
        if at is None or not (shown is not None or at == anchor or self._telling(text, at, head)):
            return None
        if head.word == "街" and not self.names.is_avenue_office(text, at, head.end):
            return None
        if head.word in ("乡", "镇") and self.names.is_placename(text[at : head.end]):
            return None
        if text[head.start - 1] in "型式类分" and head.word in self.words["neighbourhood"]:
            return None  # 青年友好型社区 is a kind of community
        if text[at - 1 : at] == "“" and text[head.end : head.end + 1] == "”":
            return None  # a quoted “…社区” is a title or brand
        within = None
        if previous is not None and larger and text[previous.end : at] in ("", "的"):
            within = previous.name
        part = _QUARTER_PART.match(text, head.end) if head.kind == "quarter" else None
        end = part.end() if part is not None else head.end
        return Found(at, end, text[at:end], head.kind, rule, within)

    def _in_village(self, text: str, head: Head, previous: Found | None, beside: Found | None) -> bool:
        """Whether a hamlet's name follows its village, or another hamlet in a list: 屯, 寨 end many words."""
        if previous is not None:
            name = text[previous.end : head.start].lstrip("和在的")
            if previous.kind != "community" or not 0 < len(name) <= 5:
                return False
        elif beside is not None and self._of_hamlet(beside):
            name = text[beside.end + 1 : head.start]
        else:
            return False
        return head.word != "组" or self.names.listed(name)  # 白石村｜瓦窑组, but not 党员组

    def _of_hamlet(self, found: Found) -> bool:
        """Whether a name is a hamlet's, or that of a body of one: 瓦窑屯, 瓦窑屯党支部."""
        hamlet = found.within if found.kind == "party_org" else found.name
        return hamlet is not None and hamlet.endswith(tuple(self.hamlets))

    def _continues(self, text: str, head: Head, previous: Found) -> bool:
        """Whether the name of a place goes on with the one before it."""
        if head.word in self.words["staff_homes"] and previous.kind in ("government", "party_org"):
            return previous.kind == "government" and previous.end == head.start  # 水文局｜宿舍
        if previous.kind in _ABSORBED:
            return _INNER.fullmatch(text, previous.end, head.start) is not None
        if head.kind == "community" and previous.name[-1] in "寨屯" and head.word in "屯寨组":
            return previous.end == head.start  # 矮寨｜屯
        if len(head.word) < 2 or previous.name[-1] not in "村镇乡":
            return False
        return previous.end == head.start or _NTH.fullmatch(text, previous.end, head.start) is not None

    def _telling(self, text: str, at: int, head: Head) -> bool:
        """Whether a head tells enough, or else the name before it: 家园 ends many a slogan."""
        if (head.kind != "quarter" and head.word not in self.words["area"]) or head.word == "小区":
            return True
        if head.word == "小院":
            return False  # 民情小院
        if head.word == "首府" and not text.startswith(self.words["behind_quarter"], head.end):
            return False  # 边城｜首府
        if _QUARTER_PART.match(text, head.end) is not None:
            return True
        if head.word in self.words["homely"] and not text.startswith(self.words["behind_quarter"], head.end):
            tokens = words.cut(text[at : head.start])
            if any(len(t) == 1 and t in words.words_of_class("v") for t in tokens):
                return False  # 扮｜靓｜家园, 起｜新城
        return (
            self.rules["organisations.address"].pattern.match(text, head.start) is not None
            or self._owned(text, at, head)
            or self.names.has_proper(words.cut(text[at : head.start]))
            or self.names.half_proper(words.cut(text[at : head.start]))
            or (head.word in self.words["area"] and text[head.start - 1] in "路街巷")
        )

    def _owned(self, text: str, at: int, head: Head) -> bool:
        """Whether what follows shows a quarter whose name is of common words (时代花园业委会)."""
        return text[at : head.start] in self.names.words.naming and text.startswith(
            self.words["of_quarter"], head.end
        )

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
        alias = ALIAS.match(text, previous.end)
        begin = alias.end() if alias is not None else previous.end
        also = alias[0] if alias is not None and alias["also"] else ""  # 石桥村（社区）｜党群服务中心
        between = text[begin : head.start]
        if head.kind != "party_org" and between.startswith(self.words["committee"]):
            return None  # 某集团｜党委利用某公园
        if head.word in self.words["square"] and not between and previous.kind in ("quarter", "facility"):
            return None  # 翠湖小区｜广场: a part of it
        of_town = between == "社区" and previous.kind == "street"  # 石桥镇｜社区｜卫生服务中心
        if len(between) > 12 or (not of_town and any(unit in between for unit in self.words["place_unit"])):
            return None
        if not self.names.covers(text, begin, head.start, free=head.kind == "party_org"):
            return None
        name = text[previous.start : previous.end] + also + text[begin : head.end]
        house = head.kind == previous.kind and head.kind in _BRANCHING
        within = previous.within if house else previous.name
        return Found(previous.start, head.end, name, head.kind, "organisations.part", within)
