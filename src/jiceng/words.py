"""Words: jieba's dictionary and its cut, loaded when first asked for (0.4 s) and shared by all stages."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any


@cache
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba


@lru_cache(maxsize=1 << 15)
def cut(text: str) -> tuple[str, ...]:
    """The words of a text by jieba's dictionary alone (no hidden Markov model): they tile the text."""
    return tuple(_jieba().lcut(text, HMM=False))


def is_word(text: str) -> bool:
    """Whether the dictionary has this very word."""
    return bool(_jieba().dt.FREQ.get(text))


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
def _classes() -> Mapping[str, Mapping[str, None]]:
    # Words are keys: unlike sets of this size, such dictionaries cost the garbage collector nothing.
    classes: dict[str, dict[str, None]] = {tag: {} for tag in ("v", "vn", "n", "a", "d", "i")}
    with _jieba().get_dict_file() as file:
        text = file.read().decode("utf-8")
    for word, tag in re.findall(r"^(\S+) \d+ (vn|[vnadi])\r?$", text, re.MULTILINE):
        classes[tag][word] = None
    return classes
