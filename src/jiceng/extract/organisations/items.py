"""Whether an item of a list, or what else stands without a head word, can be a name: 凤鸣、石桥等社区."""

from __future__ import annotations

import re

from jiceng import words
from jiceng.extract.organisations.divisions import DIVISION_END
from jiceng.extract.organisations.firms import COMMON, FirmNames
from jiceng.extract.organisations.walk import CHINESE, NTH, NUMBER

_UNIT = re.compile("[一二三四五六七八九十]{1,2}[厂处矿队局段站]")  # of a firm, by its number
_STAGE = re.compile("(?:[一二三四五六七八九]期|[东南西北]区|[A-F一二三四五六七八九]区)\\Z")  # of a quarter


class ItemNames(FirmNames):
    """Judges items of lists."""

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
        return len(tokens) > 1 or words.log_frequency(item) <= COMMON

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

    def _numbered_part(self, text: str, limit: int, head: int, end: int) -> int | None:
        """Where a community's name begins that is a word with a number or 里: 铸造三村｜社区."""
        if text[head:end] != "社区" or text[head - 1] not in self.words.signs.part:
            return None
        found = self.words.numbered_part.search(text, max(limit, head - 6), head)
        if found is None:
            return None
        start, word = found.start(), found["word"]
        if start != limit and text[start - 1] not in self.words.signs.before_part:
            return None
        return start if word is None or self._may_be_numbered(word, found["market"] is not None) else None

    def _may_be_numbered(self, word: str, market: bool) -> bool:
        """Whether a word may be what a numbered community or a market is called."""
        known = self.words
        if market:
            return word in known.naming or word in known.places or word in known.place
        verb = word in known.acts and word not in known.roads
        return words.is_word(word) and not (verb or self.is_head(word) or known.place_stops & set(word))

    def _of_people(self, text: str, limit: int, head: int, end: int) -> int | None:
        """Where the name of a people's town begins: 兴隆回族｜镇, but no 少数民族乡."""
        known = self.words
        if text[head - 1] != "族" or end - head != 1:
            return None
        name = known.people_name
        at = next((at for at in range(max(limit, head - 12), head - 1) if name.match(text, at, head)), None)
        if at is None:
            return None
        start = limit if at - limit == 3 else at - 2
        own = text[start:at]
        fits = start >= limit and own not in known.boundary and not known.place_stops & set(own[:1])
        return start if fits and CHINESE.fullmatch(own) else None

    def _lane(self, text: str, limit: int, head: int, end: int) -> int | None:
        """Where a name begins that a trade or an act and a road make up: 打铁巷｜社区, 在｜洗马路｜街道."""
        start = head - 3
        if start < limit or text[head:end] not in self.words.lists["lane_unit"]:
            return None
        if self.words.lane.match(text, start, head) is None:
            return None
        known, before = self.words, text[start - 1 : start]
        act, road = text[start : head - 1], text[start + 1 : head]
        if (act in known.boundary or words.is_word(road)) and act not in known.place:
            return None
        opens = start == limit or before in "在和与及、" or before in DIVISION_END
        return start if opens else None

    def _officered(self, text: str, limit: int, head: int, end: int) -> int | None:
        """Where a community's name begins that is a verb, or tells kinds, but for its officer behind it."""
        start, known = head - 2, self.words
        word = text[start:head]
        if word not in known.lists["office_named"] and word not in known.weak:
            return None
        if text[head:end] not in ("社区", "村") or start != limit:
            return None
        return start if known.officer.match(text, end) is not None else None

    def _town_street(self, text: str, limit: int, head: int) -> int | None:
        """Where the name begins of a street that was a town of one character: 安镇｜街道, no 乡镇｜街道."""
        start = head - 2
        if start < limit or not CHINESE.match(text[start]) or text[start] in self.words.place_stops:
            return None
        kind = text[start] in self.words.generic or NUMBER.fullmatch(text[start])
        if kind or text[start] in self.words.signs.level or words.is_word(text[start:head]):
            return None
        return start

    def homes(self, text: str, limit: int, head: int, end: int) -> int | None:
        """Where the name begins of homes that stand for who built them: 供电局｜家属院, 纺织｜小区."""
        known = self.words
        if text[head:end] not in known.trade_heads:
            return None
        cut = words.cut(text[max(limit, head - 12) : head])
        n = len(cut) - 1
        plain = text[head:end] == "小区"  # 试点｜教育小区
        builders = known.lists["yard_builder" if text[head:end] in known.lists["yard"] else "builder"]
        if n > 0 and not plain and NUMBER.fullmatch(cut[n]):
            n -= 1  # 粮库｜2号院
        if plain:
            if n < 0 or cut[n] not in known.trades:
                return None
        elif n > 0 and (cut[n] in builders or _UNIT.fullmatch(cut[n])):
            n -= 1  # 运输｜公司, 采油｜六厂, but not 改造｜六厂
            if cut[n] in known.acts and cut[n + 1] not in builders:
                return None
            if len(cut[n]) < 2 or self.is_head(cut[n]) or known.place_stops & set(cut[n]):
                return None
            opens = n == 1 and head - sum(map(len, cut)) == limit and len(cut[0]) == 2
            if opens and not self._common(cut[0]) and cut[0] not in known.people_words:
                n = 0  # 机车｜检修厂
        elif n < 0 or not self._builds(cut[n], builders):
            return None
        while n and (cut[n - 1] in DIVISION_END or NTH.fullmatch(cut[n - 1]) or cut[n - 1] in known.naming):
            n -= 1  # 县｜棉纺厂, 第二｜纺织厂
        before, start = cut[n - 1] if n else "", head - len("".join(cut[n:]))
        led = before in known.place_stops or before in ("和", "原")
        led = led or (not plain and (before in known.boundary or self.is_head(before)))
        return start if led or start == limit else None

    def _builds(self, word: str, builders: tuple[str, ...]) -> bool:
        """Whether a word is an institution or a trade that homes are named for: 供电局, 棉纺厂, 邮电."""
        known = self.words
        if word in known.trades and (word.endswith(builders) or builders == known.lists["builder"]):
            return True
        if word in known.lists["farm"]:
            return True
        if len(word) < 3:
            named = word in known.naming or word[0] in DIVISION_END  # 钢厂, 县委
            return named and word.endswith(builders)
        return word.endswith(builders) and word not in known.generic
