"""A number with no noun beside it: its noun stands farther off, or only its unit says what is counted."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.nouns import right
from jiceng.extract.metrics.farther import deeds, elided
from jiceng.extract.metrics.farther.aims import purpose, relative
from jiceng.extract.metrics.farther.distant import (
    listed,
    money_noun,
    object_before,
    part,
    topic,
)
from jiceng.extract.metrics.farther.each_paid import paid_each
from jiceng.extract.metrics.farther.earlier import (
    bare_topic,
    dated,
    largest,
    money_told,
    sized_topic,
    still_changing,
    sum_told,
    told_before,
)
from jiceng.extract.metrics.farther.elided import BORROWED, itself
from jiceng.extract.metrics.number import Answer, Number, Reading, Step, found
from jiceng.extract.metrics.patterns.figures import people
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, timed
from jiceng.extract.metrics.steps import first
from jiceng.numerals import Quantity


def without(number: Number) -> Reading | None:
    """The reading of a number with no noun beside it: the first of `_STEPS` that says anything, else
    the unit's own word."""
    answer = first(_STEPS, number)
    return itself(number) if answer is None else answer or None


# --- a noun that others have, or that stands behind them ---------------------------------------------------


def _described(number: Number) -> Answer:
    """The noun behind a relative clause."""
    how = number.follows == "X" and number.sentence.kind(number.place + 2) in "VW"
    how = how and (
        number.sentence.word(number.sentence.tokens[number.place + 1])
        in number.grammar.lists["means_of_deed"]
    )
    if not (how or number.follows in "APVDWT") or number.kind in ("share", "money", "occurrence"):
        return None
    return found(relative(number.sentence, number.place), "metrics.relative")


def _behind_list(number: Number) -> Answer:
    """The noun behind the last of several numbers: 12元、15元、18元|三种套餐."""
    sentence = number.sentence
    final = _last_of_list(sentence, number.place, number.quantity)
    if final == number.place:
        return None
    ahead = final + (sentence.kind(final + 1) == "Q")
    noun = right(sentence, ahead, people(sentence, ahead))
    return None if noun is None else Reading(replace(noun, verb=number.verb), "metrics.shared")


def _groups(number: Number) -> Answer:
    """Groups have the noun of what they hold (10大类、|60项服务), sizes the sized (9万平方米、|80栋房屋)."""
    sentence, place = number.sentence, number.place
    if number.follows != "L" or sentence.kind(place + 2) != "Q":
        return None
    next_one = sentence.tokens[place + 2].quantity
    unit = next_one.unit if next_one is not None and number.kind == "measure" else None
    sized = unit in number.grammar.lists["sized_unit"]
    if not sized and number.quantity.unit not in number.grammar.lists["group_unit"]:
        return None
    noun = right(sentence, place + 2, people=False)
    return None if noun is None else Reading(replace(noun, verb=number.verb), "metrics.shared")


def _behind_next(number: Number) -> Answer:
    """The noun behind the next number, which has it too; but 60户90人|就业."""
    if number.follows != "Q" or number.kind not in ("classifier", "people"):
        return None
    sentence, ahead = number.sentence, number.place + 1
    noun = right(sentence, ahead, people(sentence, ahead))
    if noun is None or (number.kind == "people" and noun.text in number.grammar.deeds):
        return None
    return Reading(replace(noun, verb=number.verb), "metrics.shared")


def _after_number(number: Number) -> Answer:
    """People counted right behind what they took part in: 培训拉面师傅3期|150人."""
    last, previous = number.last, number.previous
    ahead = number.place - 1 - (number.sentence.kind(number.place - 1) == "D")
    if last is None or previous is None or number.kind != "people":
        return None
    if last is not number.sentence.tokens[ahead] or previous.noun.end > last.start:
        return None
    return Reading(previous.noun, "metrics.carried", previous.action)


def _in_each(number: Number) -> Answer:
    """People or households of each place: 每个村落|30至80户, 每个网格平均|280户."""
    sentence, place = number.sentence, number.place
    place -= sentence.kind(place - 1) == "D"
    if number.kind != "people" or not number.names_them or sentence.kind(place - 2) != "R":
        return None
    known = number.goes_on
    if known is not None and sentence.word(sentence.tokens[place - 3]) in number.grammar.lists["average"]:
        return Reading(known.noun, "metrics.elided")  # 社工2480人，平均每个社区|14.3人
    return None if timed(sentence, place - 2) else itself(number)


