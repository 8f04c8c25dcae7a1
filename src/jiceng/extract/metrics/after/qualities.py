"""Phrases behind a number that begin with what is said of the counted: 17个需腾退的|院落."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.behind import Answer, Behind, noun_behind
from jiceng.extract.metrics.sentence.phrase import make
from jiceng.words import cut as words
from jiceng.words import words_of_class


def _able(behind: Behind) -> Answer:
    """The noun behind what can be done with it: 16类|可入格事项."""
    if behind.kind != "classifier" or behind.word() != "可" or behind.follows(1) not in "VW":
        return None
    if behind.follows(2) != "X" or behind.follows(3) != "B":
        return None
    if not behind.word(2).endswith(behind.grammar.lists["able_thing"]):
        return None
    return make(behind.sentence, behind.sentence.tokens[behind.at : behind.at + 3], behind.verb)


def _qualities(behind: Behind) -> Answer:
    """The noun behind several things that are said of it: 20名作风过硬、心细手勤的|网格员."""
    sentence, at = behind.sentence, behind.at
    parted = next((i for i in (1, 2) if behind.follows(i) == "L"), 0)
    if not behind.people or behind.follows() != "X" or not parted:
        return None
    while sentence.kind(at) in "XWLCAVD" and at < behind.at + 12:
        at += 1
    first, mark = sentence.tokens[behind.at], sentence.tokens[behind.at + parted]
    said = words(sentence.text[first.start : mark.start])[-1]
    return noun_behind(behind, at) if said in words_of_class("a") else None


def _due(behind: Behind) -> Answer:
    """The noun behind what it is yet to come to: 17个需腾退的|院落."""
    sentence, at = behind.sentence, behind.at
    if behind.word() not in behind.grammar.lists["due"] or behind.follows(1) not in "VW":
        return None
    at += 2
    at = sentence.on(at, "XWV")
    return noun_behind(behind, at)


def _denied(behind: Behind) -> Answer:
    """The noun behind what it is not: 6个门禁|不完整的|院落."""
    if behind.follows() != "X" or behind.word(1) not in ("不", "未") or behind.follows(2) not in "XVW":
        return None
    if behind.kind not in ("classifier", "people") or behind.follows(3) != "F":
        return None
    return noun_behind(behind, behind.at + 3)


def _deed_told(behind: Behind) -> Answer:
    """What was done so often, where nothing else stands beside the number: 7轮|深度协商."""
    sentence, at = behind.sentence, behind.at
    if behind.unit not in behind.grammar.lists["held_unit"] or behind.follows() != "A":
        return None
    if behind.follows(1) not in "VW" or behind.follows(2) != "B":
        return None
    return make(sentence, sentence.tokens[at : at + 2], behind.verb)


def _visited(behind: Behind) -> Answer:
    """What groups of visitors come for: 引来18批|参观."""
    if behind.unit not in behind.grammar.lists["visit_unit"] or behind.follows() != "V":
        return None
    if behind.follows(1) not in "BLC" or behind.verb is None:
        return None
    return make(behind.sentence, [replace(behind.sentence.tokens[behind.at], kind="X")], behind.verb)


def _deed_after_name(behind: Behind) -> Answer:
    """What was done so often, behind the name of where: “板凳会”七次|恳谈."""
    sentence, before = behind.sentence, behind.sentence.tokens[behind.place - 1] if behind.place else None
    if behind.unit not in behind.grammar.lists["held_unit"] or before is None or behind.follows(1) != "B":
        return None
    word = behind.word()
    named = sentence.text[before.end - 1] == "”" and before.end == sentence.tokens[behind.place].start
    deed = len(word) == 2 and (word in words_of_class("v") or word in words_of_class("vn"))
    if not named or not deed:
        return None
    return make(sentence, [replace(sentence.tokens[behind.at], kind="X")], behind.verb)


def _under_way(behind: Behind) -> Answer:
    """The noun behind the work that it is in: 30家待修缮和修缮中的|院落."""
    sentence, of = behind.sentence, behind.at
    of = sentence.on(of, "XWLC")
    worked = any(t.kind == "W" for t in sentence.tokens[behind.at : of])
    if not worked or sentence.kind(of) != "P" or sentence.word(sentence.tokens[of]) != "中":
        return None
    return noun_behind(behind, of + 1)


QUALITIES = (_under_way, _denied, _deed_told, _visited, _deed_after_name, _able, _qualities, _due)
