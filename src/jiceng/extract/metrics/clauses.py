"""The clause grammar: from the tokens of a sentence to its measurements, one for each number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jiceng.extract.metrics.carried import counted_before
from jiceng.extract.metrics.counted import read
from jiceng.extract.metrics.facts import measurement
from jiceng.extract.metrics.farther.distant import part
from jiceng.extract.metrics.farther.outcomes import is_case, outcome
from jiceng.extract.metrics.going_on import (
    begins_with_class,
    begins_with_number,
    holds_it,
    names_places,
    told_on,
)
from jiceng.extract.metrics.holder import without_holder
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.patterns.classes import until_unknown
from jiceng.extract.metrics.patterns.points import points
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.sieve.negations import with_negations
from jiceng.extract.metrics.sieve.news import counts, without_idioms
from jiceng.model import Measurement
from jiceng.numerals import Quantity


def measurements(
    sentence: Sentence, start: int, strip: tuple[str, ...] = (), carried: list[Reading] | None = None
) -> Iterator[Measurement]:
    """The measurements of a sentence that begins at body offset `start`.

    `strip` are names of its district. `carried` holds the last reading of the sentence before, and is left
    with that of this one: a sentence with 其中, or one that only names who holds it, goes on with its noun.
    """
    carried = [] if carried is None else carried
    previous: Reading | None = None
    last: Token | None = None
    history: list[Reading] = []
    prior: Measurement | None = None
    classed = bool(carried) and begins_with_class(sentence, start, carried[-1])
    opened = bool(carried) and (
        classed
        or sentence.text.startswith("其中", start)
        or told_on(sentence, start)
        or begins_with_number(sentence, carried[-1])
    )
    taken_up = _taken_up(sentence, start, carried) or (carried[-1] if opened else None)
    sentence = without_idioms(with_negations(sentence))
    outside: tuple[Reading | None, Token | None, list[Reading]] | None = None
    for place, token in enumerate(sentence.tokens):
        if token.kind != "Q" or token.quantity is None:
            continue
        quantity = token.quantity
        inside = _bracketed(sentence.text, start, token.start)
        if inside and outside is None:
            outside = previous, last, list(history)
        elif not inside and outside is not None:
            previous, last, history = outside if outside[1] is not None else (previous, last, history)
            outside = None
        known = taken_up if taken_up is not None and last is None else previous
        counted = counted_before(sentence, quantity, known, last, history)
        reading = _apart(sentence, place, history) or read(sentence, place, known, last, counted)
        if carried and last is None and reading is not None:
            reading = _resumed(sentence, place, reading, carried[-1])
        if reading is None:
            continue
        reading = points(sentence, place, reading, start)
        noun = without_holder(sentence, _trim(until_unknown(reading.noun, sentence.grammar), strip))
        noun, quantity = _about(_behind_great(sentence.text, noun), quantity)
        reading = replace(reading, noun=noun, unit=quantity.unit)
        if not counts(sentence, place, quantity, reading):
            continue
        if previous is None or noun.text not in sentence.grammar.lists["rate_of_change"]:
            previous = reading  # 工单4318件，增幅5%，同比|减少7.1%: of 工单
            history.append(reading)
        last = token
        prior = measurement(sentence, place, quantity, reading, start, prior)
        yield prior
    if outside is not None and outside[2]:
        history = outside[2]  # 诉求466件（电话诉求414件）。其中…
    whole = [r for r in history if sentence.grammar.kind(r.unit) != "share"]
    if carried and sentence.text[start - 1 : start] == "；":
        whole = carried[-1:] + whole
    if not classed and not _all_classes(sentence, start, whole, carried):
        told = _told_of(sentence, whole) or history[-1:]
        named = [r for r in whole[:2] if r not in told and r.rule != "metrics.classifier"]
        carried[:] = [
            *named,
            *told,
        ]  # the first thing of all is gone on with too, where only its outcome is told


def _taken_up(sentence: Sentence, start: int, carried: list[Reading]) -> Reading | None:
    """What the sentence before counted, where this one begins with what became of it: 。目前，已开工|21个."""
    number = next((t for t in sentence.tokens if t.quantity is not None), None)
    first = next((t for t in sentence.tokens if t.kind not in "DTB"), None)
    if not carried or number is None or first is None or first is number or number.quantity is None:
        return None
    quantity, people = number.quantity, sentence.grammar.person_ends
    if sentence.text[start - 1 : start] in "。；" and sentence.text.endswith("的", 0, number.start):
        if quantity.unit in ("个", "家", "户"):
            return next((r for r in carried if r.unit == quantity.unit), None)  # ；成立业委会的|447个
        alike = (r for r in carried if r.unit in ("名", "人") and r.noun.text.endswith(people))
        return next(alike, None) if quantity.unit in ("名", "人") else None  # 。持有证书的|242名
    if sentence.text[start - 1 : start] != "。" or not outcome(
        sentence.text, first.start, number.start, sentence.grammar
    ):
        return None
    return next((r for r in carried if r.unit == quantity.unit), None)


def _behind_great(text: str, noun: Noun) -> Noun:
    """A noun without 大 behind a number: 七大|服务队200余人; a deed without 了."""
    if noun.text[-1] in "了过" and 1 < len(noun.text) < 4 and noun.text[-2] not in "不为":
        noun = replace(noun, end=noun.end - 1, text=noun.text[:-1], items=())  # 议了|5次
    great = noun.text[0] == "大" and noun.start > 0 and text[noun.start - 1] in "二三四五六七八九十"
    if not great or len(noun.text) < 3:
        return noun
    return replace(noun, start=noun.start + 1, text=noun.text[1:], items=())


def _about(noun: Noun, quantity: Quantity) -> tuple[Noun, Quantity]:
    """A noun behind its number without the word for about, which belongs to the number: 14个菜|左右."""
    if not noun.text.endswith(("左右", "上下")) or noun.start < quantity.end or len(noun.text) < 3:
        return noun, quantity
    about = replace(quantity, comparator="~") if quantity.comparator == "=" else quantity
    return replace(noun, end=noun.end - 2, text=noun.text[:-2]), about


def _told_of(sentence: Sentence, whole: list[Reading]) -> list[Reading]:
    """What a sentence goes on to tell of in the next: the last that it counted, or the cases of which that
    are some (诉求320件，其中微信受理|64件。累计办结|311件)."""
    if len(whole) < 2 or whole[0].unit != whole[-1].unit:
        return whole[-1:]
    people = (
        sentence.grammar.kind(whole[0].unit) == "people" and sentence.text[sentence.tokens[-1].start] == "；"
    )
    if people and "其中" in sentence.text[whole[0].noun.end : whole[-1].noun.start]:
        return whole[:1]  # 党员104名，其中女党员|17名；大专以上的有|13名
    matters = sentence.grammar.lists["matter"]
    cases = is_case(whole[0].unit, sentence.grammar) and whole[0].noun.text.endswith(matters)
    return whole[:1] if cases and not whole[-1].noun.text.endswith(matters) else whole[-1:]


def _all_classes(sentence: Sentence, start: int, told: list[Reading], carried: list[Reading]) -> bool:
    """Whether only classes of those cases are told that the sentence before counted, which the next goes on
    with: 工单320件。其中，咨询类|110件；求助类|96件。按期办结|318件."""
    if not carried or not is_case(carried[0].unit, sentence.grammar):
        return False
    begun = sentence.text.startswith("其中", start) or sentence.text[start - 1 : start] == "；"
    alike = [r for r in told if r.unit == carried[0].unit and r is not carried[-1]]
    classes = (*sentence.grammar.lists["class_end"],)
    return begun and bool(alike) and all(r.noun.text.endswith(classes) for r in alike)


def _bracketed(text: str, start: int, at: int) -> bool:
    """Whether the place `at` of a sentence stands inside brackets: 诉求466件（电话诉求|414件）."""
    opened = text.rfind("（", start, at)
    return opened >= 0 and text.find("）", opened, at) < 0


def _apart(sentence: Sentence, place: int, history: list[Reading]) -> Reading | None:
    """As many numbers with 分别 as were read before: 接待游客3万人、收入2亿元，分别增长|9%和12%."""
    tokens = sentence.tokens
    if not any(sentence.word(t) == "分别" for t in tokens[max(0, place - 4) : place]):
        return None
    clause = sentence.clause(place)
    apart = next(i for i in range(place - 1, -1, -1) if sentence.word(tokens[i]) == "分别")
    if any(t.kind in "XW" for t in tokens[clause:apart]):
        return None
    size, at = 1, place + 1
    while sentence.kind(at) in "LC" and sentence.kind(at + 1) == "Q":
        size, at = size + 1, at + 2
    one = tokens[place].quantity
    told = [r for i, r in enumerate(history) if not i or r.noun.text != history[i - 1].noun.text]
    if len(told) >= size:
        history = told  # 甲由5元提高到6元、乙由7元提高到8元，分别增长|20%和14%
    if size < 2 or len(history) < size or one is None or history[-1].unit == one.unit:
        return None
    first, *rest = history[-size:]
    return Reading(first.noun, "metrics.spread", rest=tuple((r.noun.start, r.noun.end) for r in rest))


def _resumed(sentence: Sentence, place: int, reading: Reading, carried: Reading) -> Reading:
    """A sentence that begins with who holds so many of what was counted before: ；城南街道新增|40个."""
    quantity = sentence.tokens[place].quantity
    if quantity is None or carried.unit != quantity.unit or reading.rule != "metrics.before":
        return reading
    if names_places(sentence, reading.noun, quantity.unit) and reading.noun.verb is None:
        return Reading(carried.noun, "metrics.elided", carried.action)  # ；行政村|50名
    if not holds_it(sentence, place, reading.noun, carried) or part(sentence, place):
        return reading
    return Reading(carried.noun, "metrics.elided", carried.action)


def _trim(noun: Noun, strip: tuple[str, ...]) -> Noun:
    """Without the district's own name at its start."""
    for name in strip:
        if noun.text.startswith(name) and len(noun.text) > len(name) + 1:
            return replace(noun, start=noun.start + len(name), text=noun.text[len(name) :])
    return noun
