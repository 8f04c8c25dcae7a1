"""The noun that was counted before, where a number has none of its own, or only its unit's own word."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.carried import measured_again
from jiceng.extract.metrics.farther.distant import divided, listed, topic, whole_of
from jiceng.extract.metrics.going_on import same_unit
from jiceng.extract.metrics.number import Answer, Number, Reading, Sides, found
from jiceng.extract.metrics.sentence.phrase import Noun
from jiceng.extract.metrics.sentence.predicates import unsaid

_SENTENCE = 400  # characters of the sentence before that are looked at
BORROWED = {
    "名": "人",
    "位": "人",
    "人": "人",
    "户": "户",
    "人次": "人次",
    "户次": "户次",
    "口人": "人",
    "号人": "人",
}


def same_people(number: Number) -> Answer:
    """People of whom others were counted."""
    known = number.known
    if known is None or number.quantity.unit != "人" or known.unit == "户":
        return None
    grammar = number.grammar
    if grammar.kind(known.unit) != "people" or not known.noun.text.endswith(grammar.person_ends):
        return None
    return Reading(known.noun, "metrics.elided", number.deed)


def same_households(number: Number) -> Answer:
    """How many households or firms it has come to: 已竣工|1345户."""
    known = number.goes_on
    if known is None or number.near is None or number.quantity.unit not in ("户", "家"):
        return None
    if number.deed not in number.grammar.outcomes:
        return None
    return Reading(known.noun, "metrics.elided", number.deed)


def registered(number: Number) -> Answer:
    """How a register has changed: 低保户440户，新增|82户、取消66户."""
    known = number.known
    if known is None or number.quantity.unit not in ("户", "名", "人") or number.near is None:
        return None
    if number.deed not in number.grammar.lists["registering"] or known.noun.text in BORROWED.values():
        return None
    listed_again = known.unit in ("户", "名", "人") and known.rule != "metrics.classifier"
    return Reading(known.noun, "metrics.elided", number.deed) if listed_again else None


def beside_houses(number: Number) -> Answer:
    """Households listed with what is no household: 116幢房屋、|2564户."""
    previous, last = number.previous, number.last
    if previous is None or last is None or not number.names_them:
        return None
    if number.grammar.kind(previous.unit) != "classifier":
        return None
    beside = number.sentence.kind(number.place - 1) == "L" or listed(number.sentence, last, number.place)
    return itself(number) or False if beside else None


def adjusted(number: Number) -> Answer:
    """How many it is made elsewhere: 老城区调整为|120户."""
    known, verb, start = number.goes_on, number.verb, number.quantity.start
    if known is None or verb is None or number.kind not in ("people", "classifier"):
        return None
    if verb.end != start and number.sentence.text[start - 1] not in "为至到":
        return None
    if number.sentence.word(verb).rstrip("到至为") not in number.grammar.lists["adjusting"]:
        return None
    return Reading(replace(known.noun, verb=verb), "metrics.elided")


def same_thing(number: Number) -> Answer:
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


def people_of_households(number: Number) -> Answer:
    """The people of counted households: 总户数1.2万户、|3.4万人."""
    previous = number.previous
    if previous is None or number.quantity.unit != "人":
        return None
    if previous.unit == "户" and previous.noun.text.endswith(number.grammar.lists["kind_of_household"]):
        return Reading(previous.noun, "metrics.elided")  # 低保户320户，|470人
    if not previous.noun.text.endswith(("户", "户数")):
        return None
    return itself(number) or False


def left_over(number: Number) -> Answer:
    """Households where things were counted before: 划了41个车位，还剩下|4户."""
    known = number.known
    if known is None or not number.names_them or known.unit == number.quantity.unit:
        return None
    if number.grammar.kind(known.unit) not in ("classifier", "occurrence"):
        return None
    opens = number.quantity.unit == "户" and number.sentence.kind(number.place - 1) == "B"
    acts = opens and number.follows in "XW"
    told = number.verb is not None or _remains(number) or acts  # 开了9场板凳会，|76户签字同意
    return itself(number) or False if told else None


def known(number: Number) -> Answer:
    """Whatever was counted before; but a rate is not counted."""
    known = number.known
    if known is None or (_counted(number) and known.noun.text.endswith(("率", "度"))):
        return None
    averaged = number.sentence.text.endswith("场均", 0, number.quantity.start)
    if _in_house(number, known) or (averaged and number.kind == "people" != number.grammar.kind(known.unit)):
        return itself(number) or False  # 讲座426场，场均|28人
    near = number.near
    if near is not None and number.deed in number.grammar.outcomes and _other_case(number, known):
        return Reading(Noun(near.start, near.end, number.deed or "", near), "metrics.deed")
    whole = whole_of(number.sentence, known.noun, number.kind)
    return Reading(whole, "metrics.elided")


def _other_case(number: Number, known: Reading) -> bool:
    """Whether cases are told of behind what is none: 集成服务67项，网上办结|3.4万件."""
    unit, lists = number.quantity.unit, number.grammar.lists
    cases = unit in ("件", "起", "宗") and known.unit in ("项", "个", "类", "处", "条", "家", "名", "人")
    return cases and not known.noun.text.endswith(
        (*lists["matter"], *number.grammar.fitting.get(unit or "", ()))
    )


def _in_house(number: Number, known: Reading) -> bool:
    """Whether people follow rooms or houses, which they are not: 隔成96个房间，租住近|200人."""
    if not number.names_them or number.grammar.kind(known.unit) != "classifier":
        return False
    return known.noun.text.endswith(number.grammar.lists["dwelling"])


def rest(number: Number) -> Answer:
    """Those who are left of the households or people counted before: 其余|39户没有党员的."""
    known = number.goes_on
    if known is None or number.quantity.unit not in ("户", "人", "名") or known.rule == "metrics.classifier":
        return None
    return Reading(known.noun, "metrics.elided") if _remains(number) else None


def _counted(number: Number) -> bool:
    return number.kind in ("classifier", "people", "occurrence")


def _remains(number: Number) -> bool:
    """Whether a number is what remains: 还剩下|4户."""
    sentence, before = number.sentence, number.place - 1
    return (
        sentence.kind(before) in "DP"
        and sentence.word(sentence.tokens[before]) in number.grammar.lists["left_over"]
    )


def itself(number: Number) -> Reading | None:
    """Where no noun is said at all, the unit's own word is counted: 联盟出资|25万元, 剩下的|16户."""
    sentence, quantity = number.sentence, number.quantity
    word = sentence.text[quantity.unit_start : quantity.unit_end]
    own = quantity.unit in BORROWED or quantity.unit in number.grammar.lists["own_noun"]
    kind = number.grammar.kind(quantity.unit)
    if not (own or kind == "money") or not word or (quantity.chinese and quantity.value <= 10):
        return None
    alone = kind == "people" and quantity.unit not in ("人次", "户次")
    at = quantity.unit_end - 1 if alone else quantity.unit_start
    if quantity.unit in ("名", "位"):
        noun = topic(sentence, number.place, people=True)
        return Reading(noun, "metrics.distant") if noun is not None else None
    text = sentence.text[at : quantity.unit_end]
    return Reading(Noun(at, quantity.unit_end, text, number.verb), "metrics.classifier")


