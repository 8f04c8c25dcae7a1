"""Names that their form or what stands around them shows at once, whatever their words: 铸造三村｜社区."""

from __future__ import annotations

import re

from jiceng import words
from jiceng.extract.organisations.divisions import DIVISION_END
from jiceng.extract.organisations.names.walk import CHINESE, NTH, NUMBER, NameWalker

NO_NAME = -1  # instead of a place in the text
_UNIT = re.compile("[一二三四五六七八九十]{1,2}[厂处矿队局段站]")  # of a firm, by its number


class ShownNames:
    """Finds names by their form and by what stands directly around them."""

    def __init__(self, walker: NameWalker) -> None:
        self.walker, self.words, self.divisions = walker, walker.words, walker.divisions

    def beginning(self, text: str, limit: int, head: int, end: int, nested: bool) -> int | None:
        """Where a name begins that its surroundings show; `NO_NAME` if they show that there is none."""
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
            return NO_NAME if known.themes.match(text, end) else limit  # 石桥镇｜集镇社区
        for reads in (self.homes, self._numbered_part, self._of_people, self._lane, self._officered):
            shown = reads(text, limit, head, end)
            if shown is not None:
                return shown
        at = None
        if text[head - 1 : end] == "街街道":
            at = self._avenue_street(text, limit, head)
        elif text[head - 1 : end] == "镇街道":
            at = self._town_street(text, limit, head)
        return at if at is not None else self._spelled_whole(text, limit, head)

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
            if len(cut[n]) < 2 or self.walker.is_head(cut[n]) or known.place_stops & set(cut[n]):
                return None
            opens = n == 1 and head - sum(map(len, cut)) == limit and len(cut[0]) == 2
            if opens and not self.walker.is_common(cut[0]) and cut[0] not in known.people_words:
                n = 0  # 机车｜检修厂
        elif n < 0 or not self._builds(cut[n], builders):
            return None
        while n and (cut[n - 1] in DIVISION_END or NTH.fullmatch(cut[n - 1]) or cut[n - 1] in known.naming):
            n -= 1  # 县｜棉纺厂, 第二｜纺织厂
        before, start = cut[n - 1] if n else "", head - len("".join(cut[n:]))
        led = before in known.place_stops or before in ("和", "原")
        led = led or (not plain and (before in known.boundary or self.walker.is_head(before)))
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
        if (word in known.acts and word not in known.roads) or self.walker.is_head(word):
            return False
        return words.is_word(word) and known.place_stops.isdisjoint(word)

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

    def _avenue_street(self, text: str, limit: int, head: int) -> int | None:
        """Where the name begins of a street named for an avenue, whatever its words: 通道街｜街道."""
        start = head - (4 if text[head - 2 : head] == "大街" else 3)
        if start < limit or not CHINESE.fullmatch(text, start, head):
            return None
        before = text[start - 1 : start]
        shown = start == limit or not CHINESE.match(before) or before in DIVISION_END
        counted = not self.words.signs.counting.isdisjoint(text[start : start + 1])
        return start if shown and not counted else None

    def _spelled_whole(self, text: str, limit: int, head: int) -> int | None:
        """Where a name begins that is spelled after another language: 多来特巴格｜乡, whatever it holds."""
        sounds, start = self.words.sounds, head
        while start > limit and head - start < 9 and text[start - 1] in sounds:
            start -= 1
        if head - start < 4:
            return None
        for size in (4, 3, 2):  # 走进｜喀什｜多来特巴格乡
            if head - start - size > 2 and self.divisions.is_short(text[start : start + size]):
                start += size
        while head - start > 4 and text[start] in self.words.place_stops:
            start += 1
        telling = sum(c in self.words.telling for c in text[start:head])
        return start if telling > 1 else None
