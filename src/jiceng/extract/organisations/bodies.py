"""Bodies that a rule alone names: committees by short and full names, centres, brands in a list of firms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from jiceng import words
from jiceng.extract.occurrences import occurrences
from jiceng.extract.organisations.heads import Head
from jiceng.extract.organisations.lists import Found
from jiceng.extract.organisations.names import Names
from jiceng.extract.organisations.names.walk import CHINESE, NUMBER
from jiceng.rules import Rule, RuleFile

_BRAND = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9]{1,9}")
_PART = re.compile("(?![和与及的各在])[\u4e00-\u9fff]{1,3}?院区")  # of a hospital
_CITY = re.compile("（(?P<city>[\u4e00-\u9fff]{2,3})）")
_EDGES = "，。；：！？“”（）\n"  # what no list of firms goes beyond


class BodyReader:
    """Reads such bodies."""

    def __init__(self, rules: RuleFile, names: Names) -> None:
        self.rules = rules
        self.names = names
        self.divisions = names.divisions
        self.alias = rules["organisations.alias"].pattern
        self.in_parts = rules.lists()["in_parts"]
        self.nationwide = frozenset(rules.tables["brands"]["nationwide"].split())

    def found(self, text: str, division: str, known: list[Found]) -> Iterator[Found]:
        """All such bodies of a text about `division`, beside the names that are `known` already."""
        yield from self._committees(text, division)
        yield from self._departments(text)
        yield from self._leagues(text)
        yield from self._formal(text)
        yield from self._other_parties(text)
        yield from self._centres(text)
        yield from self._agencies(text)
        yield from self._brands(text, known)

    def _committees(self, text: str, division: str) -> Iterator[Found]:
        rule = self.rules["organisations.committee"]
        is_division = self.divisions.is_division
        for match in rule.pattern.finditer(text):
            end = match.end("head") - (2 if match["head"].endswith("党委") else 1)
            starts = (end - n for n in range(9, 1, -1) if end >= n and is_division(text[end - n : end]))
            start = next((s for s in starts if end - s > 2 or not words.is_word(text[s - 1 : s + 1])), None)
            if start is None:  # 云岭区｜区委
                end -= 1
                ends = (end - n for n in range(9, 1, -1) if end >= n and is_division(text[end - n : end]))
                start = next(ends, None)
            if start is None or self._is_other_partys(text, start, match.end()):
                continue
            if match["office"] is not None:
                outer = self.divisions.outermost(text, max(0, start - 16), start)
                if text[max(0, outer - 2) : outer] == "中共":  # the full name of the committee
                    start = outer - 2
            # 江汉区委、区政府: beside the government, the article's own committee alone is meant by name.
            joint = text[match.end() : match.end() + 1] in ("、", "和") and match["office"] is None
            if text[max(0, start - 3) : start] == "共青团":
                yield Found(start - 3, match.end(), text[start - 3 : match.end()], "association", rule.name)
            elif not joint or text[start:end] == division:
                yield Found(start, match.end(), text[start : match.end()], "party_org", rule.name)

    def _departments(self, text: str) -> Iterator[Found]:
        """`云岭区统战部`: the committee is left out, so that the division itself must stand before."""
        rule = self.rules["organisations.department"]
        for match in rule.pattern.finditer(text):
            end = match.start()
            starts = (end - n for n in range(9, 1, -1) if end >= n)
            start = next((s for s in starts if self.divisions.is_division(text[s:end])), None)
            if start is not None:
                start = self.divisions.outermost(text, max(0, start - 16), start)
                kind = "school" if match["office"] == "党校" else "party_org"
                yield Found(start, match.end(), text[start : match.end()], kind, rule.name)

    def _leagues(self, text: str) -> Iterator[Found]:
        """`云岭团区委`: the division's short name stands before."""
        rule = self.rules["organisations.league"]
        for match in rule.pattern.finditer(text):
            at = match.start()
            if match["full"] is not None:
                if self.divisions.is_division(text[match.end("full") : match.end() - 1]):
                    yield Found(at, match.end(), match[0], "association", rule.name)
                continue
            starts = (at - n for n in (4, 3, 2) if at >= n)
            start = next((s for s in starts if self.divisions.is_short(text[s:at])), None)
            if start is not None:
                yield Found(start, match.end(), text[start : match.end()], "association", rule.name)

    def _is_other_partys(self, text: str, start: int, end: int) -> bool:
        """Whether a committee is that of another party: 民进｜云岭区委｜会."""
        return (
            text.startswith("会", end)
            and self.rules["organisations.other_party"].pattern.match(text, max(0, start - 2)) is not None
        )

    def _other_parties(self, text: str) -> Iterator[Found]:
        """`民进云岭区委会`: associations by their kind, although parties."""
        rule = self.rules["organisations.other_party"]
        for match in rule.pattern.finditer(text):
            yield Found(match.start(), match.end(), match[0], "association", rule.name)

    def _formal(self, text: str) -> Iterator[Found]:
        """`中共柳坞社区委员会`: a full name says where it begins and ends."""
        rule = self.rules["organisations.formal"]
        for match in rule.pattern.finditer(text):
            yield Found(match.start(), match.end(), match[0], "party_org", rule.name)

    def _centres(self, text: str) -> Iterator[Found]:
        """`建成区综治中心`: a district has one such centre, so that its office alone names it."""
        rule = self.rules["organisations.centre"]
        for match in rule.pattern.finditer(text):
            yield Found(*match.span("name"), match["name"], "facility", rule.name)

    def _agencies(self, text: str) -> Iterator[Found]:
        """`引入宁心社工、益新社工`: the characters before 社工 must form no word and belong to none."""
        rule = self.rules["organisations.agency"]
        for match in rule.pattern.finditer(text):
            start, end = match.span("name")
            tokens = words.cut(text[max(0, start - 6) : end])
            known = self.names.words
            one, two = text[start], text[start + 1]
            ends = {*known.firm_stops, *known.classifiers}
            led = text.startswith(self.names.words.lists["agency_opener"], start - 2)
            opens = one not in ends | {"和", "驻"} | known.generic and not NUMBER.match(one)
            if (led or tokens[-2:] == (one, two)) and opens and two not in ends:
                yield Found(start, match.end(), match["name"] + "社工", "association", rule.name)

    def _brands(self, text: str, known: list[Found]) -> Iterator[Found]:
        """`腾讯、美团等龙头企业`: brands, of which most must be words that no dictionary explains."""
        rule = self.rules["organisations.firms"]
        taken = [(f.start, f.end) for f in known]
        for match in self._lists_of_firms(text, rule):
            at = match.start("list")
            items: list[tuple[int, str]] = []
            for number, item in enumerate(match["list"].split("、")):
                begin = self._begin(text, at, at + len(item)) if number == 0 else at
                if begin is not None:
                    items.append((begin, text[begin : at + len(item)]))
                at += len(item) + 1
            grown = self.names.words.lists["product"]
            items = [(s, i) for s, i in items if _BRAND.fullmatch(i) and i not in grown]
            proper = [i for _, i in items if self._is_brand(i)]
            if len(proper) * 2 <= len(items):
                continue
            for start, item in items:
                end = start + len(item)
                if not any(s < end and start < e for s, e in taken) and not self._is_kind(item):
                    yield Found(start, end, item, "company", rule.name)

    def _lists_of_firms(self, text: str, rule: Rule) -> Iterator[re.Match[str]]:
        """Where the rule matches, looked for only in clauses with what ends such a list."""
        for end in self.rules["organisations.firms_end"].pattern.finditer(text):
            edge = max(text.rfind(mark, 0, end.start()) for mark in _EDGES)
            found = rule.pattern.search(text, edge + 1, end.end() + 4)
            if found is not None:
                yield found

    def shortened(self, text: str, found: list[Found]) -> Iterator[Found]:
        """`皖江联信物业`, beside 皖江联信物业有限公司: firms' short names, and party bodies named so."""
        legal = self.rules["organisations.legal_form"].pattern
        stems = [legal.sub("", f.name) for f in found if f.kind == "company" and legal.search(f.name)]
        bodies = self.names.words.lists["firm_body"]
        known = {f.name for f in found}
        names = [n for stem in stems for n in (stem, self._brand_of(stem)) if len(n) > 1 and n not in known]
        taken = _merged((f.start, f.end) for f in found)
        for name, places in occurrences(text, names).items():
            at = next((at for at in places if not _overlaps(at, at + len(name), taken)), None)
            if at is None:
                continue
            end = at + len(name)
            yield Found(at, end, name, "company", "organisations.short")
            if body := next((word for word in bodies if text.startswith(word, end)), ""):
                yield Found(at, end + len(body), name + body, "party_org", "organisations.short", name)

    def nations(self, text: str, start: int, word: str, firms: Collection[str]) -> int:
        """The length of the firm known nationwide before a branch's name: 中国石油｜云岭油田分公司."""
        return max((len(firm) for firm in firms if text.endswith(firm, 0, start)), default=0)

    def with_part(self, text: str, body: Found) -> Found:
        """A body with which part of it is meant, where that stands behind: 医院｜城东院区, 大学｜（南陵）."""
        part = _PART.match(text, body.end) if body.name.endswith(self.in_parts) else None
        city = _CITY.match(text, body.end) if body.kind == "school" else None
        part = city if city is not None and self.divisions.is_city(city["city"]) else part
        return replace(body, end=part.end(), name=body.name + part[0]) if part else body

    def aliased(self, text: str, previous: Found, limit: int) -> bool:
        """Whether only a short name in brackets stands between a name and what follows: 某公司（…）党支部."""
        alias = self.alias.match(text, previous.end)
        return alias is not None and alias.end() == limit

    def named_also(self, text: str, previous: Found, head: Head) -> bool:
        """Whether a head is what a place is called, too: 石桥村（社区）."""
        alias = self.alias.match(text, previous.end)
        return alias is not None and alias.start("also") == head.start

    def _brand_of(self, stem: str) -> str:
        """What is a firm's own in its name, without the city before it and the trade behind it."""
        tokens = list(words.cut(stem))
        known = self.names.words
        while len(tokens) > 1 and (self.divisions.is_place(tokens[0]) or tokens[0] in known.regions):
            tokens = tokens[1:]
        while len(tokens) > 1 and (tokens[-1] in known.firm or tokens[-1] in known.generic):
            tokens = tokens[:-1]
        brand = "".join(tokens)
        return brand if len(brand) in (3, 4) and self.names.walker.has_proper(tokens) else ""

    def _begin(self, text: str, start: int, end: int) -> int | None:
        """Where the first brand of a list begins, behind the words that lead to it: 引进｜腾讯."""
        known = self.names.words
        for at in range(start, end - 1):
            if text[at:end] in self.nationwide:
                return at
        tokens = self.names.walker.walk(text, start, end, known.firm, known.firm_stops)
        while tokens and tokens[0] in known.generic and len(tokens) > 1:
            tokens = tokens[1:]
        name = "".join(tokens)
        name = name[1:] if name[:1] in known.signs.instance else name
        return end - len(name) if len(name) > 1 else None

    def _is_kind(self, item: str) -> bool:
        """Whether an item says what sort of firms are meant: 餐饮, 快递公司, 文旅服务."""
        known = self.names.words
        if item in self.nationwide:
            return False
        if item.endswith((*known.lists["body_kind"], *known.lists["trade"], *known.lists["product"])):
            return True
        tokens = words.cut(item)
        return all(t in known.generic or t in known.firm or t in known.boundary for t in tokens)

    def _is_brand(self, item: str) -> bool:
        known = self.names.words
        if not CHINESE.fullmatch(item):
            return True  # TATA木门
        if item in self.nationwide:
            return True
        tokens = words.cut(item)
        if self._is_kind(item) or any(t in known.people_words for t in tokens):
            return False
        return self.names.walker.has_proper(tokens)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that lie apart, in order, which cover the same characters."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _overlaps(start: int, end: int, apart: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch has a character in common with one of those that lie apart."""
    behind = bisect_left(apart, (end,))
    return behind > 0 and apart[behind - 1][1] > start
