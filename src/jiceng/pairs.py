"""The pairs of characters that stand side by side in a text, with their places: looked through once.

Several stages look for hundreds of words in the same text. Hardly any of them stands there, and what a word
begins with tells so at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import add


@lru_cache(maxsize=4)
def places(text: str) -> Mapping[str, list[int]]:
    """Where each pair begins, in order."""
    found: dict[str, list[int]] = {}
    for at, pair in enumerate(map(add, text, text[1:])):
        if pair in found:
            found[pair].append(at)
        else:
            found[pair] = [at]
    return found


def counted(text: str, words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Those of some words that a text has, in their order, with how often it has them."""
    known = places(text)
    return (
        (word, count)
        for word, pair in _beginnings(words)
        if (pair in known or len(pair) < 2) and (count := text.count(word))
    )


@lru_cache(maxsize=64)
def _beginnings(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((word, word[:2]) for word in words)


def beginning(text: str, wanted: Mapping[str, object]) -> list[int]:
    """Where pairs that are `wanted` begin, in order."""
    known = places(text)
    return sorted([at for pair in known if pair in wanted for at in known[pair]])
