"""The words before a head word, from right to left, back to one that ends names to its right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.divisions import DivisionNames
from jiceng.extract.organisations.words import NameWords

NUMBER = re.compile(r"[\dA-Za-z]+|[〇一二三四五六七八九十百千万两余多几0-9]+")
COUNTED = re.compile(
    r"[一二三四五六七八九十百千万两余多几数]{1,20}[名个件条位家户次天项所支处]"
    r"|第[一二三四五六七八九十\d]{1,3}[个批届期次轮家]"
)
HOUSES = re.compile("[一二三四五六七八九十]{1,2}[户家里]")  # what villages are counted by
CHINESE = re.compile(r"[〇\u4e00-\u9fff]+")
RUN = re.compile(r"[〇\u4e00-\u9fffA-Za-z0-9]+")
NTH = re.compile(r"第[一二三四五六七八九十\d]{1,2}")
# Natural logarithm of a word's share of jieba's corpus: a single word more frequent is seldom a name.
COMMON = -10.6
_RARE = -12.9  # rarer words are no kinds of things
ROAD = re.compile(r"[东西南北中前后]?[路街巷号院大]")


class NameWalker:
    """Walks the words before a head."""

    def __init__(self, known: NameWords, divisions: DivisionNames, heads: Sequence[str] = ()) -> None:
        self.words, self.divisions = known, divisions
        self.heads = tuple(h for h in heads if len(h) > 1)
        self._ends = known.firm_stops | known.signs.building  # characters that end the names of bodies

    def walk(
        self, text: str, start: int, head: int, inner: frozenset[str], stops: frozenset[str]
    ) -> Sequence[str]:
        """The words before `head` back to the first that ends a name, in the order of the text."""
        known = self.words
        for person in known.people.finditer(text, start, head):
            start = person.end() + text.startswith("内", person.end())  # 辖区内｜柳炉村
        cut = words.cut(text[start:head])
        tokens: list[str] = []
        for n in range(len(cut) - 1, -1, -1):
            token = cut[n]
            if len(token) == 1:
                opens = n == 0 and not CHINESE.match(text[start - 1 : start])
                if self._parts(cut, n, tokens, inner, stops, opens):
                    break
            elif token in known.weak and not tokens:
                tokens.append(token)  # 和谐｜社区党委: such a word is the whole name
                break
            elif self._acts(token, tokens, inner):
                break
            if self._ends_names(token, tokens):
                break
            tokens.append(token)
        return tokens[::-1]

    def _parts(
        self,
        cut: Sequence[str],
        n: int,
        tokens: Sequence[str],
        inner: frozenset[str],
        stops: frozenset[str],
        opens: bool,
    ) -> bool:
        """Whether the character `cut[n]` stands between a name and what is before it.

        `tokens` are the name's words so far, the last one first; `opens` says that nothing stands before.
        """
        known, token = self.words, cut[n]
        if token in stops:
            alone = len(tokens) == 1 and len(tokens[0]) == 1
            belongs = token in known.both and (opens or alone)
            if alone and token in known.signs.left_over and tokens[0] not in known.signs.side:
                belongs = belongs or tokens[0] not in known.generic
            # 为｜民巷社区: the dictionary cut a word in two that places are named with.
            split = tokens and len(tokens[-1]) <= 2 and token + tokens[-1][0] in inner
            family = token in known.signs.surname and tokens and tokens[-1].startswith(known.homes)
            if not belongs and not split and not family:
                return True
        if token in known.classifiers and n and NUMBER.fullmatch(cut[n - 1][-1]):
            return True
        if token == "和" and opens and tokens and self.divisions.is_short("和" + tokens[-1][:1]):
            return False  # ，和静｜镇
        return token == "和" and (self._behind_head(cut, n) or not self._inside(cut, n))

    def _acts(self, token: str, tokens: Sequence[str], inner: frozenset[str]) -> bool:
        """Whether a word is a verb, and none that names are made of."""
        known = self.words
        made = token in known.roads or token in known.firm  # 试飞｜院｜社区
        behind = tokens[-1] if tokens and made else ""
        if token in inner or behind in known.signs.institution or behind in known.roads_end:
            return False
        return token in known.boundary or self.opens_with_verb(token)

    def _ends_names(self, token: str, tokens: Sequence[str]) -> bool:
        """Whether a word stands in no name, with the words behind it or whatever these are."""
        if len(token) > 2 and token[0] in "在从被把":
            return True  # 在实践中
        if token[0] in "各每该" and token[1:] in self.words.lists["level"]:
            return True  # 各街道: one word in the dictionary
        joined = tokens and len(tokens[-1]) == 1 and tokens[-1] not in self.words.generic
        if COUNTED.fullmatch(token) and not joined:
            return True
        if not (CHINESE.fullmatch(token) or NUMBER.fullmatch(token)):
            return True
        return bool(token.isdigit() and tokens and not ROAD.match(tokens[-1]))  # 614｜东路社区

    def opens_with_verb(self, token: str) -> bool:
        """Whether a long word is a verb with more (走访中); names are none (逍遥津, 鹿回头)."""
        known = self.words
        if (
            len(token) == 4
            and token[:2] in known.lists["wholly"]
            and token[2:] in known.boundary | known.weak
        ):
            return True  # 全面落实, 深入分析
        if len(token) < 3 or token[:2] not in self.words.boundary:
            return False
        if len(token) == 4 and token[2:] in self.words.boundary:
            return True  # 走访慰问
        return not words.is_word(token) or any(token in words.words_of_class(c) for c in "vndi")

    def _behind_head(self, cut: Sequence[str], n: int) -> bool:
        return self.is_head("".join(cut[max(0, n - 3) : n]))

    def _inside(self, cut: Sequence[str], n: int) -> bool:
        """Whether 和 at `n` is part of a name (信和名都) and no conjunction."""
        known = self.words
        before, first = (cut[n - 1] if n else ""), (cut[n - 2] if n > 1 else "")
        if before in known.signs.ended and (first or before == "部"):
            return False  # 柳湾｜城｜和石桥社区
        if first in known.lists["familiar"]:
            return False  # 小｜郭｜和物业公司
        if n == len(cut) - 1 and before in known.signs.peaceful:
            return not first or first in known.place_stops  # 与｜中和街道
        opens = not first or len(first) > 1 or first in known.place_stops or first in known.generic
        return len(before) == 1 and before not in known.place_stops and before not in known.generic and opens

    def covers(self, text: str, start: int, end: int, free: bool = False) -> bool:
        """Whether `text[start:end]` holds no function word and no verb but those that firms are named with.

        With `free` only verbs of doing (成立, 组织) count: 脱贫攻坚临时党支部 is a body's name.
        """
        known = self.words
        if text[start : start + 1] == "和" or known.people.search(text, start, end):
            return False
        verbs = known.acts if free else known.verbs
        both = known.lists["in_names_too"]
        cut = words.cut(known.governed.sub("", text[start:end]))
        roads = {
            n for n, t in enumerate(cut[1:]) if t in known.roads_end and cut[n] in known.roads
        }  # 文化｜路支行
        return not any(
            (t in verbs and t not in both and n not in roads and not (free and n and t in known.firm))
            or t in self._ends
            or t.isdigit()
            for n, t in enumerate(cut)
        )

    def has_proper(self, tokens: Sequence[str]) -> bool:
        """Whether the tokens hold what proper names are made of: characters that form no word, rare words."""
        known = self.words
        own = [t for t in tokens if CHINESE.match(t) and not NUMBER.fullmatch(t) and not self.is_common(t)]
        single = [t for t in own if len(t) == 1]
        if len(single) >= 2 or (single and len(own) > 1):
            return True
        return any(t in known.places or words.log_frequency(t) < _RARE for t in own if len(t) > 1)

    def half_proper(self, tokens: Sequence[str]) -> bool:
        """Whether a rare character stands beside a word that places are named with: 大｜欣｜世纪."""
        known = self.words
        rare = [t for t in tokens if len(t) == 1 and not self.is_common(t)]
        return bool(rare) and any(t in known.naming for t in tokens)

    def is_head(self, item: str) -> bool:
        """Whether an item ends in a head word of its own."""
        return item.endswith(self.heads)

    def is_common(self, token: str) -> bool:
        """Whether a word is in the lists of words that tell no name apart."""
        known = self.words
        return token in known.generic or token in known.firm or token in known.boundary or token in known.weak

    def is_generic_front(self, token: str) -> bool:
        """Whether a word before the name of a firm or sight tells a kind of things and is no part of it."""
        return (
            token in self.words.generic
            and token != "中国"
            and (len(token) > 1 or token in "市区县镇乡村街该本各此")
        )
