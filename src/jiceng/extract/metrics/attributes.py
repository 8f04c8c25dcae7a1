"""Verbs and manners that describe the noun behind them, where both stand before a number: 正式|党员55名."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.boundaries import parts_of
from jiceng.extract.metrics.phrase import Sentence
from jiceng.extract.metrics.tokens import Token

_RATES = ("率", "度", "量", "额")


def attended(sentence: Sentence, phrase: list[Token], at: int, reach: Token | None) -> list[Token] | None:
    """Those who come or profit, called by what they do: 参加|人员达1200人, 参与|家庭860户; None for others.

    `phrase` stands before a number, token `at` before it; `reach` is the verb between phrase and number.
    """
    lists = sentence.grammar.lists
    if len(phrase) != 1 or sentence.kind(at) != "V" or sentence.word(phrase[0]) not in lists["attendee"]:
        return None
    verb = sentence.word(sentence.tokens[at])
    begins = sentence.kind(at - 1) in "BTDQ" and verb in lists["attendance"]
    whole = sentence.word(phrase[0]) in (*lists["attending_house"], *lists["attending_all"])
    begins = begins and (reach is not None or whole)
    if not begins and not (verb in ("受益", "受惠") and sentence.kind(at - 1) in "BTDQV"):
        return None
    return [replace(sentence.tokens[at], kind="X"), phrase[0]]


def described(sentence: Sentence, phrase: list[Token], at: int) -> tuple[list[Token], int]:
    """A phrase before a number with what describes it, and the place before: 免费|停车位."""
    grammar, tokens = sentence.grammar, sentence.tokens
    rate = sentence.word(phrase[0]).endswith(_RATES[:2]) and phrase[0].end - phrase[0].start <= 4
    if (
        rate
        and sentence.kind(at) == "V"
        and sentence.word(tokens[at]) not in grammar.change | grammar.holding
        and sentence.word(tokens[at]) not in grammar.lists["storing"]
    ):
        return [replace(tokens[at], kind="X"), *phrase], at - 1  # 回访|满意率
    if sentence.kind(at) != "A" or sentence.word(tokens[at]) not in grammar.lists["describing_manner"]:
        return phrase, at
    first = phrase[0]
    sized = sentence.word(phrase[-1]).endswith(_RATES)
    if first.kind == "X":
        named = parts_of(sentence.text, first.start, first.end, grammar)[0].kind == "N"
    else:
        compound = len(phrase) == 2 and phrase[1].kind == "X" and sentence.word(tokens[at]) == "免费"
        named = compound and sentence.word(first) in grammar.attributive  # 免费|充电口
    if not sized and not named:
        return phrase, at  # 免费|发放宣传册
    phrase, at = [replace(tokens[at], kind="X"), *phrase], at - 1
    while sized and sentence.kind(at) in "XW":
        phrase, at = [tokens[at], *phrase], at - 1  # 异地就医|直接结算率
    return phrase, at
