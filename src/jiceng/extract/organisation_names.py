"""Where a proper name begins that a head word ends, if it is one: 推广凤鸣社区 → 凤鸣, 老旧小区 → none.

Names stand unmarked in Chinese text. The words before a head are walked from right to left until one that
ends names to its right: a verb, an adverb, a function word. What is left loses the divisions and kinds of
things at its front, and must then hold more than words for kinds of things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisation_doubts import NameDoubts
from jiceng.extract.organisation_walk import CHINESE, COUNTED, INSTITUTIONS, NUMBER, ROAD

# Natural logarithm of a word's share of jieba's corpus: a single word more frequent is seldom a name.
_COMMON = -10.6
_RARE_VERB = -12.5
_SHORT = frozenset("店塔庙祠")  # heads that end many a common noun
_STAGE = re.compile("(?:[一二三四五六七八九]期|[东南西北]区|[A-F一二三四五六七八九]区)\\Z")  # of a quarter
_NTH = re.compile("第[一二三四五六七八九十]{1,2}")
_TRAITS = "大小新老旧好美优强弱中高低古红整全半多少"
_LEVELS = "省市区县镇乡村街院所校园城"
# What is built or grows at a place, behind a word that is a verb elsewhere: 取水楼, 饮马桥.
_BUILT = frozenset("楼桥巷坊台园山河湖路街门井庙店铺塘沟坝岭坡洲港湾亭关庄寨营屯峪坳坪")
_SEVERAL = re.compile("[一二三四五六七八九十0-9]{1,4}(?:街道|镇|街)[一二三四五六七八九十0-9]{1,4}")
_LETTER = re.compile("[A-Z][市区县]")
_ADVERBS = frozenset("现改均都也需再先全统不未已曾")
_SAID = frozenset("谈讲说听喊问买卖穿吃")  # verbs that names of villages end in by chance: 塔谈
_MOVES = frozenset("到进驻住去往来赴由让请使令帮带领抓促推办管叫做")


class NameFinder(NameDoubts):
    """Finds the beginning of names."""

    def place(
        self, text: str, limit: int, head: int, end: int, own: Sequence[str], nested: bool
    ) -> int | None:
        """Where the name of a street, community or quarter begins whose head word is `text[head:end]`.

        `limit` is how far left it may reach, `own` are short names of the divisions of the article,
        `nested` says that a larger unit's name ends at `limit`. None if there is no name.
        """
        known = self.words
        if nested and text[limit:head] in known.weak:
            return limit  # 武邑镇｜和谐｜社区
        word = text[max(limit, head - 2) : head]
        if word in known.roads and text[head:end] == "街道" and known.unit_behind.match(text, end):
            before = text[head - 3 : head - 2]
            if not CHINESE.match(before) or before in "市区县":
                return head - 2  # 晴川区｜青年街道｜南屏社区
        if nested and text[limit:head] in known.nested and text[head:end] == "社区":
            return None if known.themes.match(text, end) else limit  # 石桥镇｜集镇社区
        if text[head - 1 : end] == "镇街道" and (street := self._town_street(text, limit, head)) is not None:
            return street
        if text[head - 1 : end] == "新村":
            head -= 1
        elif self._hopeless(text[max(limit, head - 2) : head]) and not self._longer(text, limit, head):
            return None
        limit = self._behind_date(text, max(limit, head - 14), head)
        limit = self._behind_zone(text, self._behind_side(text, limit, head), head)
        tokens = self.walk(text, limit, head, known.place, known.place_stops)
        tokens = self._without_divisions(tokens, own)
        tokens = self._without_short_division(tokens, text[head:end])
        nested = nested and len("".join(tokens)) == head - limit
        while tokens[1:] and tokens[0] in known.generic and len(tokens[0]) > 1:
            road = tokens[0] in known.roads and ROAD.match("".join(tokens[1:3]))
            if road or tokens[1] in INSTITUTIONS or tokens[1] in self.heads:
                break  # 文化｜西路, 和谐｜家园
            tokens = tokens[1:]
            if len(tokens) == 1 and tokens[0] in known.boundary and tokens[0] in known.lists["street_verb"]:
                return None  # 高标准｜建设｜街道综治中心
        alone = len(tokens) == 1 and tokens[0] in self.heads
        if alone and tokens[0] not in known.naming and tokens[0] not in known.place:
            # 和谐｜家园｜小区: a head is no name, but one with a word before it that places are named with
            word = text[max(limit, head - len(tokens[0]) - 2) : head - len(tokens[0])]
            tokens = [word, tokens[0]] if word in known.weak or word in known.naming else []
        if "街道" in tokens:  # a street whose own name was not found is no part of this one
            tokens = tokens[len(tokens) - tokens[::-1].index("街道") :]
        while (
            len(tokens) > 2 and tokens[1] in known.lists["unit"] and tokens[0] in known.weak | known.generic
        ):
            tokens = tokens[2:]  # 文明｜村｜石桥村
        if len("".join(tokens)) > 2 and tokens[0] == "继" and not CHINESE.match(text[limit - 1 : limit]):
            tokens = tokens[1:]  # 继｜望岭村开办食堂后
        name = self._undone("".join(tokens))
        ends = name[-1:] == "之" or (len(tokens) > 2 and tokens[-1] == "和")
        if not name or ends or len(name) > 8 or name in known.generic or self.is_division(name):
            return None
        tokens = tokens if len(name) == sum(map(len, tokens)) else words.cut(name)
        if not nested and self._vague(text, tokens, end):
            return None
        if len(name) == 1 and text[head:end] in known.lists["town"] and NUMBER.fullmatch(name):
            return None  # 四镇联动
        if end - head == 1 and (name.isdigit() or _SEVERAL.fullmatch(name)):
            return None  # 辖8镇4乡, 八镇一乡
        if end - head == 1 and self._common_compound(text, name, head, end):
            noun = words.cut(name + text[head:end])[-1]
            if (
                name + text[head:end] in known.compounds
                or not nested
                or len(name) == 1
                or (len(noun) == 2 and len(name) > 3)
            ):
                return None
        if _LETTER.search(name):
            return None  # S市H｜街道
        if text[head:end] == "村" and name[-1] in "镇乡" and text[end : end + 1] in "民级庄干支":
            return None  # 石桥镇｜村民
        if text[head:end] in ("社区", "小区") and name[-1] in "县州":
            return None  # 云岭县｜社区
        if text[head:end] == "居民区" and name[-1] in "镇乡":
            return None  # 云岭镇｜居民区
        if not nested and name not in known.naming and not self._stands_alone(text, tokens, head, end):
            return None
        last = tokens[-1]
        if name in known.lists["newly"] and text[head - 3 : head - 2] in ("是", "为", "个", "些", "成"):
            return None  # 这里是｜新兴社区
        if name in known.weak or (last in known.weak and len(tokens) == 1):
            larger = text[head:end] in known.lists["town"] and known.unit_behind.match(text, end) is not None
            shown = nested or larger or known.weak_followed.match(text, end) is not None
            return head - len(name) if shown else None
        if name in known.naming or name in known.place or name in known.places:
            return head - len(name)
        if self._town_before_village(text, name, head, end):
            return head - len(name)
        if self._kind_only(tokens) or (len(tokens) == 1 and not nested and self._everyday(name)):
            return None
        return head - len(name)

    def _town_street(self, text: str, limit: int, head: int) -> int | None:
        """Where the name begins of a street that was a town of one character: 安镇｜街道, no 乡镇｜街道."""
        start = head - 2
        if start < limit or not CHINESE.match(text[start]) or text[start] in self.words.place_stops:
            return None
        kind = text[start] in self.words.generic or NUMBER.fullmatch(text[start])
        if kind or text[start] in _LEVELS or words.is_word(text[start:head]):
            return None
        return start

    def _stands_alone(self, text: str, tokens: Sequence[str], head: int, end: int) -> bool:
        """Whether a name that no larger unit holds is no number, and beyond doubt where a doubt arises."""
        name, short = "".join(tokens), end - head == 1
        if len(name) == 1 or NUMBER.fullmatch(name) or re.match(r"\d", name):
            return False
        if short and NUMBER.fullmatch(tokens[-1]):  # 李家二村, but not 石壁、溪源三村
            listed = text[head - len(name) - 1 : head - len(name)] == "、"
            if tokens[-1] not in "一二三四五六七八九十" or listed or not self._unlike_kinds(tokens[:-1]):
                return False
        doubt = self.words.doubtful.get(text[head:end])
        if doubt is None or doubt.match(text, end) is None:
            return True
        if any(t in words.words_of_class("v") and t not in self.words.place for t in tokens):
            return False  # 围满｜村民
        return len(tokens) > 1 and self.has_proper(tokens)

    def _kind_only(self, tokens: Sequence[str]) -> bool:
        """Whether tokens say what kind of place it is, and no name."""
        generic, last = self.words.generic, tokens[-1]
        if last not in generic:
            return False
        if len(tokens) == 1:
            return True
        if _NTH.fullmatch(last):  # 万泰花园｜第一｜社区
            return not self._unlike_kinds(tokens[:-1])
        if len(tokens) == 2 and len(tokens[0]) == len(last) == 1 and last in _TRAITS:
            # 燕大社区, 上新街道, but not 新老社区
            return tokens[0] in _TRAITS + _LEVELS or words.is_word(tokens[0] + last)
        if len(last) == 1 and last in INSTITUTIONS:
            return False
        if (
            last in self.words.lists["style"]
            and tokens[-2] in self.words.places
            and tokens[-2] not in generic
        ):
            return False  # 东岸｜国际｜社区
        named = self.has_proper(tokens[:-1]) or (last == "村" and self._unlike_kinds(tokens[:-1]))
        return not (len(last) == 1 and named)

    def _everyday(self, name: str) -> bool:
        """Whether a single word is too common for a name; long ones that are names are none."""
        if len(name) > 2 and not any(
            name in words.words_of_class(c) for c in ("v", "vn", "n", "a", "d", "i")
        ):
            return False
        return words.log_frequency(name) > _COMMON

    def anchored(self, text: str, start: int, head: int, end: int, nested: bool) -> int | None:
        """`start` if a name must begin there and what stands before the head can be one, or None.

        Beside another name of its kind, a name may be any word (启工街道、重工街道); behind the unit that
        holds it (`nested`), one that begins with a character that elsewhere ends names (谈南社区).
        """
        known = self.words
        name = text[start:head]
        if not 2 <= len(name) <= 5 or not CHINESE.fullmatch(name) or known.people.search(name):
            return None
        tokens = words.cut(name)
        if self._undone(name) != name or (len(name) == 4 and self._opens_with_verb(name)):
            return None
        if self._kind_only(tokens) or (tokens[0] in known.generic and len(tokens[0]) > 1):
            return None
        if self.is_division(name) or self._vague(text, tokens, end):
            return None
        if name in known.weak and nested and text[start - 1] in "省市区县旗州盟":
            return None  # 江宁区文明社区: an honour
        if len(self._without_short_division(tokens, text[head:end])) < len(tokens):
            return None
        if tokens[0] in known.firm_stops or COUNTED.match(name) or NUMBER.fullmatch(name):
            return None
        if end - head == 1 and self._common_compound(text, name, head, end):
            return None
        verbs = [
            n for n, t in enumerate(tokens) if len(t) > 1 and t in known.boundary and t not in known.place
        ]
        if verbs:
            if nested and len(tokens) == 1 and len(name) == 2 and words.log_frequency(name) < _RARE_VERB:
                return start  # 青溪乡｜屯垦村
            if nested and len(tokens) == 2 and verbs == [0] and tokens[1] in _BUILT:
                return start  # 新华街道｜取水楼社区
            return None if nested or len(tokens) > 1 else start
        stopped = [n for n, t in enumerate(tokens) if t in known.place_stops]
        if not stopped or (stopped == [0] and len(name) == 2):
            return start
        bounded = nested and text[start - 1] in "市区县旗" and text[head:end] in known.lists["town"]
        if bounded and stopped == [1] and len(name) == 2 and name[0] not in _ADVERBS:
            return start if known.plainly_function.isdisjoint(name) else None  # 云岭县｜禾由镇
        if known.plainly_function.isdisjoint(name):
            # 依干其镇, 塔谈村: spelled after another language, or a name that holds what is elsewhere a verb.
            spelled = (len(tokens) == len(name) > 2 or (len(name) > 2 and name[-1] == "其")) and stopped != [
                0,
                len(name) - 1,
            ]
            inner = stopped[0] > 0 and stopped[-1] < len(tokens) - 1
            said = len(tokens) == len(name) == 2 and name[1] in _SAID
            if spelled and (inner or (nested or name[0] not in _MOVES)) and name[-1] not in _MOVES:
                return start
            if inner or said:
                return start
        return None

    def _hopeless(self, before: str) -> bool:
        """Whether what stands directly before a head ends any name; spares most heads the cutting."""
        known = self.words
        if _NTH.fullmatch(before):
            return False  # 千峰南路｜第一｜社区
        if not before or (before[-1] in known.place_stops and before not in known.place):
            return True
        ends = before in known.boundary or (before in known.generic and len(before) > 1)
        return ends and before not in known.place and before not in known.naming and before not in known.weak

    def _longer(self, text: str, limit: int, head: int) -> bool:
        """Whether the two characters before a head end a longer word that is no verb: 鹿回头社区."""
        word = text[max(limit, head - 3) : head]
        return len(word) == 3 and words.is_word(word) and word not in self.words.boundary

    def firm(
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
        if text[head:end] in _SHORT and words.cut(text[max(limit, head - 6) : end])[-1] != text[head:end]:
            return None  # 便利｜店 is a word
        limit = self._behind_side(text, max(limit, head - 20), head)
        tokens = self.walk(text, limit, head, known.firm, known.venue_stops)
        if tokens and tokens[0] == "原" and len(tokens) > 2:
            tokens = tokens[1:]  # 原｜江宁机械厂
        level = 0
        while tokens and self._generic_front(tokens[0]) and not self._opens(tokens, own):
            level = 1 if tokens[0] in "省市区县旗" else 0
            tokens = tokens[1:]
        kinds = [n for n, t in enumerate(tokens[:-1]) if t.endswith(known.lists["body_kind"])]
        tokens = tokens[kinds[-1] + 1 :] if kinds else tokens  # 龙头企业｜皖江农业公司
        name = "".join(tokens)
        if not self._opens(tokens, own):
            # 江宁区蓝天救援协会: behind a division, verbs may be part of the name.
            begin = self._division_before(text, limit, head - len(name))
            if begin is not None and self.covers(text, begin, head, free=True):
                name = text[begin:head]
                tokens = words.cut(name)
        name = name[self._outer_divisions(name) :]
        begin = self._division_before(name, 1, min(len(name), 9))
        if begin and name[:begin] not in known.nationwide and not self._opens([name], own):
            name = name[begin:] if begin < 4 else name  # 作者系｜江宁区融媒体中心
        if name in own and text[head:end].endswith(known.lists["own_centre"]):
            return None
        if name[:1] == "一" and name[1:2] in known.classifiers:
            return None
        proper = self.has_proper(tokens) and (len(name) > 2 or brand or name in known.places)
        if plain and not proper and len(name) > 1:
            proper = name in known.naming or self._uncommon(tokens) or self._water_or_road(tokens)
            proper = proper or (len(name) > 2 and name[-1] in "路街巷" and len(tokens[-1]) == 1)
        before = text[head - len(name) - 1 : head - len(name)]
        bounded = not CHINESE.match(before) or (brand and before in known.firm_stops)
        if bounded and not proper and len(name) == 2 and not words.is_word(name):
            # 瑞丰超市, 维扬经济开发区: two characters that form no word, and nothing before them.
            proper = not known.generic.issuperset(tokens) if brand else self.has_proper(tokens)
        if plain and not proper and len(name) > 3 and tokens[0] in known.regions:
            proper = True  # 西北农林科技大学
        if proper and level and name == "".join(tokens):
            return head - len(name) - level  # 县｜心愿服务中心: the county's
        return head - len(name) if len(name) > 1 and (proper or self._opens([name], own)) else None

    def _generic_front(self, token: str) -> bool:
        return (
            token in self.words.generic
            and token != "中国"
            and (len(token) > 1 or token in "市区县镇乡村街该本各此")
        )

    def _water_or_road(self, tokens: Sequence[str]) -> bool:
        """Whether tokens name a lake or road, for which venues are named: 西北湖｜广场, 长江街｜商业街."""
        known = self.words
        first = tokens[0]
        named = first in known.naming or first in known.places or first in known.place
        return len(tokens) == 2 and tokens[1] in INSTITUTIONS and named

    def _uncommon(self, tokens: Sequence[str]) -> bool:
        known = self.words
        if len(tokens) == 1 and tokens[0] in known.place:  # 协和医院, but not 建设医院
            return words.log_frequency(tokens[0]) <= _COMMON
        single = (
            len(tokens) == 2 and all(len(t) == 1 for t in tokens) and not known.generic.issuperset(tokens)
        )
        return single or all(not self._common(t) and words.log_frequency(t) <= _COMMON for t in tokens)

    def is_proper(self, name: str) -> bool:
        """Whether a string is a name that is known, or made as names are."""
        known = self.words
        return name in known.naming or name in known.places or self.has_proper(words.cut(name))

    def listed(self, item: str, longest: int = 6) -> bool:
        """Whether an item of a list reads as a place's name without its head word."""
        item = _STAGE.sub("", item)
        if not 2 <= len(item) <= longest or NUMBER.fullmatch(item) or item in self.words.compounds:
            return False
        tokens = words.cut(item)
        known = self.words
        if item in known.naming or item in known.place:
            return True
        if any(t in known.boundary and t not in known.place for t in tokens):
            return False
        if all(t in known.generic for t in tokens):
            return False
        return len(tokens) > 1 or words.log_frequency(item) <= _COMMON

    def plain(self, item: str) -> bool:
        """Whether an item of a list is a single word that could name a village: no verb, no kind of thing."""
        known = self.words
        return (
            len(item) == 2
            and words.is_word(item)
            and item not in known.boundary
            and item not in known.generic
            and item not in known.weak
        )

    def sight(self, text: str, start: int, end: int) -> int | None:
        """Where the name of a sight begins that ends at `end` and has no head word but its last character."""
        tokens = self.walk(text, start, end, self.words.place, self.words.place_stops)
        while tokens and self._generic_front(tokens[0]):
            tokens = tokens[1:]
        return end - len("".join(tokens)) if tokens else None

    def known(self, item: str) -> bool:
        """Whether a short item without verbs and kinds of things could be a sight's name: 镇海楼, 望江门."""
        tokens = words.cut(item)
        return 2 <= len(item) <= 5 and not any(
            t in self.words.generic or t in self.words.classifiers for t in tokens[:-1]
        )
