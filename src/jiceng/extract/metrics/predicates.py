"""What stands before a number like a noun and is none, or has more than the noun in it."""

from __future__ import annotations

from jiceng.extract.metrics.grammar import Grammar
from jiceng.extract.metrics.phrase import Noun
from jiceng.words import is_word, words_of_class


def modal(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` before a number is a verb with what bounds it: 能停, 要填, 一人只管."""
    lists = grammar.lists
    first = start
    if text.startswith(lists["one_does"], start):
        first += next(len(w) for w in lists["one_does"] if text.startswith(w, start))
    at = first
    while at < end and at < first + 3 and text[at] in lists["modal"]:
        at += 1
    if at == first or not 1 <= end - at <= 2 or (first == start and _named(text[first:end])):
        return False
    verb = text[at:end]
    return verb in lists["keeping"] or (verb in words_of_class("v") and not verb.endswith("率"))


def _named(word: str) -> bool:
    return is_word(word) and word not in words_of_class("v")


def without_former(noun: Noun, grammar: Grammar) -> Noun:
    """A phrase before a number without 原来 behind it or 光 in front of it: 停车费|原来150元, 光|会议12次."""
    text, lists = noun.text, grammar.lists
    if len(noun.items) > 1 or len(text) < 3:
        return noun
    if not (text.endswith(lists["formerly"]) or text.startswith(lists["alone"]) or text[-1] == "同"):
        return noun
    cut = next((len(w) for w in lists["formerly"] if text.endswith(w) and len(text) > len(w) + 1), 0)
    begin = next((len(w) for w in lists["alone"] if text.startswith(w) and len(text) > len(w) + 1), 0)
    if begin == 1 and (is_word(text[:2]) or is_word(text[:3])):
        begin = 0
    if text[-1] == "同" and not is_word(text[-2:]):
        cut = cut or 1  # 刑事案件|同2020年相比
    if not cut and not begin:
        return noun
    start, end = noun.start + begin, noun.end - cut
    return Noun(start, end, text[begin : len(text) - cut], noun.verb, noun.fixed)
