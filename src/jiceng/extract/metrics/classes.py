"""Things told by their size class, and what a formula leaves open: 1000平方米以上的|23个, N名力量."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.distant import object_before
from jiceng.extract.metrics.grammar import Grammar
from jiceng.extract.metrics.phrase import Noun, Sentence


def classed(sentence: Sentence, place: int) -> bool:
    """Whether the size at token `place` only says which of several are counted: 500平方米以上的|18个."""
    if sentence.kind(place) != "Q" or sentence.kind(place + 1) != "F" or sentence.kind(place + 2) != "Q":
        return False
    size, number = sentence.tokens[place].quantity, sentence.tokens[place + 2].quantity
    if size is None or number is None or size.comparator not in ("<", ">"):
        return False
    kind = sentence.grammar.kind
    return kind(size.unit) == "measure" and kind(number.unit) == "classifier"


def sized_things(sentence: Sentence, size: int) -> Noun | None:
    """What was built, behind which the size of all is told: 建成邻里中心，总面积8万平方米，其中…的|23个.

    `size` is the token of the size that tells which of them are meant.
    """
    at = size - 1
    while at > 0 and sentence.kind(at) != "Q":
        at -= 1
    while at > 0 and sentence.kind(at) != "B":
        at -= 1
    return object_before(sentence, at + 1) if at > 0 else None


def until_unknown(noun: Noun, grammar: Grammar) -> Noun:
    """A noun up to where a list goes on with a number left open: 专职网格员|、N名兼职力量."""
    found = grammar.rules["metrics.left-open"].pattern.search(noun.text, 1)
    if found is None:
        return noun
    return replace(noun, end=noun.start + found.start(), text=noun.text[: found.start()], items=())
