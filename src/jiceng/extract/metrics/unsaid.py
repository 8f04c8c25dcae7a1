"""A number with no noun beside it: its noun stands farther off, or only its unit says what is counted."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics import deeds
from jiceng.extract.metrics.aims import purpose, relative
from jiceng.extract.metrics.behind import right
from jiceng.extract.metrics.distant import (
    listed,
    money_noun,
    object_before,
    part,
    topic,
    whole_of,
)
from jiceng.extract.metrics.earlier import bare_topic, money_told, sized_topic, told_before
from jiceng.extract.metrics.figures import Reading, people
from jiceng.extract.metrics.nouns import timed
from jiceng.extract.metrics.number import Answer, Number, Step, found
from jiceng.extract.metrics.phrase import Noun, Sentence
from jiceng.extract.metrics.steps import first
from jiceng.numerals import Quantity

_BORROWED = {
    "名": "人",
    "位": "人",
    "人": "人",
    "户": "户",
    "人次": "人次",
    "户次": "户次",
    "口人": "人",
    "号人": "人",
}


def without(number: Number) -> Reading | None:
    """The reading of a number with no noun beside it: the first of `_STEPS` that says anything, else
    the unit's own word."""
    answer = first(_STEPS, number)
    return itself(number) if answer is None else answer or None


# --- a noun that others have, or that stands behind them ---------------------------------------------------


def _described(number: Number) -> Answer:
    """The noun behind a relative clause."""
    if number.follows not in "APVDWT" or number.kind in ("share", "money", "occurrence"):
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
    """Groups have the noun of what they hold: 10大类、|60项服务."""
    sentence, place = number.sentence, number.place
    if number.quantity.unit not in number.grammar.lists["group_unit"]:
        return None
    if number.follows != "L" or sentence.kind(place + 2) != "Q":
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
    """People or households of each place: 每个村落|30至80户."""
    sentence, place = number.sentence, number.place
    if number.kind != "people" or number.quantity.unit not in ("户", "人") or sentence.kind(place - 2) != "R":
        return None
    known = number.goes_on
    if known is not None and sentence.word(sentence.tokens[place - 3]) in number.grammar.lists["average"]:
        return Reading(known.noun, "metrics.elided")  # 社工2480人，平均每个社区|14.3人
    return None if timed(sentence, place - 2) else itself(number)


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


# --- the noun that was counted before ----------------------------------------------------------------------


def _same_people(number: Number) -> Answer:
    """People of whom others were counted."""
    known = number.known
    if known is None or number.quantity.unit != "人" or known.unit == "户":
        return None
    grammar = number.grammar
    if grammar.kind(known.unit) != "people" or not known.noun.text.endswith(grammar.person_ends):
        return None
    return Reading(known.noun, "metrics.elided", number.deed)


def _same_households(number: Number) -> Answer:
    """How many households or firms it has come to: 已竣工|1345户."""
    known = number.goes_on
    if known is None or number.near is None or number.quantity.unit not in ("户", "家"):
        return None
    if number.deed not in number.grammar.outcomes:
        return None
    return Reading(known.noun, "metrics.elided", number.deed)


def _registered(number: Number) -> Answer:
    """How a register has changed: 低保户440户，新增|82户、取消66户."""
    known = number.known
    if known is None or number.quantity.unit not in ("户", "名", "人") or number.near is None:
        return None
    if number.deed not in number.grammar.lists["registering"] or known.noun.text in _BORROWED.values():
        return None
    listed_again = known.unit in ("户", "名", "人") and known.rule != "metrics.classifier"
    return Reading(known.noun, "metrics.elided", number.deed) if listed_again else None


def _beside_houses(number: Number) -> Answer:
    """Households listed with what is no household: 116幢房屋、|2564户."""
    previous, last = number.previous, number.last
    if previous is None or last is None or number.quantity.unit not in ("户", "人"):
        return None
    if number.grammar.kind(previous.unit) != "classifier":
        return None
    return itself(number) or False if listed(number.sentence, last, number.place) else None


def _reached(number: Number) -> Answer:
    """How often at a certain time: 最多的一天达到|150人次."""
    known, verb = number.goes_on, number.verb
    if known is None or verb is None or number.quantity.unit not in ("人次", "户次"):
        return None
    if number.deed not in number.grammar.bearing or known.noun.end >= verb.start:
        return None
    return Reading(replace(known.noun, verb=verb), "metrics.elided")


def _adjusted(number: Number) -> Answer:
    """How many it is made elsewhere: 老城区调整为|120户."""
    known, verb, start = number.goes_on, number.verb, number.quantity.start
    if known is None or verb is None or number.kind not in ("people", "classifier"):
        return None
    if verb.end != start and number.sentence.text[start - 1] not in "为至到":
        return None
    if number.sentence.word(verb).rstrip("到至为") not in number.grammar.lists["adjusting"]:
        return None
    return Reading(replace(known.noun, verb=verb), "metrics.elided")


