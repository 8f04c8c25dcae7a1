"""Where what stands before a head word is no name, or more than one: 细数｜社区治理, 绍兴｜柳泉镇."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.divisions import DIVISION_END
from jiceng.extract.organisations.walk import CHINESE, NUMBER, NameWalker

_CLASSES = ("v", "vn", "n", "a", "d", "i")
_BELOW_PROVINCE = "市区县旗州盟"
_ITS_COMMUNITY = re.compile("(?![的和与及在是有东西南北中])[\u4e00-\u9fff]{2,5}(?:社区|居委会|村)")
_LISTED = re.compile("、([\u4e00-\u9fff]{2,4}?(?:社区|村|街道|镇))(?=[、，。和等])")
# Natural logarithm of a word's share of jieba's corpus: verbs this rare may be parts of names (北｜屯垦).
_SELDOM = -12.0
_SELDOM_ALONE = -12.5  # of a verb that opens a clause and may be a town there


class NameDoubts(NameWalker):
    """The words before a head, where a doubt about them arises."""

    def _vague(self, text: str, tokens: Sequence[str], end: int) -> bool:
        """Whether plain words stand before a head that is spoken of in general: 描画社区治理新图景."""
        known = self.words
        if tokens[0] in known.signs.manner and len(tokens) > 1:
            return True
        if (
            text[end - 2 : end] == "社区"
            and NUMBER.fullmatch(tokens[-1])
            and self.is_place("".join(tokens[:-1]))
        ):
            return True  # 苏州｜四｜社区
        if text[end - 2 : end] not in known.lists["neighbourhood"]:
            return False
        parts = tokens if len(tokens) > 1 or len(tokens[0]) != 2 else tuple(tokens[0])
        if len(tokens) == 1 and tokens[0] in known.lists["verb_named"]:
            return not text.startswith(known.lists["led_body"], end)  # 为｜建设｜社区美好新环境
        if len(parts) > 1 and parts[-1] in known.signs.result and self._verb(parts[0]):
            return True  # 编织｜起｜社区, 用｜活｜社区, but 云｜起｜社区
        return known.themes.match(text, end) is not None and all(self._plain_word(t) for t in tokens)

    def _verb(self, token: str) -> bool:
        """Whether a result may follow: a verb, or a plain word that jieba calls a noun (编织)."""
        if len(token) > 1:
            return self._plain_word(token)
        return token in self.words.signs.reaching or token in words.words_of_class("v")

    def _plain_word(self, token: str) -> bool:
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

    def is_place(self, name: str) -> bool:
        """Whether a string is a division's name, full or short."""
        return len(name) > 1 and (self.is_division(name) or self.is_short(name))

    def are_divisions(self, name: str) -> bool:
        """Whether a string is one division's full name, or short ones in a row: 宁波奉化."""
        return self.is_division(name) or any(
            self.is_short(name[:n]) and (not name[n:] or self.are_divisions(name[n:])) for n in (2, 3)
        )

    def is_placename(self, name: str) -> bool:
        """Whether a name in 乡 or 镇 is a county's or city's short one: 江西萍乡, 景德镇."""
        if self.is_short(name):
            return True
        return any(
            self.is_short(name[n:]) and (self.is_short(name[:n]) or self.is_division(name[:n]))
            for n in range(2, len(name) - 1)
        )

    def behind_any(self, text: str, limit: int, head: int) -> int | None:
        """Where a division's full name ends that stands one to five characters before a head."""
        for stop in range(head - 1, max(limit + 2, head - 6), -1):
            if text[stop - 1] in _BELOW_PROVINCE and any(
                self.is_division(text[n:stop]) for n in range(stop - 3, max(limit, stop - 9) - 1, -1)
            ):
                return stop
        return None

    def of_division(self, text: str, limit: int, head: int, end: int) -> int | None:
        """Where a town's name begins between its division and a village, whatever it means elsewhere.

        云岭县｜西周镇｜石桥村
        """
        start = self.behind_any(text, limit, head)
        if text[head - 3 : head - 2] in ("的", "在") and head - 2 > limit:
            limit = head - 2  # 农场边上的｜同大镇｜柳坞村
            opens = True
        else:
            opens = head - limit == 2 and not CHINESE.match(text[limit - 1 : limit])
        behind = text[end : end + 1]
        if start is None and opens and behind and behind not in self.words.lists["inner"]:
            rare = words.log_frequency(text[limit:head]) < _SELDOM_ALONE
            start = limit if rare else None  # ，扬名街道｜石桥社区
        if start is None or not 2 <= head - start <= 4:
            return None
        name, known = text[start:head], self.words
        led = text[head:end] == "街道" and known.avenue_offices.match(text, end) is not None
        if not led and known.unit_behind.match(text, end) is None:
            return None
        if not CHINESE.fullmatch(name) or known.people.search(name) or self._undone(name) != name:
            return None
        street = text[head:end] == "街道" and name in known.lists["street_too"]
        kind = (
            (name in known.generic and not street)
            or not known.signs.counting.isdisjoint(name)
            or (self.is_division(name) and not street)
        )
        return None if kind or not known.plainly_function.isdisjoint(name) else start

    @staticmethod
    def _behind_date(text: str, limit: int, head: int) -> int:
        """Where a name may begin behind a date: 2019年｜长平路街道."""
        for at in range(head - 2, max(limit, head - 8), -1):
            if text[at - 1] in "年月日" and text[at - 2].isdigit():
                return at
        return limit

    def _neighbourly(self, text: str, start: int, head: int, end: int) -> bool:
        """Whether a plain word behind its street names a community: 石桥街道｜共享｜社区党委.

        Its body must follow, or the text name it again where the word is one of living together.
        """
        known, word = self.words, text[start:head]
        if len(word) != 2 or text[head:end] != "社区" or text[start - 1] not in "道镇处":
            return False
        if word in known.generic or word[0] in known.place_stops:
            return False
        if text.startswith(known.lists["led_body"], end):
            return True
        name = text[start:end]
        if word not in known.lists["shared"]:
            return False
        return text.find(name, end) >= 0 or text.rfind(name, 0, start) >= 0

    def joined(self, text: str, at: int) -> bool:
        """Whether 同 joins what is named for a city: 柳坞社区｜同｜遵义航天医院结对."""
        return text.startswith("同", at) and any(self.is_city(text[at + 1 : at + n]) for n in (3, 4))

    def _behind_coming(self, text: str, limit: int, head: int, end: int) -> int:
        """Where a name may begin behind who comes to a place: 陆青禾来｜石桥街道调研."""
        goes = text.rfind("赴", limit, head - 1)
        if goes >= limit:
            return goes + 1  # 检察院赴｜美岭乡: in the dictionary 赴美 is a word
        at = text.rfind("来", limit, head - 1)
        comes = at > limit and text.startswith(self.words.lists["visited"], end)
        return at + 1 if comes else limit

    def _behind_side(self, text: str, limit: int, head: int) -> int:
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

    def _undone(self, name: str) -> str:
        """What is left of a name behind what is done to places (广邀｜社区, 撑起｜街道): mostly nothing."""
        end = 0
        for deed in self.words.deeds.finditer(name):
            end = deed.end()
        return name[end:]

    def at_edge(self, text: str, limit: int, head: int) -> int | None:
        """`limit` if a clause begins there with a street's or town's name whose characters mislead the walk.

        `，北屯垦街道`, `，扶余路街道`: no verb and no function word opens it.
        """
        name = text[limit:head]
        if not 3 <= len(name) <= 4 or not CHINESE.fullmatch(name) or CHINESE.match(text[limit - 1 : limit]):
            return None
        tokens = words.cut(name)
        known = self.words
        first = tokens[0]
        if len(tokens) < 2 or any(len(t) > 2 for t in tokens) or known.people.search(name):
            return None
        if self._undone(name) != name:
            return None
        verbs = () if self.is_place(first) else known.boundary  # 扶余｜路街道
        if first in verbs:
            return None
        if not known.signs.counting.isdisjoint(name) or name[-1] in "乡市区县":
            return None
        lists = (known.generic, known.weak, known.classifiers, known.firm_stops)
        if any(t in listed for t in (first, tokens[-1]) for listed in lists):
            return None
        if (first in known.place_stops and name[-1] not in known.signs.place_end) or tokens[
            -1
        ] in known.place_stops:
            return None
        if any(t in verbs and words.log_frequency(t) > _SELDOM for t in tokens):
            return None
        return limit

    def in_list(self, text: str, limit: int, head: int, end: int) -> bool:
        """Whether a clause begins at `limit` with a list of names of one kind: ，创业村、柳塘村等."""
        if not 2 <= head - limit <= 3 or CHINESE.match(text[limit - 1 : limit]):
            return False
        word = text[head:end]
        follows = _LISTED.match(text, end)
        return (
            follows is not None
            and follows[1].endswith(word)
            and self.has_proper(words.cut(follows[1].removesuffix(word)))
        )

    def outermost(self, text: str, limit: int, start: int) -> int:
        """Where the divisions begin that stand directly before a name: 苏州市云岭区｜睦邻协会."""
        moved = True
        while moved:
            moved = False
            for begin in range(start - 2, max(limit, start - 9) - 1, -1):
                if text[start - 1] in DIVISION_END and self.is_division(text[begin:start]):
                    start, moved = begin, True
                    break
        return start

    def is_avenue_office(self, text: str, at: int, end: int) -> bool:
        """Whether `text[at:end]`, which ends in 街, is a street office's short name and no road.

        An office of it follows (青禾街｜党工委), or a division stands before it and a community behind
        (云岭区｜柳泉街｜望山里社区).
        """
        if self.words.avenue_offices.match(text, end):
            return True
        if not CHINESE.match(text[at - 1 : at]) and _ITS_COMMUNITY.match(text, end):
            return True  # ，柳泉街｜望山里社区
        return text[at - 1] in _BELOW_PROVINCE and any(
            self.is_division(text[n:at]) for n in range(at - 2, max(0, at - 9) - 1, -1)
        )

    def _without_short_division(self, tokens: Sequence[str], head: str) -> Sequence[str]:
        """A town's name without the short name of a county or city before it: 绍兴｜柳泉镇."""
        if head not in self.words.lists["town_office"]:
            return tokens
        name = "".join(tokens)
        zone = name.rfind("区") + 1
        if zone > 1 and len(name) - zone > 1:
            return words.cut(name[zone:])  # 云湖康养区｜柳泉街道
        for size in (2, 3):
            rest = name[size:]
            if len(rest) > 1 and self.is_short(name[:size]) and not self._goes_on(rest):
                return words.cut(rest) if CHINESE.fullmatch(rest) else tokens
        return tokens

    def _goes_on(self, rest: str) -> bool:
        """Whether a name goes on that begins as a city's does: 南京｜东路街道, 榆树｜林子镇."""
        if self.words.goes_on.match(rest):
            return True
        named = rest in self.words.naming or rest in self.words.places
        return not named and rest in words.words_of_class("n") and words.log_frequency(rest) > _SELDOM

    def _unlike_kinds(self, tokens: Sequence[str]) -> bool:
        return any(t not in self.words.generic for t in tokens)

    def _town_before_village(self, text: str, name: str, head: int, end: int) -> bool:
        """Whether a town of two characters opens the clause and one of its villages follows: 高村｜镇石村."""
        before = text[head - len(name) - 1 : head - len(name)]
        if len(name) != 2 or CHINESE.match(before) or text[head:end] not in self.words.lists["town"]:
            return False
        compound = name + text[head:end] in self.words.compounds or name in self.words.generic
        return not compound and self.words.unit_behind.match(text, end) is not None

    def _common_compound(self, text: str, name: str, head: int, end: int) -> bool:
        """Whether a head of one character makes a common noun with what stands before it (农村, 试点村)."""
        known = self.words
        if self._town_before_village(text, name, head, end):
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
            return rest in known.place_stops or weak or not self._unlike_kinds(words.cut(rest))
        # 阜城县｜古城｜镇 is no 城镇
        return not words.is_word(noun) or words.cut(name + text[head:end])[-1] == noun


def may_open(before: str, own: Sequence[str]) -> bool:
    """Whether a division's name may stand in a stretch of text."""
    return any(sign in before for sign in DIVISION_END) or any(name in before for name in own)


def behind_division(text: str, head: int, own: Sequence[str]) -> int | None:
    """Where one of the article's own divisions ends that stands two to five characters before a head."""
    for start in range(head - 2, max(0, head - 6), -1):
        if text[start - 1] in DIVISION_END and any(len(o) > 2 and text.endswith(o, 0, start) for o in own):
            return start
    return None
