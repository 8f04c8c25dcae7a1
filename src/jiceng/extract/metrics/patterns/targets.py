"""Figures told by how far they are from another: 高于全市平均|1.4个百分点, 低于底线|90%."""

from __future__ import annotations

from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.boundaries import owner_end
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, head, make
from jiceng.numerals import Quantity

_REACH = 40  # characters before a number in which its clause is looked at
_LONGEST_NAME = 14  # characters of what is a share of something
_SAID_OF = "均都也还仍又且并但仅已再更则要就"


def beside_target(
    sentence: Sentence, place: int, quantity: Quantity, previous: Reading | None
) -> Reading | None:
    """What is so far from something else: named in front of the comparison, or counted before it.

    Behind a bare limit (低于考核底线|90%) the number is the limit's, and the comparison tells on which side.
    """
    points = quantity.unit in ("个百分点", "%", "百分点")
    if not points and sentence.grammar.kind(quantity.unit) not in ("measure", "money", "time"):
        return None
    text = sentence.text
    start = max(sentence.tokens[0].start, quantity.start - _REACH)
    start = max(start, *(text.rfind(mark, start, quantity.start) + 1 for mark in "，。；：、（"))
    found = sentence.grammar.rules["metrics.beside-target"].pattern.search(text, start, quantity.start)
    if found is None:
        return None
    if not points and not (found["side"] and found["what"].endswith(sentence.grammar.lists["target"])):
        return None  # 超出省定标准|11平方米
    comparator = None
    priced = found["side"] is not None and found["what"].endswith(sentence.grammar.lists["price_end"])
    target = found["what"].endswith(sentence.grammar.lists["target"])
    others = found["side"] in sentence.grammar.lists["compared"] and len(found["what"]) > 2 and not target
    if quantity.unit == "%" and not priced and not others:  # 街道人员收入高于机关单位|20%
        if not target or quantity.comparator != "=":
            return None
        comparator = "<" if found["how"].startswith(sentence.grammar.lists["below"]) else ">"
    noun = _said_of(sentence, place, start, found.start())
    if noun is None:
        if previous is None:
            return None
        noun = previous.noun
    return Reading(noun, "metrics.change", found["side"] or found["verb"], comparator=comparator)


def share_of_target(sentence: Sentence, place: int, quantity: Quantity) -> Reading | None:
    """What has to be at least or at most a share of a whole: 居民自筹部分|不低于项目总额的10%."""
    if quantity.unit != "%" or quantity.comparator != "=" or sentence.kind(place - 1) != "F":
        return None
    first = sentence.clause(place)
    first = sentence.on(first, "TDAPR")
    start = sentence.tokens[first].start
    found = sentence.grammar.rules["metrics.share-of-target"].pattern.search(
        sentence.text, start, quantity.start
    )
    if found is None or not 2 <= found.start() - start <= _LONGEST_NAME:
        return None
    noun = Noun(start, found.start(), sentence.text[start : found.start()])
    return Reading(noun, "metrics.change", comparator=">" if found["least"] else "<")


def before_comparison(sentence: Sentence, place: int) -> Noun | None:
    """What stands before 比 or 较 in the clause of a number: 肉菜价格|较周边低5%; None where nothing does."""
    at = place - 1
    while sentence.kind(at) not in "BQ" and not _compares(sentence, at):
        at -= 1
    if sentence.kind(at) in "BQ":
        return None
    first = sentence.clause(at)
    return _said_of(sentence, place, sentence.tokens[first].start, sentence.tokens[at].start)


def _compares(sentence: Sentence, at: int) -> bool:
    """Whether a comparison begins at a token: 比, 较, 比去年."""
    word = sentence.word(sentence.tokens[at])
    if sentence.kind(at) in "DT":
        return len(word) > 2 and word[0] in "比较"
    return sentence.kind(at) == "P" and word in ("比", "较")


def _of_phrase(sentence: Sentence, at: int) -> bool:
    """Whether a token goes on with a phrase: 楼栋长|平均|补贴."""
    return (
        sentence.kind(at) in "XWFLC"
        or sentence.word(sentence.tokens[at]) in sentence.grammar.lists["average"]
    )


def _said_of(sentence: Sentence, place: int, start: int, end: int) -> Noun | None:
    """The phrase before a comparison that begins at `end`; None where only adverbs stand there."""
    text, grammar = sentence.text, sentence.grammar
    while end > start:
        last = next((len(w) for w in grammar.lists["figure_adverb"] if text.endswith(w, start, end)), 0)
        last = last or (text[end - 1] in _SAID_OF)
        if not last:
            break
        end -= last
    if end - start < 2:
        return None
    last = place - 1
    while last >= 0 and sentence.tokens[last].start >= end:
        last -= 1
    first = last
    while first >= 0 and _of_phrase(sentence, first) and sentence.tokens[first].end > start:
        first -= 1
    phrase = [t for t in sentence.tokens[first + 1 : last + 1] if t.start < end]
    noun = make(sentence, head(sentence, phrase)) if phrase else None
    if noun is None:
        return None
    said = text[noun.start : min(noun.end, end)]
    cut = owner_end(said, grammar) if sentence.kind(first) == "Q" else 0
    said = said[cut:]
    return Noun(noun.start + cut, noun.start + cut + len(said), said) if len(said) > 1 else None
