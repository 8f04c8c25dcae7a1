"""What stands between a noun and its number and is not counted: a remark in brackets, a label's colon."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.sentence.phrase import Sentence
from jiceng.extract.metrics.sentence.tokens import Token

_LONGEST = 60  # characters of a remark
_LABEL = 16  # characters of a label


def behind_remark(sentence: Sentence, at: int) -> int:
    """The token before a remark that ends at token `at`, or `at`: 商铺|（含餐饮、理发等）428家."""
    tokens = sentence.tokens
    if sentence.kind(at) != "B" or at < 1 or sentence.word(tokens[at]) not in ("）", ")"):
        return at
    opened = at - 1
    while opened > 0 and tokens[at].end - tokens[opened].start <= _LONGEST:
        if tokens[opened].kind == "B" and sentence.word(tokens[opened]) in ("（", "("):
            return opened - 1 if sentence.kind(opened - 1) in "XW" else at
        opened -= 1
    return at


def behind_label(sentence: Sentence, at: int, kind: str) -> int:
    """The last token of a label whose colon stands before a number or its rate: 误餐补贴|：每人每天15元."""
    tokens, grammar = sentence.tokens, sentence.grammar
    colon = at
    while sentence.kind(colon) in "TRD" or (sentence.kind(colon) == "X" and sentence.kind(colon - 1) == "R"):
        colon -= 1
    if colon < 1 or sentence.kind(colon) != "B" or sentence.word(tokens[colon]) not in ("：", ":"):
        return at
    first = colon
    while sentence.kind(first - 1) in "XWLC" and tokens[colon].start - tokens[first - 1].start <= _LABEL:
        first -= 1
    opened = first - (sentence.kind(first - 1) == "V" and sentence.kind(first) in "XW")  # 容纳|人数：
    if first == colon or sentence.kind(opened - 1) not in "BTSQ":
        return at
    word = sentence.text[tokens[first].start : tokens[colon - 1].end]
    sized = word.endswith(
        (*grammar.measure_heads, *grammar.sizes, *grammar.money_nouns, *grammar.lists["labelled"])
    )
    plain = (
        colon == at
        and (first == colon - 1 or (first == colon - 2 and sentence.kind(first) == "W"))  # 改造小区：|214个
        and sentence.kind(first - 1) != "Q"
        and kind not in ("money", "share")
    )
    return colon - 1 if sized or plain else at


def behind_bracket(sentence: Sentence, phrase: list[Token], at: int) -> list[Token]:
    """A phrase without the bracket at its front that explains the number before it, at token `at`:
    42个|（庭院）、小格96个."""
    if sentence.kind(at) != "Q" or len(phrase) < 2 or phrase[1].kind not in "LC":
        return phrase
    first = phrase[0]
    remark = sentence.text[first.start] in "（(" and sentence.text[first.end - 1] in "）)"
    return phrase[2:] if remark and len(phrase) > 2 and first.start == sentence.tokens[at].end else phrase


def without_remark(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """A phrase without a short remark in brackets behind it: 教材|（即口袋书）."""
    if not phrase or phrase[-1].kind != "X" or sentence.text[phrase[-1].end - 1] not in "）)":
        return phrase
    last = phrase[-1]
    found = sentence.grammar.rules["metrics.remark"].pattern.search(sentence.text, last.start, last.end)
    if found is None or found.start() - last.start < 2:
        return phrase
    return [*phrase[:-1], replace(last, end=found.start())]
