"""What a number counts: a pattern of its own, else the noun on one of its sides, else one farther off."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.nouns import right
from jiceng.extract.metrics.before.extremes import stands_out
from jiceng.extract.metrics.before.nouns import left
from jiceng.extract.metrics.before.shares import some_of_them
from jiceng.extract.metrics.farther import each_paid, elided, roles
from jiceng.extract.metrics.farther.aims import purpose
from jiceng.extract.metrics.farther.bare import without
from jiceng.extract.metrics.farther.distant import whole_of
from jiceng.extract.metrics.farther.outcomes import announced, bracket, fitting, holds_cases, outcome
from jiceng.extract.metrics.going_on import (
    built_too,
    dealt_with,
    holds_it,
    same_unit,
    says_of,
    says_when,
    shares,
    told_of,
)
from jiceng.extract.metrics.number import Answer, Number, Reading, Sides, found
from jiceng.extract.metrics.patterns.figures import changed, compared_in_turn
from jiceng.extract.metrics.patterns.own import PATTERNS
from jiceng.extract.metrics.patterns.points import compared, exchanged
from jiceng.extract.metrics.patterns.targets import before_comparison, beside_target, share_of_target
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make, nouns_before
from jiceng.extract.metrics.sentence.predicates import unsaid
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.sieve.counts import is_sum
from jiceng.extract.metrics.steps import first
from jiceng.extract.metrics.two_sides import is_size, one_of_two, read_before

_SIZES = ("share", "money", "measure", "none")


def read(
    sentence: Sentence, place: int, previous: Reading | None, last: Token | None, known: Reading | None
) -> Reading | None:
    """The reading of the number at token `place`: `previous` is that of the number before, token `last`,
    `known` the one whose noun goes on where this number has none."""
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    share = quantity.unit is None and quantity.value < 1  # 占四分之三
    kind = "share" if share else sentence.grammar.kind(quantity.unit)
    if kind == "none" and is_sum(sentence.text, quantity, sentence.grammar):
        kind = "money"  # 花了|两百多万
    number = Number(sentence, place, quantity, kind, previous, last, known)
    answer = first(PATTERNS, number)
    if answer is None:
        sides = _sides(number)
        answer = first(_STEPS, sides)
        if answer is None:
            answer = one_of_two(sides)
    return answer or None


# --- with the nouns on both sides --------------------------------------------------------------------------


def _sides(number: Number) -> Sides:
    before = left(number.sentence, number.place, number.kind)
    told_on = says_of(number.sentence, number.place, number.quantity, number.known)
    behind = None if told_on else right(number.sentence, number.place, roles.of_people(number))
    if behind is not None and says_when(number.sentence, number.place, behind):
        behind = None
    told = number.kind == "people" and number.follows == "F"
    if told and behind is not None and behind.text.endswith(number.grammar.lists["known_of"]):
        behind = None  # 摸清2164户、5870人的|基本情况
    return Sides(number, before, behind)


def _changed(sides: Sides) -> Answer:
    """The figure before or after a change, or beside a target."""
    number = sides.number
    at = number.sentence, number.place
    return (
        compared_in_turn(*at)
        or changed(*at, number.previous, number.last)
        or share_of_target(*at, number.quantity)
        or beside_target(*at, number.quantity, number.previous)
    )


def _share_of_it(sides: Sides) -> Answer:
    """The share of what was counted before: 志愿者2万人，|占常住人口的18%."""
    number, previous = sides.number, sides.number.previous
    if number.kind != "share" or sides.before is None or previous is None:
        return None
    bare = sides.before.text == "占比" and number.grammar.kind(previous.unit) in ("people", "classifier")
    if not bare and not shares(number.sentence, number.place, number.grammar, previous):
        return None
    return Reading(previous.noun, "metrics.elided")


def _outstanding(sides: Sides) -> Answer:
    """The figure of some of those told before, or of the one that stands out: 最高的小区|97%."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if before is None or previous is None or previous.unit != number.quantity.unit:
        return None
    if number.kind == "money" and before.text in number.grammar.lists["single_sum"]:
        return Reading(previous.noun, "metrics.elided")  # 奖励18万元，单笔最高|2000元
    some = number.kind == "share" and some_of_them(number.sentence, number.place, before, previous.noun)
    stands = some or stands_out(number.sentence, before, number.quantity.start)
    return Reading(previous.noun, "metrics.elided") if stands else None


