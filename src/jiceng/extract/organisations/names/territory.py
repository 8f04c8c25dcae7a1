"""Where the name of a street, community or quarter begins: 推广凤鸣社区 → 凤鸣, 老旧小区 → none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.names.fronts import Fronts
from jiceng.extract.organisations.names.kinds import KindWords
from jiceng.extract.organisations.names.shown import NO_NAME, ShownNames
from jiceng.extract.organisations.names.walk import CHINESE, NTH, NUMBER, ROAD, NameWalker


class PlaceNames:
    """Finds the beginning of places' names."""

    def __init__(self, walker: NameWalker, fronts: Fronts, kinds: KindWords, shown: ShownNames) -> None:
        self.walker, self.words, self.divisions = walker, walker.words, walker.divisions
        self.fronts, self.kinds, self.shown = fronts, kinds, shown

    def beginning(
        self, text: str, limit: int, head: int, end: int, own: Sequence[str], nested: bool
    ) -> int | None:
        """Where the name of a street, community or quarter begins whose head word is `text[head:end]`.

        `limit` is how far left it may reach, `own` are short names of the divisions of the article,
        `nested` says that a larger unit's name ends at `limit`. None if there is no name.
        """
        known = self.words
        at = self.shown.beginning(text, limit, head, end, nested)
        if at is not None:
            return at if at != NO_NAME else None
        if text[head - 1 : end] == "新村":
            head -= 1
        elif self._hopeless(text[max(limit, head - 2) : head]) and not self._longer(text, limit, head):
            return None
        limit = self.fronts.behind_all(text, max(limit, head - 14), head, end)
        tokens = self.walker.walk(text, limit, head, known.place, known.place_stops)
        tokens = self.divisions.without(tokens, own)
        tokens = self.fronts.without_short_division(tokens, text[head:end])
        nested = nested and len("".join(tokens)) == head - limit
        tokens = self._without_kinds(text, limit, head, tokens)
        name = self.fronts.undone("".join(tokens))
        ends = name[-1:] == "之" or (len(tokens) > 2 and tokens[-1] == "和")
        if not name or ends or len(name) > 8 or name in known.generic or self.divisions.is_division(name):
            return None
        tokens = tokens if len(name) == sum(map(len, tokens)) else words.cut(name)
        if not nested and self.kinds.vague(text, tokens, end):
            return None
        if text.endswith("每", 0, head - len(name)):
            return None  # 每｜万城镇人口
        if self.kinds.counts_units(name, text[head:end]) or self.kinds.of_larger_unit(text, name, head, end):
            return None
        if end - head == 1 and self.kinds.is_compound(text, name, head, end, nested):
            return None
        if not nested and name not in known.naming and not self._stands_alone(text, tokens, head, end):
            return None
        return head - len(name) if self._names(text, name, tokens, head, end, nested) else None

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

    def _without_kinds(self, text: str, limit: int, head: int, tokens: Sequence[str]) -> Sequence[str]:
        """A name's words without those in front that tell kinds of places; nothing if no name is left."""
        known = self.words
        tokens = self._behind_kinds(tokens)
        alone = len(tokens) == 1 and tokens[0] in self.walker.heads
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
            if road or tokens[1] in known.signs.institution or tokens[1] in self.walker.heads:
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

    def _names(self, text: str, name: str, tokens: Sequence[str], head: int, end: int, nested: bool) -> bool:
        """Whether words that may be a name are one, and not words for a kind of place."""
        known = self.words
        if name in known.lists["product"] and text[head - 3 : head - 2] in ("是", "成"):
            return False  # 柳坞村是｜荔枝村
        if name in known.weak or (len(tokens) == 1 and tokens[0] in known.weak):
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
        if self.kinds.town_before_village(text, name, head, end):
            return True
        if self.kinds.kind_only(tokens):
            return False
        return len(tokens) > 1 or nested or not self.kinds.everyday(name)

    def _stands_alone(self, text: str, tokens: Sequence[str], head: int, end: int) -> bool:
        """Whether a name that no larger unit holds is no number, and beyond doubt where a doubt arises."""
        name, short = "".join(tokens), end - head == 1
        if len(name) == 1 or NUMBER.fullmatch(name) or re.match(r"\d", name):
            return False
        if short and NUMBER.fullmatch(tokens[-1]):  # 李家二村, but not 石壁、溪源三村
            listed = text[head - len(name) - 1 : head - len(name)] == "、"
            if tokens[-1] not in "一二三四五六七八九十" or listed or not self.kinds.unlike_kinds(tokens[:-1]):
                return False
        doubt = self.words.doubtful.get(text[head:end])
        if doubt is None or doubt.match(text, end) is None:
            return True
        if any(t in words.words_of_class("v") and t not in self.words.place for t in tokens):
            return False  # 围满｜村民
        return self.walker.has_proper(tokens) and (len(tokens) > 1 or name in self.words.places)
