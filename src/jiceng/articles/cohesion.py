"""What the parts of a page have in common: rare words, and names of villages, people and things.

A street, a villager or a ferry that two parts both speak of draws them to one division. How much a word
says falls with how common it is in the language and how evenly the page spreads it over its divisions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jiceng.articles.terms import terms_of

STRENGTH = 0.5  # of a word that says all
SMOOTH = 1.0  # occurrences by which a word's spread over the divisions is evened out
MOST = 8.0  # that all words together say
WIDELY = 0.5  # share of the parts in which a word says nothing

Votes = list[dict[str, float]]


class Cohesion:
    """The words of each part of a page, and which division they speak for."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Look at the parts' texts, in the page's order."""
        found = [terms_of(text) for text in texts]
        where: dict[str, list[int]] = {}
        for number, terms in enumerate(found):
            for term in terms:
                where.setdefault(term, []).append(number)
        most = max(3, WIDELY * len(texts))
        self._where = {t: parts for t, parts in where.items() if 2 <= len(parts) <= most}
        self._terms = [{t: w for t, w in terms.items() if t in self._where} for terms in found]

    def votes(self, beliefs: Sequence[Mapping[str, float]], codes: Sequence[str]) -> Votes:
        """What each part's words say for each division, if every other part is as `beliefs` tells (nats)."""
        mass = {t: {c: sum(beliefs[p][c] for p in parts) for c in codes} for t, parts in self._where.items()}
        size = dict.fromkeys(codes, 1.0)  # words of each division's parts
        for number, terms in enumerate(self._terms):
            for code in codes:
                size[code] += beliefs[number][code] * len(terms)
        result = []
        for number, terms in enumerate(self._terms):
            said = dict.fromkeys(codes, 0.0)
            mine = beliefs[number]
            left = {c: size[c] - mine[c] * len(terms) for c in codes}
            whole = sum(left.values())
            for term, weight in terms.items():
                others = len(self._where[term]) - 1 + SMOOTH
                for code in codes:
                    usual = left[code] / whole
                    share = (max(0.0, mass[term][code] - mine[code]) + SMOOTH * usual) / others
                    said[code] += weight * math.log(share / usual)
            top = max(said.values())
            result.append({c: max(STRENGTH * (v - top), -MOST) for c, v in said.items()})
        return result

    def shared(self, one: int, others: Sequence[int]) -> list[str]:
        """The words that a part has in common with others, those that say most first."""
        there = set(others)
        found = [(w, t) for t, w in self._terms[one].items() if any(p in there for p in self._where[t])]
        return [t for _, t in sorted(found, key=lambda f: (-f[0], f[1]))]