def _given_them(number: Number) -> Answer:
    """Money right behind those who get it, who are called by what it is: 临时救助31户|5万元."""
    previous, last = number.previous, number.last
    if previous is None or last is not number.sentence.tokens[number.place - 1] or number.kind != "money":
        return None
    given = number.grammar.kind(previous.unit) == "people"
    given = given and any(word in previous.noun.text for word in number.grammar.lists["aid"])
    return Reading(previous.noun, "metrics.carried", previous.action) if given else None


def _in_list(number: Number) -> Answer:
    """A number of a list goes on with the noun of the one before: 居民2100户、|6300人."""
    sentence, previous, last = number.sentence, number.previous, number.last
    if previous is None or last is None or not listed(sentence, last, number.place):
        return None
    if previous.rest:
        (start, end), *rest = previous.rest
        noun = replace(previous.noun, start=start, end=end, text=sentence.text[start:end])
        return Reading(noun, "metrics.spread", previous.action, rest=tuple(rest))
    grammar, unit = number.grammar, number.quantity.unit
    told = grammar.kind(previous.unit) == "occurrence" and unit in ("人次", "户次")
    if grammar.kind(previous.unit) == "people" and unit == "人":
        told = previous.noun.text.endswith(grammar.person_ends)
    if unit == "人" and previous.unit == "支" and previous.noun.text.endswith(("队", "队伍", "团")):
        told = True  # 应急小分队63支、|800余人
    if previous.rule == "metrics.classifier":
        return None
    if previous.unit != unit and number.kind == "people" and not told:
        return None
    return Reading(previous.noun, "metrics.carried", previous.action)


def _aim(number: Number) -> Answer:
    """What money is for."""
    if number.kind != "money":
        return None
    return found(purpose(number.sentence, number.place), "metrics.purpose")


# --- only the unit's own word -----------------------------------------------------------------------------


def _chosen_from(number: Number) -> Answer:
    """People who are chosen out of others: 从退役军人中选聘|14人."""
    return deeds.source(number) if number.quantity.unit == "人" and number.near is not None else None


def _unit_is_noun(number: Number) -> Answer:
    """人 and 户 say themselves who is counted, with a verb before or where the clause goes on."""
    quantity, sentence = number.quantity, number.sentence
    if number.kind != "people" or quantity.unit not in BORROWED:
        return None
    word = BORROWED[quantity.unit]
    at = sentence.text.rfind(word, quantity.unit_start, quantity.unit_end)
    if at < 0:
        return None
    plain = not part(sentence, number.place) and (number.verb is not None or number.follows in "AQVPD")
    alone = number.previous is None and number.follows == "B" and number.place > 0
    whole = sentence.kind(number.place - 1) == "S" or sentence.text[quantity.start - 1] in "着了"
    if not plain and not (alone and whole):
        return None
    return Reading(Noun(at, at + len(word), word, number.verb), "metrics.classifier")


# --- farther off -------------------------------------------------------------------------------------------


def _some_of_them(number: Number) -> Answer:
    """So many of those counted right before: 216户业主中有|209户."""
    previous, sentence, at = number.previous, number.sentence, number.place - 1
    if previous is None or previous.unit != number.quantity.unit or previous.rule == "metrics.classifier":
        return None
    while sentence.kind(at) in "DV" and sentence.tokens[at].start > previous.noun.end:
        at -= 1
    within = sentence.kind(at) == "P" and sentence.word(sentence.tokens[at]) in ("中", "里")
    within = within and sentence.tokens[at].start == previous.noun.end
    return Reading(previous.noun, "metrics.elided") if within else None


def _room(number: Number) -> Answer:
    """People whom a place can hold, whatever was counted before: 座椅140把，可供|400人休闲."""
    quantity, sentence = number.quantity, number.sentence
    if not number.names_them:
        return None
    start = max(sentence.tokens[0].start, quantity.start - 8)
    room = number.grammar.rules["metrics.capacity"].pattern.search(sentence.text, start, quantity.start)
    return (itself(number) or False) if room is not None else None


