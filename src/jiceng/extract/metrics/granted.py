"""Sums with what they are for, awards without who gets them, services at the door: stages of a phrase before
its number."""

from __future__ import annotations

from typing import TypeAlias

from jiceng.extract.metrics import steps
from jiceng.extract.metrics.ahead import Ahead
from jiceng.extract.metrics.phrase import Noun, make

Answer: TypeAlias = steps.Answer[Noun]


def paid_out(front: Ahead) -> Answer:
    """A fund with what it is for: 发放|稳岗返还资金."""
    at, sentence = front.at, front.sentence
    if front.kind != "money" or len(front.phrase) != 1 or sentence.kind(at - 1) != "X":
        return None
    done = front.stop == "V" and sentence.kind(at - 2) == "V" and front.word(at) not in front.grammar.bearing
    if not done and (at <= 0 or front.word(at) != "自筹"):
        return None
    if not front.final.startswith(front.grammar.lists["fund"]):
        return None
    return make(sentence, sentence.tokens[at - 1 : front.last], sentence.tokens[at - 2]) or False


def award(front: Ahead) -> Answer:
    """An award without who gets it: 考核优秀的网格|奖励3000元."""
    phrase, grammar = front.phrase, front.grammar
    if front.kind != "money" or len(phrase) != 2 or phrase[1].kind != "W":
        return None
    who = front.sentence.word(phrase[0])
    given = front.final.endswith((*grammar.money_nouns, *grammar.lists["award"]))
    if given and who.endswith((*grammar.person_ends, *grammar.lists["place_kind"], "一次性")):
        front.phrase = phrase[1:]
    return None


def visit(front: Ahead) -> Answer:
    """Services at the door: 累计|上门服务2.3万人次."""
    phrase, sentence = front.phrase, front.sentence
    if len(phrase) != 2 or phrase[1].kind != "W" or front.reach is not None:
        return None
    often = front.word(front.place).endswith("次")
    return make(sentence, phrase) or False if often and sentence.word(phrase[0]) == "上门" else None
