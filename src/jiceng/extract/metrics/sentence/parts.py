"""The words of a run of text with their kinds, by the word classes of jieba's dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.values import dataclass
from jiceng.words import cut, is_word, words_of_class


@cache
def word_class(tag: str) -> Mapping[str, None]:
    """The words of a class: see `words_of_class`."""
    return words_of_class(tag)


def is_verb(word: str, grammar: Grammar) -> bool:
    """Whether a word is first of all a verb: so in the dictionary, and not listed as a noun or as both."""
    return word in word_class("v") and word not in grammar.nouns


def takes_object(word: str, grammar: Grammar) -> bool:
    """听课, 返乡, 持证 have their object inside: before a noun such a verb describes it."""
    return len(word) == 2 and word[1] not in word_class("n") and word[1] not in grammar.signs.object_inside


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a run at `start:end`; kind V verb, R verb with what completes it, W verbal noun, D adverb,
    I idiom, N anything else."""

    start: int
    end: int
    kind: str


def parts_of(text: str, start: int, end: int, grammar: Grammar) -> list[Part]:
    """The words of `text[start:end]` with their kinds.

    Two single characters that are verbs each (抽派, 清掏) are one word, so is a verb with what completes
    it (省下, 认领了).
    """
    parts = _parts(text[start:end], grammar)
    return [Part(start + p.start, start + p.end, p.kind) for p in parts]


@lru_cache(maxsize=1 << 12)
def _parts(run: str, grammar: Grammar) -> tuple[Part, ...]:
    words = _words(run, grammar)
    verbs, aspects, resulting = word_class("v"), grammar.signs.aspect, grammar.signs.resulting
    found: list[Part] = []
    at = index = 0
    while index < len(words):
        word = words[index]
        following = words[index + 1] if index + 1 < len(words) else ""
        kind = _kind(word, grammar)
        size = len(word)
        joined = word + following
        single = len(joined) == 2 and bool(following) and (joined in verbs or not is_word(joined))
        if following in aspects and (kind in "VW" or (len(word) == 2 and following == "了")):
            kind, size, index = "R", size + 1, index + 1
        elif single and word in verbs and (following in verbs or following in resulting):
            kind, size, index = ("R" if following in resulting else "V"), 2, index + 1
        elif kind == "V" and len(word) == 2 and (word[1] in resulting or following in resulting):
            kind = "R"
            if word[1] not in resulting:
                size, index = 3, index + 1
        if kind == "R" and index + 1 < len(words) and words[index + 1] in aspects:
            size, index = size + 1, index + 1  # 筹齐了
        found.append(Part(at, at + size, kind))
        at += size
        index += 1
    return tuple(found)


def _words(run: str, grammar: Grammar) -> list[str]:
    """The words of a run; where several make up a listed one (急难愁盼), that one."""
    words = cut(run)
    found: list[str] = []
    at = 0
    while at < len(words):
        size = next((n for n in (4, 3, 2) if "".join(words[at : at + n]) in grammar.nouns), 1)
        found.append("".join(words[at : at + size]))
        at += size
    return found


def _kind(word: str, grammar: Grammar) -> str:
    if word in grammar.nouns:
        return "W" if word in word_class("v") or word in word_class("vn") or word in grammar.verbs else "N"
    if word in word_class("v"):
        return "V"
    if word in word_class("vn"):
        return "W"
    if word in word_class("d"):
        return "D"
    if len(word) != 4 or word not in word_class("i") or word.endswith(grammar.person_ends):
        return "N"  # 孤寡老人 names people
    thing = word.endswith(grammar.lists["thing_end"]) and word[:2] not in word_class("v")
    return "N" if thing else "I"  # 安全隐患, but 听取意见
