"""From the reading of a number to its measurement: its fields, and which characters show it."""

from __future__ import annotations

from decimal import Decimal

from jiceng.extract.metrics.action import found, governing
from jiceng.extract.metrics.context import Context, context
from jiceng.extract.metrics.farther.distant import part
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.patterns.points import credits
from jiceng.extract.metrics.sentence.phrase import Sentence, governor
from jiceng.model import Measurement
from jiceng.numerals import Quantity

_SAID_BEFORE = 16  # characters before a number that tell how it compares
_PRICE = 50  # yuan: what a meal or a service costs, and what is taken off


def measurement(
    sentence: Sentence,
    place: int,
    quantity: Quantity,
    reading: Reading,
    start: int,
    prior: Measurement | None,
) -> Measurement:
    """The measurement of a reading; `prior` is the one before it in the sentence."""
    noun = reading.noun
    around = context(sentence, place, start)
    action = governing(sentence, place, reading)
    unit, value = quantity.unit, quantity.value
    goes_on = prior is not None and _listed(sentence, place)
    listed = goes_on and prior is not None and prior.nature == "rule"
    bounded = listed and _least_too(sentence, place)
    ruled = bounded or (around.at_least and around.nature == "rule")
    comparator = _comparator(sentence, quantity, reading, ruled)
    if reading.rule == "metrics.rank":
        unit = unit or "位"
    first = min(noun.start, quantity.start)
    if reading.rule == "metrics.elided":
        action = _negated(sentence, place, action)
        if prior is not None and (prior.value, prior.unit) == (value, unit):
            # 受理27件，|办结27件: evidence that tells one from the other, and splits no noun.
            clause = _clause(sentence, place)
            first = noun.end if noun.start < clause < noun.end else clause
    elif noun.verb is not None and noun.verb.start < first and first - noun.verb.end <= 30:
        first = noun.verb.start
    same = listed and prior is not None and prior.unit == unit and not around.done
    on = bounded or same or _goes_on(sentence, place, reading, around, prior)
    nature = _nature(sentence, place, quantity, reading, around, prior, on)
    if action is None:
        action = found(sentence, place, reading, prior if goes_on else None)
    return Measurement(
        start=first,
        end=max(noun.end, quantity.end),
        rule=reading.rule,
        value=Decimal(value),
        upper=quantity.upper,
        comparator=comparator,
        unit=unit,
        measured=noun.text,
        measured_start=noun.start,
        measured_end=noun.end,
        action=action,
        subject=around.subject,
        per=around.per,
        period=around.period,
        nature=nature,
    )


def _comparator(sentence: Sentence, quantity: Quantity, reading: Reading, ruled: bool) -> str:
    """How a number compares; `ruled` says that a rule sets it as the least."""
    comparator, unit, grammar = reading.comparator or quantity.comparator, quantity.unit, sentence.grammar
    if reading.rule == "metrics.rank" and sentence.text[quantity.start - 1] in "前后末":
        return "<"
    if comparator != "=":
        return comparator
    if ruled:
        return ">"
    at = quantity.start
    before = sentence.text[max(sentence.tokens[0].start, at - _SAID_BEFORE) : at]
    if unit == "%":
        whole = grammar.rules["metrics.bounded-whole"].pattern.search(before[-8:])
        if whole is not None:  # 不到全市|2%的土地
            return "<" if whole["less"] else ">" if whole["more"] else "~"
    noun = reading.noun
    if noun.end == at and sentence.text.endswith(grammar.lists["about_before"], 0, noun.start):
        return "~"  # 约有|居民900户
    if unit == "倍":
        about = before.endswith("的") and any(w in before for w in grammar.lists["about_times"])
    else:
        share = unit == "%" or (unit is None and quantity.value < 1)
        about = share and grammar.rules["metrics.about-share"].pattern.search(before) is not None
    return "~" if about else "="