def _exchanged(sides: Sides) -> Answer:
    """What points are exchanged for."""
    number = sides.number
    return exchanged(number.sentence, number.place, number.quantity, number.previous)


def _of_those(sides: Sides) -> Answer:
    """More of what was counted before; here stands who has it, or a verb: 发放问卷2100份，|回收|1963份."""
    number, before, known = sides.number, sides.only, sides.number.known
    if before is None or known is None or not same_unit(known, number.quantity):
        return None
    sentence, place = number.sentence, number.place
    if number.kind == "money" and before.fixed and before.text.endswith(number.grammar.lists["sum_end"]):
        return None  # 新增民生投入3亿元，带动|社会投入5亿元
    bare = not told_of(before) and unsaid(sentence, before)
    bare = bare or (number.kind != "money" and before.text in number.grammar.lists["level"])  # 改造镇级|10处
    grown = before.verb is not None and number.sentence.word(before.verb) in number.grammar.bearing
    bare = bare or (
        grown and before.text in number.grammar.lists["bare_size"]
    )  # 新建支部35个，总数达到|412个
    bare = bare or number.grammar.rules["metrics.graded"].pattern.fullmatch(before.text) is not None
    bare = bare or (number.kind != "share" and dealt_with(sentence, place, before))
    bare = bare or _done_to_it(number, before, known.noun) or roles.chosen_of_them(number, before)
    bare = bare or built_too(number.sentence, number.place, before, known.noun)
    told = number.previous if number.kind in _SIZES and number.previous is not known else None
    bare = bare or (told is not None and before.start == told.noun.start)
    if not bare and not holds_it(sentence, place, before, known):
        return None
    noun = whole_of(sentence, known.noun, number.kind)
    return Reading(replace(noun, verb=number.verb), "metrics.elided")


def _done_to_it(number: Number, before: Noun, known: Noun) -> bool:
    """Whether a number says of how many of those just named something has come: 206部电梯中已换新|200部."""
    text = number.sentence.text
    if before.start <= known.end or before.start - known.end > 8:
        return False
    between = text[known.end : before.start].lstrip("中里内，")
    words = (t for t in number.sentence.tokens if known.end <= t.start < before.start)
    passed = all(t.kind in "DATPB" for t in words) and "，" not in between
    return passed and outcome(text, before.start, before.end, number.grammar)


def _age_group(sides: Sides) -> Answer:
    """People of an age: who they are was said before."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if not before or not previous or number.kind != "people" or not bracket(before, number.grammar):
        return None
    return Reading((number.known or previous).noun, "metrics.elided")


def _cases(sides: Sides) -> Answer:
    """Cases that were announced before, or things that are dealt with."""
    number, before = sides.number, sides.only
    if before is None or number.kind not in ("classifier", "occurrence"):
        return None
    sentence, place = number.sentence, number.place
    cases = holds_cases(before, number.quantity.unit, number.grammar)
    noun = announced(sentence, place) if cases else None
    if noun is None and dealt_with(sentence, place, before):
        noun = fitting(sentence, place)
    return found(noun, "metrics.distant")


def _compared(sides: Sides) -> Answer:
    """How what was counted before compares with another time or place."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if number.known is not None and number.known.unit == number.quantity.unit:
        previous = number.known  # 新增就业900人，完成任务的102%，比上年多|40人
    if before is None or not compared(number.sentence, number.place, before):
        return None
    noun = before_comparison(number.sentence, number.place) or (previous.noun if previous else None)
    text = number.sentence.text[before.end - 1 : before.end]
    return None if noun is None else Reading(noun, "metrics.change", text)


def _examples(sides: Sides) -> Answer:
    """Behind examples or of groups, and before another number: what stands before is not counted."""
    number, before = sides.number, sides.before
    groups = number.quantity.unit in number.grammar.lists["group_unit"]
    groups = groups and not (before is not None and before.fixed)
    last = number.place + 1
    last = number.sentence.on(last, "Q")
    groups = groups and number.sentence.kind(last) != "B"  # 服务事项|3类42条
    listed = number.follows == "Q" and (groups or number.sentence.kind(number.place - 1) == "E")
    return without(number) or False if sides.before is not None and listed else None


