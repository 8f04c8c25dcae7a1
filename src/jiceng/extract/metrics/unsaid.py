"""A number with no noun beside it: its noun stands farther off, or only its unit says what is counted."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.aims import purpose, relative
from jiceng.extract.metrics.behind import right
from jiceng.extract.metrics.distant import (
    held,
    listed,
    money_noun,
    object_before,
    out_of,
    part,
    topic,
    whole_of,
)
from jiceng.extract.metrics.figures import Reading, people
from jiceng.extract.metrics.nouns import timed
from jiceng.extract.metrics.outcomes import fitting, inside
from jiceng.extract.metrics.phrase import Noun, Sentence, governor, head, make
from jiceng.extract.metrics.tokens import Token
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
_DEEDS = ("次", "人次", "场", "场次", "户次", "期")  # units of what is done itself


def without(
    sentence: Sentence,
    place: int,
    quantity: Quantity,
    kind: str,
    previous: Reading | None,
    last: Token | None,
    known: Reading | None,
) -> Reading | None:
    """A number with no noun beside it: relative clause, money's purpose, shared or elided noun."""
    grammar = sentence.grammar
    follows = sentence.kind(place + 1)
    if follows in "APVDWT" and kind not in ("share", "money", "occurrence"):
        noun = relative(sentence, place)
        if noun is not None:
            return Reading(noun, "metrics.relative")
    final = _last_of_list(sentence, place, quantity)
    if final > place:
        ahead = final + (sentence.kind(final + 1) == "Q")  # 12元、15元、18元|三种套餐
        noun = right(sentence, ahead, people(sentence, ahead))
        if noun is not None:
            return Reading(replace(noun, verb=governor(sentence, place)), "metrics.shared")
    if follows == "Q":
        noun = right(sentence, place + 1, people(sentence, place + 1))
        done = noun is not None and kind == "people" and noun.text in grammar.deeds  # 60户90人|就业
        if noun is not None and not done and kind in ("classifier", "people"):
            return Reading(replace(noun, verb=governor(sentence, place)), "metrics.shared")
    verb = governor(sentence, place)
    ahead = place - 1 - (sentence.kind(place - 1) == "D")
    after = last is not None and last is sentence.tokens[ahead] and kind == "people"
    if after and previous is not None and last is not None and previous.noun.end <= last.start:
        return Reading(previous.noun, "metrics.carried", previous.action)  # 培训拉面师傅3期|150人
    if kind == "people" and quantity.unit in ("户", "人") and sentence.kind(place - 2) == "R":
        alone = itself(sentence, place, quantity, verb)
        if alone is not None and not timed(sentence, place - 2):
            return alone  # 每个村落|30至80户
    if previous is not None and last is not None and listed(sentence, last, place):
        if previous.rest:
            (start, end), *rest = previous.rest
            noun = replace(previous.noun, start=start, end=end, text=sentence.text[start:end])
            return Reading(noun, "metrics.spread", previous.action, rest=tuple(rest))
        told = grammar.kind(previous.unit) == "occurrence" and quantity.unit in ("人次", "户次")
        if grammar.kind(previous.unit) == "people" and quantity.unit == "人":
            told = previous.noun.text.endswith(grammar.person_ends)  # 居民2100户、|6300人
        if previous.rule != "metrics.classifier" and (
            previous.unit == quantity.unit or kind != "people" or told
        ):
            return Reading(previous.noun, "metrics.carried", previous.action)
    if kind == "money":
        noun = purpose(sentence, place)
        if noun is not None:
            return Reading(noun, "metrics.purpose")
    told = known is not None and known.noun.text.endswith(grammar.person_ends) and quantity.unit == "人"
    if told and known is not None and grammar.kind(known.unit) == "people" and known.unit != "户":
        return Reading(known.noun, "metrics.elided", sentence.word(verb) if verb else None)
    done = (
        verb is not None
        and sentence.tokens[place - 1].end == verb.end
        and sentence.word(verb) in grammar.outcomes
    )
    if done and known is not None and known.unit == quantity.unit and quantity.unit in ("户", "家"):
        return Reading(known.noun, "metrics.elided", sentence.word(verb) if verb else None)  # 已竣工|1345户
    if quantity.unit in ("户", "人") and previous is not None and last is not None:
        other = grammar.kind(previous.unit) == "classifier" and listed(sentence, last, place)
        if other:
            return itself(sentence, place, quantity, verb)  # 116幢房屋、|2564户
    if (
        verb is not None
        and known is not None
        and known.unit == quantity.unit
        and quantity.unit in ("人次", "户次")
        and sentence.word(verb) in grammar.bearing
        and known.noun.end < verb.start
    ):
        return Reading(replace(known.noun, verb=verb), "metrics.elided")  # 最多的一天达到|150人次
    if (
        verb is not None
        and known is not None
        and known.unit == quantity.unit
        and kind in ("people", "classifier")
        and (verb.end == quantity.start or sentence.text[quantity.start - 1] in "为至到")
        and sentence.word(verb).rstrip("到至为") in grammar.lists["adjusting"]
    ):
        return Reading(replace(known.noun, verb=verb), "metrics.elided")  # 老城区调整为|120户
    done_to = (
        verb
        if verb is not None and sentence.tokens[place - 1].end == verb.end
        else (sentence.tokens[place - 1] if place and sentence.kind(place - 1) == "W" else None)
    )
    persons = quantity.unit in ("人次", "户次") and done_to is not None
    told = previous is not None and done_to is not None and sentence.word(done_to) in previous.noun.text
    if persons and not told and done_to and sentence.word(done_to) in grammar.lists["counted_deed"]:
        return Reading(Noun(done_to.start, done_to.end, sentence.word(done_to), done_to), "metrics.deed")
    served = _served(sentence, place) if kind == "people" else None
    if served is not None:
        return Reading(served, "metrics.distant")
    if kind == "people" and quantity.unit in _BORROWED and not part(sentence, place):
        at = sentence.text.rfind(_BORROWED[quantity.unit], quantity.unit_start, quantity.unit_end)
        if at >= 0 and verb is not None:
            word = _BORROWED[quantity.unit]
            return Reading(Noun(at, at + len(word), word, verb), "metrics.classifier")
        if at >= 0 and follows in "AQVPD":
            word = _BORROWED[quantity.unit]
            return Reading(Noun(at, at + len(word), word, verb), "metrics.classifier")
    if kind == "people" and previous is None and follows == "B" and quantity.unit in _BORROWED and place:
        whole = sentence.kind(place - 1) == "S" or sentence.text[quantity.start - 1] in "着了"
        at = sentence.text.rfind(_BORROWED[quantity.unit], quantity.unit_start, quantity.unit_end)
        if whole and at >= 0:
            word = _BORROWED[quantity.unit]
            return Reading(Noun(at, at + len(word), word, verb), "metrics.classifier")
    near = verb is not None and sentence.tokens[place - 1].end == verb.end
    if near and verb is not None and sentence.word(verb) in grammar.lists["deed_noun"]:
        return Reading(Noun(verb.start, verb.end, sentence.word(verb), verb), "metrics.deed")
    raised = (
        verb is not None and near and sentence.word(verb) in grammar.change and kind in ("money", "share")
    )
    changed_before = object_before(sentence, place) if raised and sentence.kind(place - 2) == "R" else None
    if changed_before is not None and (last is None or changed_before.start > last.start):
        return Reading(replace(changed_before, verb=verb), "metrics.change")  # 提高待遇，每人每月增加|300元
    source = out_of(sentence, place) if kind != "share" else None
    if source is not None:
        return Reading(source, "metrics.distant")
    if (
        sentence.kind(place - 2) == "B"
        and sentence.word(sentence.tokens[place - 1]) in grammar.lists["total"]
    ):
        noun = (
            object_before(sentence, place) or topic(sentence, place, people=True)
            if previous is None
            else None
        )
        if noun is not None:
            return Reading(noun, "metrics.distant")
    if verb is not None and near and kind == "occurrence" and sentence.word(verb) in grammar.holding:
        noun = held(sentence, place, verb)
        if noun is not None:
            return Reading(noun, "metrics.distant")
    twice = (
        sentence.kind(place - 1) == sentence.kind(place - 2) == "V"
        and verb is not None
        and sentence.word(verb) not in (grammar.change | grammar.bearing)
    )
    if (
        verb is not None
        and near
        and known is not None
        and known.unit == quantity.unit
        and quantity.unit not in _DEEDS
        and quantity.unit != "个"  # too general to tell that the same is counted
        and kind in ("classifier", "occurrence")
        and known.rule != "metrics.deed"
    ):
        return Reading(whole_of(sentence, known.noun, kind), "metrics.elided", sentence.word(verb))
    if verb is not None and near and (kind == "occurrence" or twice):
        word = sentence.word(verb).rstrip("了过")
        return Reading(Noun(verb.start, verb.start + len(word), word, verb), "metrics.deed")
    if kind == "money" and near and verb is not None and sentence.word(verb) not in grammar.bearing:
        noun = money_noun(sentence, place, verb, nearest=True)
        if noun is not None:
            return Reading(noun, "metrics.money")
    counted = kind in ("classifier", "people", "occurrence")
    if quantity.unit == "人" and previous is not None and previous.noun.text.endswith(("户", "户数")):
        return itself(sentence, place, quantity, verb)  # 总户数1.2万户、|3.4万人
    if counted and kind != "people" and (known is None or known.unit != quantity.unit):
        if near and verb is not None and inside(sentence.word(verb), quantity.unit, grammar):
            return Reading(Noun(verb.start, verb.end, sentence.word(verb), verb), "metrics.deed")
        noun = fitting(sentence, place)
        if noun is not None:
            return Reading(noun, "metrics.distant")
    other = known is not None and grammar.kind(known.unit) == "classifier" and known.unit != quantity.unit
    if other and quantity.unit in ("户", "人") and (verb is not None or _left_over(sentence, place)):
        return itself(sentence, place, quantity, verb)  # 划了41个车位，还剩下|4户
    if known is not None and not (counted and known.noun.text.endswith(("率", "度"))):
        return Reading(whole_of(sentence, known.noun, kind), "metrics.elided")
    if kind == "classifier" and near:
        noun = object_before(sentence, place)
        if noun is not None:
            return Reading(noun, "metrics.distant")
    if kind in ("classifier", "occurrence") and near:
        noun = topic(sentence, place)
        if noun is not None:
            return Reading(noun, "metrics.distant")
    if kind == "money":
        noun = money_noun(sentence, place, verb)
        if noun is not None:
            return Reading(noun, "metrics.money")
    if kind in ("share", "none", "measure"):
        noun = _sized_topic(sentence, place) or (_bare_topic(sentence, place) if kind == "measure" else None)
        if noun is not None:
            return Reading(noun, "metrics.distant")
    return itself(sentence, place, quantity, verb)


