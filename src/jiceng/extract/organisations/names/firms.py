"""Where the name of a company, school, venue or office begins that a head word ends: 南陵｜大学."""

from __future__ import annotations

from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.names.fronts import Fronts
from jiceng.extract.organisations.names.walk import CHINESE, COMMON, NameWalker


class FirmNames:
    """Finds the beginning of firms' names, which hold trades, brands and divisions."""

    def __init__(self, walker: NameWalker, fronts: Fronts) -> None:
        self.walker, self.words, self.divisions = walker, walker.words, walker.divisions
        self.fronts = fronts

    def beginning(
        self,
        text: str,
        limit: int,
        head: int,
        end: int,
        own: Sequence[str],
        plain: bool = False,
        brand: bool = False,
    ) -> int | None:
        """Where the name of a company, school, venue, office or association begins, or None.

        `plain` heads (公园, 小学) make a name with a plain noun, too, unless it is a common one;
        `brand` heads (超市, 酒店) with two characters that form no word.
        """
        known = self.words
        if text[head - 1 : end] in known.compounds:
            return None  # 宅基地
        word = text[head:end]
        if word in known.lists["short_head"] and words.cut(text[max(limit, head - 6) : end])[-1] != word:
            return None  # 便利｜店 is a word
        limit = self.fronts.behind_side(text, max(limit, head - 20), head)
        tokens, level = self._firm_words(text, limit, head, own)
        tokens = self._with_division(text, limit, head, tokens, own)
        whole = "".join(tokens)
        name = self._without_outer(self._behind_deed(tokens, whole), own)
        if name in own and word.endswith(known.lists["own_centre"]):
            return None
        if name in known.lists["wares"] and (word == "市场" or word in known.lists["store"]):
            return None  # 小商品｜商城
        if name[:1] == "一" and name[1:2] in known.classifiers:
            return None
        start = head - len(name)
        if self._named_by_kind(text, start, head, end, len(tokens) == 1):
            return start
        before, formal = text[start - 1 : start], text.startswith(known.lists["name_before"], head)
        proper = self._proper_firm(name, tokens, before, plain, brand, formal)
        if proper and level and name == whole:
            return start - level  # 县｜心愿服务中心: the county's
        return start if len(name) > 1 and (proper or self.divisions.opens([name], own)) else None

    def _with_division(
        self, text: str, limit: int, head: int, tokens: Sequence[str], own: Sequence[str]
    ) -> Sequence[str]:
        """The words of a name from a division before them on, behind which verbs may be part of it.

        江宁区｜蓝天救援协会
        """
        if self.divisions.opens(tokens, own):
            return tokens
        start = head - sum(map(len, tokens))
        begin = self.divisions.before(text, limit, start)
        if begin is None:
            begin = self._city_before(text, limit, start)
        if begin is None or not self._joins(text, begin, head):
            return tokens
        return words.cut(text[begin:head])

    def _city_before(self, text: str, limit: int, end: int) -> int | None:
        """Where the short name of a city or province opens the clause at most six characters before `end`."""
        for start in range(max(limit, end - 6), end - 1):
            before = text[start - 1 : start]
            if CHINESE.match(before) and before not in "和与由及":
                continue
            if any(self.divisions.is_city(text[start : start + n]) for n in (2, 3) if start + n <= end):
                return start
        return None

    def _joins(self, text: str, begin: int, head: int) -> bool:
        """Whether a division and what stands behind it may be one name: 江宁区蓝天｜救援协会.

        Social work agencies are named with any verb: 成都聚力｜社会工作服务中心.
        """
        if self.walker.covers(text, begin, head, free=True):
            return True
        city = next((n for n in (3, 2) if self.divisions.is_city(text[begin : begin + n])), 0)
        own = text[begin + city : head]
        agency = text.startswith(self.words.lists["agency"], head) and city > 0 and len(own) in (2, 3, 4)
        return agency and self.words.plainly_function.isdisjoint(own)

    def _without_outer(self, name: str, own: Sequence[str]) -> str:
        """A name without larger divisions, and without what little stands before a division in it."""
        name = name[self.divisions.outer(name) :]
        begin = self.divisions.before(name, 1, min(len(name), 9))
        if not begin or begin > 3 or name[:begin] in self.words.nationwide:
            return name
        if self.divisions.opens([name], own):
            return name
        return name[begin:]  # 作者系｜江宁区融媒体中心

    def _named_by_kind(self, text: str, start: int, head: int, end: int, single: bool) -> bool:
        """Whether a name that tells nothing by itself is one before its head; `single`: it is one word."""
        known, name, word = self.words, text[start:head], text[head:end]
        works = len(word) > 2 and word[-1] in known.lists["works"]
        if (works or word in known.lists["of_city"]) and single and self.divisions.is_city(name):
            return True  # 南陵｜火车站, 哈尔滨｜汽轮机厂
        if word == "市场" and name not in known.generic:
            return name in known.place or name in known.places  # 西关｜市场
        if name not in known.place and name not in known.naming:
            return False
        if word in known.lists["police"]:
            return True  # 工农｜派出所
        return word in known.lists["shop"] and self._alone(text, start, end)  # 、安居｜物业、

    @staticmethod
    def _alone(text: str, start: int, end: int) -> bool:
        """Whether a name is an item of a list: no characters join it to what stands around it."""
        return not CHINESE.match(text[start - 1 : start]) and text[end : end + 1] in ("、", "，", "等", "和")

    def _behind_deed(self, tokens: Sequence[str], name: str) -> str:
        """A name that begins with a city or division behind a verb: 利用｜南陵科技学院."""
        known, at = self.words, 0
        for token in tokens[:-1]:
            at += len(token)
            rest = name[at:]
            deed = token in known.place_stops or (token in known.firm and token not in known.naming)
            if not deed or token in known.nationwide or len(rest) < 4:
                continue
            if any(self.divisions.is_city(rest[:n]) for n in (2, 3, 4)) or self.divisions.opens([rest], ()):
                return rest
        return name

    def _firm_words(self, text: str, limit: int, head: int, own: Sequence[str]) -> tuple[Sequence[str], int]:
        """The words of a firm's name, and the length of the word for a division that stood before them."""
        tokens = self.walker.walk(text, limit, head, self.words.firm, self.words.venue_stops)
        if tokens and tokens[0] == "原" and len(tokens) > 2:
            tokens = tokens[1:]  # 原｜江宁机械厂
        if tokens[1:] and tokens[0] == "有":
            tokens = tokens[1:]  # ，有｜淮南矿业集团
        if tokens[1:] and tokens[0] == "如" and len("".join(tokens)) > 2 and text.startswith("如", limit):
            tokens = tokens[1:]  # ，如｜青禾｜幼儿园
        if (
            tokens[1:]
            and tokens[0] == "经"
            and tokens[1][0] != "开"
            and len("".join(tokens)) > 2
            and text.startswith("经", limit)
        ):
            tokens = tokens[1:]  # ，经｜石桥司法所调解
        level = 0
        while tokens and self.walker.is_generic_front(tokens[0]) and not self.divisions.opens(tokens, own):
            if tokens[1:] and tokens[1] in self.words.roads_end and len(tokens[0]) > 1:
                break  # 幸福｜中路｜派出所
            if tokens[2:] and "".join(tokens[:2]) in self.walker.heads:
                break  # 农商｜银行｜石桥支行
            level = 1 if tokens[0] in "省市区县旗" else 0
            tokens = tokens[1:]
        if len("".join(tokens)) > 3 and tokens[0] == "则":
            tokens = tokens[1:]
        if len("".join(tokens)) > 2 and tokens[0] == "同":
            tokens = tokens[1:]  # 街道｜则同｜柳湾科技公司
        kinds = [n for n, t in enumerate(tokens[:-1]) if t.endswith(self.words.lists["body_kind"])]
        return tokens[kinds[-1] + 1 :] if kinds else tokens, level  # 龙头企业｜皖江农业公司

    def _proper_firm(
        self, name: str, tokens: Sequence[str], before: str, plain: bool, brand: bool, formal: bool
    ) -> bool:
        """Whether a firm's name is made as proper names are; `before` is the character in front of it."""
        known = self.words
        proper = self.walker.has_proper(tokens) and (len(name) > 2 or brand or name in known.places)
        if plain and len(name) > 2 and name[-1] == "苑":
            proper = True  # 安居苑｜小学
        if plain and not proper and len(name) > 1:
            if len(tokens) > 1 and tokens[-1] in known.lists["style"]:
                tokens = tokens[:-1]  # 银河｜国际｜大酒店
            proper = name in known.naming or self._uncommon(tokens) or self._water_or_road(tokens)
            proper = proper or (len(name) > 2 and name[-1] in "路街巷" and len(tokens[-1]) == 1)
        if (plain or brand) and not proper and len(tokens) == 2:
            proper = tokens[1] in self.words.roads_end  # 幸福｜中路｜派出所
        bounded = not CHINESE.match(before) or (brand and before in known.firm_stops)
        if bounded and not proper and len(name) == 2 and not words.is_word(name):
            # 瑞丰超市, 维扬经济开发区: two characters that form no word, and nothing before them.
            proper = not known.generic.issuperset(tokens) if brand else self.walker.has_proper(tokens)
        opens = bounded or before == "和" or before in known.firm_stops
        if opens and not proper and len(tokens) > 2 and len(tokens[0]) == len(tokens[1]) == 1:
            # 、中澄｜环保公司: two characters that form no word, and a trade
            trade = known.firm.issuperset(tokens[2:]) and not known.generic.issuperset(tokens[:2])
            proper = trade and not words.is_word(name[:2])
        # 中宏保险｜有限公司: such a head says that a name stands before it
        if formal and len(name) > 2 and not CHINESE.match(before):
            proper = proper or not all(self.walker.is_common(t) for t in tokens)
        # 西北农林科技大学, 重庆公共运输职业学院
        return proper or (len(name) > 3 and ((plain and tokens[0] in known.regions) or self._of_city(tokens)))

    def _of_city(self, tokens: Sequence[str]) -> bool:
        """Whether a body is named for a city or province, and for something of its own."""
        return len(tokens) > 1 and self.divisions.is_city(tokens[0])

    def _water_or_road(self, tokens: Sequence[str]) -> bool:
        """Whether tokens name a lake or road, for which venues are named: 西北湖｜广场, 长江街｜商业街."""
        known = self.words
        first = tokens[0]
        named = first in known.naming or first in known.places or first in known.place
        return len(tokens) == 2 and tokens[1] in known.signs.institution and named

    def _uncommon(self, tokens: Sequence[str]) -> bool:
        known = self.words
        if len(tokens) == 1 and tokens[0] in known.place:  # 协和医院, but not 建设医院
            return words.log_frequency(tokens[0]) <= COMMON
        if len(tokens) == 2 and all(len(t) == 1 for t in tokens) and not known.generic.issuperset(tokens):
            return True
        return all(not self.walker.is_common(t) and words.log_frequency(t) <= COMMON for t in tokens)
