"""Where a proper name begins that a head word ends, if it is one: 推广凤鸣社区 → 凤鸣, 老旧小区 → none.

Names stand unmarked in Chinese text. The words before a head are walked from right to left until one that
ends names to its right: a verb, an adverb, a function word. What is left loses the divisions and kinds of
things at its front, and must then hold more than words for kinds of things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.divisions import DIVISION_END
from jiceng.extract.organisations.firms import COMMON
from jiceng.extract.organisations.items import ItemNames
from jiceng.extract.organisations.walk import CHINESE, COUNTED, HOUSES, NTH, NUMBER, ROAD

_RARE_VERB = -12.5  # natural logarithm of a word's share of jieba's corpus
_NEAR = 5000  # characters within which a street tells that a community is named for it
_UNITS = re.compile("[0-9]{0,4}(?:街道|社区|[镇乡街村])[0-9]{1,4}")
_SEVERAL = re.compile("[一二三四五六七八九十0-9]{1,4}(?:街道|镇|街)[一二三四五六七八九十0-9]{1,4}")
_LETTER = re.compile("[A-Z][市区县]")
_NO_NAME = -1  # instead of a place in the text


class NameFinder(ItemNames):
    """Finds the beginning of names."""

    def place(
        self, text: str, limit: int, head: int, end: int, own: Sequence[str], nested: bool
    ) -> int | None:
        """Where the name of a street, community or quarter begins whose head word is `text[head:end]`.

        `limit` is how far left it may reach, `own` are short names of the divisions of the article,
        `nested` says that a larger unit's name ends at `limit`. None if there is no name.
        """
        known = self.words
        at = self._at_once(text, limit, head, end, nested)
        if at is None:
            at = self._spelled_whole(text, limit, head)
        if at is not None:
            return at if at != _NO_NAME else None
        if text[head - 1 : end] == "新村":
            head -= 1
        elif self._hopeless(text[max(limit, head - 2) : head]) and not self._longer(text, limit, head):
            return None
        limit = self._behind_coming(text, self._behind_date(text, max(limit, head - 14), head), head, end)
        limit = self._behind_zone(text, self._behind_side(text, limit, head), head)
        tokens = self.walk(text, limit, head, known.place, known.place_stops)
        tokens = self._without_divisions(tokens, own)
        tokens = self._without_short_division(tokens, text[head:end])
        nested = nested and len("".join(tokens)) == head - limit
        tokens = self._without_kinds(text, limit, head, tokens)
        name = self._undone("".join(tokens))
        ends = name[-1:] == "之" or (len(tokens) > 2 and tokens[-1] == "和")
        if not name or ends or len(name) > 8 or name in known.generic or self.is_division(name):
            return None
        tokens = tokens if len(name) == sum(map(len, tokens)) else words.cut(name)
        if not nested and self._vague(text, tokens, end):
            return None
        if text.endswith("每", 0, head - len(name)):
            return None  # 每｜万城镇人口
        if self._counts_units(name, text[head:end]) or self._of_division(text, name, head, end):
            return None
        if end - head == 1 and self._is_compound(text, name, head, end, nested):
            return None
        if not nested and name not in known.naming and not self._stands_alone(text, tokens, head, end):
            return None
        return head - len(name) if self._names(text, name, tokens, head, end, nested) else None

    def _at_once(self, text: str, limit: int, head: int, end: int, nested: bool) -> int | None:
        """Where a name begins that its surroundings show; `_NO_NAME` if they show that there is none."""
        known = self.words
        if nested and text[limit:head] in known.weak:
            return limit  # 武邑镇｜和谐｜社区
        word = text[max(limit, head - 2) : head]
        if word in known.roads and text[head:end] == "街道" and known.unit_behind.match(text, end):
            before = text[head - 3 : head - 2]
            if not CHINESE.match(before) or before in "市区县":
                return head - 2  # 晴川区｜青年街道｜南屏社区
        if nested and self._neighbourly(text, limit, head, end):
            return limit
        if nested and text[limit:head] in known.nested and text[head:end] == "社区":
            return _NO_NAME if known.themes.match(text, end) else limit  # 石桥镇｜集镇社区
        for reads in (self.homes, self._numbered_part, self._of_people, self._lane, self._officered):
            shown = reads(text, limit, head, end)
            if shown is not None:
                return shown
        if text[head - 1 : end] == "街街道":
            return self._avenue_street(text, limit, head)
        return self._town_street(text, limit, head) if text[head - 1 : end] == "镇街道" else None

    def _without_kinds(self, text: str, limit: int, head: int, tokens: Sequence[str]) -> Sequence[str]:
        """A name's words without those in front that tell kinds of places; nothing if no name is left."""
        known = self.words
        tokens = self._behind_kinds(tokens)
        alone = len(tokens) == 1 and tokens[0] in self.heads
        if alone and tokens[0][-1] in known.signs.temple and text.startswith("街道", head):
            return tokens  # 文庙｜街道
        if alone and tokens[0] not in known.naming and tokens[0] not in known.place:
            # 和谐｜家园｜小区: a head is no name, but one with a word before it that places are named with
            word = text[max(limit, head - len(tokens[0]) - 2) : head - len(tokens[0])]
            tokens = [word, tokens[0]] if word in known.weak or word in known.naming else ()
        tokens = self._behind_other_name(tokens)
        if len("".join(tokens)) > 2 and tokens[0] == "继" and not CHINESE.match(text[limit - 1 : limit]):
            return tokens[1:]  # 继｜望岭村开办食堂后
        return tokens

    def _behind_kinds(self, tokens: Sequence[str]) -> Sequence[str]:
        """A name's words without the kinds of things before it; nothing if only a verb is left."""
        known = self.words
        while tokens[1:] and tokens[0] in known.generic and len(tokens[0]) > 1:
            road = tokens[0] in known.roads and ROAD.match("".join(tokens[1:3]))
            if road or tokens[1] in known.signs.institution or tokens[1] in self.heads:
                break  # 文化｜西路, 和谐｜家园
            if len(tokens) == 2 and tokens[1] in known.signs.settled:
                break  # 龙头｜铺｜街道
            tokens = tokens[1:]
            if len(tokens) == 1 and tokens[0] in known.boundary and tokens[0] in known.lists["street_verb"]:
                return ()  # 高标准｜建设｜街道综治中心
        return tokens

    def _behind_other_name(self, tokens: Sequence[str]) -> Sequence[str]:
        """A name's words without another unit or site before it."""
        known = self.words
        if tokens[1:] and tokens[0] == "区" and len("".join(tokens)) > 2:
            tokens = tokens[1:]  # 区司法局、区｜虹桥街道
        sites = [n for n, t in enumerate(tokens[:-1]) if t.endswith(known.lists["site"])]
        if sites and len("".join(tokens[sites[-1] + 1 :])) > 1:
            tokens = tokens[sites[-1] + 1 :]  # 云湖油田｜柳北社区
        if "街道" in tokens:  # a street whose own name was not found is no part of this one
            tokens = tokens[len(tokens) - tokens[::-1].index("街道") :]
        while len(tokens) > 2 and tokens[1] in known.lists["unit"]:
            if tokens[0] not in known.weak and tokens[0] not in known.generic:
                break
            tokens = tokens[2:]  # 文明｜村｜石桥村
        return tokens

    def _counts_units(self, name: str, head: str) -> bool:
        """Whether a name is the number of units: 四镇联动, 辖8镇4乡, 八镇一乡, 4镇2｜街道."""
        if _UNITS.fullmatch(name):
            return True
        if len(name) == 1 and head in self.words.lists["town"] and NUMBER.fullmatch(name):
            return True
        return len(head) == 1 and (name.isdigit() or _SEVERAL.fullmatch(name) is not None)

    @staticmethod
    def _of_division(text: str, name: str, head: int, end: int) -> bool:
        """Whether a name is that of a larger unit: S市H｜街道, 石桥镇｜村民, 云岭县｜社区, 云岭镇｜居民区."""
        if _LETTER.search(name):
            return True
        word = text[head:end]
        if word == "村":
            return name[-1] in "镇乡" and text[end : end + 1] in "民级庄干支"
        if word == "居民区":
            return name[-1] in "镇乡"
        return word in ("社区", "小区") and name[-1] in "县州"

    def _is_compound(self, text: str, name: str, head: int, end: int, nested: bool) -> bool:
        """Whether a head of one character makes a common noun with what stands before it, and no name."""
        if not self._common_compound(text, name, head, end):
            return False
        whole = name + text[head:end]
        if whole in self.words.compounds or not nested or len(name) == 1:
            return True
        return len(name) > 3 and len(words.cut(whole)[-1]) == 2

    def _names(self, text: str, name: str, tokens: Sequence[str], head: int, end: int, nested: bool) -> bool:
        """Whether words that may be a name are one, and not words for a kind of place."""
        known = self.words
        if name in known.lists["newly"] and text[head - 3 : head - 2] in ("是", "为", "个", "些", "成"):
            return False  # 这里是｜新兴社区
        if name in known.lists["product"] and text[head - 3 : head - 2] in ("是", "成"):
            return False  # 柳坞村是｜荔枝村
        if name in known.weak or (len(tokens) == 1 and tokens[0] in known.weak):
            near = max(0, head - _NEAR), end + _NEAR
            if text[head:end] == "社区" and any(
                text.find(name + kind, *near) >= 0 for kind in ("街道", "镇")
            ):
                return True  # 和睦社区, in a text with 和睦街道
            before = text[head - len(name) - 1 : head - len(name)]
            edge = before != "”" and not CHINESE.match(before)  # 获评“四星级”｜平安街道
            if edge and text[head:end] == "街道" and known.themes.match(text, end) is None:
                return True  # ，平安街道召开
            larger = text[head:end] in known.lists["town"] and known.unit_behind.match(text, end) is not None
            start = head - len(name)
            led = (
                known.weak_led.search(text, max(0, start - 6), start) and text[end : end + 1] not in "、建创"
            )
            return nested or larger or bool(led) or known.weak_followed.match(text, end) is not None
        if name in known.naming or name in known.place or name in known.places:
            return True
        if self._town_before_village(text, name, head, end):
            return True
        return not self._kind_only(tokens) and (len(tokens) > 1 or nested or not self._everyday(name))

    def _avenue_street(self, text: str, limit: int, head: int) -> int | None:
        """Where the name begins of a street named for an avenue, whatever its words: 通道街｜街道."""
        start = head - (4 if text[head - 2 : head] == "大街" else 3)
        if start < limit or not CHINESE.fullmatch(text, start, head):
            return None
        before = text[start - 1 : start]
        shown = start == limit or not CHINESE.match(before) or before in DIVISION_END
        counted = not self.words.signs.counting.isdisjoint(text[start : start + 1])
        return start if shown and not counted else None

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
        return self.has_proper(tokens) and (len(tokens) > 1 or name in self.words.places)

    def _kind_only(self, tokens: Sequence[str]) -> bool:
        """Whether tokens say what kind of place it is, and no name."""
        generic, signs, last = self.words.generic, self.words.signs, tokens[-1]
        if last not in generic:
            return False
        if len(tokens) == 1:
            return True
        if NTH.fullmatch(last):  # 万泰花园｜第一｜社区
            return not self._unlike_kinds(tokens[:-1])
        if len(tokens) == 2 and len(tokens[0]) == len(last) == 1 and last in signs.trait:
            # 燕大社区, 上新街道, but not 新老社区
            return tokens[0] in signs.trait or tokens[0] in signs.level or words.is_word(tokens[0] + last)
        if len(last) == 1 and last in signs.institution:
            return False
        if len(tokens) == 2 and len(tokens[0]) == 1 and last in ("外", "内"):
            return tokens[0] in generic  # 崇外街道: outside the gate of that name
        styled = last in self.words.lists["style"] and tokens[-2] not in generic
        if styled and (tokens[-2] in self.words.places or self.has_proper(tokens[:-1])):
            return False  # 东岸｜国际｜社区, 恒泰云澜｜国际｜小区
        named = self.has_proper(tokens[:-1]) or (last == "村" and self._unlike_kinds(tokens[:-1]))
        return not (len(last) == 1 and named)

    def _everyday(self, name: str) -> bool:
        """Whether a single word is too common for a name; long ones that are names are none."""
        if len(name) > 2 and not any(
            name in words.words_of_class(c) for c in ("v", "vn", "n", "a", "d", "i")
        ):
            return False
        return words.log_frequency(name) > COMMON

    def anchored(self, text: str, start: int, head: int, end: int, nested: bool) -> int | None:
        """`start` if a name must begin there and what stands before the head can be one, or None.

        Beside another name of its kind, a name may be any word (启工街道、重工街道); behind the unit that
        holds it (`nested`), one that begins with a character that elsewhere ends names (谈南社区).
        """
        known, name = self.words, text[start:head]
        if not 2 <= len(name) <= 5 or not CHINESE.fullmatch(name) or known.people.search(name):
            return None
        traits = nested and text[head:end] == "村" and known.signs.trait.issuperset(name)
        if traits and len(name) == 2 and name[0] != name[1] and not words.is_word(name):
            return start  # 松岭镇｜大新村
        if nested and text[head:end] == "村" and HOUSES.fullmatch(name):
            return start  # 松岭镇｜五户村
        if (
            nested
            and name[-1] in known.signs.road
            and len(name) > 2
            and known.plainly_function.isdisjoint(name)
        ):
            return start  # 柳坞街道｜自治街社区
        tokens = words.cut(name)
        held = nested and end - head > 1 and text[start - 1] in "道镇乡街" and self._of_street(tokens)
        if held and len(tokens[0]) > 1:
            return start
        if not held and name not in known.naming and self._tells_kind(text, name, tokens, head, end):
            return None
        if name in known.weak and nested and text[start - 1] in DIVISION_END:
            return None  # 江宁区文明社区: an honour
        verbs = [
            n for n, t in enumerate(tokens) if len(t) > 1 and t in known.boundary and t not in known.place
        ]
        if verbs:
            named = self._named_with_verb(tokens, verbs) if nested else len(tokens) == 1
            return start if named else None
        stopped = [n for n, t in enumerate(tokens) if t in known.place_stops]
        if not stopped or (stopped == [0] and len(name) == 2):
            return start
        if not known.plainly_function.isdisjoint(name):
            return None
        if stopped == [1] and len(name) == 2 and self._by_chance(text, start, head, end, nested):
            return start  # 云岭县｜禾由镇, 石桥镇｜阔时村
        return start if self._spelled(name, tokens, stopped, nested) else None

    def _by_chance(self, text: str, start: int, head: int, end: int, nested: bool) -> bool:
        """Whether a name of two characters, held by a unit or beside one, ends in a verb by chance."""
        known, first = self.words, text[start]
        if first in known.signs.adverb:
            return False
        if nested and text[start - 1] in "市区县旗" and text[head:end] in known.lists["town"]:
            return True
        if text[head:end] not in ("村", "社区") or first in known.signs.counting | known.place_stops:
            return False
        held = text[start - 1] in ("镇乡道、" if nested else "、")
        return held and not any(first in words.words_of_class(c) for c in "vd")

    def _tells_kind(self, text: str, name: str, tokens: Sequence[str], head: int, end: int) -> bool:
        """Whether words tell a kind or number of places, what is done to them, or begin with a division."""
        known = self.words
        if self._undone(name) != name or (len(name) == 4 and self._opens_with_verb(name)):
            return True
        if self._kind_only(tokens) or (tokens[0] in known.generic and len(tokens[0]) > 1):
            return True
        if self.is_division(name) or self._vague(text, tokens, end):
            return True
        if len(self._without_short_division(tokens, text[head:end])) < len(tokens):
            return True
        beside = len(name) == len(tokens) == 2 and text[head - 3] == "、" and name[0] in known.signs.opening
        if beside and text[head:end] in known.lists["town"] and name[1] not in known.signs.counting:
            return words.is_word(text[head - 1 : end])  # 石桥镇、向塘镇, but not 石桥镇、对城镇
        if tokens[0] in known.firm_stops or COUNTED.match(name) or NUMBER.fullmatch(name):
            return True
        return end - head == 1 and self._common_compound(text, name, head, end)

    def _of_street(self, tokens: Sequence[str]) -> bool:
        """Whether words that elsewhere tell kinds name a community directly behind its street.

        青禾街道｜幸福邻里社区, 青禾街道｜东方国际小区, 青禾街道｜红云社区
        """
        if len(tokens) != 2:
            return False
        first, last = tokens
        if len(first) == len(last) == 1:
            signs = self.words.signs
            plain = signs.trait | signs.level
            kinds = plain.issuperset(tokens) or last in signs.degree
            stopped = any(t in self.words.place_stops or NUMBER.match(t) for t in tokens)
            return not kinds and not stopped
        known = self.words
        named = first in known.naming or first in known.weak or first in known.places
        return named and last in known.lists["style_of_unit"]

    def _named_with_verb(self, tokens: Sequence[str], verbs: Sequence[int]) -> bool:
        """Whether a unit's part is named with a word that is a verb elsewhere: 青溪乡｜屯垦村, 取水楼社区."""
        if len(tokens) == 1:
            rare = words.log_frequency(tokens[0]) < _RARE_VERB
            plain = any(tokens[0] in words.words_of_class(c) for c in ("n", "a"))
            plain = plain and not any(tokens[0] in words.words_of_class(c) for c in ("v", "vn", "d"))
            return len(tokens[0]) == 2 and (rare or plain)  # 铁山镇｜大红村
        return len(tokens) == 2 and list(verbs) == [0] and tokens[1] in self.words.signs.built

    def _spelled(self, name: str, tokens: Sequence[str], stopped: Sequence[int], nested: bool) -> bool:
        """Whether a name is spelled after another language (依干其) or holds what is a verb elsewhere (塔谈).

        `stopped` are the places of the words that end names elsewhere.
        """
        signs = self.words.signs
        inner = stopped[0] > 0 and stopped[-1] < len(tokens) - 1
        if inner or (len(tokens) == len(name) == 2 and name[1] in signs.by_chance):
            return True
        foreign = len(name) > 2 and (len(tokens) == len(name) or name[-1] == "其")
        if not foreign or list(stopped) == [0, len(name) - 1]:
            return False
        return (nested or name[0] not in signs.move) and name[-1] not in signs.move

    def _spelled_whole(self, text: str, limit: int, head: int) -> int | None:
        """Where a name begins that is spelled after another language: 多来特巴格｜乡, whatever it holds."""
        sounds, start = self.words.sounds, head
        while start > limit and head - start < 9 and text[start - 1] in sounds:
            start -= 1
        if head - start < 4:
            return None
        for size in (4, 3, 2):  # 走进｜喀什｜多来特巴格乡
            if head - start - size > 2 and self.is_short(text[start : start + size]):
                start += size
        while head - start > 4 and text[start] in self.words.place_stops:
            start += 1
        telling = sum(c in self.words.telling for c in text[start:head])
        return start if telling > 1 else None

    def _hopeless(self, before: str) -> bool:
        """Whether what stands directly before a head ends any name; spares most heads the cutting."""
        known = self.words
        if NTH.fullmatch(before):
            return False  # 千峰南路｜第一｜社区
        if not before or (before[-1] in known.place_stops and before not in known.place):
            return True
        if before in known.lists["style"]:
            return False  # 恒泰云澜｜国际｜小区
        ends = before in known.boundary or (before in known.generic and len(before) > 1)
        return ends and before not in known.place and before not in known.naming and before not in known.weak

    def _longer(self, text: str, limit: int, head: int) -> bool:
        """Whether the two characters before a head end a longer word that is no verb: 鹿回头社区."""
        word = text[max(limit, head - 3) : head]
        return len(word) == 3 and words.is_word(word) and word not in self.words.boundary
