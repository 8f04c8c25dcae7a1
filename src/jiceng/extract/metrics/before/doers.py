"""Who does or gets something, in the phrase before a number."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import AND, Noun, Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token


def given_to(sentence: Sentence, token: Token) -> int | None:
    """Where in a token behind 每个 what each place gets begins: 每个小区设|茶话亭1处; None if nowhere."""
    text, lists = sentence.text, sentence.grammar.lists
    parts = parts_of(text, token.start, token.end, sentence.grammar)
    for before, part in pairwise(parts):
        deed = text[part.start : part.end] in (*lists["short_verb"], *lists["allotting"])
        if deed and token.end - part.end > 1 and text.endswith(lists["actor"], token.start, before.end):
            return part.end
    return None


def handed_to(sentence: Sentence, at: int, who: str) -> bool:
    """Whether those named behind 给 at token `at` get a sum: 每年返给|社区35万元."""
    lists = sentence.grammar.lists
    given = sentence.word(sentence.tokens[at]) == "给" and sentence.kind(at - 1) in "XV"
    return given and who.endswith((*lists["place_kind"], *sentence.grammar.person_ends))


def acting(sentence: Sentence, place: int) -> Noun | None:
    """People of whom it is told how many do or are something: 支部书记|兼任业委会主任的有45人."""
    at = sentence.back(place - 1, "D")
    if sentence.kind(at) != "V" or sentence.kind(at - 1) != "F" or sentence.kind(place + 1) not in "BLC":
        return None
    if sentence.word(sentence.tokens[at]) not in sentence.grammar.lists["there_is_number"]:
        return None
    first = at - 2
    while sentence.kind(first) in "XWVLCA" or _inside(sentence, first) or _aged(sentence, first):
        first -= 1
    run = [replace(t, kind="C") if _and(sentence, t) else t for t in sentence.tokens[first + 1 : at - 1]]
    ends = next((i for i, t in enumerate(run) if t.kind in "VAPQ"), len(run))
    acts = ends < len(run)
    run = run[:ends]
    if not run or not any(t.kind == "X" for t in run):
        return None
    who = _who_acts(sentence, run[-1])
    if who is None:
        who = run[-1].end if acts else run[-1].start
    if not sentence.text.endswith(sentence.grammar.person_ends, run[-1].start, who):
        return None
    return make(sentence, [*run[:-1], replace(run[-1], end=who)], None)


def _aged(sentence: Sentence, at: int) -> bool:
    """Whether an age stands at a token, which tells who is counted: 社区干部中|35岁以下|的只有14人."""
    quantity = sentence.tokens[at].quantity if at > 0 else None
    return quantity is not None and quantity.unit in ("岁", "周岁")


def _inside(sentence: Sentence, at: int) -> bool:
    """Whether 中, 里 or a word for “and” stands at a token: 社区干部|中|持证的有35人."""
    if sentence.kind(at) != "P":
        return False
    token = sentence.tokens[at]
    return sentence.word(token) in ("中", "里") or _and(sentence, token)


def _and(sentence: Sentence, token: Token) -> bool:
    return token.kind == "P" and sentence.word(token) in AND


def _who_acts(sentence: Sentence, token: Token) -> int | None:
    """Where in a token people end and what they do begins: 退役军人|当上网格员; None if nowhere."""
    text, grammar = sentence.text, sentence.grammar
    parts = parts_of(text, token.start, token.end, grammar)
    for index, part in enumerate(parts[1:], 1):
        word = text[part.start : part.end]
        if word not in grammar.lists["describing"] and (part.kind not in "VR" or word in grammar.nouns):
            continue
        for last in parts[max(0, index - 2) : index][::-1]:  # 主管（双向）任职
            if text.endswith(grammar.person_ends, token.start, last.end):
                return last.end
        return None
    return None
