"""The clause grammar: from the tokens of a sentence to its measurements, one for each number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jiceng.extract.metrics.aims import called, purpose, standard
from jiceng.extract.metrics.behind import right
from jiceng.extract.metrics.carried import counted_before
from jiceng.extract.metrics.classes import classed, sized_things, until_unknown
from jiceng.extract.metrics.context import without_holder
from jiceng.extract.metrics.distant import (
    divided,
    part,
    topic,
    whole_of,
)
from jiceng.extract.metrics.durations import duration
from jiceng.extract.metrics.facts import measurement
from jiceng.extract.metrics.figures import Reading, changed, rank, spread
from jiceng.extract.metrics.going_on import (
    acts,
    begins_with_number,
    dealt_with,
    holds_it,
    same_unit,
    shares,
    told_of,
    told_on,
)
from jiceng.extract.metrics.negations import with_negations
from jiceng.extract.metrics.news import counts, without_idioms
from jiceng.extract.metrics.nouns import behind_other, left, unsaid
from jiceng.extract.metrics.outcomes import (
    announced,
    bracket,
    fitting,
    holds_cases,
)
from jiceng.extract.metrics.phrase import Noun, Sentence, governor
from jiceng.extract.metrics.points import compared, exchanged, only_spent, pays, pays_on, points, turned_out
from jiceng.extract.metrics.targets import beside_target
from jiceng.extract.metrics.tokens import Token
from jiceng.extract.metrics.unsaid import itself, without
from jiceng.model import Measurement

_ONE_PLACE = re.compile("[一每](?:栋|幢|座|个|条|层|片|处)[\u4e00-\u9fff]{1,3}")
_KNOWN_OF = ("情况", "信息", "底数", "数据", "台账", "资料", "名单", "档案")
_PLACES = ("地", "镇", "乡", "村", "街道", "社区", "市", "县", "区", "县区", "区县", "乡镇", "县市")
_SIZES = ("share", "money", "measure", "none")


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
    opened = bool(carried) and (
        sentence.text.startswith("其中", start)
        or told_on(sentence, start)
        or begins_with_number(sentence, carried[-1])
    )
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
        known = carried[-1] if opened and last is None else previous
        counted = counted_before(sentence, quantity, known, last, history)
        reading = _apart(sentence, place, history) or _read(sentence, place, known, last, counted)
        if carried and last is None and reading is not None:
            reading = _resumed(sentence, place, reading, carried[-1])
        if reading is None:
            continue
        reading = points(sentence, place, reading, start)
        noun = without_holder(sentence, _trim(until_unknown(reading.noun), strip))
        great = noun.text[0] == "大" and sentence.text[noun.start - 1] in "二三四五六七八九十"
        if great and noun.start > 0 and len(noun.text) > 2:
            noun = replace(noun, start=noun.start + 1, text=noun.text[1:], items=())  # 七大|服务队200余人
        if noun.text.endswith(("左右", "上下")) and noun.start >= token.end and len(noun.text) > 2:
            noun = replace(noun, end=noun.end - 2, text=noun.text[:-2])  # 14个菜左右
            quantity = replace(quantity, comparator="~") if quantity.comparator == "=" else quantity
        reading = replace(reading, noun=noun, unit=quantity.unit)
        if not counts(sentence, place, quantity, reading):
            continue
        previous, last = reading, token
        history.append(reading)
        prior = measurement(sentence, place, quantity, reading, start, prior)
        yield prior
    carried[:] = history[-1:]


def _bracketed(text: str, start: int, at: int) -> bool:
    """Whether the place `at` of a sentence stands inside brackets: 诉求466件（电话诉求|414件）."""
    opened = text.rfind("（", start, at)
    return opened >= 0 and text.find("）", opened, at) < 0


def _apart(sentence: Sentence, place: int, history: list[Reading]) -> Reading | None:
    """As many numbers with 分别 as were read before: 接待游客3万人、收入2亿元，分别增长|9%和12%."""
    tokens = sentence.tokens
    if not any(sentence.word(t) == "分别" for t in tokens[max(0, place - 4) : place]):
        return None
    clause = place
    while clause and sentence.kind(clause - 1) not in "BQ":
        clause -= 1
    apart = next(i for i in range(place - 1, -1, -1) if sentence.word(tokens[i]) == "分别")
    if any(t.kind == "X" for t in tokens[clause:apart]):
        return None
    size, at = 1, place + 1
    while sentence.kind(at) in "LC" and sentence.kind(at + 1) == "Q":
        size, at = size + 1, at + 2
    one = tokens[place].quantity
    if size < 2 or len(history) < size or one is None or history[-1].unit == one.unit:
        return None
    first, *rest = history[-size:]
    if any(
        t.kind in "XW" for t in tokens[place - 2 : place] if t.kind == "X" and t.end == tokens[place].start
    ):
        return None
    return Reading(first.noun, "metrics.spread", rest=tuple((r.noun.start, r.noun.end) for r in rest))


def _resumed(sentence: Sentence, place: int, reading: Reading, carried: Reading) -> Reading:
    """A sentence that begins with who holds so many of what was counted before: ；城南街道新增|40个."""
    quantity = sentence.tokens[place].quantity
    if quantity is None or carried.unit != quantity.unit or reading.rule != "metrics.before":
        return reading
    if not holds_it(sentence, place, reading.noun, carried) or part(sentence, place):
        return reading
    return Reading(carried.noun, "metrics.elided", carried.action)


def _read(
    sentence: Sentence, place: int, previous: Reading | None, last: Token | None, counted: Reading | None
) -> Reading | None:
    """The reading of one number. `previous` is that of the number before at token `last`, `counted` the one
    whose noun goes on where this number has none."""
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    grammar = sentence.grammar
    kind = grammar.kind(quantity.unit)
    if quantity.unit is None and quantity.value < 1:
        kind = "share"  # 占四分之三
    ranked = rank(sentence, place, previous)
    if ranked is not None:
        return ranked
    if sentence.text[quantity.start - 1 : quantity.start] in ("第", "前"):
        return None
    if kind == "time":
        return duration(sentence, place, quantity, previous, last)
    if behind_other(sentence, place) and quantity.unit in ("户", "人"):
        at = quantity.unit_end - 1
        return Reading(Noun(at, at + 1, quantity.unit, governor(sentence, place)), "metrics.classifier")
    if kind == "measure" and sentence.kind(place - 1) == "S" and sentence.kind(place + 1) in "BQ":
        scope = sentence.tokens[place - 1]
        area = sentence.word(scope)
        if area in ("辖区", "全村", "全镇", "全区", "全县", "全市"):
            return Reading(Noun(scope.start, scope.end, area, None, True), "metrics.before")  # 全村|4平方公里
    sized = previous is not None and previous.noun.text.endswith(grammar.sizes)
    size = place if kind == "measure" else place - 2
    things = sized_things(sentence, size) if sized and classed(sentence, size) else None
    if things is not None:
        return Reading(things, "metrics.distant")  # 邻里中心，面积8万平方米，其中1000平方米以上的|23个
    norm = standard(sentence, place)
    if norm is not None:
        if quantity.unit == "户" and norm.text.endswith(("网格", "单元")):
            norm = Noun(quantity.unit_start, quantity.unit_end, "户", norm.verb)  # 按300户的标准划分网格
        return Reading(norm, "metrics.standard")
    named = called(sentence, place) if kind in ("classifier", "people", "share") else None
    if named is not None:
        return Reading(named, "metrics.behind")
    before = left(sentence, place, kind)
    behind = right(sentence, place, kind == "people")
    follows = sentence.kind(place + 1)
    if kind == "people" and follows == "F" and behind is not None and behind.text.endswith(_KNOWN_OF):
        behind = None  # 摸清2164户、5870人的|基本情况
    change = changed(sentence, place, previous, last)
    change = change or beside_target(sentence, place, quantity, previous)
    if change is not None:
        return change
    if (
        kind == "share"
        and before is not None
        and previous is not None
        and shares(sentence, place, grammar, previous)
    ):
        return Reading(previous.noun, "metrics.elided")  # 志愿者2万人，|占常住人口的18%
    placed = kind == "share" and previous is not None and before is not None and before.text in _PLACES
    if placed and before is not None and previous is not None and sentence.text[before.start - 1] == "等":
        return Reading(previous.noun, "metrics.elided")  # 东湖、西岭等镇达|100%
    swapped = exchanged(sentence, place, quantity, previous)
    if swapped is not None:
        return swapped
    alone = before is not None and behind is None and counted is not None and same_unit(counted, quantity)
    if alone and before is not None and counted is not None:
        bare = not told_of(before) and unsaid(sentence, before)  # 发放问卷2100份，|回收|1963份
        bare = bare or (kind != "share" and dealt_with(sentence, place, before))
        if bare or holds_it(sentence, place, before, counted):
            verb = governor(sentence, place)
            return Reading(replace(whole_of(sentence, counted.noun, kind), verb=verb), "metrics.elided")
    kinds = divided(sentence, place, quantity) if behind is None else None
    if kinds is not None:
        return Reading(kinds, "metrics.distant")
    bounded = before is not None and behind is None and kind == "people" and bracket(before)
    if bounded and previous is not None:
        return Reading((counted or previous).noun, "metrics.elided")
    if before is not None and behind is None and kind in ("classifier", "occurrence"):
        noun = announced(sentence, place) if holds_cases(before, quantity.unit, grammar) else None
        if noun is None and dealt_with(sentence, place, before):
            noun = fitting(sentence, place)
        if noun is not None:
            return Reading(noun, "metrics.distant")
    if (
        before is not None
        and behind is None
        and previous is not None
        and pays_on(sentence, place, before, previous)
    ):
        return Reading(previous.noun, "metrics.elided")
    if before is not None and behind is None and previous is not None and compared(sentence, place, before):
        return Reading(previous.noun, "metrics.change", sentence.text[before.end - 1 : before.end])
    entered = before is not None and behind is None and quantity.unit in ("户", "人")
    calls = (
        grammar.lists["calling"] if quantity.unit == "户" else ("入户", f"入{quantity.unit}", "联户", "包户")
    )
    if entered and before is not None and before.text.endswith(calls):
        return itself(sentence, place, quantity, governor(sentence, place))  # 每月入户|不少于30户
    if before is not None and behind is None and kind == "money" and pays(sentence, place, before):
        return itself(sentence, place, quantity, governor(sentence, place))  # 街坊们凑了|1.7万元
    if before is not None and quantity.unit in ("户", "人") and _ONE_PLACE.fullmatch(before.text):
        return itself(sentence, place, quantity, governor(sentence, place))  # 一栋楼|14户
    if before is not None and follows == "Q" and sentence.kind(place - 1) == "E":
        return without(sentence, place, quantity, kind, previous, last, counted)
    if before is not None and before.text == "占地" and behind is None:
        whole = topic(sentence, place, people=True)
        if whole is not None and whole.end < before.start:
            return Reading(whole, "metrics.distant")  # 邻里驿站位于小区北门，占地|约240平方米
    if before is not None and before.text in grammar.lists["bare_size"] and behind is None:
        whole = topic(sentence, place, people=True)
        if whole is not None and whole.start < before.start:
            return Reading(whole, "metrics.distant")  # 驿站遍地开花，数量已达|149个
    sized = before is not None and before.text.endswith(grammar.measure_heads)
    if before is not None and behind is None and kind == "money" and only_spent(sentence, place, before):
        return itself(sentence, place, quantity, governor(sentence, place))  # 办席节约|460万元
    if before is not None and (behind is None or (sized and kind in _SIZES)):
        return spread(sentence, place, before) or Reading(before, "metrics.before")
    if behind is not None and kind == "money" and sentence.kind(place + 1) == "W":
        aim = purpose(sentence, place)
        if aim is not None and before is None:
            return Reading(aim, "metrics.purpose")
    object_before = before is not None and before.verb is not None and not before.fixed
    compound = behind is not None and behind.text.endswith(grammar.compounds)
    if (
        object_before
        and follows == "W"
        and not compound
        and kind != "occurrence"
        and sentence.kind(place - 1) != "E"
    ):
        behind = None  # 组建服务队12支|服务群众
    if behind is not None and before is not None and kind == "people" and behind.text in grammar.deeds:
        behind = None  # 律师38名|挂牌上岗
    if behind is not None and quantity.unit in ("人", "户") and behind.end - behind.start <= 4:
        person = before is not None and before.text.endswith(grammar.person_ends)
        told = sentence.kind(place - 1) in "XW" if person else behind.text in grammar.deeds
        if told and follows != "F":
            behind = None  # 求职者2100余人|进场, 带动3100人|就业
    beside = sentence.kind(place - 1) in "XW"
    if behind is not None and before is not None and beside and follows == "X" and acts(sentence, place):
        behind = None  # 火灾事故2起|创下新低
    if behind is not None and before is not None and beside and behind.text in ("创", "达", "获", "居", "破"):
        behind = None
    who = turned_out(sentence, place) if quantity.unit == "人次" else None
    if who is not None:
        return Reading(who, "metrics.distant")
    built = before is not None and before.text.endswith(("占地", "投资", "耗资", "占地面积", "建筑面积"))
    if built and follows == "F" and behind is not None and kind in ("measure", "money"):
        return Reading(behind, "metrics.behind")  # 占地1800平方米的|健身广场
    said = follows == "F" and before is not None and beside and kind in ("classifier", "people", "occurrence")
    if behind is not None and not (follows == "F" and sized) and not said:
        return Reading(_fill(sentence, place, behind), "metrics.behind")
    if before is not None:
        return spread(sentence, place, before) or Reading(before, "metrics.before")
    return without(sentence, place, quantity, kind, previous, last, counted)


def _fill(sentence: Sentence, place: int, noun: Noun) -> Noun:
    """Give an empty head its list: 老旧小区改造、环境整治等|1300余项问题."""
    if noun.text not in sentence.grammar.empty_heads or sentence.kind(place - 1) != "E":
        return noun
    before = left(sentence, place)
    if before is None:
        return noun
    return replace(noun, text=f"{before.text}等{noun.text}")


def _trim(noun: Noun, strip: tuple[str, ...]) -> Noun:
    """Without the district's own name at its start."""
    for name in strip:
        if noun.text.startswith(name) and len(noun.text) > len(name) + 1:
            return replace(noun, start=noun.start + len(name), text=noun.text[len(name) :])
    return noun
