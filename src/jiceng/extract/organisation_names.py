"""Where a proper name begins that a head word ends, if it is one: 推广凤鸣社区 → 凤鸣, 老旧小区 → none.

Names stand unmarked in Chinese text. The words before a head are walked from right to left until one that
ends names to its right: a verb, an adverb, a function word. What is left loses the divisions and kinds of
things at its front, and must then hold more than words for kinds of things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiceng import words
from jiceng.resources import ontology_directory

_NUMBER = re.compile(r"[\dA-Za-z]+|[一二三四五六七八九十百千万两余多几0-9]+")
_COUNTED = re.compile(r"[一二三四五六七八九十百千万两余多几数]+[名个件条位家户次天项所支处]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Natural logarithms of a word's share of jieba's corpus. A single word that is used more often than COMMON is
# seldom a place's name; one used less often than RARE is more than the name of a kind of thing.
_COMMON = -10.6
_RARE = -12.9
# Institutions, waters, roads that places are named for: 农业院社区, 电厂社区, 尚书街片区.
_DIVISION_END = "省市区县旗州盟"
_BUILDING = frozenset("建办设开投修造")  # verbs that take a firm's name as subject: 某公司｜建｜基地
_INSTITUTIONS = frozenset("院校厂站局所园湖桥山河路街巷道")


@dataclass(frozen=True, slots=True)
class NameWords:
    """The word lists of `rules/organisations.toml` and `words/boundary.txt` as sets."""

    boundary: frozenset[str]
    place: frozenset[str]  # verbs that places are named with
    firm: frozenset[str]  # and firms, schools, venues
    generic: frozenset[str]
    naming: frozenset[str]
    weak: frozenset[str]
    weak_followed: re.Pattern[str]
    firm_stops: frozenset[str]
    place_stops: frozenset[str]
    classifiers: frozenset[str]
    both: frozenset[str]  # characters that stop a name or begin a short one
    people: re.Pattern[str]  # words for people and bodies, and verbs of this genre that no dictionary has
    acts: frozenset[str]  # verbs of doing: no part of a body's name
    verbs: frozenset[str]  # the boundary without what firms are named with
    places: frozenset[str]  # names that the dictionary has
    compounds: frozenset[str]
    doubtful: Mapping[str, re.Pattern[str]]

    @classmethod
    def load(cls, tables: Mapping[str, Any], verbs: Sequence[str]) -> NameWords:
        """Gather the lists; `verbs` are further words that end a name to their right."""
        generic, stops = tables["generic"], tables["stops"]
        place = frozenset(tables["inner"]["place"].split())
        naming = frozenset(generic["naming"].split())
        firm = place.union(tables["inner"]["firm"].split(), naming)
        people = frozenset(stops["words"].split())
        return cls(
            boundary=people.union(_listed("boundary") - naming, (v for v in verbs if len(v) > 1)),
            place=place - people,
            firm=firm - people,
            generic=frozenset(generic["place"].split()),
            naming=naming,
            weak=frozenset(generic["weak"].split()),
            weak_followed=re.compile(generic["weak_followed"]),
            firm_stops=frozenset(stops["firm"]),
            place_stops=frozenset(stops["firm"] + stops["place"]),
            classifiers=frozenset(stops["classifiers"]),
            both=frozenset(stops["both"]),
            people=re.compile("|".join(sorted(people, key=lambda w: (-len(w), w)))),
            acts=people.union(v for v in verbs if len(v) > 1),
            verbs=people.union(
                _listed("boundary") - naming - firm, (v for v in verbs if len(v) > 1 and v not in firm)
            ),
            places=_listed("places") - frozenset(generic["place"].split()),
            compounds=frozenset(tables["compounds"]["words"].split()),
            doubtful={head: re.compile(behind) for head, behind in tables["doubtful"].items()},
        )


def _listed(name: str) -> frozenset[str]:
    lines = (ontology_directory() / "words" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


class NameFinder:
    """Finds the beginning of names. `is_division` tells whether a string is a division's full name."""

    def __init__(
        self, known: NameWords, is_division: Callable[[str], bool], heads: Sequence[str] = ()
    ) -> None:
        self.words = known
        self.heads = tuple(h for h in heads if len(h) > 1)
        self.is_division = is_division

    def place(
        self, text: str, limit: int, head: int, end: int, own: Sequence[str], nested: bool
    ) -> int | None:
        """Where the name of a street, community or quarter begins whose head word is `text[head:end]`.

        `limit` is how far left it may reach, `own` are short names of the divisions of the article,
        `nested` says that a larger unit's name ends at `limit`. None if there is no name.
        """
        known = self.words
        if text[head - 1 : end] == "新村":
            head -= 1
        elif self._hopeless(text[max(limit, head - 2) : head]):
            return None
        tokens = self.walk(text, max(limit, head - 14), head, known.place, known.place_stops)
        tokens = self._without_divisions(tokens, own)
        nested = nested and len("".join(tokens)) == head - limit
        while (
            tokens[1:]
            and tokens[0] in known.generic
            and len(tokens[0]) > 1
            and tokens[1] not in _INSTITUTIONS
        ):
            tokens = tokens[1:]
        name = "".join(tokens)
        if not name or len(name) > 8 or name in known.generic:
            return None
        if not nested:
            if len(name) == 1 or _NUMBER.fullmatch(name) or re.match(r"\d", name):
                return None
            if end - head == 1 and _NUMBER.fullmatch(tokens[-1]):
                return None
            if end - head == 1 and self._common_compound(text, limit, head, end):
                return None
            doubt = known.doubtful.get(text[head:end])
            if (
                doubt is not None
                and doubt.match(text, end)
                and not (len(tokens) > 1 and self.has_proper(tokens))
            ):
                return None
        last = tokens[-1]
        if name in known.weak or (last in known.weak and len(tokens) == 1):
            shown = nested or known.weak_followed.match(text, end) is not None
            return head - len(name) if shown else None
        if name in known.naming or name in known.place or name in known.places:
            return head - len(name)
        if last in known.generic:
            named = self.has_proper(tokens[:-1]) or (
                last == "村" and not known.generic.issuperset(tokens[:-1])
            )
            institution = len(last) == 1 and (last in _INSTITUTIONS or named)
            if len(tokens) == 1 or not institution:
                return None
        if (
            all(t in known.generic for t in tokens[:-1])
            and last in known.generic
            and last not in _INSTITUTIONS
        ):
            return None
        if len(tokens) == 1 and not nested and words.log_frequency(name) > _COMMON:
            return None
        return head - len(name)

    def _hopeless(self, before: str) -> bool:
        """Whether what stands directly before a head ends any name; spares most heads the cutting."""
        known = self.words
        if not before or (before[-1] in known.place_stops and before not in known.place):
            return True
        ends = before in known.boundary or (before in known.generic and len(before) > 1)
        return ends and before not in known.place and before not in known.naming and before not in known.weak

    def firm(
        self,
        text: str,
        limit: int,
        head: int,
        end: int,
        own: Sequence[str],
        plain: bool = False,
        brand: bool = False,
    ) -> int | None:
        """Where the name of a company, school, venue, office or association begins, or None.

        `plain` heads (公园, 小学) make a name with a plain noun, too, unless it is a common one;
        `brand` heads (超市, 酒店) with two characters that form no word.
        """
        known = self.words
        tokens = self.walk(text, max(limit, head - 20), head, known.firm, known.firm_stops)
        while tokens and self._generic_front(tokens[0]) and not self._opens(tokens, own):
            tokens = tokens[1:]
        kinds = [n for n, t in enumerate(tokens[:-1]) if t.endswith(("企业", "单位", "机构"))]
        tokens = tokens[kinds[-1] + 1 :] if kinds else tokens  # 龙头企业｜皖江农业公司
        name = "".join(tokens)
        if not self._opens(tokens, own):
            # 江宁区蓝天救援协会: behind a division, verbs may be part of the name.
            begin = self._division_before(text, limit, head - len(name))
            if begin is not None and self.covers(text, begin, head, free=True):
                name = text[begin:head]
                tokens = words.cut(name)
        name = name[self._outer_divisions(name) :]
        if name in own and text[head:end].endswith(("服务中心", "群中心", "活动中心", "服务站")):
            return None
        if name[:1] == "一" and name[1:2] in known.classifiers:
            return None
        proper = self.has_proper(tokens) and (len(name) > 2 or brand or name in known.places)
        if plain and not proper and len(name) > 1:
            proper = name in known.naming or self._uncommon(tokens)
        return head - len(name) if len(name) > 1 and (proper or self._opens([name], own)) else None

    def _generic_front(self, token: str) -> bool:
        return token in self.words.generic and (len(token) > 1 or token in "市区县镇乡村街该本各此")

    def _uncommon(self, tokens: Sequence[str]) -> bool:
        known = self.words
        single = (
            len(tokens) == 2 and all(len(t) == 1 for t in tokens) and not known.generic.issuperset(tokens)
        )
        return single or all(not self._common(t) and words.log_frequency(t) <= _COMMON for t in tokens)

    def _division_before(self, text: str, limit: int, end: int) -> int | None:
        """Where a division's full name begins that ends at most eight characters before `end`."""
        for stop in range(end, max(limit, end - 8), -1):
            if text[stop - 1] in _DIVISION_END:
                for start in range(max(limit, stop - 8), stop - 1):
                    if self.is_division(text[start:stop]):
                        return start
        return None

    def _outer_divisions(self, name: str) -> int:
        """The length of the larger divisions before the smallest one that opens a name."""
        cut = 0
        while True:
            rest = name[cut:]
            first = next((n for n in range(min(8, len(rest)), 1, -1) if self.is_division(rest[:n])), 0)
            again = rest[first:]
            if not first or not any(self.is_division(again[:n]) for n in range(2, min(9, len(again) + 1))):
                return cut
            cut += first

    def has_proper(self, tokens: Sequence[str]) -> bool:
        """Whether the tokens hold what proper names are made of: characters that form no word, rare words."""
        known = self.words
        own = [t for t in tokens if _CHINESE.match(t) and not _NUMBER.fullmatch(t) and not self._common(t)]
        single = [t for t in own if len(t) == 1]
        if len(single) >= 2 or (single and len(own) > 1):
            return True
        return any(t in known.places or words.log_frequency(t) < _RARE for t in own if len(t) > 1)

    def is_proper(self, name: str) -> bool:
        """Whether a string is a name that is known, or made as names are."""
        known = self.words
        return name in known.naming or name in known.places or self.has_proper(words.cut(name))

    def is_head(self, item: str) -> bool:
        """Whether an item ends in a head word of its own."""
        return any(item.endswith(head) for head in self.heads)

    def _common(self, token: str) -> bool:
        known = self.words
        return token in known.generic or token in known.firm or token in known.boundary or token in known.weak

    def listed(self, item: str) -> bool:
        """Whether an item of a list reads as a place's name without its head word."""
        if not 2 <= len(item) <= 6 or _NUMBER.fullmatch(item):
            return False
        tokens = words.cut(item)
        known = self.words
        if item in known.naming or item in known.place:
            return True
        if any(t in known.boundary and t not in known.place for t in tokens):
            return False
        if all(t in known.generic for t in tokens):
            return False
        return len(tokens) > 1 or words.log_frequency(item) <= _COMMON

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

    def covers(self, text: str, start: int, end: int, free: bool = False) -> bool:
        """Whether `text[start:end]` holds no function word and no verb but those that firms are named with.

        With `free` only verbs of doing (成立, 组织) count: 脱贫攻坚临时党支部 is a body's name.
        """
        known = self.words
        if text[start : start + 1] == "和" or known.people.search(text, start, end):
            return False
        verbs = known.acts if free else known.verbs
        ends = known.firm_stops | _BUILDING
        return not any(t in verbs or t in ends or t.isdigit() for t in words.cut(text[start:end]))

    def walk(
        self, text: str, start: int, head: int, inner: frozenset[str], stops: frozenset[str]
    ) -> Sequence[str]:
        """The words before `head` back to the first that ends a name, in the order of the text."""
        known = self.words
        for person in known.people.finditer(text, start, head):
            start = person.end()
        cut = words.cut(text[start:head])
        tokens: list[str] = []
        for n in range(len(cut) - 1, -1, -1):
            token = cut[n]
            before = cut[n - 1] if n else ""
            if len(token) == 1:
                opens = n == 0 and not _CHINESE.match(text[start - 1 : start])
                belongs = token in known.both and (opens or len("".join(tokens)) == 1)
                # 为｜民巷社区: the dictionary cut a word in two that places are named with.
                split = tokens and len(tokens[-1]) <= 2 and token + tokens[-1][0] in inner
                if token in stops and not belongs and not split:
                    break
                if token in known.classifiers and before and _NUMBER.fullmatch(before[-1]):
                    break
                if token == "和" and (self._behind_head(cut, n) or not self._inside(cut, n)):
                    break
            elif (
                token in known.boundary or (token[:2] in known.boundary and len(token) > 2)
            ) and token not in inner:
                break
            if _COUNTED.fullmatch(token) and not (
                tokens and len(tokens[-1]) == 1 and tokens[-1] not in known.generic
            ):
                break
            if (token.isdigit() and tokens) or not (_CHINESE.fullmatch(token) or _NUMBER.fullmatch(token)):
                break
            tokens.append(token)
        return tokens[::-1]

    def _behind_head(self, cut: Sequence[str], n: int) -> bool:
        return self.is_head("".join(cut[max(0, n - 3) : n]))

    def _inside(self, cut: Sequence[str], n: int) -> bool:
        """Whether 和 at `n` is part of a name (信和名都) and no conjunction."""
        known = self.words
        before, first = (cut[n - 1] if n else ""), (cut[n - 2] if n > 1 else "")
        opens = not first or len(first) > 1 or first in known.place_stops or first in known.generic
        return len(before) == 1 and before not in known.place_stops and before not in known.generic and opens

    def _common_compound(self, text: str, start: int, head: int, end: int) -> bool:
        """Whether a head of one character makes a common noun with what stands before it (农村, 试点村)."""
        compounds = self.words.compounds
        found = [
            text[head - n : end] for n in (1, 2, 3) if head - n >= start and text[head - n : end] in compounds
        ]
        if not found:
            return False
        if len(found[0]) == 2 and words.is_word(found[0]):  # 阜城县｜古城｜镇 is no 城镇
            return words.cut(text[max(start, head - 6) : end])[-1] == found[0]
        return True

    def _opens(self, tokens: Sequence[str], own: Sequence[str]) -> bool:
        """Whether a name opens with a division: its full name, or the short one of the article's own."""
        name = "".join(tokens)
        if any(name.startswith(o) for o in own):
            return True
        return any(self.is_division(name[:n]) for n in range(2, min(9, len(name) + 1)))

    def _without_divisions(self, tokens: Sequence[str], own: Sequence[str]) -> Sequence[str]:
        """A place's name without the divisions before it: full names, and the article's own short ones."""
        name = "".join(tokens)
        cut = 0
        for end in range(len(name) - 1, 1, -1):
            if name[end - 1] in _DIVISION_END and any(self.is_division(name[n:end]) for n in range(end - 1)):
                cut = end
                break
        for short in own:
            if name.startswith(short, cut) and len(name) - cut - len(short) > 1:
                cut += len(short)
                break
        return words.cut(name[cut:]) if cut else tokens
