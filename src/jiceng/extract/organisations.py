"""Named organisations: streets, communities, quarters, party bodies, offices, firms, schools, venues.

Head words (社区, 有限公司) are found in one pass; for each, `organisation_names` looks for the beginning
of its name to the left. Names that follow one another
directly nest: 龙泉镇｜石桥村, 凤鸣社区｜党支部.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from jiceng import words
from jiceng.extract.analysis import Analysis
from jiceng.extract.organisation_names import NameFinder, NameWords
from jiceng.lexicon import Lexicon
from jiceng.model import Organisation
from jiceng.rules import load_rules

_TERRITORY = ("street", "community", "quarter")
_AREAS = ("片区", "街区", "商圈")  # named as quarters are
_LONGEST_LIST = 300  # characters
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")
_DIVISION_END = "省市区县旗州盟"
_LAST = re.compile("[和及与]")
# Names that are parts of a longer place name when its head follows at once: 翠湖花园｜社区, 彝人古镇｜社区.
_ABSORBED = ("quarter", "facility", "school", "company", "other")


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    end: int
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    name: str
    kind: str
    rule: str
    within: str | None = None

    def fact(self) -> Organisation:
        return Organisation(
            start=self.start, end=self.end, rule=self.rule, name=self.name, kind=self.kind, within=self.within
        )


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Organisation, ...]]:
    """A function that finds the named organisations of an article: one fact a name, in the text's order."""
    finder = _Finder(lexicon)

    def extract(analysis: Analysis) -> tuple[Organisation, ...]:
        found = finder.find(analysis)
        return tuple(f.fact() for f in _once(_consistent(found)))

    return extract


class _Titles:
    """The places of titles in 《》, whose words name no organisation."""

    def __init__(self, analysis: Analysis) -> None:
        outer = [b for b in analysis.bracketed if b.mark == "《"]
        self.starts = [b.start for b in outer]
        self.ends = list(accumulate((b.end for b in outer), max))

    def hold(self, offset: int) -> bool:
        """Whether an offset lies in a title."""
        at = bisect_left(self.starts, offset) - 1
        return at >= 0 and offset < self.ends[at]


