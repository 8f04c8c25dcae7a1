"""Numbers with a pattern of their own, whatever nouns stand beside them."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.nouns import right
from jiceng.extract.metrics.after.tails import to_predicate
from jiceng.extract.metrics.before.doers import acting
from jiceng.extract.metrics.before.nouns import left
from jiceng.extract.metrics.farther.aims import called, standard
from jiceng.extract.metrics.farther.earlier import sized_topic
from jiceng.extract.metrics.going_on import behind_other, over
from jiceng.extract.metrics.number import Answer, Number, Reading, Step, found
from jiceng.extract.metrics.patterns.classes import bought, classed, sized_things, unit_of
from jiceng.extract.metrics.patterns.durations import duration
from jiceng.extract.metrics.patterns.figures import since
from jiceng.extract.metrics.patterns.ranks import rank
from jiceng.extract.metrics.sentence.phrase import Noun, make
from jiceng.extract.metrics.sieve.counts import is_ordinal

_SIZED = ("measure", "people", "none", "money", "share")
_REACH = 48  # characters before a number in which it is said what is most


def _rank(number: Number) -> Answer:
    """Rankings."""
    return rank(number.sentence, number.place, number.previous)


def _over(number: Number) -> Answer:
    """The second of two figures that a slash parts: 覆盖率82%/|93%."""
    previous = number.previous
    if previous is None or number.last is None or not over(number.sentence, number.last, number.quantity):
        return None
    return Reading(previous.noun, "metrics.carried", previous.action)


def _ordinal(number: Number) -> Answer:
    """第52位, 前3名: none."""
    return False if is_ordinal(number.sentence.text, number.quantity.start, number.grammar) else None


def _time(number: Number) -> Answer:
    """Spans of time."""
    if number.kind != "time":
        return None
    found = duration(number.sentence, number.place, number.quantity, number.previous, number.last)
    return found or False


def _other_households(number: Number) -> Answer:
    """Households or people beside others."""
    quantity = number.quantity
    if quantity.unit not in ("户", "人") or not behind_other(number.sentence, number.place):
        return None
    at = quantity.unit_end - 1
    return Reading(Noun(at, at + 1, quantity.unit, number.verb), "metrics.classifier")


def _sorts(number: Number) -> Answer:
    """A bound that only says which of the things behind it are counted: 2000平方米以上|楼宇43栋; none."""
    sentence, at = number.sentence, number.place + 1
    bounded = number.word.endswith(("以上", "以下"))
    if not bounded and (number.quantity.upper is None or number.follows != "F"):
        return None
    if number.kind not in ("measure", "money", "share"):
        return None
    at += sentence.kind(at) == "F"
    last = at
    while sentence.kind(last) in "XW" and number.kind == "measure":
        last += 1
    behind = sentence.tokens[last].quantity if sentence.kind(last) == "Q" else None
    direct = last > at or number.kind != "measure"
    counted = behind is not None and direct and number.grammar.kind(behind.unit) == "classifier"
    return False if counted else None


def _of_class(number: Number) -> Answer:
    """Those of a class that is told by a size: 集体收入现状为：5万元以下的|49个."""
    sentence, place, known = number.sentence, number.place, number.known
    bound = sentence.tokens[place - 2].quantity if sentence.kind(place - 1) == "F" and place > 1 else None
    if bound is None or number.kind != "classifier" or number.follows in "XWF":
        return None
    if number.grammar.kind(bound.unit) not in ("measure", "money", "share") or bound.unit == "%":
        return None
    if bound.comparator not in "<>" and bound.upper is None:
        return None
    if known is not None and known.unit == number.quantity.unit:
        return Reading(known.noun, "metrics.elided")
    whole = sized_topic(sentence, place)
    if whole is None:
        return None
    size = next((len(w) for w in number.grammar.measure_heads if whole.text.endswith(w)), 0)
    rest = whole.text[: len(whole.text) - size].removesuffix("年")
    return found(
        replace(whole, end=whole.start + len(rest), text=rest) if len(rest) > 1 else whole, "metrics.distant"
    )


def _area(number: Number) -> Answer:
    """The size of a whole place: 全村|4平方公里."""
    sentence, place = number.sentence, number.place
    if number.kind != "measure" or sentence.kind(place - 1) != "S" or number.follows not in "BQ":
        return None
    scope = sentence.tokens[place - 1]
    return Reading(Noun(scope.start, scope.end, sentence.word(scope), None, True), "metrics.before")


def _size_class(number: Number) -> Answer:
    """Things told by their size: 邻里中心，面积8万平方米，其中1000平方米以上的|23个."""
    previous, sentence = number.previous, number.sentence
    if previous is None or not previous.noun.text.endswith(number.grammar.sizes):
        return None
    size = number.place if number.kind == "measure" else number.place - 2
    things = sized_things(sentence, size) if classed(sentence, size) else None
    return found(things, "metrics.distant")


def _fallen_to_few(number: Number) -> Answer:
    """The figure before a change to what is no number: 投诉从每月30多起|降到零星几起, 由12件降为个位数."""
    sentence, place = number.sentence, number.place
    told = number.grammar.rules["metrics.fallen-to-few"].pattern
    at = since(sentence, place) if told.match(sentence.text, sentence.tokens[place].end) else None
    noun = left(sentence, at, subject=True) if at is not None else None
    if noun is None:
        return None
    return Reading(replace(noun, verb=sentence.tokens[place + 1]), "metrics.change", "减少前")


def _standard(number: Number) -> Answer:
    """What a standard is about; 按300户的标准划分网格 counts households."""
    noun, quantity = standard(number.sentence, number.place), number.quantity
    if noun is None:
        return None
    if noun.text in number.grammar.lists["staffing"]:  # 招聘社工9名，按每万人不低于18人的标准|配齐
        return None if number.previous is None else Reading(number.previous.noun, "metrics.standard")
    own = number.sentence.tokens[number.place - 1]
    counted = quantity.unit in ("户", "人") and own.kind == "X"
    if counted and number.sentence.word(own) in number.grammar.lists["norm_size"]:
        return Reading(Noun(own.start, own.end, number.sentence.word(own), noun.verb), "metrics.standard")
    if quantity.unit == "户" and noun.text.endswith(("网格", "单元")):
        noun = Noun(quantity.unit_start, quantity.unit_end, "户", noun.verb)
    return Reading(noun, "metrics.standard")


def _unit_of(number: Number) -> Answer:
    """How many make a unit of a division."""
    if number.kind not in ("classifier", "people"):
        return None
    return found(unit_of(number.sentence, number.place), "metrics.standard")


def _bought(number: Number) -> Answer:
    """What a price buys."""
    return found(bought(number.sentence, number.place), "metrics.distant") if number.kind == "money" else None


def _called(number: Number) -> Answer:
    """What the counted is called."""
    if number.kind not in ("classifier", "people", "share"):
        return None
    noun = called(number.sentence, number.place)
    return found(noun, "metrics.behind")


def _times(number: Number) -> Answer:
    """How many times as much as something else: 收件量是去年同期的|2.3倍."""
    sentence, place = number.sentence, number.place
    if number.quantity.unit != "倍" or sentence.kind(place - 1) != "F":
        return None
    first = sentence.clause(place - 1)
    first = sentence.on(first, "DT")
    start, end = sentence.tokens[first].start, sentence.tokens[place - 1].start
    told = number.grammar.rules["metrics.times"].pattern.match(sentence.text, start, end)
    if told is not None and not sentence.text.startswith(("是", "为"), start):
        at = told.end("what")
        return Reading(Noun(start, at, sentence.text[start:at]), "metrics.before")
    known = number.previous
    alone = sentence.text.startswith(("是", "为", "相当于", "达到", "达"), start)
    timed = any(t.kind in "TD" for t in sentence.tokens[first : place - 1])
    timed = timed or sentence.text[start:end].endswith(number.grammar.lists["other_time"])
    timed = timed or sentence.text.startswith("相当于", start)  # 白领7.3万人，相当于户籍人口的|1.4倍
    return Reading(known.noun, "metrics.elided") if known is not None and alone and timed else None


def _by_times(number: Number) -> Answer:
    """What is paid by so many times something else: 书记报酬|按照人均可支配收入的|1.8倍核定."""
    sentence, place = number.sentence, number.place
    if number.quantity.unit != "倍" or sentence.kind(place - 1) != "F" or number.follows not in "VW":
        return None
    at = sentence.back(place - 1, "XWFS")
    if sentence.kind(at) != "P" or sentence.word(sentence.tokens[at]) not in number.grammar.lists["by_norm"]:
        return None
    return found(left(sentence, at, subject=True), "metrics.standard")


def _of_the_most(number: Number) -> Answer:
    """The size of what has most or least of it: 管辖面积最大的是桃湾社区，|6.7平方公里."""
    sentence, start = number.sentence, number.quantity.start
    sized = number.kind in _SIZED
    sized = sized or number.quantity.unit in number.grammar.lists["case_unit"]
    if not sized or number.follows not in "BL":
        return None
    previous = number.previous
    if previous is not None and previous.unit == number.quantity.unit and number.last is not None:
        on = number.grammar.rules["metrics.next-in-brackets"].pattern
        if on.fullmatch(sentence.text, number.last.end, start) and previous.rule == "metrics.distant":
            return Reading(previous.noun, "metrics.distant")
        holds = number.grammar.rules["metrics.most-holds"].pattern
        if holds.fullmatch(sentence.text, number.last.end + 1, start) and number.kind in _SIZED:
            return Reading(previous.noun, "metrics.elided")
    low = max(sentence.tokens[0].start, start - _REACH)
    told = number.grammar.rules["metrics.most-of"].pattern.search(sentence.text, low, start)
    if (
        told is not None
        and not told["size"]
        and previous is not None
        and previous.unit == number.quantity.unit
    ):
        return Reading(previous.noun, "metrics.distant")  # 满意度最高的是甲镇（98%），最低的是乙镇（|95%）
    if told is None or not told["size"].endswith((*number.grammar.measure_heads, "量")):
        return None
    return Reading(Noun(told.start("size"), told.end("size"), told["size"]), "metrics.distant")


def _covering(number: Number) -> Answer:
    """What covers the items of a list that the number sums up: 课程涵盖书法、国画等|9门."""
    sentence, at = number.sentence, number.place - 1
    if number.kind != "classifier" or sentence.kind(at) != "E" or number.follows not in "BLQ":
        return None
    at = sentence.back(at, "XWLCE")
    lists, unit = number.grammar.lists, number.quantity.unit or ""
    if sentence.kind(at) != "V" or sentence.word(sentence.tokens[at]) not in lists["covering"]:
        return None
    last = at
    at = sentence.back(at - 1, "XW") + 1
    noun = make(sentence, sentence.tokens[at:last]) if at < last else None
    fits = noun is not None and noun.text.endswith(number.grammar.fitting.get(unit, ()))
    sorted_by = noun is not None and unit in lists["group_unit"] and noun.text.endswith(lists["able_thing"])
    return found(noun, "metrics.distant") if fits or sorted_by else None


def _such(number: Number) -> Answer:
    """One of a kind that a clause before names: 像老林这样的楼长，街道一共有|68名."""
    sentence, start = number.sentence, number.quantity.start
    if number.kind not in ("classifier", "people", "occurrence") or number.follows not in "BL":
        return None
    low = max(sentence.tokens[0].start, start - 2 * _REACH)
    told = number.grammar.rules["metrics.such"].pattern.search(sentence.text, low, start)
    return told and Reading(Noun(told.start("noun"), told.end("noun"), told["noun"]), "metrics.distant")


def _received(number: Number) -> Answer:
    """What those come for who are received: 接待87批3200余人次|参观学习."""
    sentence, at = number.sentence, number.place
    if number.quantity.unit not in ("批", "批次", "人次", "团次"):
        return None
    at = sentence.back(at, "Q")
    if (
        sentence.kind(at) not in "VW"
        or sentence.word(sentence.tokens[at]) not in number.grammar.lists["receiving_guests"]
    ):
        return None
    first = number.place + 1
    first = sentence.on(first, "Q")
    last = sentence.on(first, "VWX")
    if last == first or sentence.kind(last) != "B":
        return None
    return found(
        make(sentence, [replace(t, kind="X") for t in sentence.tokens[first:last]]), "metrics.behind"
    )


def _put_there(number: Number) -> Answer:
    """Things told by where they are put: 党支部|建在网格上684个."""
    sentence, place = number.sentence, number.place
    if number.kind != "classifier" or number.follows not in "BL":
        return None
    first = sentence.clause(place, "BQT")
    if first == place:
        return None
    start = sentence.tokens[first].start
    told = number.grammar.rules["metrics.put-there"].pattern.match(
        sentence.text, start, number.quantity.start
    )
    if told is None:
        return None
    return Reading(Noun(start, told.end("what"), told["what"]), "metrics.before")


def _who_are(number: Number) -> Answer:
    """How many of the people told before are such: 现有党员104名，…；大专以上文化程度的有|13人; or of those
    who are named here: 支部书记兼任业委会主任的有|45人."""
    sentence, place, known = number.sentence, number.place, number.known
    who = acting(sentence, place) if number.quantity.unit in ("人", "名", "位") else None
    if who is not None:
        return Reading(who, "metrics.before")
    if number.kind != "people" or known is None or number.grammar.kind(known.unit) != "people":
        return None
    there = sentence.kind(place - 1) == "V" and sentence.word(sentence.tokens[place - 1]) == "有"
    told = sentence.kind(place - 1 - there) == "F" and number.follows in "BL"
    return Reading(known.noun, "metrics.elided") if told else None


def _grown(number: Number) -> Answer:
    """How far what was counted has grown, told with a noun: 服务时长超890万小时，增幅|39.5%."""
    sentence, place, previous = number.sentence, number.place, number.previous
    if number.kind != "share" or previous is None or sentence.kind(place - 2) != "B":
        return None
    if sentence.word(sentence.tokens[place - 1]) not in number.grammar.lists["rate_of_change"]:
        return None
    changed = previous.noun.verb is not None and sentence.word(previous.noun.verb) in number.grammar.change
    return (
        None
        if changed or number.grammar.kind(previous.unit) == "share"
        else Reading(previous.noun, "metrics.elided")
    )


def _among(number: Number) -> Answer:
    """So many of a group that is named before: 特殊人群中的|1139人."""
    sentence, place = number.sentence, number.place
    if number.kind != "people" or number.follows in "XF" or sentence.kind(place - 1) != "F":
        return None
    if sentence.kind(place - 2) != "P" or sentence.word(sentence.tokens[place - 2]) not in ("中", "里"):
        return None
    group = left(sentence, place - 2, "people")
    named = group is not None and group.text.endswith(number.grammar.person_ends)
    return found(group, "metrics.before") if named else None


def _so_often(number: Number) -> Answer:
    """What is held or done so often, the number before its verb: 书记3次|主持召开|推进会."""
    sentence, at = number.sentence, number.place + 1
    if number.quantity.unit not in number.grammar.lists["so_often"] or sentence.kind(at) not in "VW":
        return None
    if sentence.word(sentence.tokens[at]) not in number.grammar.holding or sentence.kind(at + 1) == "Q":
        return None
    last = sentence.on(at + 1, "XW")
    if last > at + 1 and sentence.kind(last) in "BLC":
        run = sentence.tokens[at + 1 : last]
        held = to_predicate(sentence, list(run)) if len(run) > 1 else run
        return found(make(sentence, held), "metrics.behind")
    return found(right(sentence, at, False), "metrics.behind")


PATTERNS: tuple[Step, ...] = (
    _over,
    _by_times,
    _times,
    _rank,
    _ordinal,
    _time,
    _other_households,
    _sorts,
    _area,
    _size_class,
    _of_class,
    _fallen_to_few,
    _standard,
    _unit_of,
    _bought,
    _called,
    _of_the_most,
    _covering,
    _such,
    _received,
    _put_there,
    _who_are,
    _grown,
    _among,
    _so_often,
)
