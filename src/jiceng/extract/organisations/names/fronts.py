"""What stands before a name and is no part of it: dates, who comes to a place, the side that it lies on."""

from __future__ import annotations

from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.divisions import DivisionNames
from jiceng.extract.organisations.names.walk import CHINESE
from jiceng.extract.organisations.words import NameWords

# Natural logarithm of a word's share of jieba's corpus: nouns more frequent are no parts of towns' names.
_SELDOM = -12.0


class Fronts:
    """Finds where a name may begin at the earliest."""

    def __init__(self, known: NameWords, divisions: DivisionNames) -> None:
        self.words, self.divisions = known, divisions

    def behind_all(self, text: str, limit: int, head: int, end: int) -> int:
        """Where a place's name may begin whose head word is `text[head:end]`, `limit` at the earliest."""
        limit = self._behind_coming(text, self._behind_date(text, limit, head), head, end)
        return self._behind_zone(text, self.behind_side(text, limit, head), head)

    @staticmethod
    def _behind_date(text: str, limit: int, head: int) -> int:
        """Where a name may begin behind a date: 2019年｜长平路街道."""
        for at in range(head - 2, max(limit, head - 8), -1):
            if text[at - 1] in "年月日" and text[at - 2].isdigit():
                return at
        return limit

    def _behind_coming(self, text: str, limit: int, head: int, end: int) -> int:
        """Where a name may begin behind who comes to a place: 陆青禾来｜石桥街道调研."""
        at = text.rfind("来", limit, head - 1)
        comes = at > limit and text.startswith(self.words.lists["visited"], end)
        return at + 1 if comes else limit

    def behind_side(self, text: str, limit: int, head: int) -> int:
        """Where a name may begin behind the side on which it lies: 南临｜新民街道."""
        for side in self.words.sides.finditer(text, limit, head):
            named = head - side.end() < 2 and text.startswith(self.words.lists["named_by_side"], head)
            if not named and text[side.end()] != "县":  # 南靠村, 东至县
                limit = side.end()
        return limit

    def _behind_zone(self, text: str, limit: int, head: int) -> int:
        """Where a name may begin behind the zone that it lies in: 云岭经开区｜莲花社区."""
        if "区" in text[limit:head]:
            for zone in self.words.zone.finditer(text, limit, head):
                limit = zone.end()
        for county in self.words.county.finditer(text, limit, head):
            limit = county.end()
        return limit

    def undone(self, name: str) -> str:
        """What is left of a name behind what is done to places (广邀｜社区, 撑起｜街道): mostly nothing."""
        end = 0
        for deed in self.words.deeds.finditer(name):
            end = deed.end()
        return name[end:]

    def without_short_division(self, tokens: Sequence[str], head: str) -> Sequence[str]:
        """A town's name without the short name of a county or city before it: 绍兴｜柳泉镇."""
        if head not in self.words.lists["town_office"]:
            return tokens
        name = "".join(tokens)
        zone = name.rfind("区") + 1
        if zone > 1 and len(name) - zone > 1:
            return words.cut(name[zone:])  # 云湖康养区｜柳泉街道
        for size in (2, 3):
            rest = name[size:]
            if len(rest) > 1 and self.divisions.is_short(name[:size]) and not self._goes_on(rest):
                return words.cut(rest) if CHINESE.fullmatch(rest) else tokens
        return tokens

    def _goes_on(self, rest: str) -> bool:
        """Whether a name goes on that begins as a city's does: 南京｜东路街道, 榆树｜林子镇."""
        if self.words.goes_on.match(rest):
            return True
        named = rest in self.words.naming or rest in self.words.places
        return not named and rest in words.words_of_class("n") and words.log_frequency(rest) > _SELDOM
