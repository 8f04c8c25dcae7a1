"""Where a counted phrase ends in front of what is said of it, which runs up to its number."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.boundaries import parts_of
from jiceng.extract.metrics.phrase import Noun, Sentence
from jiceng.words import words_of_class

_MUCH = frozenset("多少大小高低长短快慢")


def _describing(word: str) -> bool:
    return word in _MUCH or word in words_of_class("a")


def clipped(sentence: Sentence, noun: Noun) -> Noun:
    """A phrase before a number without what a predicate begins with: 完成率|可达, 问卷|共回收."""
    if len(noun.items) > 1 or noun.end - noun.start < 3 or noun.text[-1] in "”》）":
        return noun
    text, grammar = sentence.text, sentence.grammar
    parts = parts_of(text, noun.start, noun.end, grammar)
    for index in range(1, len(parts)):
        word = text[parts[index].start : parts[index].end]
        if word not in grammar.lists["predicate_start"]:
            continue
        rest = parts[index + 1 :]
        if all(p.kind in "VRID" or _describing(text[p.start : p.end]) for p in rest):
            end = parts[index].start
            return (
                noun
                if end - noun.start < 2
                else replace(noun, end=end, text=text[noun.start : end], items=())
            )
    if noun.text[-1] == "了" and text[noun.end - 2] in words_of_class("a") and len(noun.text) > 2:
        return replace(noun, end=noun.end - 2, text=noun.text[:-2], items=())  # 路|宽了3米
    return noun
