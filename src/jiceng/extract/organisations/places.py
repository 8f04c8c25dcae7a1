"""Streets, communities, quarters and areas: a head word with the place's name before it (凤鸣｜社区)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jiceng import words
from jiceng.extract.organisations.divisions import behind_division
from jiceng.extract.organisations.heads import Head
from jiceng.extract.organisations.lists import TERRITORY, Found
from jiceng.extract.organisations.names import Names
from jiceng.extract.organisations.names.walk import CHINESE, NTH
from jiceng.rules import RuleFile
from jiceng.values import dataclass

HEAD = "organisations.head"  # the rule that stands on names found by their head word
_POINTS = ("·", "•", "・")
_AND = re.compile("以及|[和与及至]")
# Names that are parts of a longer place name when its head follows at once: 翠湖花园｜社区, 彝人古镇｜社区.
_HOUSING = ("government", "company", "school", "facility")  # what builds homes for its people
_ABSORBED = ("quarter", "facility", "school", "company", "other")


def is_slogan(text: str, start: int, end: int) -> bool:
    """Whether a name is the first half of a quoted slogan, as long as the other: “情满社区，爱在邻里”."""
    size = end - start
    if text[start - 1 : start] != "“" or text[end : end + 1] not in ("，", " ", "·"):
        return False
    return text.find("”", end, end + size + 3) == end + 1 + size


def is_title(text: str, start: int, end: int) -> bool:
    """Whether a name stands in quotation marks: it is a title, a brand or a practice."""
    quoted = text[start - 1 : start] == "“" and text[end : end + 1] == "”"
    return quoted and not text.endswith("称", 0, start - 1)  # （以下简称“云岭区住建局”）


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a head.

    `limit` is how far left the name may reach: where its run of characters begins or `previous` ends, the
    name before it in the run; `beside` is the name that ends before the 、 at which the run begins, `own`
    are short names of the article's divisions.
    """

    limit: int
    previous: Found | None
    beside: Found | None
    own: tuple[str, ...]

    @property
    def holder(self) -> Found | None:
        """The street or community that the name before is, which may hold what is named."""
        one = self.previous
        return one if one is not None and one.kind in ("street", "community") else None


