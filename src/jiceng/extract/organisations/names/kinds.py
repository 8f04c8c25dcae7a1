"""Whether words tell what kind of place is meant, and so are no name: 新建｜小区, 四｜镇, 描画｜社区治理."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.divisions import BELOW_PROVINCE
from jiceng.extract.organisations.names.walk import CHINESE, COMMON, NTH, NUMBER, NameWalker

_CLASSES = ("v", "vn", "n", "a", "d", "i")  # of jieba's words that are no names
_ITS_COMMUNITY = re.compile("(?![的和与及在是有东西南北中])[\u4e00-\u9fff]{2,5}(?:社区|居委会|村)")
_UNITS = re.compile("[0-9]{0,4}(?:街道|社区|[镇乡街村])[0-9]{1,4}")
_SEVERAL = re.compile("[一二三四五六七八九十0-9]{1,4}(?:街道|镇|街)[一二三四五六七八九十0-9]{1,4}")
_LETTER = re.compile("[A-Z][市区县]")


class KindWords:
    """Judges whether the words before a head word tell a kind, a number or a use of places."""

    def __init__(self, walker: NameWalker) -> None:
        self.walker, self.words, self.divisions = walker, walker.words, walker.divisions

    def vague(self, text: str, tokens: Sequence[str], end: int) -> bool:
        """Whether plain words stand before a head that is spoken of in general: 描画社区治理新图景."""
        known = self.words
        if tokens[0] in known.signs.manner and len(tokens) > 1:
            return True
        if (
            text[end - 2 : end] == "社区"
            and NUMBER.fullmatch(tokens[-1])
            and self.divisions.is_place("".join(tokens[:-1]))
        ):
            return True  # 苏州｜四｜社区
        if text[end - 2 : end] not in known.lists["neighbourhood"]:
            return False
        if len(tokens) == 1 and tokens[0] in known.lists["verb_named"]:
            return not text.startswith(known.lists["led_body"], end)  # 为｜建设｜社区美好新环境
        return known.themes.match(text, end) is not None and all(self._plain_word(t) for t in tokens)

    def _plain_word(self, token: str) -> bool:
        """Whether a word is an everyday one that places are not named with."""
        known = self.words
        if token in known.naming or token in known.place or token in known.places:
            return False
        if len(token) == 1:
            return token in known.generic
        return (
            token in known.generic
            or token in known.boundary
            or any(token in words.words_of_class(c) for c in _CLASSES)
        )

    def kind_only(self, tokens: Sequence[str]) -> bool:
        """Whether tokens say what kind of place it is, and no name."""
        generic, signs, last = self.words.generic, self.words.signs, tokens[-1]
        if last not in generic:
            return False
        if len(tokens) == 1:
            return True
        if NTH.fullmatch(last):  # 万泰花园｜第一｜社区
            return not self.unlike_kinds(tokens[:-1])
        if len(tokens) == 2 and len(tokens[0]) == len(last) == 1 and last in signs.trait:
            # 燕大社区, 上新街道, but not 新老社区
            return tokens[0] in signs.trait or tokens[0] in signs.level or words.is_word(tokens[0] + last)
        if len(last) == 1 and last in signs.institution:
            return False
        if len(tokens) == 2 and len(tokens[0]) == 1 and last in ("外", "内"):
            return tokens[0] in generic  # 崇外街道: outside the gate of that name
        styled = last in self.words.lists["style"] and tokens[-2] not in generic
        if styled and (tokens[-2] in self.words.places or self.walker.has_proper(tokens[:-1])):
            return False  # 东岸｜国际｜社区, 恒泰云澜｜国际｜小区
        named = self.walker.has_proper(tokens[:-1]) or (last == "村" and self.unlike_kinds(tokens[:-1]))
        return not (len(last) == 1 and named)

    def everyday(self, name: str) -> bool:
        """Whether a single word is too common for a name."""
        return words.log_frequency(name) > COMMON

    def unlike_kinds(self, tokens: Sequence[str]) -> bool:
        """Whether a word is among the tokens that tells no kind."""
        return any(t not in self.words.generic for t in tokens)

    def counts_units(self, name: str, head: str) -> bool:
        """Whether a name is the number of units: 四镇联动, 辖8镇4乡, 八镇一乡, 4镇2｜街道."""
        if _UNITS.fullmatch(name):
            return True
        return len(head) == 1 and (name.isdigit() or _SEVERAL.fullmatch(name) is not None)

    @staticmethod
    def of_larger_unit(text: str, name: str, head: int, end: int) -> bool:
        """Whether a name is that of a larger unit: S市H｜街道, 石桥镇｜村民, 云岭县｜社区, 云岭镇｜居民区."""
        if _LETTER.search(name):
            return True
        word = text[head:end]
        if word == "村":
            return name[-1] in "镇乡" and text[end : end + 1] in "民级庄干支"
        return word in ("社区", "小区") and name[-1] in "县州"

    def is_compound(self, text: str, name: str, head: int, end: int, nested: bool) -> bool:
        """Whether a head of one character makes a common noun with what stands before it, and no name."""
        if not self.common_compound(text, name, head, end):
            return False
        whole = name + text[head:end]
        if whole in self.words.compounds or not nested or len(name) == 1:
            return True
        return len(name) > 3 and len(words.cut(whole)[-1]) == 2

    def common_compound(self, text: str, name: str, head: int, end: int) -> bool:
        """Whether a head of one character makes a common noun with what stands before it (农村, 试点村)."""
        known = self.words
        if self.town_before_village(text, name, head, end):
            return False
        found = [n for n in (1, 2, 3) if n <= len(name) and name[-n:] + text[head:end] in known.compounds]
        if not found:
            return False
        if name in known.naming or (name in known.place and found[-1] == 1):
            return False  # 中山｜村
        noun, rest = name[-found[-1] :] + text[head:end], name[: -found[-1]]
        if len(noun) > 2 or not rest or known.compound_behind.match(text, end):
            return True
        if noun in known.parting:  # 东｜山村, 张｜集镇: a name is left
            last = words.cut(rest)[-1]
            weak = last in known.weak  # 全国文明｜村镇
            return rest in known.place_stops or weak or not self.unlike_kinds(words.cut(rest))
        # 阜城县｜古城｜镇 is no 城镇
        return not words.is_word(noun) or words.cut(name + text[head:end])[-1] == noun

    def town_before_village(self, text: str, name: str, head: int, end: int) -> bool:
        """Whether a town of two characters opens the clause and one of its villages follows: 高村｜镇石村."""
        before = text[head - len(name) - 1 : head - len(name)]
        if len(name) != 2 or CHINESE.match(before) or text[head:end] not in self.words.lists["town"]:
            return False
        compound = name + text[head:end] in self.words.compounds or name in self.words.generic
        return not compound and self.words.unit_behind.match(text, end) is not None

    def kind_of_branch(self, between: str) -> bool:
        """Whether words say what sort of branch it is (流动便民), and no name."""
        return all(t in self.words.generic for t in words.cut(between))

    def is_avenue_office(self, text: str, at: int, end: int) -> bool:
        """Whether `text[at:end]`, which ends in 街, is a street office's short name and no road.

        An office of it follows (青禾街｜党工委), or a division stands before it and a community behind
        (云岭区｜柳泉街｜望山里社区).
        """
        if self.words.avenue_offices.match(text, end):
            return True
        if not CHINESE.match(text[at - 1 : at]) and _ITS_COMMUNITY.match(text, end):
            return True  # ，柳泉街｜望山里社区
        return text[at - 1] in BELOW_PROVINCE and any(
            self.divisions.is_division(text[n:at]) for n in range(at - 2, max(0, at - 9) - 1, -1)
        )
