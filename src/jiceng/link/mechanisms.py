"""One mechanism under many names: the key that districts share, and the pairs that are only close.

Two names have the same key if they differ in punctuation or in a generic tail (双报到活动, 双报到制度), or
if the vocabulary of well-known mechanisms has both, perhaps without who does it (在职党员“双报到”), as labels
of one concept.
Everything else stays apart; names that share most of their characters, or contain one another, are close
(`skos:closeMatch`), never merged: 志愿积分制 is not 党员积分制.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from jiceng.lexicon import Concept, Lexicon
from jiceng.rules import patterns
from jiceng.values import Same

_SIGNS = re.compile(r"[\s“”\"'‘’「」『』《》（）()、，,。.：:；;·—－\-–~/]")
_SHORTEST = 3  # characters that a name must keep when something is taken off
_CLOSE = 0.6  # share of common character pairs from which on two names are close
_pattern = patterns("mechanism_keys")
COMMON = 40
"""A pair of characters that more keys than this have says nothing."""


def key(name: str, lexicon: Lexicon) -> str:
    """The key of the mechanism that a name stands for: a readable Chinese name, the same on every machine.

    For a well-known mechanism it is the vocabulary's preferred label, otherwise the name itself without
    punctuation and without a generic tail. Formulas keep their plus signs (1+2+N).
    """
    known = _labels(Same(lexicon))
    bare = _bare(name)
    untailed = _without(_pattern("tail"), bare)
    # 网格化管理模式 is 网格化管理, and 楼长制度 is 楼长制.
    for form in (bare, bare.removesuffix("度"), _pattern("head").sub("", bare), untailed):
        if form in known:
            return known[form].label
        who = _pattern("who").match(form)
        whole = known.get(form[who.end() :]) if who else None
        # What all residents do is another thing where only members do it: 党员议事厅.
        if who and whole and (who["place"] or whole.notation.startswith("membership.")):
            return whole.label
    return untailed


def commonest(counts: Mapping[str, int]) -> str:
    """Of what several texts call the same thing, with how often each is said, what people are shown: the most
    frequent, then shortest."""
    return min(counts, key=lambda word: (-counts[word], len(word), word))


def close(keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of different keys that are close, each sorted, the pairs sorted.

    Linear in the number of keys times the length of names: only keys that share a rare pair of characters
    are compared.
    """
    ordered = sorted(set(keys))
    grams = {k: _pairs(k) for k in ordered}
    having: dict[str, list[str]] = defaultdict(list)
    for k in ordered:
        for gram in sorted(grams[k]):
            having[gram].append(k)
    found: set[tuple[str, str]] = set()
    for k in ordered:
        near = {o for gram in grams[k] if len(having[gram]) <= COMMON for o in having[gram] if o > k}
        for other in near:
            if _near(k, other, grams[k], grams[other]):
                found.add((k, other))
    return tuple(sorted(found))


def near_among(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The close pairs among the keys that share a pair of characters, sorted; none if that says nothing."""
    ordered = sorted(keys)
    if len(ordered) > COMMON:
        return
    grams = [_pairs(k) for k in ordered]
    for i, one in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            if _near(one, ordered[j], grams[i], grams[j]):
                yield one, ordered[j]


def _near(one: str, other: str, left: frozenset[str], right: frozenset[str]) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) >= _SHORTEST and short in long:
        return True
    common = left & right
    if 2 * len(common) < _CLOSE * (len(left) + len(right)) or len(common) < 2:
        return False
    # Names that share nothing but their last word are of one kind, not close: 乐居工程, 宜居工程.
    same = 0
    while same < min(len(one), len(other)) and one[-1 - same] == other[-1 - same]:
        same += 1
    return len(common) > len(_pairs(one[len(one) - same :]))


def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[i : i + 2] for i in range(len(name) - 1))


def _bare(name: str) -> str:
    # Again behind the removal: a combining mark may have lost the space that it stood on.
    return unicodedata.normalize("NFKC", _SIGNS.sub("", unicodedata.normalize("NFKC", name)))


def _without(pattern: re.Pattern[str], name: str) -> str:
    while True:
        rest = pattern.sub("", name)
        if rest == name or len(rest) < _SHORTEST:
            return name
        name = rest


@lru_cache(maxsize=1)
def _labels(held: Same[Lexicon]) -> dict[str, Concept]:
    """The concept behind every label of the vocabulary, each as it is compared."""
    found: dict[str, Concept] = {}
    for concept in held.value.scheme("mechanisms").concepts:
        for label in concept.labels:
            found.setdefault(_bare(label), concept)
    return found