class PlaceReader:
    """Finds the names of places. `hamlets` are the heads of the smallest ones (屯, 组)."""

    def __init__(self, rules: RuleFile, names: Names, hamlets: Iterable[str]) -> None:
        self.address = rules["organisations.address"].pattern
        self.quarter_part = rules["organisations.quarter_part"].pattern
        self.inner = rules["organisations.inner"].pattern
        self.village_group = rules["organisations.village_group"].pattern
        self.homes_of = rules["organisations.homes_of"].pattern
        self.area_behind = rules["organisations.area_behind"].pattern
        self.names = names
        self.divisions = names.divisions
        self.words = names.words.lists
        self.hamlets = tuple(hamlets)

    def read(self, text: str, head: Head, before: Before) -> Found | None:
        """The place whose name ends with a head; None if what stands before it is no name."""
        previous = before.previous
        if head.word in self.hamlets and not self._in_village(text, head, previous, before.beside):
            return None
        if previous is not None and self._of_town(text, head, previous):
            return None
        if previous is not None and self._continues(text, head, previous):
            return self._continued(text, head, previous, before.own)
        if previous is not None and previous.end == head.start:
            return None
        at = self._dotted(text, head, before.limit) if head.kind == "quarter" else None
        if at is None:
            at = self._begin(text, head, before)
        if at is None or self._is_no_place(text, at, head):
            return None
        if head.word in self.words["staff_homes"]:
            at = self.divisions.outermost(text, before.limit, at)  # 云岭区｜政府机关宿舍
        holder = before.holder
        within = holder.name if holder is not None and text[holder.end : at] in ("", "的") else None
        part = self.quarter_part.match(text, head.end) if head.kind == "quarter" else None
        end = part.end() if part is not None else head.end
        if head.word == "村" and within is not None and self.village_group.match(text, end):
            end += 2  # 柳坞社区｜大坡村小组
        estate = within is not None and within.endswith("社区") and text.endswith("新村", at, end)
        kind = "quarter" if estate else head.kind  # 红星社区｜丁庄新村: what lies in a community is a quarter
        return Found(at, end, text[at:end], kind, HEAD, within)

    def _dotted(self, text: str, head: Head, limit: int) -> int | None:
        """Where a quarter's name begins that a point joins to its builder's: 万科·中天花园."""
        dot = limit - 1
        if text[dot : dot + 1] not in _POINTS or not 0 < head.start - limit <= 8:
            return None
        known = self.names.words
        builder = next((n for n in (2, 3) if text[dot - n : dot] in known.nationwide), 0)
        if builder:
            return dot - builder
        for start in range(max(0, dot - 4), dot - 1):
            edge = CHINESE.fullmatch(text, start, dot) and not CHINESE.match(text[start - 1 : start])
            if edge and known.boundary.isdisjoint(words.cut(text[start:dot])):
                return start
        return None

    def _of_town(self, text: str, head: Head, previous: Found) -> bool:
        """Whether 社区 behind a town is what something is for: 石桥镇｜社区卫生服务中心."""
        follows = head.word == "社区" and previous.end == head.start and previous.kind == "street"
        return follows and self.names.words.themes.match(text, head.end) is not None

    def _continued(self, text: str, head: Head, previous: Found, own: tuple[str, ...]) -> Found:
        """The name of which the one before is a part: 翠湖花园｜社区, 光明寺｜东街｜社区."""
        start = previous.start
        if previous.rule == "organisations.part" and previous.within:
            start += len(previous.within)
        at = self.names.places.beginning(text, start, head.start, head.end, own, False)
        led = text[start:at] if at is not None else ""
        homes = head.word in self.words["staff_homes"] and previous.kind in _HOUSING
        divided = self.divisions.are_divisions(led) or led.endswith(self.words["zone_end"])
        if at is not None and divided and not homes:
            start = at  # 运河区｜市场街道, 云岭高新区｜南苑社区, but 南陵大学｜家属区
        elif (
            at is None
            and not homes
            and (behind := self.divisions.behind_any(text, start, head.start)) is not None
        ):
            start = behind  # 海州市连云区｜苗圃街道
        return Found(start, head.end, text[start : head.end], head.kind, HEAD, previous.within)

    def _begin(self, text: str, head: Head, before: Before) -> int | None:
        """Where a place's name begins: where it must, or where its own words show."""
        limit, previous, own = before.limit, before.previous, before.own
        if head.word == "村" and self.names.placed.of_one_sign(text, head.start, own):
            return head.start - 1
        anchor = self._anchor(text, head, before)
        larger = before.holder is not None
        at = self.names.places.beginning(text, limit, head.start, head.end, own, larger)
        if at is None and len(head.word) == 2 and head.word[1] == "苑":  # 嘉绿｜苑 and 绿苑
            at = self.names.places.beginning(text, limit, head.end - 1, head.end, own, larger)
        held = larger and limit == anchor
        if previous is None and at is None:
            if anchor is None:
                anchor = behind_division(text, head.start, own)
                if anchor is None and head.kind == "community":
                    anchor = self.divisions.behind_any(text, limit, head.start)
                held = True
            at = self._opening(text, head, limit)
        if previous is None and at is not None and at != anchor:
            behind = self.divisions.behind_any(text, limit, head.start)
            is_place = self.divisions.is_place
            if behind is not None and behind not in (at, anchor) and not is_place(text[behind:at]):
                # 以｜云岭区｜青禾镇, 云岭区｜镇东营镇: the division's end tells where the name begins.
                anchor, held = behind, True
                at = max(at, behind + 1)
        if head.word == "嘎查" and anchor == limit and text.endswith("苏木", 0, limit):
            return limit if CHINESE.fullmatch(text, limit, head.start) else at  # 敖润苏莫苏木｜荷也勿苏嘎查
        if anchor is not None and (at is None or anchor < at <= anchor + 2):
            shown = self.names.placed.anchored(text, anchor, head.start, head.end, nested=held)
            if shown is not None:
                return shown
        return at if at is not None and (at == anchor or self._telling(text, at, head)) else None

    def _opening(self, text: str, head: Head, limit: int) -> int | None:
        """Where a name begins that opens a clause or follows a division, whatever its words are."""
        at = None
        if head.word in ("街道", "镇") and limit + 5 > head.start:
            at = self.names.placed.at_edge(text, limit, head.start)
        if at is None and head.kind == "street":
            at = self.names.placed.of_division(text, limit, head.start, head.end)
        if at is None and self.names.placed.in_list(text, limit, head.start, head.end):
            at = self.names.placed.anchored(text, limit, head.start, head.end, nested=False)
        return at

    def _is_no_place(self, text: str, at: int, head: Head) -> bool:
        """Whether a name is a road's, a division's, a kind of place's or a quoted title."""
        if head.word == "街" and not self.names.kinds.is_avenue_office(text, at, head.end):
            return True
        if head.word in ("乡", "镇") and self.divisions.is_placename(text[at : head.end]):
            return True
        if text[head.start - 1] in self.names.words.signs.sort and head.word in self.words["neighbourhood"]:
            return True  # 青年友好型社区 is a kind of community
        return is_title(text, at, head.end) or is_slogan(text, at, head.end)

    def _in_village(self, text: str, head: Head, previous: Found | None, beside: Found | None) -> bool:
        """Whether a hamlet's name follows its village, or another hamlet in a list: 屯, 寨 end many words."""
        if previous is not None and self._longer_hamlet(head, previous):
            return True
        if previous is not None:
            name = text[previous.end : head.start].lstrip("和在的")
            in_town = previous.kind == "street" and head.word == "屯" and len(name) > 1
            if not (in_town or previous.kind == "community") or not 0 < len(name) <= 5:
                return False
        elif beside is not None and self._of_hamlet(beside):
            name = text[beside.end + 1 : head.start]
        else:
            return False
        return head.word != "组" or self.names.items.listed(name)  # 白石村｜瓦窑组, but not 党员组

    @staticmethod
    def _longer_hamlet(head: Head, previous: Found) -> bool:
        """Whether a hamlet's name goes on with the word for another kind of them: 矮寨｜屯."""
        hamlet = previous.kind == "community" and previous.name[-1] in "寨屯" and previous.end == head.start
        return hamlet and head.word in ("屯", "寨", "组")

    def _of_hamlet(self, found: Found) -> bool:
        """Whether a name is a hamlet's, or that of a body of one: 瓦窑屯, 瓦窑屯党支部."""
        hamlet = found.within if found.kind == "party_org" else found.name
        return hamlet is not None and hamlet.endswith(self.hamlets)

    def _continues(self, text: str, head: Head, previous: Found) -> bool:
        """Whether the name of a place goes on with the one before it."""
        if head.word in self.words["yard"] and previous.kind != "company":
            return False  # 县政府｜大院
        if head.word in self.words["staff_homes"] and previous.kind in _HOUSING:
            # 水文局｜宿舍, 棉纺厂｜二宿舍
            at_once = previous.end == head.start
            return at_once or self.homes_of.fullmatch(text, previous.end, head.start) is not None
        if previous.kind == "government" and head.kind == "quarter" and previous.end == head.start:
            return head.word == "小区"  # 公路局｜小区
        if previous.kind in _ABSORBED:
            if head.kind == "community" and NTH.fullmatch(text, previous.end, head.start) is not None:
                return True  # 君岭新城｜第六｜居民区
            if previous.end == head.start:
                return True
            return self.inner.fullmatch(text, previous.end, head.start) is not None
        if self._longer_hamlet(head, previous):
            return True
        if len(head.word) < 2 or previous.name[-1] not in "村镇乡":
            return False
        if head.kind == "quarter" and self.area_behind.match(text, head.end):
            return False  # 石桥镇｜新城社区, 石桥镇｜花园村, 石桥镇｜新城尚景居委会
        return previous.end == head.start or NTH.fullmatch(text, previous.end, head.start) is not None

    def _telling(self, text: str, at: int, head: Head) -> bool:
        """Whether a head tells enough, or else the name before it: 家园 ends many a slogan."""
        if head.word in self.words["yard"]:
            return self.names.shown.homes(text, at, head.start, head.end) == at  # 桥梁厂｜东院
        if (head.kind != "quarter" and head.word not in self.words["area"]) or head.word == "小区":
            return True
        if head.word == "小院":
            return False  # 民情小院
        if head.word == "首府" and not text.startswith(self.words["behind_quarter"], head.end):
            return False  # 边城｜首府
        if head.word in self.words["sold"] or self.quarter_part.match(text, head.end) is not None:
            return True
        return (
            self.address.match(text, head.start) is not None
            or text.startswith(self.words["at_quarter"], head.end)
            or self._owned(text, at, head)
            or self.names.shown.homes(text, at, head.start, head.end) == at
            or self.names.walker.has_proper(words.cut(text[at : head.start]))
            or self.names.walker.half_proper(words.cut(text[at : head.start]))
            or (head.word in self.words["area"] and text[head.start - 1] in self.names.words.signs.landmark)
        )

    def _owned(self, text: str, at: int, head: Head) -> bool:
        """Whether what follows shows a quarter whose name is of common words (时代花园业委会)."""
        return text[at : head.start] in self.names.words.naming and text.startswith(
            self.words["of_quarter"], head.end
        )

    @staticmethod
    def _anchor(text: str, head: Head, before: Before) -> int | None:
        """Where a name must begin: behind the unit that holds it, or behind 、 or 和 and one of its kind."""
        previous, beside = before.previous, before.beside
        if previous is None:
            if beside is None:
                return None
            alike = beside.kind == head.kind or {beside.kind, head.kind} <= set(TERRITORY)
            return before.limit if alike else None
        joint = _AND.match(text, previous.end)
        if joint is not None:
            alike = previous.kind == head.kind or {previous.kind, head.kind} <= {"street", "community"}
            return joint.end() if alike else None
        return previous.end if before.holder is not None else None