def _nature(
    sentence: Sentence,
    place: int,
    quantity: Quantity,
    reading: Reading,
    around: Context,
    prior: Measurement | None,
    goes_on: bool,
) -> str:
    """Whether a number tells a fact or a rule; `goes_on` says that it goes on with the rule before it."""
    if reading.rule in ("metrics.within", "metrics.limit"):
        soon = sentence.text.startswith(("就", "全部"), quantity.end)
        return "fact" if soon or (around.done and not around.demanded) else "rule"
    if reading.rule == "metrics.standard" or goes_on or credits(sentence, quantity, reading, around):
        return "rule"
    if (reading.action or "").endswith("前") and reading.rule == "metrics.change":
        return "fact"  # 由103项|压减到40项以内: what was
    if around.demanded:
        return around.nature
    if _changed(sentence, reading) or _at_same_rate(sentence, place, around, prior):
        return "fact"
    return around.nature


def _at_same_rate(sentence: Sentence, place: int, around: Context, prior: Measurement | None) -> bool:
    """Whether a number goes on with the deeds before it: 每天派出30名队员、|3台巡逻车."""
    if prior is None or prior.nature != "fact" or prior.unit == "元" or prior.per is None:
        return False
    return prior.per == around.per and _same_rate(sentence, place)


def _clause(sentence: Sentence, place: int) -> int:
    """Where the clause of the number at token `place` begins, at the latest at the number."""
    return sentence.tokens[sentence.clause(place, "BQL")].start


def _negated(sentence: Sentence, place: int, action: str | None) -> str | None:
    """The verb right before a number, with what says that it has yet to be done: 应|办结, 未|回复."""
    verb = governor(sentence, place)
    if verb is None:
        return action
    text = sentence.text
    ahead = next((w for w in sentence.grammar.lists["yet_to_be"] if text.endswith(w, 0, verb.start)), "")
    return ahead + sentence.word(verb)


def _same_rate(sentence: Sentence, place: int) -> bool:
    """Whether the rate before a number is that of the number before it as well."""
    for token in reversed(sentence.tokens[:place]):
        if token.kind in "RQ":
            return token.kind == "Q"
    return False


def _changed(sentence: Sentence, reading: Reading) -> bool:
    """Whether a figure tells what something has come to: 原来每月150元，后来降到|120元."""
    if reading.rule in ("metrics.change", "metrics.open"):
        return True
    verb = reading.noun.verb
    if verb is None:
        return False
    said = sentence.word(verb)
    if reading.rule == "metrics.before":  # 物业费降到每平方米|0.35元
        return said.endswith(("到", "至")) and said[:-1] in sentence.grammar.change
    if reading.rule != "metrics.elided":
        return False
    return said in sentence.grammar.change or said.rstrip("到至为了") in sentence.grammar.change


def _listed(sentence: Sentence, place: int) -> bool:
    """Whether the number at token `place` goes on with the list that the number before begins."""
    at = sentence.back(place - 1, "XWFLC")
    return sentence.kind(at) == "Q" and any(t.kind in "LC" for t in sentence.tokens[at:place])


def _least_too(sentence: Sentence, place: int) -> bool:
    """Whether a list goes on under the bound of the number before: 不少于3名调解员、|1名律师."""
    at = place - 1
    while at >= 0 and sentence.kind(at) != "Q":
        at -= 1
    other = sentence.tokens[at].quantity if at >= 0 else None
    if other is None:
        return False
    return sentence.text.startswith(sentence.grammar.lists["at_least"], other.start)


def _goes_on(
    sentence: Sentence, place: int, reading: Reading, around: Context, prior: Measurement | None
) -> bool:
    """Whether a number goes on with the rule before it: 每月领取津贴100元，90岁以上的每月|200元."""
    quantity = sentence.tokens[place].quantity
    if prior is None or prior.nature != "rule" or around.done or quantity is None:
        return False
    if around.per in sentence.grammar.lists["each_of_them"]:
        return True  # 每个网格设2名调解员，每人联系|30户
    parted = reading.rule == "metrics.before" and part(sentence, place) and prior.unit == "元"
    if parted or reading.rule in ("metrics.elided", "metrics.carried", "metrics.spread"):
        return prior.unit == quantity.unit
    paid = sentence.grammar.kind(quantity.unit) == "money"
    paid = paid or (quantity.comparator == ">" and quantity.value <= 20)  # 每天…不少于2次，每月…5条以上
    if (
        paid
        and prior.unit == "元"
        and prior.per is not None
        and quantity.value <= _PRICE
        and prior.value <= _PRICE
    ):
        return True  # 每份12元，70岁以上老人补贴|3元
    return paid and around.per is not None and prior.per is not None
