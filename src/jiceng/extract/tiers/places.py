"""A place of a text where a rule found levels, and whether what it names leads downwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from jiceng.extract.tiers.words import AREAS, NUMERALS, Mention, TierWords
from jiceng.values import dataclass
from jiceng.words import cut, words_of_class

UPPER = frozenset("省市县")  # with the level below they are told in passing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule matched: the text, the marked text, the match and the mentions within it."""

    text: str
    marked: str
    match: re.Match[str]
    mentions: Sequence[Mention]
    words: TierWords

    @property
    def declared(self) -> int | None:
        """The number of levels that the text states beside the match."""
        return NUMERALS[self.match["levels"]]

    def rule(self, name: str) -> re.Pattern[str]:
        """The pattern of a rule that is asked what stands beside a chain."""
        return self.words.rules[f"tiers.{name}"].pattern

    def made(self, start: int, end: int, label: str | None = None) -> Mention:
        """A tier of any wording, judged by the words at its two ends."""
        name = self.text[start:end] if label is None else label
        return Mention(start, end, name, *self.words.judge(name))

    def names_body(self, tail: str) -> bool:
        """Whether what stands behind a level names a body of it: 街道｜联席会议."""
        if tail in self.words.lists["act"]:
            return False  # 社区｜领办
        return tail.endswith((*self.words.lists["body_end"], *self.words.lists["body_word"]))

    def verbal(self, level: Mention | None, tail: str) -> bool:
        """Whether a verb stands behind a body of the party that elsewhere ends a name: 社区党委｜组织."""
        return level is not None and level.family == "party" and tail in self.words.lists["also_verb"]

    def acts(self, tail: str) -> bool:
        """Whether what stands behind a level says what it does (先期处置) and names no body (联席会议)."""
        parts = cut(tail.removesuffix("的"))
        if not parts or parts[-1].endswith(self.words.lists["body_end"]):
            return False
        if parts[0][0] in self.words.lists["duty"] and 1 < len(tail) < 6:
            return True
        return any(p in words_of_class(c) for p in (parts[0], parts[-1]) for c in ("v", "vn"))


def between(cuts: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch of text that cuts leave, the cuts in order."""
    edges = [start, *(at for cut in cuts for at in cut), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def downwards(tiers: Sequence[Mention], stated: int | None, said: bool = False) -> Sequence[Mention]:
    """The levels from the top, if they lead downwards, or upwards and are as many as stated: 村—镇—县三级.

    `said` is whether the text says that they lead upwards.
    """
    upwards = tiers[::-1]
    if said and descends(upwards):
        return upwards
    if descends(tiers):
        return tiers
    ranks = [t.rank for t in upwards if t.rank is not None]
    rises = len(ranks) == len(tiers) == stated and len(ranks) > 2 and ranks[0] < ranks[-1]
    return upwards if rises and descends(upwards) else ()


def descends(tiers: Sequence[Mention], strictly: bool = False) -> bool:
    """Whether the levels lead downwards, as far as their heights are known, and differ from each other."""
    if len(tiers) < 2 or len({t.label for t in tiers}) < len(tiers):
        return False
    # A member's household may lead a building: 党员中心户—楼栋长.
    ranks = [
        t.rank
        for n, t in enumerate(tiers, 1)
        if t.rank is not None and (n == len(tiers) or "户" not in t.label or t.family != "party")
    ]
    *upper, last = tiers
    if not strictly and len(upper) > 1 and last.family == "role" and all(t.family == "place" for t in upper):
        ranks = ranks[: len(ranks) - (last.rank is not None)]  # 网格—微网格—网格员: who works there
    if strictly and any(t.rank is None and not t.label.startswith(AREAS) for t in tiers):
        return False
    return all(a < b or (a == b and not strictly) for a, b in pairwise(ranks))
