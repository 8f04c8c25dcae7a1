"""What became of something counted before, and where its noun is found when no number in front has it."""

from __future__ import annotations

import re

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence
from jiceng.words import is_word

_REACH = 80  # characters in front of a number in which its noun is looked for
_NUMBERING = re.compile(r"[\d一二三四五六七八九十.．、（）() 　]+")


def dealt(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` is an outcome, with the body or channel that brought it about or without.

    镇综治中心直接办理 and 多媒体平台受理 are. Only for units of cases: 社区改造|12个 counts 社区改造.
    """
    if outcome(text, start, end, grammar):
        return True
    ends = (*grammar.lists["agency_end"], *grammar.lists["body"], *grammar.lists["channel"], "员", "方", "体")
    return any(
        text.endswith(ends, start, at) and outcome(text, at, end, grammar)
        for at in range(max(start + 2, end - 8), min(end - 1, start + 16))
    )


def is_case(unit: str | None, grammar: Grammar) -> bool:
    """Whether a unit counts cases and deeds, which are received, handed on and closed."""
    return unit in grammar.lists["case_unit"]


def outcome(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` only says what was done with something or what became of it.

    按期办结, 自行处理 and 流转职能部门 do: the number behind them counts on.
    """
    if not 2 <= end - start <= 12:
        return False
    for verb in grammar.lists["handing_on"]:
        if not text.startswith(verb, start):
            continue
        rest = text[start + len(verb) : end]
        if 1 < len(rest) <= 8 and rest.endswith((*grammar.lists["agency_end"], *grammar.lists["body"])):
            return True
    at, told = start, False
    while at < end and text[at] in "0123456789":
        at += 1  # 12345热线|直接办结
    while at < end:
        size = _longest(text, at, end, grammar.outcomes)
        told = size > 0
        size = size or _longest(text, at, end - 1, grammar.by_means)
        if not size:
            return False
        at += size
    return told


def _longest(text: str, at: int, end: int, words: frozenset[str]) -> int:
    """Length of the longest of `words` at `at`, 0 if none is there."""
    return next((n for n in range(min(6, end - at), 0, -1) if text[at : at + n] in words), 0)


def fitting(sentence: Sentence, place: int) -> Noun | None:
    """The last noun in front of a number that its unit counts: 推进电梯加装工作，已完工|16部."""
    token = sentence.tokens[place]
    quantity = token.quantity
    nouns = sentence.grammar.fitting.get(quantity.unit or "") if quantity is not None else None
    if not nouns:
        return None
    text, start = sentence.text, max(sentence.tokens[0].start, token.start - _REACH)
    best: tuple[int, int] | None = None
    for noun in nouns:
        at = text.rfind(noun, start, token.start)
        while at >= 0 and len(noun) == 1 and at + 2 <= token.start and is_word(text[at : at + 2]):
            at = text.rfind(noun, start, at)  # 车|间
        if at >= 0 and (best is None or (at + len(noun), len(noun)) > (best[1], best[1] - best[0])):
            best = at, at + len(noun)
    if best is None:
        return None
    first, last = best
    for before in sentence.tokens:
        if before.kind == "X" and before.start < first < before.end and first - before.start <= 2:
            first = before.start  # 群众|诉求
    return Noun(first, last, text[first:last])


def inside(verb: str, unit: str | None, grammar: Grammar) -> bool:
    """Whether a verb of two characters holds the noun that `unit` counts: 改厕|4300座, 植树|2万棵."""
    return len(verb) == 2 and any(
        noun.startswith(verb[1]) or noun == verb[1] for noun in grammar.fitting.get(unit or "", ())
    )


def holds_cases(noun: Noun, unit: str | None, grammar: Grammar) -> bool:
    """Whether a phrase before a number names a body that has so many cases or deeds: 住建局|99件."""
    return (
        (unit in grammar.lists["case_unit"] or unit in grammar.lists["deed_unit"])
        and 2 < len(noun.text) <= 12
        and noun.text.endswith(grammar.lists["agency_end"])
        and not noun.text.startswith(grammar.lists["kind_start"])
    )


def announced(sentence: Sentence, place: int) -> Noun | None:
    """What a list of holders is about, named before its colon: 各街道受理情况：柳岸街道|148件."""
    tokens, text = sentence.tokens, sentence.text
    at = place - 1
    while at >= 0 and (
        tokens[at].kind in "XWQLT" or (tokens[at].kind == "B" and sentence.word(tokens[at]) in "，；")
    ):
        at -= 1
    if at < 1 or sentence.word(tokens[at]) != "：":
        return None
    end = tokens[at].start
    begin = max(text.rfind(mark, tokens[0].start, end) + 1 for mark in "，。；")
    begin = max(begin, tokens[0].start)
    rules = sentence.grammar.rules
    if number := _NUMBERING.match(text, begin, end):
        begin = number.end()
    if whose := rules["metrics.each-place"].pattern.match(text, begin, end):
        begin = whose.end()
    if ranked := rules["metrics.listed-by"].pattern.search(text, begin, end):
        end = ranked.start()
    said = text[begin:end].rstrip("的")
    return Noun(begin, begin + len(said), said) if 2 <= len(said) <= 12 else None


def bracket(noun: Noun, grammar: Grammar) -> bool:
    """Whether a phrase before a number only bounds who is counted: 其中80周岁以上|1.9万人."""
    return noun.text.endswith(grammar.lists["bracket_end"]) and any(c.isdigit() for c in noun.text)
