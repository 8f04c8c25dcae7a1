"""Words that turn a noun round and belong to it: 清理|不合理收费, 废止|未备案文件."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.sentence.phrase import Sentence

_NOT = ("不", "未", "无", "非")


def with_negations(sentence: Sentence) -> Sentence:
    """The sentence with 不 or 未 behind a verb made part of the noun that follows."""
    tokens = list(sentence.tokens)
    for place in range(len(tokens) - 2, 0, -1):
        token, ahead, behind = tokens[place], tokens[place - 1], tokens[place + 1]
        if token.kind not in "PV" or sentence.word(token) not in _NOT or ahead.kind not in "VW":
            continue
        if ahead.end != token.start or token.end != behind.start:
            continue
        if behind.kind == "X":
            tokens[place : place + 2] = [replace(token, kind="X", end=behind.end)]
    return replace(sentence, tokens=tokens) if len(tokens) < len(sentence.tokens) else sentence
