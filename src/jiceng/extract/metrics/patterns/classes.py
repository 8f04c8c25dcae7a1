"""Things told by their size class, the unit of a division, what a price buys, what a formula leaves open:
1000平方米以上的|23个, 以|50户为单位, 15元即可吃到|午餐, N名力量."""

from __future__ import annotations

from jiceng.extract.metrics.farther.distant import object_before
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make, until


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
    return until(noun, found.start())


def unit_of(sentence: Sentence, place: int) -> Noun | None:
    """What so many make a unit of in a division: 以40至60户|业主为单位; else the unit itself."""
    quantity, at = sentence.tokens[place].quantity, place + 1
    if sentence.kind(place - 1) != "P" or sentence.word(sentence.tokens[place - 1]) not in ("以", "按"):
        return None
    at = sentence.on(at, "XW")
    if sentence.kind(at + 1) not in "XQ" or sentence.word(sentence.tokens[at]) != "为":
        return None
    if quantity is None or not sentence.text.startswith(
        sentence.grammar.lists["divided_by"], sentence.tokens[at].end
    ):
        return None
    if at == place + 1:
        return Noun(quantity.unit_start, quantity.unit_end, quantity.unit or "")
    return make(sentence, sentence.tokens[place + 1 : at])


def bought(sentence: Sentence, place: int) -> Noun | None:
    """What somebody gets for a price: 12元即可吃到荤素搭配的|午餐."""
    text, end = sentence.text, sentence.tokens[-1].end
    found = sentence.grammar.rules["metrics.buys"].pattern.match(text, sentence.tokens[place].end, end)
    if found is None:
        return None
    start = max(text.rfind("的", found.start("what"), found.end("what")) + 1, found.start("what"))
    said = text[start : found.end("what")]
    return Noun(start, found.end("what"), said) if len(said) > 1 else None
