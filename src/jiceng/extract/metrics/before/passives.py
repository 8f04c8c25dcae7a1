"""What something happened to, before a verb and its number: 电梯加装|56部, “幸福门铃”已安装|2300个."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.front import Front
from jiceng.extract.metrics.before.tails import clipped
from jiceng.extract.metrics.sentence.boundaries import deed
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import PHRASE, Noun, Sentence, head, make
from jiceng.extract.metrics.sentence.tokens import Token


def undergone(sentence: Sentence, place: int, kind: str) -> Noun | None:
    """What the verb right before a number happens to: 电梯加装|56部; none if it acts itself."""
    at = place - 1
    while sentence.kind(at) == "D" and sentence.word(sentence.tokens[at]) in ("了", "过"):
        at -= 1
    if sentence.kind(at) != "V" or sentence.kind(at - 1) not in "DXWT" or kind == "people":
        return None
    verb, how = sentence.tokens[at], sentence.grammar.lists["means_of_deed"]
    if (
        kind == "occurrence"
        and sentence.kind(at - 1) == "X"
        and sentence.word(sentence.tokens[at - 1]) in how
    ):
        return make(sentence, [sentence.tokens[at - 1], replace(verb, kind="X")], verb)  # 现场|督导检查8次
    if sentence.word(verb).endswith("成功") and sentence.kind(at - 1) in "XW":
        stem = replace(verb, kind="X", end=verb.end - 2)
        return make(sentence, [sentence.tokens[at - 1], stem], verb)  # 多元调解成功|14件
    if sentence.kind(at - 1) == "T":
        at -= 1
    noun = passive(sentence, at - 1, verb)
    averaged = noun is not None and noun.text.endswith(sentence.grammar.lists["each_average"])
    if kind == "money" and sentence.word(verb) in sentence.grammar.money and not averaged:
        return None
    if noun is None or sentence.kind(place + 1) not in "BDV":
        return None
    held = kind == "occurrence" or sentence.text[sentence.tokens[place].end - 1] in "场次回"
    if noun.text.endswith(sentence.grammar.lists["actor"]) and not (held and noun.text.endswith("会")):
        return None
    average = next((w for w in sentence.grammar.lists["each_average"] if noun.text.endswith(w)), "")
    if average:
        start = noun.end - len(average)
        return Noun(start, verb.end, sentence.text[start : verb.end], verb)  # 法官|人均办案300件
    if _does(sentence, noun):
        return Noun(verb.start, verb.end, sentence.word(verb), verb)
    return None if deed(sentence.text, noun.start, noun.end, sentence.grammar) else noun


def _does(sentence: Sentence, noun: Noun) -> bool:
    """Whether what stands before a verb says who does what by a verb with its object: 群众扫码|上报."""
    who, *rest = parts_of(sentence.text, noun.start, noun.end, sentence.grammar)
    if len(rest) != 2 or rest[0].kind != "V" or rest[-1].end - rest[0].start != 2:
        return False
    return sentence.text.endswith(sentence.grammar.lists["actor"], who.start, who.end)


def became(sentence: Sentence, place: int, kind: str) -> Noun | None:
    """What is divided into, or becomes, so many: 巡防组|细化为|500余个."""
    verb = sentence.tokens[place - 1]
    if verb.kind != "V" or kind != "classifier" or not _ends_there(sentence, place):
        return None
    if verb.end - verb.start < 2 or sentence.word(verb)[-1] not in "为成至":
        return None
    at = place - 2
    while sentence.kind(at) == "V" and sentence.kind(at - 1) in "VXW":
        at -= 1  # 将网格|精简|优化至|320个
    noun = passive(sentence, at, verb)
    told = noun is not None and len(noun.text) > 1 and not noun.text.endswith(sentence.grammar.lists["agent"])
    return noun if told else None


def _ends_there(sentence: Sentence, place: int) -> bool:
    """Whether a clause ends behind a number, or behind the next one that goes on with it: 6大类|21小项."""
    if sentence.kind(place + 1) == "Q" and sentence.kind(place + 2) == "B":
        quantity = sentence.tokens[place].quantity
        return quantity is not None and quantity.unit in sentence.grammar.lists["group_unit"]
    return sentence.kind(place + 1) == "B"


def passive(sentence: Sentence, at: int, verb: Token) -> Noun | None:
    """What stands before a verb that the number follows: “幸福门铃”已|安装|2300个; none if it has no noun."""
    if sentence.kind(at) == "V" or sentence.word(verb).rstrip("了过") in sentence.grammar.lists["going"]:
        return None  # 光是李大爷家就|去了3次
    at = sentence.back(at, "D")
    undergoes = sentence.back(at, "DA")
    if sentence.kind(undergoes) == "P" and sentence.word(sentence.tokens[undergoes]) == "被":
        at = undergoes - 1  # 社区网格|被（重新）|调整为96个
    last = at
    at = sentence.back(at, PHRASE)
    phrase = list(sentence.tokens[at + 1 : last + 1])
    taken = sentence.kind(at) == "P" and sentence.word(sentence.tokens[at]) in ("把", "将")
    placed = sentence.kind(at) == "P" and sentence.word(sentence.tokens[at]) in ("中", "里")
    if placed and phrase and phrase[0].kind == "F":
        phrase = phrase[1:]  # 楼道里的|杂物清走了近百车
    elif not phrase or (sentence.kind(at) not in "BTSQ" and not taken and phrase[0].kind != "F"):
        described = any(t.kind == "F" for t in phrase[1:-1])
        if not described:
            return None  # 问需于民的|“板凳会”开了240场
    noun = make(sentence, head(sentence, phrase), verb)
    return clipped(sentence, noun) if noun is not None else None


def daily(front: Front) -> Noun | None:
    """What is dealt with at such a rate, and does nothing itself: 可回收物|日均收集2.4吨."""
    phrase, at = front.phrase, front.at - 1
    if front.kind != "measure" or front.stop != "R" or front.sentence.kind(at) != "X":
        return None
    if len(phrase) != 1 or phrase[0].kind != "W" or front.final not in front.grammar.verbs:
        return None
    noun = passive(front.sentence, at, phrase[0])
    return None if noun is None or noun.text.endswith(front.grammar.lists["actor"]) else noun


def lacking(sentence: Sentence, place: int) -> Noun | None:
    """A fault told by what is missing: 电线老化未套管|15处, 消防栓损坏无水带|6处."""
    tokens, quantity = sentence.tokens, sentence.tokens[place].quantity
    if place < 3 or quantity is None or quantity.unit not in sentence.grammar.lists["fault_unit"]:
        return None
    thing, missing, what = tokens[place - 3 : place]
    if missing.kind != "P" or sentence.word(missing) not in ("未", "无") or thing.kind != "X":
        return None
    if what.kind not in "XVW" or sentence.kind(place - 4) not in "BLQ":
        return None
    return make(sentence, [thing, replace(missing, kind="X"), replace(what, kind="X")])


def needs_noun(sentence: Sentence, at: int) -> bool:
    """Whether the number at token `at` counts things or people and so has its own noun behind it."""
    quantity = sentence.tokens[at].quantity
    kind = sentence.grammar.kind(quantity.unit) if quantity is not None else "none"
    return kind in ("classifier", "people", "occurrence")
