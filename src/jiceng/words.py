"""Words: jieba's dictionary and its cut, loaded when first asked for (0.15 s) and shared by all stages."""

from __future__ import annotations

import logging
import marshal
import math
import os
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

_FRAGMENT = 1000  # times: of 371 entries that end in a verb of reports, those above are slips or phrases
_CHINESE = re.compile(r"[\u4e00-\u9fd5]+")


@cache
def _jieba() -> Any:
    # jieba finds its files by pkg_resources where that is installed, or else by their place: to import
    # pkg_resources takes as long as all else of jieba.
    modules: dict[str, Any] = sys.modules
    known = "pkg_resources" in modules
    modules.setdefault("pkg_resources", None)
    try:
        import jieba
    finally:
        if not known:
            del modules["pkg_resources"]
    # Its dictionary, read once, is kept where temporary files are: for each user, since nobody may read
    # another's, and for each version, since jieba looks at no date. What can't be kept is no matter.
    user = getattr(os, "getuid", lambda: "user")()
    jieba.dt.cache_file = f"jieba-{jieba.__version__}-{user}.cache"
    jieba.setLogLevel(logging.CRITICAL)
    # marshal.load asks the file for each of a million items by itself: three times as long as all at once.
    jieba.marshal = SimpleNamespace(load=lambda stream: marshal.loads(stream.read()), dump=marshal.dump)
    jieba.initialize()
    return jieba


@lru_cache(maxsize=1 << 15)
def cut(text: str) -> tuple[str, ...]:
    """The words of a text by jieba's dictionary alone (no hidden Markov model): they tile the text."""
    return _cut_chinese(text) if _CHINESE.fullmatch(text) else tuple(_jieba().lcut(text, HMM=False))


def _cut_chinese(text: str) -> tuple[str, ...]:
    """What jieba cuts Chinese characters into, in half its time: the likeliest words, of equals the longest.

    As jieba does, from the end on: the best cut of text[i:] is a word and the best cut behind that.
    """
    dictionary = _jieba().dt
    find, log, whole = dictionary.FREQ.get, math.log, math.log(dictionary.total)
    size = len(text)
    best = [0.0] * (size + 1)
    ends = [0] * size
    for at in range(size - 1, -1, -1):
        top, top_end = -math.inf, 0
        for end in range(at + 1, size + 1):
            count = find(text[at:end])
            if count is None:
                break
            if count:
                score = log(count) - whole + best[end]
                if score >= top:
                    top, top_end = score, end
        if not top_end:
            top, top_end = log(1) - whole + best[at + 1], at + 1
        best[at], ends[at] = top, top_end
    words = []
    at = 0
    while at < size:
        words.append(text[at : ends[at]])
        at = ends[at]
    return tuple(words)


_find: Callable[[str], int | None] | None = None
"""What `_lookup` gives, once it has been asked for: a text asks for hundreds of words."""


def _lookup() -> Callable[[str], int | None]:
    """Occurrences of a word in jieba's corpus: 0 of what only begins words, None of what doesn't."""
    global _find
    _find = _jieba().dt.FREQ.get
    return _find


def is_word(text: str) -> bool:
    """Whether the dictionary has this very word."""
    return bool((_find or _lookup())(text))


def is_fragment(word: str, part: str) -> bool:
    """Whether a word of the dictionary is so much rarer than a word in it that it was no word where jieba's
    corpus was counted: 度提高 beside 提高 (满意|度提高), but not 运动员 beside 动员.
    """
    find = _find or _lookup()
    return (find(part) or 0) > _FRAGMENT * (find(word) or 0)


def longest_word(text: str, following: str) -> int:
    """How many of the following characters the dictionary's longest word may have that begins with `text`.

    The dictionary knows the beginnings of its words too, so that most questions end at the first character.
    """
    frequencies = _jieba().dt.FREQ
    for number, char in enumerate(following):
        text += char
        if text not in frequencies:
            return number
    return len(following)


def log_frequency(text: str) -> float:
    """Natural logarithm of the word's share in jieba's corpus; that of half an occurrence if it is none."""
    dictionary = _jieba().dt
    return math.log((dictionary.FREQ.get(text) or 0.5) / dictionary.total)


def words_of_class(tag: str) -> Mapping[str, None]:
    """The words that jieba's dictionary gives a part of speech: `v` verb, `vn` verbal noun, `n` noun,
    `a` adjective, `d` adverb, `i` idiom.

    Every word has one class there, its commonest: 服务 is no verb, 志愿 a noun. Read once (0.1 s).
    """
    return _classes()[tag]


@cache
def verbs_of_two() -> Mapping[str, None]:
    """The verbs of two characters."""
    return dict.fromkeys(word for word in words_of_class("v") if len(word) == 2)


def word_classes() -> Mapping[str, str]:
    """The words of all these classes, each with its own."""
    return _tagged()


@cache
def _tagged() -> Mapping[str, str]:
    with _jieba().get_dict_file() as file:
        text = file.read().decode("utf-8")
    return dict(re.findall(r"^(\S+) \d+ (vn|[vnadi])\r?$", text, re.MULTILINE))


@cache
def _classes() -> Mapping[str, Mapping[str, None]]:
    # Words are keys: unlike sets of this size, such dictionaries cost the garbage collector nothing.
    classes: dict[str, dict[str, None]] = {tag: {} for tag in ("v", "vn", "n", "a", "d", "i")}
    for word, tag in _tagged().items():
        classes[tag][word] = None
    return classes
