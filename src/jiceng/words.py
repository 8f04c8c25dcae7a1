"""Words: jieba's dictionary and its cut, loaded when first asked for (0.4 s) and shared by all stages."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any


@cache
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba


def cut(text: str) -> list[str]:
    """The words of a text by jieba's dictionary alone (no hidden Markov model): they tile the text."""
    words: list[str] = _jieba().lcut(text, HMM=False)
    return words


def is_word(text: str) -> bool:
    """Whether the dictionary has this very word."""
    return bool(_jieba().dt.FREQ.get(text))


def log_frequency(text: str) -> float:
    """Natural logarithm of the word's share in jieba's corpus; that of half an occurrence if it is none."""
    dictionary = _jieba().dt
    return math.log((dictionary.FREQ.get(text) or 0.5) / dictionary.total)


@cache
def words_of_class(tag: str) -> Mapping[str, None]:
    """The words to which jieba's dictionary gives this part of speech: `v` verb, `d` adverb, `i` idiom.

    Every word has one class there, its commonest: 服务 is no verb, 志愿 a noun. Read once (40 ms).
    The words are the keys: unlike a set of this size, such a dictionary costs the garbage collector nothing.
    """
    with _jieba().get_dict_file() as file:
        text = file.read().decode("utf-8")
    return dict.fromkeys(re.findall(rf"^(\S+) \d+ {tag}\r?$", text, re.MULTILINE))