def _money_near(number: Number) -> Answer:
    """The money that is spent, in the same clause."""
    verb = number.near
    if verb is None or number.kind != "money" or number.deed in number.grammar.bearing:
        return None
    noun = money_noun(number.sentence, number.place, verb, nearest=True)
    return found(noun and _with_payer(number, noun), "metrics.money")


def _with_payer(number: Number, noun: Noun) -> Noun:
    """What somebody pays beside others is theirs: 上级拨款9万元，居民|出资|3万元."""
    sentence, previous, who = number.sentence, number.previous, number.place - 2
    if noun.end != sentence.tokens[number.place].start or sentence.kind(who) != "X":
        return noun
    payer = sentence.word(sentence.tokens[who])
    beside = (
        previous is not None and previous.unit == "元" and payer.endswith(number.grammar.lists["investor"])
    )
    if not beside:
        return noun
    if noun.verb is None or noun.start != noun.verb.start or sentence.kind(who - 1) not in "BLTS":
        return noun
    start = sentence.tokens[who].start
    return replace(noun, start=start, text=sentence.text[start : noun.end])


def _object(number: Number) -> Answer:
    """The object of the clause before."""
    if number.near is None or number.kind != "classifier":
        return None
    return found(object_before(number.sentence, number.place), "metrics.distant")


def _gone_through(number: Number) -> Answer:
    """What was gone through one by one, with others before it: 26个部门对台账逐项清理，原有的|86本."""
    known, text = number.known, number.sentence.text
    if known is None or number.kind != "classifier" or known.unit == number.quantity.unit:
        return None
    told = number.grammar.rules["metrics.gone-through"].pattern
    what = told.search(text, known.noun.end, number.quantity.start)
    return what and Reading(Noun(what.start("what"), what.end("what"), what["what"]), "metrics.distant")


def _topic(number: Number) -> Answer:
    """What the sentence began with."""
    if number.near is None or number.kind not in ("classifier", "occurrence"):
        return None
    return found(topic(number.sentence, number.place), "metrics.distant")


def _money(number: Number) -> Answer:
    """The money that is spent."""
    if number.kind != "money":
        return None
    return found(money_noun(number.sentence, number.place, number.verb), "metrics.money")


def _size(number: Number) -> Answer:
    """The size that the sentence began with, or the thing of which it is all about."""
    if number.kind not in ("share", "none", "measure"):
        return None
    noun = sized_topic(number.sentence, number.place)
    if noun is None and number.kind == "measure":
        noun = bare_topic(number.sentence, number.place)
    return found(noun, "metrics.distant")


_STEPS: tuple[Step, ...] = (
    elided.rest,
    _described,
    _behind_list,
    _groups,
    _behind_next,
    _after_number,
    _in_each,
    _in_list,
    _given_them,
    elided.people_of_households,
    elided.beside_houses,
    _aim,
    paid_each,
    _room,
    dated,
    largest,
    still_changing,
    told_before,
    money_told,
    sum_told,
    elided.same_people,
    elided.same_households,
    elided.registered,
    elided.adjusted,
    deeds.counted_deed,
    deeds.taken_part_in,
    deeds.those_served,
    _chosen_from,
    _some_of_them,
    _unit_is_noun,
    deeds.deed_is_noun,
    deeds.raised,
    deeds.source,
    deeds.total,
    deeds.held_so_often,
    elided.same_thing,
    deeds.deed,
    _money_near,
    deeds.fitting_unit,
    elided.left_over,
    _gone_through,
    elided.known,
    _object,
    _topic,
    _money,
    _size,
)


# --- parts of the steps ------------------------------------------------------------------------------------


def _last_of_list(sentence: Sentence, place: int, quantity: Quantity) -> int:
    """The last of several numbers in a row that have one unit: 分别奖励|3000元、2000元、1000元."""
    at = place
    while sentence.kind(at + 1) in "LC" and sentence.kind(at + 2) == "Q":
        other = sentence.tokens[at + 2].quantity
        if other is None or other.unit != quantity.unit:
            break
        at += 2
    return at
