"""Points that deeds earn, sums that people pay, what turns out: readings that hang on the word in front."""

from __future__ import annotations

from jiceng.extract.metrics.context import Context
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.boundaries import acted
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make, nouns_before
from jiceng.numerals import Quantity

_MORE_OR_LESS = (*"高低多少快慢长短贵", "便宜", "实惠", "暖和")
_POINTS = 200  # more nobody gets for one deed


def points(sentence: Sentence, place: int, reading: Reading, start: int) -> Reading:
    """Points that a deed earns, where the sentence speaks of points: 推行积分制，参加一次活动记|5分."""
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    owner = sentence.grammar.rules["metrics.owner-by-name"].pattern.match(reading.noun.text)
    if owner is not None and quantity.unit in ("分", "积分"):
        unit = Noun(quantity.unit_start, quantity.unit_end, quantity.unit, reading.noun.verb)
        return Reading(unit, "metrics.points")  # 居民老周用|120分换了一袋米
    if quantity.unit == "积分" and reading.noun.text.startswith(("兑", "抵", "折")):
        unit = Noun(quantity.unit_start, quantity.unit_end, "积分", reading.noun.verb)
        return Reading(unit, "metrics.points")  # 每100积分|兑换5元
    alone = reading.noun.start == quantity.unit_start or not reading.noun.text.endswith("分")
    if quantity.unit == "积分" and alone:
        unit = Noun(quantity.unit_start, quantity.unit_end, "积分", reading.noun.verb)
        return Reading(unit, "metrics.points")  # 优秀者奖励|300积分
    worth = _worth(sentence, quantity) is not None
    at = sentence.text.rfind("积分", start, quantity.start) if worth and quantity.unit == "分" else -1
    if at >= 0:
        return Reading(Noun(at, at + 2, "积分", reading.noun.verb), "metrics.points")  # 积分1分|折合0.05元
    if worth and quantity.unit == "分":
        return Reading(
            Noun(quantity.unit_start, quantity.unit_end, "分"), "metrics.points"
        )  # 300分|换一袋面粉
    scored = _scored(sentence, reading)
    if quantity.unit != "分" or scored or quantity.value > _POINTS:
        return reading
    credited = sentence.text[quantity.start - 1] in sentence.grammar.signs.credited
    if credited and "积分" not in reading.noun.text:
        at = sentence.text.rfind("积分", start, quantity.start)
        if at < 0:
            at = sentence.text.find("积分", quantity.end, sentence.tokens[-1].end)  # 记1分…，积分兑换实物
        noun = Noun(at, at + 2, "积分") if at >= 0 else Noun(quantity.unit_start, quantity.unit_end, "分")
        return Reading(noun, "metrics.points")
    at = sentence.text.rfind("积分", start, quantity.start)
    return reading if at < 0 else Reading(Noun(at, at + 2, "积分", reading.noun.verb), "metrics.points")


def _worth(sentence: Sentence, quantity: Quantity) -> bool | None:
    """Whether it is said what so many points are good for (300分|换一袋面粉); False where they have been
    spent (用300分|换了一袋面粉), None where neither, or of no points."""
    if quantity.unit not in ("分", "积分"):
        return None
    words = sentence.grammar.lists["exchanging"]
    found = max((len(w) for w in words if sentence.text.startswith(w, quantity.end)), default=0)
    return not sentence.text.startswith(("了", "过"), quantity.end + found) if found else None


def _scored(sentence: Sentence, reading: Reading) -> bool:
    """Whether a number is a mark that something got: 满意度测评|92分."""
    marked = reading.noun.text.endswith(sentence.grammar.lists["score"])
    return marked or reading.rule in ("metrics.change", "metrics.rank")


def credits(sentence: Sentence, quantity: Quantity, reading: Reading, around: Context) -> bool:
    """Whether points are given or taken for a deed: 参加一次活动积|2分, 垃圾落地扣|5分; but 满意度91分."""
    worth = _worth(sentence, quantity)
    if worth is False:
        return False
    small = bool(worth) or quantity.value <= _POINTS
    small = small and quantity.value == quantity.value.to_integral_value()
    scored = _scored(sentence, reading) and reading.rule != "metrics.points" and not worth
    scored = scored or sentence.text.endswith(sentence.grammar.lists["each_average"], 0, quantity.start)
    if quantity.unit == "元" and reading.rule == "metrics.points":
        return not around.done
    return quantity.unit in ("分", "积分") and small and not scored and not around.done and not around.period


