"""The words by which two passages show that they speak of the same place, people or things.

Common words say nothing, rare ones much; characters that form no word are often part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from jiceng.words import cut, log_frequency

COMMON, RARE = -8.5, -13.5  # log frequencies of words that say nothing, and all that a word can say
UNKNOWN = 0.7  # how much two characters that form no word say
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_NUMERALS = frozenset("一二三四五六七八九十百千万两几")
_FUNCTION = _NUMERALS | frozenset(
    "的了在是和与及或也都就还又把被让从到对向为以而之其个多少上下里中有不人们来去说这那"
)


@lru_cache(maxsize=4096)
def terms_of(text: str) -> Mapping[str, float]:
    """The words of a text, each once, and what each can say; two single characters may be part of a name."""
    found: dict[str, float] = {}
    for term, known in _candidates(text):
        weight = (COMMON - log_frequency(term)) / (COMMON - RARE) if known else UNKNOWN
        if weight > 0:
            found[term] = min(1.0, weight)
    return found


def _candidates(text: str) -> Iterator[tuple[str, bool]]:
    for run in _CHINESE.findall(text):
        before = ""
        for word in cut(run):
            if len(word) > 1:
                if word[0] not in _NUMERALS:
                    yield word, True
                before = ""
                continue
            if word in _FUNCTION:
                before = ""
                continue
            if before:
                yield before + word, False
            before = word