class _Finder:
    def __init__(self, lexicon: Lexicon) -> None:
        self.rules = load_rules("organisations", lexicon)
        scheme = lexicon.scheme("organisation_kinds")
        self.kinds = {label: c.notation.partition(".")[0] for label, c in scheme.by_label.items()}
        self.plain = frozenset(scheme.words("school", "facility.venue"))
        actions = lexicon.schemes.get("actions")
        gazetteer = lexicon.gazetteer
        cache: dict[str, bool] = {}

        def is_division(name: str) -> bool:
            if name not in cache:
                cache[name] = name[-1:] in _DIVISION_END and len(name) > 1 and bool(gazetteer.named(name))
            return cache[name]

        self.gazetteer = gazetteer
        self.is_division = is_division
        known = NameWords.load(self.rules.tables, actions.words() if actions else ())
        self.names = NameFinder(known, is_division, scheme.words())
        self.head = self.rules["organisations.head"].pattern
        self.followed = {w: re.compile(p) for w, p in self.rules.tables["followed"].items()}

    def find(self, analysis: Analysis) -> list[_Found]:
        text = analysis.text
        titles = _Titles(analysis)
        own = self._own_short_names(analysis)
        found: list[_Found] = []
        previous: _Found | None = None
        runs = _RUN.finditer(text)
        run = next(runs, None)
        for head in self._heads(text):
            while run is not None and run.end() <= head.start:
                run = next(runs, None)
            if run is None or titles.hold(head.start):
                continue
            limit = run.start()
            if previous is not None and previous.end <= limit:
                previous = None
            made = self._make(text, head, limit, previous, own)
            if made is None:
                continue
            if previous is not None and self._replaces(made, previous):
                found.pop()  # previous is always the last
            found.append(made)
            previous = made
        found += self._committees(text, titles)
        found += self._listed(text, own)
        found += self._paired(text, found, own)
        return sorted(found, key=lambda f: (f.start, f.end, f.name))

    @staticmethod
    def _replaces(made: _Found, previous: _Found) -> bool:
        """Whether a longer name takes the place of the one that it begins with (翠湖花园 in 翠湖花园社区)."""
        if made.kind == previous.kind == "company":
            return made.start == previous.start
        return made.rule != "organisations.part" and previous.end > made.start >= previous.start

    def _own_short_names(self, analysis: Analysis) -> tuple[str, ...]:
        division = analysis.article.division
        known = self.gazetteer.get(division.adcode) or division
        names = [division.name, *(d.name for d in self.gazetteer.within(known))]
        shorts = {n[:-1] for n in names if len(n) > 2} | set(names)
        return tuple(sorted(shorts, key=lambda n: (-len(n), n)))

    def _heads(self, text: str) -> Iterator[_Head]:
        address = self.rules["organisations.address"].pattern
        heads = [*self.head.finditer(text), *address.finditer(text)]
        last = 0
        for match in sorted(heads, key=lambda m: (m.start(), -m.end())):
            if match.start() < last:
                continue
            last = match.end()
            if match.re is address:
                yield _Head(match.start(), match.end(), match[0], "quarter")
                continue
            word = match[0]
            blocked = self.followed.get(word)
            if blocked is None or blocked.match(text, match.end()) is None:
                yield _Head(match.start(), match.end(), word, self.kinds[word])

    def _make(
        self, text: str, head: _Head, limit: int, previous: _Found | None, own: tuple[str, ...]
    ) -> _Found | None:
        limit = previous.end if previous else limit
        rule = "organisations.head"
        if head.kind == "party_org":
            return self._part(text, head, previous) if previous else None
        if head.kind in _TERRITORY or head.word in _AREAS:
            return self._territory(text, head, limit, previous, own)
        at = self.names.firm(text, limit, head.start, head.end, own, head.word in self.plain)
        if previous is not None:
            alone = head.kind == "company" or (
                previous.kind in _TERRITORY and head.kind in ("school", "facility")
            )
            if (at is None or not alone) and (part := self._part(text, head, previous)):
                return part
        if at is None or self._division_only(text[at : head.end]):
            return None
        within = previous.name if previous is not None and at == previous.end else None
        return _Found(at, head.end, text[at : head.end], head.kind, rule, within)

    def _territory(
        self, text: str, head: _Head, limit: int, previous: _Found | None, own: tuple[str, ...]
    ) -> _Found | None:
        rule = "organisations.head"
        if previous is not None and previous.end == head.start:
            # 翠湖花园｜社区: the name of the one is part of the other's.
            if len(head.word) > 1 and (previous.kind in _ABSORBED or previous.name[-1] in "村镇乡"):
                start = previous.start
                at = self.names.place(text, start, head.start, head.end, own, False)
                if at is not None and self.is_division(text[start:at]):  # 运河区｜市场街道
                    start = at
                return _Found(start, head.end, text[start : head.end], head.kind, rule, previous.within)
            return None
        larger = previous is not None and previous.kind in ("street", "community")
        number = self.rules["organisations.address"].pattern.match(text, head.start)
        at = self.names.place(text, limit, head.start, head.end, own, larger)
        if at is None or (
            head.kind == "quarter"
            and head.word != "小区"
            and number is None
            and not self.names.has_proper(_cut(text[at : head.start]))
        ):
            return None
        if text[at - 1 : at] == "“" and text[head.end : head.end + 1] == "”":
            return None  # a quoted “…社区” is a title or brand
        within = None
        if previous is not None and larger and text[previous.end : at] in ("", "的"):
            within = previous.name
        return _Found(at, head.end, text[at : head.end], head.kind, rule, within)

    def _division_only(self, name: str) -> bool:
        """Whether a name is that of a division (天津市滨海新区), which is no organisation."""
        return any(
            self.is_division(name[n:]) and (not n or self.is_division(name[:n])) for n in range(len(name) - 1)
        )

    def _part(self, text: str, head: _Head, previous: _Found) -> _Found | None:
        """A body of the unit named directly before: 凤鸣社区｜党群服务中心, 红星村｜临时党支部."""
        between = text[previous.end : head.start]
        if len(between) > 12 or any(unit in between for unit in ("社区", "街道", "小区", "乡镇")):
            return None
        if not self.names.covers(text, previous.end, head.start, free=head.kind == "party_org"):
            return None
        name = text[previous.start : head.end]
        within = previous.within if head.kind == previous.kind == "company" else previous.name
        return _Found(previous.start, head.end, name, head.kind, "organisations.part", within)

    def _committees(self, text: str, titles: _Titles) -> Iterator[_Found]:
        rule = self.rules["organisations.committee"]
        for match in rule.pattern.finditer(text):
            end = match.start("head") + 1
            start = next(
                (end - n for n in range(9, 1, -1) if end >= n and self.is_division(text[end - n : end])), None
            )
            if start is not None and not titles.hold(match.start()):
                yield _Found(start, match.end(), text[start : match.end()], "party_org", rule.name)

    def _listed(self, text: str, own: tuple[str, ...]) -> Iterator[_Found]:
        """`溪边、桥头等社区`: each item is a name without the head that stands behind the last."""
        rule = self.rules["organisations.list"]
        for match in rule.pattern.finditer(text):
            head = match["head"]
            kind = self.kinds[head]
            items = list(_items(text, match.end("last"), self.names))
            # 财苑小区、博悦城等9个小区: where the first has its head, the others are whole as they are.
            complete = kind == "quarter" and any(item.endswith(head) for _, item in items)
            items = [(start, item) for start, item in items if not item.endswith(head)]
            names: list[_Found] = []
            for start, item in self._begun(text, items, own):
                if self.head.search(item) and self.kinds.get(item[-2:]) not in (None, kind):
                    continue
                if self.names.listed(item):
                    name = item if complete else item + head
                    names.append(_Found(start, start + len(item), name, kind, rule.name))
            if len(names) * 2 >= len(items):
                yield from names

    def _paired(self, text: str, found: list[_Found], own: tuple[str, ...]) -> Iterator[_Found]:
        """`溪边、桥头街道党工委`: the names before the last one share its head, and its party body."""
        rule = self.rules["organisations.pair"]
        ends = {(f.end, f.kind): f for f in found}
        bodies = {f.start: f for f in reversed(found) if f.rule == "organisations.part"}
        for match in rule.pattern.finditer(text):
            head = match["head"]
            last = ends.get((match.end("head"), self.kinds[head]))
            if last is None or last.start != match.start("last"):
                continue
            body = bodies.get(last.start)
            for start, item in self._begun(text, list(_items(text, match.start(), self.names)), own):
                if self.names.is_head(item) or not self.names.listed(item) or not self.names.is_proper(item):
                    continue
                name = item + head
                yield _Found(start, match.end("head"), name, last.kind, rule.name)
                if body is not None and body.kind == "party_org":
                    tail = body.name[len(last.name) :]
                    yield _Found(start, body.end, name + tail, body.kind, rule.name, name)

    def _begun(
        self, text: str, items: list[tuple[int, str]], own: tuple[str, ...]
    ) -> Iterator[tuple[int, str]]:
        """The items of a list, the first without the words before its name."""
        for place, (start, item) in enumerate(items):
            end = start + len(item)
            at = self.names.place(text, start, end, end, own, True) if place == 0 else start
            if at is not None:
                yield at, text[at:end]