def _last_of_list(sentence: Sentence, place: int, quantity: Quantity) -> int:
    """The last of several numbers in a row that have one unit: 分别奖励|3000元、2000元、1000元."""
    at = place
    while sentence.kind(at + 1) in "LC" and sentence.kind(at + 2) == "Q":
        other = sentence.tokens[at + 2].quantity
        if other is None or other.unit != quantity.unit:
            break
        at += 2
    return at


def _served(sentence: Sentence, place: int) -> Noun | None:
    """The people for whom something was done so often: 为65岁以上老人|免费体检4.4万人次."""
    at = place - 1
    while sentence.kind(at) in "AVWDT":
        at -= 1
    last = at
    while sentence.kind(at) in "XFWLC":
        at -= 1
    if at == last or last == place - 1 or sentence.kind(at) != "P":
        return None
    if sentence.word(sentence.tokens[at]) not in ("为", "给", "替", "向", "对", "帮"):
        return None
    noun = make(sentence, head(sentence, list(sentence.tokens[at + 1 : last + 1])))
    people = noun is not None and noun.text.endswith(sentence.grammar.person_ends)
    return noun if people else None


def _left_over(sentence: Sentence, place: int) -> bool:
    """Whether a number is what remains: 还剩下|4户."""
    return sentence.kind(place - 1) == "D" and sentence.word(sentence.tokens[place - 1]) in (
        "剩下",
        "余下",
        "剩余",
    )