def share_of_places(sides: Sides) -> Answer:
    """The same share in other places: 东湖、西岭等镇达|100%."""
    number, before, previous = sides.number, sides.before, sides.number.previous
    if number.kind != "share" or before is None or previous is None:
        return None
    if before.text not in number.grammar.lists["other_places"]:
        return None
    return (
        Reading(previous.noun, "metrics.elided") if number.sentence.text[before.start - 1] == "等" else None
    )


def dimension(sides: Sides) -> Answer:
    """A second measure of what was measured before: 步道全长2.6公里、宽|3.5米."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if before is None or previous is None or number.kind != "measure":
        return None
    return found(measured_again(before, previous, number.grammar), "metrics.elided")


def fitted(sides: Sides) -> Answer:
    """The noun before, where the classifier fits it alone: 早餐车22辆|入市经营."""
    number, before, behind = sides.number, sides.before, sides.behind
    if before is None or behind is None or number.follows not in "XW":
        return None
    fits = number.grammar.fitting.get(number.quantity.unit or "", ())
    beside = bool(fits) and before.end == number.quantity.start and before.text.endswith(fits)
    alone = beside and not any(noun in behind.text for noun in fits)
    return Reading(before, "metrics.before") if alone else None


def ground(sides: Sides) -> Answer:
    """What takes so much ground: 邻里驿站位于小区北门，占地|约240平方米."""
    number, before = sides.number, sides.only
    here = number.grammar.lists["here"]
    if before is None or before.text not in ("占地", *here):
        return None
    pointed = number.sentence.text.startswith(here, number.sentence.tokens[0].start)
    whole = _told_of(number) or (None if pointed else topic(number.sentence, number.place, people=True))
    if whole is None or whole.end >= before.start:
        return None
    return Reading(whole, "metrics.distant")


def _told_of(number: Number) -> Noun | None:
    """The place that the sentence before begins with, where this one tells where it lies: 位于…，占地|3亩."""
    text, start = number.sentence.text, number.sentence.tokens[0].start
    if not text.startswith((*number.grammar.lists["lying"], *number.grammar.lists["here"]), start):
        return None
    if start < 2:
        return None  # no sentence before this one
    floor = max(0, start - _SENTENCE)
    before = max(floor - 1, *(text.rfind(mark, floor, start - 1) for mark in "。！？\n")) + 1
    named = number.grammar.rules["metrics.sentence-subject"].pattern.match(text, before, start)
    return None if named is None else Noun(before, named.end(), named[0])


def how_many(sides: Sides) -> Answer:
    """What there are so many of: 驿站遍地开花，数量已达|149个."""
    number, before = sides.number, sides.only
    if before is None or before.text not in number.grammar.lists["bare_size"]:
        return None
    if number.sentence.text[before.start - 1] == "等":
        return None  # 组建“银发”“巾帼”等|队伍26支
    whole = topic(number.sentence, number.place, people=True)
    if whole is None or whole.start >= before.start:
        return None
    return Reading(whole, "metrics.distant")


def kinds(sides: Sides) -> Answer:
    """The kinds into which something is divided."""
    number = sides.number
    if sides.behind is not None:
        return None
    return found(divided(number.sentence, number.place, number.quantity), "metrics.distant")


def at_fault(sides: Sides) -> Answer:
    """Those of the ones just counted of which something is wrong: 抽查的60个网格中，7个|底册更新不及时."""
    number, previous = sides.number, sides.number.previous
    if previous is None or sides.behind is None or previous.unit != number.quantity.unit:
        return None
    sentence, at = number.sentence, number.place + 1
    if number.kind != "classifier" or not sentence.text.startswith(("中", "里"), previous.noun.end):
        return None
    at = sentence.clause_end(at, "BLQ")
    said = sentence.text[sides.behind.end : sentence.tokens[at].start] if at < len(sentence.tokens) else ""
    denied = "的" not in said and any(word in said for word in number.grammar.lists["denial"])
    return Reading(previous.noun, "metrics.elided") if denied else None


def of_an_age(sides: Sides) -> Answer:
    """The share of those counted before that are so old: 老旧小区406个，2000年以前建成的占|七成."""
    number, before, previous = sides.number, sides.only, sides.number.previous
    if before is None or previous is None or number.kind != "share":
        return None
    dated = before.text.startswith(number.grammar.lists["ago"])
    dated = dated and any(t.kind == "T" and t.end == before.start for t in number.sentence.tokens)
    return Reading(previous.noun, "metrics.elided") if dated else None


def share_done(sides: Sides) -> Answer:
    """The share of those just counted with which something was done: 问题930个，其中当场|解决的占81%."""
    number, before, previous = sides.number, sides.before, sides.number.previous
    sentence, at = number.sentence, number.place - 1
    if number.kind != "share" or before is None or previous is None or sentence.kind(at - 1) != "F":
        return None
    if sentence.kind(at) != "V" or sentence.kind(at - 2) not in "VW" or len(before.text) > 4:
        return None
    counted = number.known if previous.noun.start == before.start else previous
    done = counted is not None and unsaid(sentence, before)
    return Reading(counted.noun, "metrics.elided") if counted is not None and done else None


def on_average(sides: Sides) -> Answer:
    """More of what was counted before, by place: 选聘调解员340名，平均每个议事点|5.4名."""
    number, before, known = sides.number, sides.only, sides.number.known
    if before is None or known is None or number.kind not in ("people", "classifier"):
        return None
    lists, sentence = number.grammar.lists, number.sentence
    place = (*lists["place_kind"], *lists["place_end"], *lists["point_of_service"])
    if not same_unit(known, number.quantity) or not before.text.endswith(place):
        return None
    each = next((t for t in sentence.tokens[: number.place] if t.kind == "R" and t.end == before.start), None)
    if each is None or not sentence.text.endswith(lists["average"], 0, each.start):
        return None
    return Reading(known.noun, "metrics.elided")
