"""The pairs of characters that stand side by side in a text: made once, and asked by all stages.

Several stages look for hundreds of words in the same text. Hardly any of them stands there, and what a word
begins with tells so at once.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain, compress
from operator import add, or_


@lru_cache(maxsize=4)
def of(text: str) -> Sequence[str]:
    """The pair that begins at each character; none at the last."""
    return list(map(add, text, text[1:]))


@lru_cache(maxsize=4)
def _kinds(text: str) -> AbstractSet[str]:
    return frozenset(of(text))


def counted(text: str, words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Those of some words that a text has, in their order, with how often it has them."""
    known = _kinds(text)
    return (
        (word, count)
        for word, pair in _beginnings(words)
        if (pair in known or len(pair) < 2) and (count := text.count(word))
    )


@lru_cache(maxsize=64)
def _beginnings(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((word, word[:2]) for word in words)


def beginning(text: str, wanted: Container[str], alone: AbstractSet[str] = frozenset()) -> list[int]:
    """Where pairs that are `wanted` begin, and characters that are wanted `alone`, in order."""
    found: Iterable[bool] = map(wanted.__contains__, of(text))
    if alone:
        found = map(or_, map(alone.__contains__, text), chain(found, (False,)))
    return list(compress(range(len(text)), found))


class Lookup:
    """Words of a list, looked up in texts by what they begin with."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._alone = frozenset(begins for begins in lengths if len(begins) == 1)
        for begins, found in lengths.items():
            if begins[0] in self._alone:
                found.add(1)
        self._lengths = {begins: tuple(sorted(found, reverse=True)) for begins, found in lengths.items()}

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """Each word wherever it stands, with its place: in the order of places, the longest first at each."""
        words, lengths, begun = self._words, self._lengths, of(text)
        last = len(begun)  # no pair begins at the last character
        for place in beginning(text, lengths, self._alone):
            for length in (place < last and lengths.get(begun[place])) or lengths[text[place]]:
                word = text[place : place + length]
                if len(word) == length and word in words:  # the text may end before that length
                    yield place, word