def _bare_topic(sentence: Sentence, place: int) -> Noun | None:
    """The thing whose size a clause is all about: 议事亭很小，不到|20平方米，…"""
    alone = sentence.kind(place + 1) == "B"
    alone = alone and (sentence.kind(place - 1) == "B" or sentence.kind(place - 2) == "B")
    return topic(sentence, place, people=True) if alone else None


def _sized_topic(sentence: Sentence, place: int) -> Noun | None:
    """The size that the sentence began with: 物业费收缴率一路走高，2020年只有|52%."""
    noun = topic(sentence, place, people=True)
    if noun is None:
        return None
    heads = sentence.grammar.measure_heads
    ends = [noun.text.find(h) + len(h) for h in heads if noun.text.find(h) > 0]
    if not ends:
        return None
    size = min(ends)
    return Noun(noun.start, noun.start + size, noun.text[:size])


def itself(sentence: Sentence, place: int, quantity: Quantity, verb: Token | None) -> Reading | None:
    """Where no noun is said at all, the unit's own word is counted: 联盟出资|25万元, 剩下的|16户."""
    kind = sentence.grammar.kind(quantity.unit)
    word = sentence.text[quantity.unit_start : quantity.unit_end]
    named = (
        kind == "money" or quantity.unit in _BORROWED or quantity.unit in sentence.grammar.lists["own_noun"]
    )
    if not named or not word or (quantity.chinese and quantity.value <= 10):
        return None
    at = quantity.unit_end - 1 if kind == "people" else quantity.unit_start
    if quantity.unit in ("名", "位"):
        noun = topic(sentence, place, people=True)
        return Reading(noun, "metrics.distant") if noun is not None else None
    return Reading(
        Noun(at, quantity.unit_end, sentence.text[at : quantity.unit_end], verb), "metrics.classifier"
    )
