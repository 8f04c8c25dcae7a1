"""Why a question is not understood, in words that tell what to ask instead."""

from __future__ import annotations

from jiceng import words
from jiceng.ask.grammar import Grammar
from jiceng.ask.reading import UNKNOWN, readings
from jiceng.ask.terms import Terms, gazetteer
from jiceng.ask.understand import LONGEST, normal


def reason(question: str, terms: Terms, grammar: Grammar) -> str:
    """What a question holds that can't be answered: a place without reports, a word that nothing explains."""
    text = normal(question, grammar)
    if not text:
        return "没有写问题"
    if len(text) > LONGEST:
        return f"这个问题没有听懂：超过{LONGEST}个字，请问得短一些"
    strange = _strange(text, terms, grammar)
    for mention in gazetteer().find(text):
        if any(strange[mention.start : mention.end]):
            return f"图谱里没有{text[mention.start : mention.end]}的报道"
    if unknown := _unknown(text, strange):
        quoted = "".join(f"“{word}”" for word in unknown)
        return f"这个问题没有听懂：图谱和词表里没有{quoted}"
    if refused := grammar.refused.search(text):
        return f"这个问题没有听懂：图谱只记报道里写明的事实，不回答“{refused[0]}”"
    return "这个问题没有听懂：词都认得，合起来问什么没有听懂"


def _strange(text: str, terms: Terms, grammar: Grammar) -> list[bool]:
    """For each character whether nothing explains it in the simplest reading."""
    strange: list[bool] = []
    for piece in readings(text, terms, grammar)[0].pieces:
        for character in piece.text:
            while text[len(strange)] != character:  # terms leave out the commas of lists
                strange.append(False)
            strange.append(piece.role == UNKNOWN)
    return strange + [False] * (len(text) - len(strange))


def _unknown(text: str, strange: list[bool]) -> tuple[str, ...]:
    """The words that begin with what nothing explains; side by side they are one."""
    found: list[str] = []
    at, joined = 0, False
    while at < len(text):
        word = words.cut(text[at:])[0] if strange[at] else text[at]
        if strange[at] and joined:
            found[-1] += word
        elif strange[at]:
            found.append(word)
        at, joined = at + len(word), strange[at]
    return tuple(found)
