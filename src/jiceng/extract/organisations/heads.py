"""The head words of a text, which end names, and the titles whose words name no organisation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from jiceng import pairs
from jiceng.extract.analysis import Analysis
from jiceng.rules import RuleFile
from jiceng.values import dataclass

_IN = ("内", "里")
_WHOLE = (("college", "学院", "school"), ("farm", "场", "other"), ("estate", "·", "quarter"))
"""Rules of heads that are the whole name, a sign without which they find nothing, and the kind."""
_REGIMENT = re.compile("[〇○零一二三四五六七八九十0-9]团")


@dataclass(frozen=True, slots=True)
class Head:
    """A head word, at offsets of the text, and the kind of organisation whose name it ends."""

    start: int
    end: int
    word: str
    kind: str
    whole: bool = False  # the head is the name, as numbers are


class Titles:
    """The places of titles in 《》, whose words name no organisation."""

    def __init__(self, analysis: Analysis) -> None:
        outer = [b for b in analysis.bracketed if b.mark == "《"]
        self.starts = [b.start for b in outer]
        self.ends = list(accumulate((b.end for b in outer), max))

    def hold(self, offset: int) -> bool:
        """Whether an offset lies in a title."""
        at = bisect_left(self.starts, offset) - 1
        return at >= 0 and offset < self.ends[at]


class HeadFinder:
    """Finds head words. `kinds` says what each is a head of."""

    def __init__(self, rules: RuleFile, kinds: Mapping[str, str]) -> None:
        self.rules = rules
        self.kinds = kinds
        self.head = HeadWords(kinds)
        self.followed = {w: re.compile(p) for w, p in rules.tables["followed"].items()}

    def heads(self, text: str) -> Iterator[Head]:
        """All head words, in order, not overlapping."""
        last = 0
        for head in sorted(self._all(text), key=lambda h: (h.start, -h.end)):
            if head.start < last:
                continue
            if head.kind:
                last = head.end
                yield head
                continue
            last, read = self._read(text, head)
            if read is not None:
                yield read

    def _all(self, text: str) -> Iterator[Head]:
        """Head words of the list, which have no kind yet, and others, wherever they stand."""
        for start, end in self.head.places(text):
            yield Head(start, end, text[start:end], "")
        rules = self.rules
        for name, kind in (("address", "quarter"), ("numbered", "school"), ("avenue", "street")):
            for match in rules[f"organisations.{name}"].pattern.finditer(text):
                yield Head(*match.span(), match[0], kind)
        found = [
            (match, kind)
            for name, sign, kind in _WHOLE
            if sign in text
            for match in rules[f"organisations.{name}"].pattern.finditer(text)
        ]
        if _REGIMENT.search(text) and (regiments := [*rules["organisations.corps"].pattern.finditer(text)]):
            found += ((match, "street") for match in regiments)
            found += ((match, "community") for match in rules["organisations.company"].pattern.finditer(text))
        for match, kind in found:
            yield Head(*match.span(), match[0], kind, whole=True)

    def _read(self, text: str, head: Head) -> tuple[int, Head | None]:
        """Where to go on, and a head word of the list as it stands in the text, None where it is none."""
        start, end, word = head.start, head.end, head.word
        if word == "商会" and start and text[start - 1] in "协磋会":
            return end, None  # 三方协｜商会
        if word[-1] == "委" and text.startswith("员会", end) and word[-2] not in "党工团":
            return end + 2, Head(start, end + 2, word + "员会", self.kinds[word])  # 农业农村委｜员会
        if word[-1] == "社" and text.startswith("区", end):
            return end + 1, Head(end - 1, end + 1, "社区", self.kinds["社区"])  # 石桥街道合作｜社区
        if word[-1] == "里" and self.rules["organisations.address"].pattern.match(text, end - 1) is not None:
            return start, None  # 胜利东｜里9号大院
        blocked = self.followed.get(word)
        if word == "街道办" and blocked is not None and blocked.match(text, end):
            return end, Head(start, end - 1, "街道", kind=self.kinds["街道"])  # 街道｜办好实事
        # 柳湾新村｜内
        inside = word == "村" and text[start - 1 : start] == "新" and text[end : end + 1] in _IN
        if inside or blocked is None or blocked.match(text, end) is None:
            return end, Head(start, end, word, self.kinds[word])
        return end, None


class HeadWords:
    """The words of the rule `organisations.head`, looked up by what they begin with."""

    def __init__(self, words: Iterable[str]) -> None:
        self._lookup = pairs.Lookup(words)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, leftmost and longest, without overlap."""
        behind = 0
        for at, word in self._lookup.found(text):
            end = at + len(word)
            if at >= behind and not (word[-1] == "居" and text.startswith("民", end)):  # 松雅｜居民区
                behind = end
                yield at, end