def _cut(item: str) -> list[str]:
    return words.cut(item)


def _items(text: str, end: int, names: NameFinder) -> Iterator[tuple[int, str]]:
    """The items between 、 that end at `end`, with their places; the last may hold two (锦绣和康居)."""
    start = end
    while start > end - _LONGEST_LIST and start and (_RUN.match(text[start - 1]) or text[start - 1] == "、"):
        start -= 1
    parts = text[start:end].split("、")
    for number, part in enumerate(parts):
        both = _LAST.search(part, 2) if number == len(parts) - 1 else None
        if both is not None and names.listed(part[: both.start()]) and names.listed(part[both.end() :]):
            yield start, part[: both.start()]
            yield start + both.end(), part[both.end() :]
        elif part:
            yield start, part
        start += len(part) + 1


def _consistent(found: list[_Found]) -> list[_Found]:
    """Where the article has both 凤鸣社区 and, elsewhere, 如意凤鸣社区, the longer one was cut wrongly."""
    names = {f.name for f in found if f.kind in _TERRITORY}
    mended = []
    for f in found:
        if f.kind == "quarter" and f.name + "小区" in names:
            continue
        tails = (f.name[n:] for n in range(1, len(f.name) - 3)) if f.kind in _TERRITORY else ()
        name = next((tail for tail in tails if tail in names), f.name)
        mended.append(replace(f, start=f.end - len(name), name=name) if name != f.name else f)
    return mended


def _once(found: Iterable[_Found]) -> list[_Found]:
    first: dict[str, _Found] = {}
    for f in found:
        known = first.setdefault(f.name, f)
        if known.within is None and f.within is not None:
            first[f.name] = replace(known, within=f.within)
    return sorted(first.values(), key=lambda f: (f.start, f.end))
