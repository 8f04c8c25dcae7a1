"""What the parts of a page have in common: rare words, and names of villages, people and things.

A street, a villager or a ferry that two parts both speak of draws them to one division. How much a word
says falls with how common it is in the language and how evenly the page spreads it over its divisions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import repeat
from operator import add, mul, sub

from jiceng.articles.terms import terms_of

WEAKEST, STRONGEST = 0.5, 2.0  # of a word that says all, on pages whose articles have words in common or not
ALIKE = 0.0025  # likeness of parts of different divisions that halves the strength
SMOOTH = 1.0  # occurrences by which a word's spread over the divisions is evened out
MOST = 8.0  # that all words together say
WIDELY = 0.5  # share of the parts in which a word says nothing

Votes = list[dict[str, float]]


class Cohesion:
    """The words of each part of a page, and which division they speak for."""

    def __init__(self, texts: Sequence[str], named: Sequence[str | None] | None = None) -> None:
        """Look at the parts' texts, in the page's order; `named` is the one division that each names, if any.

        Where parts that name different divisions have words in common (one topic, one genre), words say less.
        """
        found = [terms_of(text) for text in texts]
        likeness = math.inf if named is None else _likeness(found, named)
        self.strength = max(WEAKEST, STRONGEST / (1.0 + likeness / ALIKE))
        where: dict[str, list[int]] = {}
        for number, terms in enumerate(found):
            for term in terms:
                where.setdefault(term, []).append(number)
        most = max(3, WIDELY * len(texts))
        self._where = {t: parts for t, parts in where.items() if 2 <= len(parts) <= most}
        self._terms = [{t: w for t, w in terms.items() if t in self._where} for terms in found]
        # Words that stand in the same parts say the same, each with its weight: they are counted as one.
        numbers: dict[tuple[int, ...], int] = {}
        group = {t: numbers.setdefault(tuple(parts), len(numbers)) for t, parts in self._where.items()}
        self._groups = list(numbers)
        self._weights: list[dict[int, float]] = []
        for terms in self._terms:
            weights: dict[int, float] = {}
            for term, weight in terms.items():
                weights[group[term]] = weights.get(group[term], 0.0) + weight
            self._weights.append(weights)

    def votes(self, beliefs: Sequence[Mapping[str, float]], codes: Sequence[str]) -> Votes:
        """What each part's words say for each division, if every other part is as `beliefs` tells (nats).

        Work is parts x groups of words x divisions, row by row: the rows are the innermost loops.
        """
        believed = [list(map(b.__getitem__, codes)) for b in beliefs]
        mass = [list(map(sum, zip(*(believed[p] for p in parts), strict=True))) for parts in self._groups]
        size = [1.0] * len(codes)  # words of each division's parts
        for mine, terms in zip(believed, self._terms, strict=True):
            count = len(terms)
            size = [s + m * count for s, m in zip(size, mine, strict=True)]
        log = math.log
        result = []
        for mine, terms, weights in zip(believed, self._terms, self._weights, strict=True):
            count = len(terms)
            left = [s - m * count for s, m in zip(size, mine, strict=True)]
            whole = sum(left)
            usual = [SMOOTH * part / whole for part in left]
            # A word's share of a division's words, (mass - mine + usual) over the usual share: the number of
            # the word's other parts, by which all divisions are divided alike, says nothing for any of them.
            without = list(map(sub, usual, mine))
            rows = [
                map(mul, repeat(weight), map(log, map(add, mass[group], without)))
                for group, weight in weights.items()
            ]
            every = -sum(weights.values())
            said = list(map(sum, zip([every * log(u) for u in usual], *rows, strict=True)))
            top = max(said)
            strength = self.strength
            result.append(dict(zip(codes, [max(strength * (v - top), -MOST) for v in said], strict=True)))
        return result

    def shared(self, one: int, others: Container[int]) -> list[str]:
        """The words that a part has in common with others (not itself), those that say most first."""
        found = [
            (w, t)
            for t, w in self._terms[one].items()
            if any(p != one and p in others for p in self._where[t])
        ]
        return [t for _, t in sorted(found, key=lambda f: (-f[0], f[1]))]


def _likeness(terms: Sequence[Mapping[str, float]], named: Sequence[str | None]) -> float:
    """The mean cosine-like likeness of parts that name different divisions, 0 (no word in common) to 1.

    Summed over words, not pairs of parts: for each word, all pairs are the square of its sum less the
    squares of each division's.
    """
    unit: list[tuple[str, dict[str, float]]] = []
    for here, code in zip(terms, named, strict=False):
        if code is not None and here:
            length = math.sqrt(sum(w * w for w in here.values()))
            unit.append((code, {t: w / length for t, w in here.items()}))
    parts = Counter(code for code, _ in unit)
    pairs = sum(parts.values()) ** 2 - sum(n * n for n in parts.values())
    if not pairs:
        return 0.0
    by_word: dict[str, dict[str, float]] = {}
    for code, here in unit:
        for term, weight in here.items():
            sums = by_word.setdefault(term, {})
            sums[code] = sums.get(code, 0.0) + weight
    return (
        sum(sum(s.values()) ** 2 - sum(v * v for v in s.values()) for s in by_word.values() if len(s) > 1)
        / pairs
    )