def _same_thing(number: Number) -> Answer:
    """What was counted before in the same unit; 个 is too general to tell that it is the same."""
    known = number.goes_on
    if (
        known is None
        or number.near is None
        or number.quantity.unit in (*number.grammar.lists["done_unit"], "个")
    ):
        return None
    if number.kind not in ("classifier", "occurrence") or known.rule == "metrics.deed":
        return None
    return Reading(whole_of(number.sentence, known.noun, number.kind), "metrics.elided", number.deed)


def _people_of_households(number: Number) -> Answer:
    """The people of counted households: 总户数1.2万户、|3.4万人."""
    previous = number.previous
    if previous is None or number.quantity.unit != "人" or not previous.noun.text.endswith(("户", "户数")):
        return None
    return itself(number) or False


def _left_over(number: Number) -> Answer:
    """Households where things were counted before: 划了41个车位，还剩下|4户."""
    known = number.known
    if known is None or number.quantity.unit not in ("户", "人") or known.unit == number.quantity.unit:
        return None
    if number.grammar.kind(known.unit) != "classifier":
        return None
    return itself(number) or False if number.verb is not None or _remains(number) else None


def _known(number: Number) -> Answer:
    """Whatever was counted before; but a rate is not counted."""
    known = number.known
    if known is None or (_counted(number) and known.noun.text.endswith(("率", "度"))):
        return None
    return Reading(whole_of(number.sentence, known.noun, number.kind), "metrics.elided")


# --- only the unit's own word -----------------------------------------------------------------------------


def _unit_is_noun(number: Number) -> Answer:
    """人 and 户 say themselves who is counted, with a verb before or where the clause goes on."""
    quantity, sentence = number.quantity, number.sentence
    if number.kind != "people" or quantity.unit not in _BORROWED:
        return None
    word = _BORROWED[quantity.unit]
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


def _room(number: Number) -> Answer:
    """People whom a place can hold, whatever was counted before: 座椅140把，可供|400人休闲."""
    quantity, sentence = number.quantity, number.sentence
    if quantity.unit not in ("人", "户"):
        return None
    start = max(sentence.tokens[0].start, quantity.start - 8)
    room = number.grammar.rules["metrics.capacity"].pattern.search(sentence.text, start, quantity.start)
    return (itself(number) or False) if room is not None else None


def _money_near(number: Number) -> Answer:
    """The money that is spent, in the same clause."""
    verb = number.near
    if verb is None or number.kind != "money" or number.deed in number.grammar.bearing:
        return None
    return found(money_noun(number.sentence, number.place, verb, nearest=True), "metrics.money")


def _object(number: Number) -> Answer:
    """The object of the clause before."""
    if number.near is None or number.kind != "classifier":
        return None
    return found(object_before(number.sentence, number.place), "metrics.distant")


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
    _described,
    _behind_list,
    _groups,
    _behind_next,
    _after_number,
    _in_each,
    _in_list,
    _aim,
    _room,
    told_before,
    money_told,
    _same_people,
    _same_households,
    _registered,
    _beside_houses,
    _reached,
    _adjusted,
    deeds.counted_deed,
    deeds.those_served,
    _unit_is_noun,
    deeds.deed_is_noun,
    deeds.raised,
    deeds.source,
    deeds.total,
    deeds.held_so_often,
    _same_thing,
    deeds.deed,
    _money_near,
    _people_of_households,
    deeds.fitting_unit,
    _left_over,
    _known,
    _object,
    _topic,
    _money,
    _size,
)


# --- parts of the steps ------------------------------------------------------------------------------------


def _counted(number: Number) -> bool:
    return number.kind in ("classifier", "people", "occurrence")


def _last_of_list(sentence: Sentence, place: int, quantity: Quantity) -> int:
    """The last of several numbers in a row that have one unit: 分别奖励|3000元、2000元、1000元."""
    at = place
    while sentence.kind(at + 1) in "LC" and sentence.kind(at + 2) == "Q":
        other = sentence.tokens[at + 2].quantity
        if other is None or other.unit != quantity.unit:
            break
        at += 2
    return at


def _remains(number: Number) -> bool:
    """Whether a number is what remains: 还剩下|4户."""
    sentence, before = number.sentence, number.place - 1
    return (
        sentence.kind(before) == "D"
        and sentence.word(sentence.tokens[before]) in number.grammar.lists["left_over"]
    )


def itself(number: Number) -> Reading | None:
    """Where no noun is said at all, the unit's own word is counted: 联盟出资|25万元, 剩下的|16户."""
    sentence, quantity = number.sentence, number.quantity
    word = sentence.text[quantity.unit_start : quantity.unit_end]
    own = quantity.unit in _BORROWED or quantity.unit in number.grammar.lists["own_noun"]
    kind = number.grammar.kind(quantity.unit)
    if not (own or kind == "money") or not word or (quantity.chinese and quantity.value <= 10):
        return None
    at = quantity.unit_end - 1 if kind == "people" else quantity.unit_start
    if quantity.unit in ("名", "位"):
        noun = topic(sentence, number.place, people=True)
        return Reading(noun, "metrics.distant") if noun is not None else None
    text = sentence.text[at : quantity.unit_end]
    return Reading(Noun(at, quantity.unit_end, text, number.verb), "metrics.classifier")
