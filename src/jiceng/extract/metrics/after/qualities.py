"""Phrases behind a number that begin with what is said of the counted: 17个需腾退的|院落."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.behind import Answer, Behind, noun_behind
from jiceng.extract.metrics.sentence.phrase import make
from jiceng.words import cut as words
from jiceng.words import words_of_class

_DESCRIPTION = 14  # tokens that may describe the counted


def _qualities(behind: Behind) -> Answer:
    """The noun behind what is said of it: 20名作风过硬、心细手勤的|网格员, 46个建成二十年以上的|老小区."""
    sentence, of = behind.sentence, behind.at
    while sentence.kind(of) in "XWLCAVDPTQ" and of < behind.at + _DESCRIPTION:
        of += 1
    if behind.kind not in ("classifier", "people") or behind.follows() in "LCF" or sentence.kind(of) != "F":
        return None
    mark = next((i for i in range(behind.at, of) if sentence.kind(i) == "L"), of)
    start, end = sentence.tokens[behind.at].start, sentence.tokens[mark].start
    said = words(sentence.text[start:end])
    if sentence.kind(mark + 1) == "Q" or (behind.follows() in "XW" and _counted(behind, start, end, said[0])):
        return None
    had = behind.place > 0 and sentence.word(sentence.tokens[behind.place - 1]).endswith("有")
    if behind.people and behind.follows() == "V" and mark < of and not had:
        return None  # left to what is read where no noun stands before: 遴选35名熟悉民情、责任心强的|网格员
    whole = sentence.text[start : sentence.tokens[of].start]
    joined = whole[0] == "集" and whole.endswith("于一体")
    if joined or (mark < of and _tells(said)) or "".join(said) in words_of_class("i"):
        return noun_behind(behind, of)
    led = behind.follows() == "A" or (behind.follows() == "V" and said[0][0] != "新")
    noun = noun_behind(behind, of) if led else None
    return noun if noun is not None and _fits(behind, noun.text) else None


def _tells(said: tuple[str, ...]) -> bool:
    """Whether the first of several descriptions is one: 政治素质|高, 功能|完善, 带有|厨房, 常年|卧病."""
    verbs, last = words_of_class("v"), said[-1]
    if last in words_of_class("a"):
        return True
    if len(said) == 1:
        return len(last) == 4 and (last[2:] in verbs or last[2:] in words_of_class("a"))
    pair = len(said) == 2 and len(said[0]) == len(last) == 2 and last in verbs
    return pair or said[0] in words_of_class("d") or (len(said[0]) > 1 and said[0] in verbs)


def _counted(behind: Behind, start: int, end: int, word: str) -> bool:
    """Whether the first word of `start:end`, or all, is what is counted: 25个|小区设施老旧、管线乱的问题."""
    lists = behind.grammar.lists
    if behind.people:
        ends = behind.grammar.person_ends
    elif behind.unit in ("个", "家"):
        ends = (*lists["place_kind"], *lists["body"], *lists["party_body"])
    else:
        return False
    return word.endswith(ends) or behind.sentence.text.endswith(ends, start, end)


def _fits(behind: Behind, noun: str) -> bool:
    """Whether a noun is of those that the number's unit counts."""
    if behind.people:
        return noun.endswith(behind.grammar.person_ends)
    lists, unit = behind.grammar.lists, behind.unit or ""
    kinds = ("place_kind", "body", "built_end", "house_end", "matter", "concern")
    ends = [word for kind in kinds for word in lists[kind]]
    return noun.endswith((*ends, *behind.grammar.fitting.get(unit, ()), *behind.grammar.compounds))


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


QUALITIES = (_under_way, _denied, _deed_told, _visited, _deed_after_name, _qualities, _due)