def pays(sentence: Sentence, place: int, noun: Noun) -> bool:
    """Whether those named before a sum pay or get it: 街坊们凑了|1.7万元, 政府补了|20万元."""
    said = noun.text.removesuffix("们")
    deed = sentence.tokens[place - 1]
    apart = noun.end < sentence.tokens[place].start and deed.kind in "VD" and noun.end <= deed.start
    bears = sentence.word(deed) in sentence.grammar.bearing
    if not apart or bears:
        return False
    actors = (*sentence.grammar.lists["actor"], *sentence.grammar.lists["governing_place"], "大家")
    if said.endswith(actors):
        return True
    first, *rest = parts_of(sentence.text, noun.start, noun.end, sentence.grammar)
    who = sentence.text[first.start : first.end].removesuffix("们").endswith(actors)
    return who and bool(rest) and all(p.kind in "VRID" for p in rest)  # 居民自掏腰包|凑了18万元


def pays_on(sentence: Sentence, place: int, noun: Noun, previous: Reading) -> bool:
    """Whether a sum is somebody else's, of the kind named before: 正职补贴3200元，副职每月|2800元."""
    grammar = sentence.grammar
    if grammar.kind(previous.unit) != "money" or previous.unit is None or noun.verb is not None:
        return False
    number = sentence.tokens[place].quantity
    if number is None or number.unit != previous.unit:
        return False
    paid = (*grammar.money_nouns, *grammar.lists["labelled"], *grammar.measure_heads)
    if not previous.noun.text.endswith(paid):
        return False
    if sentence.kind(place - 1) == "R" and noun.text.endswith(grammar.lists["payee"]):
        return True
    getters = (*grammar.person_ends, *grammar.lists["household"], *grammar.lists["place_kind"])
    who = noun.text.endswith(getters)
    return who and not noun.text.endswith(paid)


def exchanged(sentence: Sentence, place: int, quantity: Quantity, previous: Reading | None) -> Reading | None:
    """What points are worth: 1分兑换|2元, 1积分抵|1元. The points are what both figures are of."""
    deed = sentence.tokens[place - 1] if place else None
    if previous is None or previous.unit not in ("分", "积分") or quantity.unit != "元" or deed is None:
        return None
    said = sentence.word(deed)
    worth = said.endswith(sentence.grammar.lists["exchanging"])
    return Reading(previous.noun, "metrics.points") if worth else None


def only_spent(sentence: Sentence, place: int, noun: Noun) -> bool:
    """Whether what stands before a sum ends with a verb that names no money: 村民省出|26万元."""
    beside = sentence.text[noun.end : sentence.tokens[place].start] in ("", "了")
    if noun.verb is not None or not beside or noun.text.endswith(sentence.grammar.lists["sum_end"]):
        return False
    return acted(sentence.text, noun.start, noun.end, sentence.grammar)


def compared(sentence: Sentence, place: int, noun: Noun) -> bool:
    """Whether a clause only says by how much something is higher than something else: 比全市平均高|3.1分."""
    text = noun.text.removesuffix("出")
    if not text.endswith(_MORE_OR_LESS) or noun.end != sentence.tokens[place].start:
        return False
    at = place - 1
    while sentence.kind(at) not in "BQ":
        word = sentence.word(sentence.tokens[at])
        if word in ("比", "较") or (sentence.kind(at) in "DT" and word[0] in "比较" and len(word) > 2):
            return True
        at -= 1
    return False


def turned_out(sentence: Sentence, place: int) -> Noun | None:
    """Who turns out so often, before rate and verb: 志愿者|每天出动60人次."""
    verb = sentence.tokens[place - 1] if place else None
    turning_out = sentence.grammar.lists["turning_out"]
    if verb is None or verb.kind not in "VX" or not sentence.word(verb).startswith(turning_out):
        return None
    at, run = nouns_before(sentence, place - 2, "RTDA")
    if not run or sentence.kind(at) not in "BT":
        return None
    noun = make(sentence, run, verb)
    people = noun is not None and noun.text.removesuffix("们").endswith(sentence.grammar.person_ends)
    return noun if people else None
