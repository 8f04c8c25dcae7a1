"""What a sentence says has yet to be done: 将|新建5个驿站, 拟于年底前|完成3处, 各社区要|招募300名."""

from __future__ import annotations

from jiceng.extract.metrics.sentence.phrase import Sentence

_REACH = 240  # tokens before a number that may say so
_BETWEEN = frozenset("DATSP")
_OPEN, _CLOSE = frozenset("（("), frozenset("）)")


def to_come(sentence: Sentence, place: int) -> bool:
    """Whether a word before the number at token `place` says that the deed behind it is still to be done."""
    tokens, closed, same_clause = sentence.tokens, 0, True
    lists = sentence.grammar.lists
    for at in range(place - 1, max(-1, place - 1 - _REACH), -1):
        token = tokens[at]
        if token.kind == "B":
            sign = sentence.text[token.start]
            closed += (sign in _CLOSE) - (sign in _OPEN and closed > 0)
            same_clause = same_clause and sign not in "，；："
        elif not closed and token.kind in "PDVW":
            word = sentence.word(token)
            said = word in lists["to_come"] or (same_clause and _bids(sentence, at, word))
            if said and _leads_to_deed(sentence, at, place):
                return True
    return False


def _bids(sentence: Sentence, at: int, word: str) -> bool:
    """Whether a word at a token bids everybody do something: 各社区要|招募300名; but 一天要|处理400件."""
    if word not in sentence.grammar.lists["to_do"]:
        return False
    if len(word) > 1:
        return True
    before = sentence.kind(at - 1)
    return before in "BS" or (
        before == "X" and sentence.word(sentence.tokens[at - 1]).startswith(("各", "每"))
    )


def _leads_to_deed(sentence: Sentence, at: int, place: int) -> bool:
    """Whether a verb follows token `at`, with when and where between; but 将|治理重心下移到12个网格."""
    tokens, grammar = sentence.tokens, sentence.grammar
    ahead = at + 1
    if sentence.word(tokens[at]) == "将" and sentence.kind(ahead) == "S":
        return False  # 将|全区划分为8个片区
    while sentence.kind(ahead) in _BETWEEN:
        ahead += 1
    if ahead >= place or sentence.kind(ahead) not in "VW":
        return False
    if sentence.word(tokens[at]) == "争取" and sentence.word(tokens[place - 1]).endswith(grammar.money_nouns):
        return False  # 争取|补贴500元, 争取|维修资金300万元
    return sentence.word(tokens[at]) != "将" or _numbers_object(sentence, ahead)


def _numbers_object(sentence: Sentence, verb: int) -> bool:
    """Whether the clause of a verb right behind 将 tells how many are to be made: 将|新建5个驿站; but
    将|征集的300个微心愿上墙公示, 将|治理重心下移到12个网格."""
    counted = False
    for token in sentence.tokens[verb + 1 :]:
        if token.kind == "B" and sentence.text[token.start] in "，；。":
            break
        if token.kind in "FV" or (token.kind == "P" and not counted):
            return False
        counted = counted or token.kind == "Q"
    return counted
