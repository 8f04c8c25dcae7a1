"""Phrases before a number that end with 的 or with a share: 投诉最多的|有46件, 租户占人口的比重|达37%."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.front import Front
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence
from jiceng.extract.metrics.steps import Answer


def superlative(front: Front) -> Answer[Noun]:
    """What somewhere is most or least of all: 建成驿站|最多的有46个."""
    if not front.phrase or front.phrase[-1].kind != "F" or front.kind == "time":
        return None
    most = front.grammar.rules["metrics.most"].pattern
    if len(front.phrase) == 1 and front.stop == "D" and most.search(front.word(front.at)):
        front.take("D")
        front.take("XWFLC")
    if len(front.phrase) < 2:
        return None
    last = front.phrase[-2]
    found = most.search(front.sentence.text, last.start, last.end)
    end = found.start() if found else last.end - 1
    if found is None and not _high_or_low(front, last.start, last.end):
        return None
    named = [*front.phrase[:-2], replace(last, end=end)]
    named = [t for t in named if t.end > t.start]
    if not named or named[-1].end - named[0].start < 2:
        return None
    front.phrase = named
    return None


def _high_or_low(front: Front, start: int, end: int) -> bool:
    """Whether a size is told of where it is much or little: 集体收入高|的超过80万元."""
    text = front.sentence.text
    return text[end - 1] in "高低多少大小" and text.endswith(front.grammar.measure_heads, start, end - 1)


def share_in(front: Front) -> Answer[Noun]:
    """The share of those who do something: 居民参与垃圾分类的|比例."""
    if (
        not front.final.endswith(front.grammar.lists["share_head"])
        or len(front.phrase) < 2
        or front.phrase[-2].kind != "F"
    ):
        return None
    front.take("XWFLCVD")
    return Noun(front.phrase[0].start, front.phrase[-1].end, front.said, front.reach, True)


def left_over(front: Front) -> None:
    """What is left or earned, told with 的 before its sum: 结余的|5000元存入账户."""
    if front.kind != "money" or len(front.phrase) != 2 or front.phrase[-1].kind != "F":
        return
    if front.phrase[0].kind == "X" and front.word(front.at + 1) in front.grammar.lists["remainder"]:
        front.phrase = front.phrase[:1]


def stands_out(sentence: Sentence, noun: Noun, end: int) -> bool:
    """Whether what stands right before a number at `end` stands out among several: 最高的|小区97%."""
    ahead = sentence.text[max(0, noun.start - 3) : noun.start]
    if noun.end != end or not ahead.endswith("的"):
        return False
    if sentence.grammar.rules["metrics.most"].pattern.search(ahead[:-1]) is None:
        return False
    return parts_of(sentence.text, noun.start, noun.end, sentence.grammar)[-1].kind == "N"