def _met(sides: Sides) -> Answer:
    """Meetings, and behind their number what they dealt with: 召开专题会议|18次研究社区党建."""
    number, before = sides.number, sides.before
    if before is None or number.quantity.unit not in number.grammar.lists["held_unit"]:
        return None
    met = before.text.endswith(("会议", "常委会", "推进会")) and before.end == number.quantity.start
    return Reading(before, "metrics.before") if met else None


def _undergone(sides: Sides) -> Answer:
    """What a clause begins with, of which some have come so far: 老旧小区改造已开工|113个."""
    number, before = sides.number, sides.only
    if before is None or number.known is not None or number.kind != "classifier":
        return None
    sentence, at = number.sentence, number.place - 1
    while at > 0 and sentence.tokens[at].start > before.start:
        at -= 1
    if sentence.kind(at - 1) != "D" or not outcome(sentence.text, before.start, before.end, number.grammar):
        return None
    at, run = nouns_before(sentence, at - 1, "D")
    while len(run) > 1 and run[-1].kind == "W":
        run = run[:-1]
    return found(make(sentence, run), "metrics.before") if run and sentence.kind(at) in "BSTDP" else None


def _in_turn(sides: Sides) -> Answer:
    """The noun before, where the noun behind has a number of its own: 党支部|34个党员213名."""
    number, before, behind = sides.number, sides.before, sides.behind
    sentence, place = number.sentence, number.place
    if before is None or behind is None or number.kind not in ("classifier", "people"):
        return None
    turn = sentence.kind(place - 1) == sentence.kind(place + 1) == "X" and sentence.kind(place + 2) == "Q"
    turn = turn and before.end == number.quantity.start and sentence.kind(place + 3) in "BQ"
    held = before.text.endswith((*number.grammar.lists["territory"], *number.grammar.lists["body"]))
    return Reading(before, "metrics.before") if turn and not held else None


def _wholly(sides: Sides) -> Answer:
    """What all or a part of becomes something: 历史违建实现|100%自主拆除."""
    number, behind = sides.number, sides.behind
    sentence, place = number.sentence, number.place
    if number.kind != "share" or sentence.word(sentence.tokens[place - 1]) != "实现" or number.follows == "F":
        return None
    if behind is not None and behind.text.endswith(("率", "度")):
        return None
    noun = left(sentence, place - 1, "share", subject=True)
    return found(noun, "metrics.before")


def _before(sides: Sides) -> Answer:
    """The noun before, where there is no other, or where it is a size and the number one of sizes."""
    number, before = sides.number, sides.before
    if before is not None and sides.behind is not None:
        takes = number.follows == "F" and before.text in number.grammar.lists["taking"]
        if takes or not (is_size(sides) and number.kind in _SIZES):
            return None  # 建成占地60平方米的|晾衣棚
    return None if before is None else read_before(number, before)


def _aim(sides: Sides) -> Answer:
    """What money is for."""
    number = sides.number
    if sides.before is not None or sides.behind is None or number.kind != "money" or number.follows != "W":
        return None
    if sides.behind.text.endswith(number.grammar.lists["fund"]):
        return None  # 投入1.2亿元|改造资金
    return found(purpose(number.sentence, number.place), "metrics.purpose")


# What goes on with what was counted before; some of the special cases read the same number, but less of it.
_GOING_ON = (_share_of_it, _of_those)
# Each has words or units of its own: hardly two of them speak of one number, and then they say the same.
_SPECIAL = (
    roles.done_for,
    roles.went,
    roles.became,
    _changed,
    elided.share_done,
    elided.share_of_places,
    _outstanding,
    elided.of_an_age,
    _exchanged,
    each_paid.by_grade,
    elided.on_average,
    roles.members,
    elided.kinds,
    _age_group,
    _cases,
    elided.at_fault,
    roles.paid_again,
    _compared,
    roles.with_heads,
    roles.kept,
    roles.called_on,
    roles.paid,
    roles.paid_share,
    roles.priced,
    roles.invested,
    roles.served,
    roles.of_a_place,
    roles.room,
    roles.in_one_place,
    roles.lives_there,
    _examples,
    roles.apiece,
    roles.of_dimension,
    elided.dimension,
    elided.ground,
    elided.how_many,
    roles.spent,
    roles.helped,
    roles.met,
    roles.came,
    roles.filled,
    _met,
    _undergone,
    _in_turn,
    _wholly,
    elided.fitted,
)
# Any number with a noun: what those above say of it comes first.
_GENERAL = (_before, _aim)
_STEPS = (*_GOING_ON, *_SPECIAL, *_GENERAL)
