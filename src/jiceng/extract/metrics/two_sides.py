"""Which noun a number counts, of those on its two sides: the one behind, the one before, or neither."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.nouns import left
from jiceng.extract.metrics.farther import roles
from jiceng.extract.metrics.farther.bare import without
from jiceng.extract.metrics.farther.outcomes import outcome
from jiceng.extract.metrics.going_on import acts
from jiceng.extract.metrics.number import Number, Reading, Sides
from jiceng.extract.metrics.patterns.figures import spread
from jiceng.extract.metrics.patterns.points import turned_out
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence

_BECOMING = ("创", "达", "获", "居", "破")


def one_of_two(sides: Sides) -> Reading | None:
    """The noun behind, where it is one and is counted; else the noun before; else one farther off."""
    number, before = sides.number, sides.before
    behind = (
        None if _is_predicate(sides) or roles.called_up(sides) or roles.sorted_by(sides) else sides.behind
    )
    out = turned_out(number.sentence, number.place) if number.quantity.unit == "人次" else None
    if out is not None:
        return Reading(out, "metrics.distant")
    takes = (
        number.follows == "F" and before is not None and before.text.endswith(number.grammar.lists["taking"])
    )
    if takes and behind is not None and number.kind in ("measure", "money"):
        return Reading(behind, "metrics.behind")  # 占地1800平方米的|健身广场
    if behind is not None and not (number.follows == "F" and (is_size(sides) or _described(sides))):
        return Reading(_fill(number.sentence, number.place, behind), "metrics.behind")
    return without(number) if before is None else read_before(number, before)


def _is_predicate(sides: Sides) -> bool:
    """Whether what stands behind says what the counted do, and is not counted."""
    number, before, behind = sides.number, sides.before, sides.behind
    if behind is None:
        return False
    sentence, place, grammar = number.sentence, number.place, number.grammar
    left_over = sentence.word(sentence.tokens[place - 1]) in grammar.lists["left_over"]
    if left_over and outcome(sentence.text, behind.start, behind.end, grammar):
        return True  # 其余4处|限期整改
    how = behind.text in grammar.lists["means_of_deed"] and number.kind != "occurrence"
    if how and sentence.kind(place + 2) in "QVWP":
        return True  # 其余5个|限期整改, but 每月一次|上门探访
    beside = sentence.kind(place - 1) in "XW"
    if before is not None:
        done_to = before.verb is not None and not before.fixed and number.follows == "W"
        done_to = done_to and number.kind != "occurrence" and sentence.kind(place - 1) != "E"
        done_to = done_to and sentence.kind(place + 3) != "F"  # 启动青石巷、柳湾3个|改造片区的|签约
        if done_to and not behind.text.endswith(grammar.compounds):
            return True  # 组建服务队12支|服务群众
        if number.kind == "people" and behind.text in grammar.deeds:
            return True  # 律师38名|挂牌上岗
        if beside and ((number.follows == "X" and acts(sentence, place)) or behind.text in _BECOMING):
            return True  # 火灾事故2起|创下新低
    if number.follows == "W" and sentence.text.startswith(("了", "过"), sentence.tokens[place + 1].end):
        return True  # 213起|申请了司法确认
    helped = number.follows == "W" and sentence.word(sentence.tokens[place - 1]) in grammar.lists["urging"]
    if helped and number.quantity.unit == "户":
        return True  # 帮助65户|落实安防措施
    if not number.names_them or behind.end - behind.start > 4 or number.follows == "F":
        return False
    if behind.text in grammar.lists["householder"]:
        return False  # 十号街坊1248户|居民
    person = before is not None and before.text.endswith(grammar.person_ends)
    return beside if person else behind.text in grammar.deeds  # 求职者2100余人|进场, 带动3100人|就业


def _described(sides: Sides) -> bool:
    """Whether the number describes the noun behind 的, and counts the one before."""
    number = sides.number
    sentence, place = number.sentence, number.place
    kind = sentence.kind(place - 1)
    verb = sentence.word(sentence.tokens[place - 1]) if kind == "W" else ""
    if sides.before is not None and verb in number.grammar.verbs:
        who = sides.before.text.removesuffix(verb)
        if who.endswith(number.grammar.lists["agent"]):
            return False  # 社区聘用|20人的物业公司
    counts = number.kind in ("classifier", "people", "occurrence")
    return counts and sides.before is not None and kind in "XW"


def is_size(sides: Sides) -> bool:
    """Whether the noun before the number is a size of something: 面积|400平方米."""
    return sides.before is not None and sides.before.text.endswith(sides.number.grammar.measure_heads)


def read_before(number: Number, before: Noun) -> Reading:
    """The noun before as what is counted, or one of its items, where numbers in turn are of one each."""
    return spread(number.sentence, number.place, before) or Reading(before, "metrics.before")


def _fill(sentence: Sentence, place: int, noun: Noun) -> Noun:
    """Give an empty head its list: 老旧小区改造、环境整治等|1300余项问题."""
    if noun.text not in sentence.grammar.empty_heads or sentence.kind(place - 1) != "E":
        return noun
    before = left(sentence, place)
    return noun if before is None else replace(noun, text=f"{before.text}等{noun.text}")
