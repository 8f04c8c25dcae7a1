"""Numbers that count what a verb says, or those for whom and out of whom it is done."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.farther.distant import held, object_before, out_of, topic
from jiceng.extract.metrics.farther.outcomes import fitting, inside
from jiceng.extract.metrics.number import Answer, Number, Reading, found
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, head, make


def counted_deed(number: Number) -> Answer:
    """How many times people were helped, and no noun says who: 累计接诊|3000人次."""
    sentence, deed = number.sentence, number.near
    if deed is None or number.quantity.unit not in ("人次", "户次"):
        return None
    said, previous = sentence.word(deed), number.previous
    if said not in number.grammar.lists["counted_deed"] or (previous and said in previous.noun.text):
        return None
    return Reading(Noun(deed.start, deed.end, said, deed), "metrics.deed")


def taken_part_in(number: Number) -> Answer:
    """The deed in which somebody takes part: 调解员参与调解|894起."""
    sentence, place = number.sentence, number.place
    if number.quantity.unit not in number.grammar.lists["case_unit"] or place < 2:
        return None
    deed, took = sentence.tokens[place - 1], sentence.tokens[place - 2]
    if deed.kind != "W" or took.kind != "V" or sentence.word(took) not in number.grammar.lists["taking_part"]:
        return None
    return Reading(Noun(deed.start, deed.end, sentence.word(deed), deed), "metrics.deed")


def those_served(number: Number) -> Answer:
    """The people for whom it was done."""
    if number.kind != "people":
        return None
    return found(_served(number.sentence, number.place), "metrics.distant")


def deed_is_noun(number: Number) -> Answer:
    """Verbs that are what is counted."""
    verb = number.near
    if verb is None or number.deed not in number.grammar.lists["deed_noun"]:
        return None
    return Reading(Noun(verb.start, verb.end, number.sentence.word(verb), verb), "metrics.deed")


def raised(number: Number) -> Answer:
    """What is raised for each: 提高待遇，每人每月增加|300元."""
    sentence, place, last = number.sentence, number.place, number.last
    if number.near is None or number.kind not in ("money", "share") or sentence.kind(place - 2) != "R":
        return None
    noun = object_before(sentence, place) if number.deed in number.grammar.change else None
    if noun is None or (last is not None and noun.start <= last.start):
        return None
    if noun.verb is not None and sentence.word(noun.verb).endswith(("成", "为")):
        return None  # 把车库改成缝补铺，每月增收|600元
    return Reading(replace(noun, verb=number.verb), "metrics.change")


def source(number: Number) -> Answer:
    """Those out of whom some are counted."""
    if number.kind == "share" and number.deed not in number.grammar.lists["drawing"]:
        return None
    return found(out_of(number.sentence, number.place), "metrics.distant")


def total(number: Number) -> Answer:
    """What a total that opens its clause sums up."""
    sentence, place = number.sentence, number.place
    if number.previous is not None or sentence.kind(place - 2) != "B":
        return None
    if sentence.word(sentence.tokens[place - 1]) not in number.grammar.lists["total"]:
        return None
    return found(object_before(sentence, place) or topic(sentence, place, people=True), "metrics.distant")


def held_so_often(number: Number) -> Answer:
    """What is held so often."""
    verb = number.near
    if verb is None or number.kind != "occurrence":
        return None
    done = (number.deed or "").rstrip("了过")
    if done not in number.grammar.holding and done not in number.grammar.lists["so_held"]:
        return None
    return found(held(number.sentence, number.place, verb), "metrics.distant")


def deed(number: Number) -> Answer:
    """What is done so often, or a verb behind another."""
    verb, sentence, place = number.near, number.sentence, number.place
    if verb is None:
        return None
    twice = sentence.kind(place - 1) == sentence.kind(place - 2) == "V"
    twice = twice and number.deed not in number.grammar.change | number.grammar.bearing
    often = number.kind == "occurrence" or number.deed in number.grammar.lists["receiving_visits"]
    if not twice and not often:
        return None  # but 县领导接访|18批
    settled = twice and number.kind == "classifier" and number.deed in number.grammar.outcomes
    if settled and fitting(sentence, place) is not None:
        return None  # 电梯加装完成公示|38台
    word = sentence.word(verb).rstrip("了过")
    return Reading(Noun(verb.start, verb.start + len(word), word, verb), "metrics.deed")


def fitting_unit(number: Number) -> Answer:
    """A verb or a noun that the unit fits."""
    known, unit = number.known, number.quantity.unit
    if number.kind not in ("classifier", "occurrence") or (known is not None and known.unit == unit):
        return None
    verb = number.near
    if verb is not None and inside(number.sentence.word(verb), unit, number.grammar):
        return Reading(Noun(verb.start, verb.end, number.sentence.word(verb), verb), "metrics.deed")
    return found(fitting(number.sentence, number.place), "metrics.distant")


def _served(sentence: Sentence, place: int) -> Noun | None:
    """The people for whom something was done so often: 为65岁以上老人|免费体检4.4万人次."""
    at = sentence.back(place - 1, "AVWDT")
    last = at
    at = sentence.back(at, "XFWLC")
    if at == last or last == place - 1 or sentence.kind(at) != "P":
        return None
    if sentence.word(sentence.tokens[at]) not in ("为", "给", "替", "向", "对", "帮"):
        return None
    noun = make(sentence, head(sentence, list(sentence.tokens[at + 1 : last + 1])))
    people = noun is not None and noun.text.endswith(sentence.grammar.person_ends)
    return noun if people else None
