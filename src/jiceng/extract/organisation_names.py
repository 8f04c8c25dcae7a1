"""Where a proper name begins that a head word ends, and whether it is one: 推广凤鸣社区 → 凤鸣, 老旧小区 → none.

Names stand unmarked in Chinese text. The words before a head are walked from right to left until one that
ends names to its right: a verb, an adverb, a function word. What is left loses the divisions and kinds of
things at its front, and must then hold more than words for kinds of things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jiceng import words
from jiceng.resources import ontology_directory

_NUMBER = re.compile(r"[\dA-Za-z]+|[一二三四五六七八九十百千万两]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# A word that texts use more often than this (natural logarithm of its share) is seldom a place's name.
_COMMON = -9.9


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
    stops: frozenset[str]

    @classmethod
    def load(cls, tables: Mapping[str, Any], verbs: tuple[str, ...]) -> NameWords:
        """Gather the lists; `verbs` are further words that end a name to their right."""
        path = ontology_directory() / "words" / "boundary.txt"
        lines = path.read_text("utf-8").splitlines()
        boundary = {w for line in lines if not line.startswith("#") for w in line.split()}
        place = frozenset(tables["inner"]["place"].split())
        generic = tables["generic"]
        return cls(
            boundary=frozenset(boundary.union(v for v in verbs if len(v) > 1)),
            place=place,
            firm=place.union(tables["inner"]["firm"].split()),
            generic=frozenset(generic["place"].split()),
            naming=frozenset(generic["naming"].split()),
            weak=frozenset(generic["weak"].split()),
            weak_followed=re.compile(generic["weak_followed"]),
            stops=frozenset(tables["stops"]["single"]),
        )


class NameFinder:
    """Finds the beginning of names. `is_division` tells whether a string is a division's full name."""

    def __init__(self, known: NameWords, is_division: Callable[[str], bool]) -> None:
        self.words = known
        self.is_division = is_division

    def place(self, text: str, limit: int, head: int, end: int, own: tuple[str, ...], nested: bool) -> int | None:
        """Where the name of a street, community or quarter begins whose head word is `text[head:end]`.

        `limit` is how far left it may reach, `own` are short names of the divisions of the article,
        `nested` says that a larger unit's name ends at `limit`. None if there is no name.
        """
        known = self.words
        tokens = self._walk(text, max(limit, head - 12), head, known.place, nested)
        tokens = self._without_divisions(tokens, own)
        while tokens and len(tokens) > 1 and self._kind_of_thing(tokens[0]) and tokens[0] not in known.naming:
            tokens = tokens[1:]
        name = "".join(tokens)
        if not name or len(name) > 8:
            return None
        single = end - head == 1
        if not nested:
            if len(name) == 1 or _NUMBER.fullmatch(name):
                return None
            if single and words.is_word(text[head - 1 : end]) and text[head - 1] not in "新古老":
                return None
            if _NUMBER.fullmatch(tokens[-1]) and single:
                return None
        if name in known.weak or tokens[-1] in known.weak:
            shown = nested or known.weak_followed.match(text, end) is not None
            return head - len(name) if shown else None
        last = tokens[-1]
        if self._kind_of_thing(last) and last not in known.naming and (len(last) > 1 or len(tokens) == 1):
            return None
        if all(self._kind_of_thing(t) for t in tokens) and name not in known.naming:
            return None
        if len(tokens) == 1 and not nested and name not in known.naming and name not in known.place:
            if words.log_frequency(name) > _COMMON:
                return None
        return head - len(name)

    def firm(self, text: str, limit: int, head: int, nested: bool) -> int | None:
        """Where the name of a company, school, venue, office or association begins, or None."""
        known = self.words
        tokens = self._walk(text, max(limit, head - 20), head, known.firm, nested)
        while tokens and (self._kind_of_thing(tokens[0]) or tokens[0] in known.firm and len(tokens) > 1):
            if self.is_division(tokens[0]):
                break
            if "".join(tokens[:2]) in known.naming or not self._kind_of_thing(tokens[0]):
                break
            tokens = tokens[1:]
        name = "".join(tokens)
        if len(name) < 2 or not (self.has_proper(tokens) or self.starts_with_division(name)):
            return None
        return head - len(name)

    def has_proper(self, tokens: list[str]) -> bool:
        """Whether a token is in no dictionary: what proper names are made of."""
        known = self.words
        single = [
            t for t in tokens if len(t) == 1 and _CHINESE.match(t) and t not in known.generic and t not in known.stops
        ]
        return len(single) >= 2 or any(len(t) > 1 and not words.is_word(t) and _CHINESE.match(t) for t in tokens)

    def starts_with_division(self, name: str) -> bool:
        """Whether a name opens with a division's full name."""
        return any(self.is_division(name[:n]) for n in range(2, min(9, len(name))))

    def listed(self, item: str) -> bool:
        """Whether an item of a list reads as a place's name without its head word."""
        if not 2 <= len(item) <= 6 or _NUMBER.fullmatch(item):
            return False
        tokens = words.cut(item)
        known = self.words
        if any(t in known.boundary and t not in known.place for t in tokens):
            return False
        if all(self._kind_of_thing(t) for t in tokens) or item in known.generic:
            return False
        return len(tokens) > 1 or item in known.naming or words.log_frequency(item) <= _COMMON

    def _kind_of_thing(self, token: str) -> bool:
        return token in self.words.generic

    def _walk(self, text: str, start: int, head: int, inner: frozenset[str], nested: bool) -> list[str]:
        """The tokens before `head` back to the first that ends a name, in the order of the text."""
        known = self.words
        cut = words.cut(text[start:head])
        tokens: list[str] = []
        for n in range(len(cut) - 1, -1, -1):
            token = cut[n]
            if len(token) == 1:
                if token in known.stops:
                    break
                if token == "和" and tokens and not self._joined(cut, n):
                    break
            elif token in known.boundary and token not in inner:
                break
            elif len(token) > 2 and token[:2] in known.boundary and token[:2] not in inner:
                if not (nested or token[2:] in known.generic) and len(token) > 3:
                    break
            if not _CHINESE.fullmatch(token) and not _NUMBER.fullmatch(token):
                break
            tokens.append(token)
        return tokens[::-1]

    def _joined(self, cut: list[str], n: int) -> bool:
        """Whether 和 at `n` is part of a name (信和名都) and no conjunction."""
        before = cut[n - 1] if n else ""
        known = self.words
        alone = n < 2 or cut[n - 2] in known.boundary or cut[n - 2] in known.stops or len(cut[n - 2]) > 1
        return len(before) == 1 and before not in known.stops and before not in known.generic and alone

    def _without_divisions(self, tokens: list[str], own: tuple[str, ...]) -> list[str]:
        name = "".join(tokens)
        cut = 0
        while True:
            ahead = next(
                (n for n in range(min(9, len(name) - cut - 1), 1, -1) if self.is_division(name[cut : cut + n])), 0
            )
            if not ahead:
                ahead = next((len(o) for o in own if name.startswith(o, cut) and len(name) - cut - len(o) > 1), 0)
            if not ahead:
                break
            cut += ahead
        if not cut:
            return tokens
        return words.cut(name[cut:])
