"""What clauses before a number tell that it counts or sizes: 受理量最多，为|1.24万件."""

from __future__ import annotations

from jiceng.extract.metrics.farther.distant import object_before, topic
from jiceng.extract.metrics.farther.distant import told_before as clause_before
from jiceng.extract.metrics.number import Answer, Number, Reading, found
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make, nouns_before

_REACH = 12  # characters before a number in which it is told that it is the largest


def told_before(number: Number) -> Answer:
    """What the clause before says only how much there is of."""
    if number.kind in ("money", "time"):
        return None
    return found(clause_before(number.sentence, number.place), "metrics.distant")


def money_told(number: Number) -> Answer:
    """Money that the clause before names: 绩效奖金按季度发放，每季度|600元."""
    if number.kind != "money" or number.sentence.kind(number.place - 1) != "R":
        return None
    sentence, at = number.sentence, number.place - 1
    at = sentence.back(at, "RTD")
    first = sentence.clause(at)
    last = first
    while sentence.kind(last) in "XW" and last < at:
        last += 1
    if sentence.kind(at) != "B" or last == first or sentence.kind(first - 1) == "Q":
        return None
    noun = make(sentence, sentence.tokens[first:last])
    paid = (*number.grammar.money_nouns, *number.grammar.lists["labelled"])
    return found(noun, "metrics.money") if noun is not None and noun.text.endswith(paid) else None


def sum_told(number: Number) -> Answer:
    """What a sum is of that the clause before names at its end: 老人领到高龄补贴，共计|34万元; or counts:
    发放救助金28笔，共|7.45万元."""
    sentence, last = number.sentence, number.place - 3
    if number.kind != "money" or last < 0 or sentence.kind(number.place - 2) != "B":
        return None
    if sentence.word(sentence.tokens[number.place - 1]) not in ("共", *number.grammar.lists["total"]):
        return None
    told = number.previous
    if told is not None and number.last is sentence.tokens[last] and told.unit != "元":
        paid = (*number.grammar.money_nouns, *number.grammar.lists["sum_end"])
        return Reading(told.noun, "metrics.money") if told.noun.text.endswith(paid) else None
    first = sentence.back(last - 1, "XW") + 1
    if sentence.kind(last) not in "XW" or sentence.kind(first - 1) not in "VWDF":
        return None
    noun = make(sentence, sentence.tokens[first : last + 1])
    return found(noun, "metrics.money") if noun and noun.text.endswith(number.grammar.money_nouns) else None


def bare_topic(sentence: Sentence, place: int) -> Noun | None:
    """The thing whose size a clause is all about: 议事亭很小，不到|20平方米，…"""
    alone = sentence.kind(place + 1) == "B"
    alone = alone and (sentence.kind(place - 1) == "B" or sentence.kind(place - 2) == "B")
    return topic(sentence, place, people=True) if alone else None


def sized_topic(sentence: Sentence, place: int) -> Noun | None:
    """The size that the sentence began with: 物业费收缴率一路走高，2020年只有|52%."""
    noun = topic(sentence, place, people=True)
    if noun is None:
        return None
    heads = sentence.grammar.measure_heads
    ends = [noun.text.find(h) + len(h) for h in heads if noun.text.find(h) > 0]
    if not ends:
        return None
    size = min(ends)
    return Noun(noun.start, noun.start + size, noun.text[:size])


def dated(number: Number) -> Answer:
    """What the clause before names, of which a figure is told by its time: 物业管理类，10月为|362件，…"""
    sentence, place = number.sentence, number.place
    if number.kind not in ("classifier", "people") or sentence.kind(place - 2) != "T":
        return None
    said = sentence.word(sentence.tokens[place - 1])
    if said not in number.grammar.lists["amounts_to"] or sentence.kind(place - 3) != "B":
        return None
    at, run = nouns_before(sentence, place - 4, "")
    if not run and sentence.kind(at) == "Q" and number.goes_on is not None:
        return found(number.goes_on.noun, "metrics.elided")
    return found(make(sentence, run) if run and sentence.kind(at) == "B" else None, "metrics.distant")


def still_changing(number: Number) -> Answer:
    """What the clause before tells a change of, which goes on: 投诉量连续三年下降，去年下降|12%."""
    sentence, tokens, at = number.sentence, number.sentence.tokens, number.place - 1
    if number.kind != "share" or not _changes(sentence, at):
        return None
    at -= 1
    at = sentence.back(at, "TD")
    if at < 2 or sentence.word(tokens[at]) != "，" or not _changes(sentence, at - 1):
        return None
    at, run = nouns_before(sentence, at - 2, "TD")
    return found(make(sentence, run) if run and sentence.kind(at) in "BTS" else None, "metrics.change")


def largest(number: Number) -> Answer:
    """The size of the largest or smallest of what the clause before names: 建起邻里中心，最大的|600平方米."""
    sentence, start = number.sentence, number.quantity.start
    if number.kind != "measure":
        return None
    low = max(sentence.tokens[0].start, start - _REACH)
    told = number.grammar.rules["metrics.largest"].pattern.search(sentence.text, low, start)
    if told is None:
        return None
    if number.last is not None and number.last.end == told.start():
        known = number.known or number.previous
        return Reading(known.noun, "metrics.elided") if known is not None else None
    return found(object_before(sentence, number.place), "metrics.distant")


def _changes(sentence: Sentence, at: int) -> bool:
    """Whether a verb of change stands at a token: 下降, 再降."""
    if sentence.kind(at) not in "VWX":
        return False
    word = sentence.word(sentence.tokens[at])
    return word in sentence.grammar.change or word in ("再降", "又降", "再增", "又增")
