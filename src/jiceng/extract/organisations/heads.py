"""The head words of a text, which end names, and the titles whose words name no organisation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from jiceng.extract.analysis import Analysis
from jiceng.rules import RuleFile
from jiceng.values import dataclass

_IN = ("内", "里")
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
        self.head = _by_first(kinds)
        self.followed = {w: re.compile(p) for w, p in rules.tables["followed"].items()}

    def heads(self, text: str) -> Iterator[Head]:
        """All head words, in order, not overlapping."""
        address = self.rules["organisations.address"].pattern
        numbered = self.rules["organisations.numbered"].pattern
        corps, company = (self.rules["organisations." + n].pattern for n in ("corps", "company"))
        avenue = self.rules["organisations.avenue"].pattern
        special = {address.pattern: "quarter", numbered.pattern: "school", avenue.pattern: "street"}
        whole = {corps.pattern: "street", company.pattern: "community"}
        heads = [*self.head.finditer(text), *address.finditer(text), *numbered.finditer(text)]
        heads += avenue.finditer(text)
        for name, named in (("college", "school"), ("farm", "other")):
            pattern = self.rules[f"organisations.{name}"].pattern
            heads += pattern.finditer(text)
            whole[pattern.pattern] = named
        regiments = list(corps.finditer(text)) if _REGIMENT.search(text) else []
        heads += [*regiments, *(company.finditer(text) if regiments else ())]
        last = 0
        for match in sorted(heads, key=lambda m: (m.start(), -m.end())):
            if match.start() < last:
                continue
            last = match.end()
            if (kind := special.get(match.re.pattern)) is not None:
                yield Head(match.start(), match.end(), match[0], kind)
                continue
            if (kind := whole.get(match.re.pattern)) is not None:
                yield Head(match.start(), match.end(), match[0], kind, whole=True)
                continue
            word = match[0]
            if word == "商会" and match.start() and text[match.start() - 1] in "协磋会":
                continue  # 三方协｜商会
            if word[-1] == "委" and text.startswith("员会", match.end()) and word[-2] not in "党工团":
                last = match.end() + 2  # 农业农村委｜员会
                yield Head(match.start(), last, word + "员会", self.kinds[word])
                continue
            if word[-1] == "里" and address.match(text, match.end() - 1) is not None:
                last = match.start()  # 胜利东｜里9号大院
                continue
            blocked = self.followed.get(word)
            if word == "街道办" and blocked is not None and blocked.match(text, match.end()):
                yield Head(match.start(), match.end() - 1, "街道", kind=self.kinds["街道"])  # 街道｜办好实事
            elif (
                word == "村"
                and text[match.start() - 1 : match.start()] == "新"
                and text[last : last + 1] in _IN
            ):
                yield Head(match.start(), last, word, self.kinds[word])  # 柳湾新村｜内
            elif blocked is None or blocked.match(text, match.end()) is None:
                yield Head(match.start(), match.end(), word, self.kinds[word])


def _by_first(words_: Iterable[str]) -> re.Pattern[str]:
    """What the rule `organisations.head` matches, grouped by first character: less than half the time."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words_, key=lambda w: (-len(w), w)):
        behind = "(?!民)" if word.endswith("居") else ""  # 松雅｜居民区
        groups.setdefault(word[0], []).append(re.escape(word[1:]) + behind)
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items()))
