"""What makes up a share: the phrase before 占."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, head, make
from jiceng.extract.metrics.sentence.tokens import Token


def shared_out(sentence: Sentence, place: int) -> Noun | None:
    """What makes up a share: 少数民族人口|占总人口的36.7%; without it the whole (占|年度计划的53%)."""
    tokens = sentence.tokens
    first = sentence.clause(place)
    at = _makes_up(sentence, first, place)
    if at is None:
        return None
    roughly = sentence.text[at - 1] in "约仅近" and at > tokens[first].start
    begin = at - roughly  # 外来人口|约占三成
    before = [replace(t, end=min(t.end, begin)) for t in tokens[first:place] if t.start < begin]
    while before and before[0].kind in "TDPAR":
        inside = sentence.word(before[0]) == "在" and len(before) > 2 and before[2].kind in "VW"
        inside = inside and sentence.text[before[1].end - 1] in "上下内里中"
        before = before[2:] if inside else before[1:]  # 在网格内|化解的占九成
    if len(before) > 1 and before[0].kind == "S":
        before = before[1:]
    while before and before[-1].kind in "DP":
        before = before[:-1]
    if len(before) == 3 and sentence.word(before[1]) in ("与", "同", "和") and before[1].kind == "P":
        before[1] = replace(before[1], kind="C")  # 供暖面积|与|用户数占…
    named = _part(sentence, before)
    if named is not None or before or tokens[first].kind == "Q":
        return named
    if sentence.kind(place + 1) == "F" and sentence.kind(place + 2) in "XW":
        last = sentence.on(place + 3, "XW") - 1
        return make(sentence, tokens[place + 2 : last + 1], None, True)  # 占全市人口三成的|老年人
    at += sentence.text[at + 1] == "到"  # 占到|全镇接诉量的1/3
    behind = [replace(t, start=max(t.start, at + 1)) for t in tokens[first:place] if t.end > at + 1]
    return make(sentence, [t for t in behind if t.kind in "XWF"], None, True)


def _makes_up(sentence: Sentence, first: int, place: int) -> int | None:
    """Where the verb 占 stands between the tokens `first` and `place`; None if there is none."""
    if first == place:
        return None
    text, end = sentence.text, sentence.tokens[place].start
    at = text.rfind("占", sentence.tokens[first].start, end)
    if at < 0 or (at > end - 3 and text[at - 1] != "的"):
        return None
    longer = text[at + 1] in "比地有道用了据" or text[at - 1] in "侵抢强霸独多各"
    return None if longer else at


def _part(sentence: Sentence, before: list[Token]) -> Noun | None:
    """The noun that stands in front of 占."""
    if not before:
        return None
    text, last = sentence.text, before[-1]
    if last.kind == "F":
        start = before[0].start
        if before[0].kind == "X" and any(t.kind == "P" for t in before):
            return make(sentence, before[:1], None, True)  # 纠纷|化解在村里的占九成
        if last.start - start < 2 or any(t.kind not in "XWFLCAVD" for t in before):
            return None
        return Noun(start, last.start, text[start : last.start], None, True)  # 当场办结|的占六成
    if last.kind == "X" and sentence.word(last).startswith(sentence.grammar.lists["how_it_went"]):
        before = [replace(t, kind="X") if t.kind == "V" else t for t in before]  # 项目完成|情况
    made = next((i for i in range(len(before), 0, -1) if before[i - 1].kind == "V"), 0)
    if made and last.kind in "XW" and all(t.kind in "XWLC" for t in before[made:]):
        before = before[made:]  # 腾出|停车泊位占…
    if all(t.kind in "XWFLC" for t in before):
        return make(sentence, head(sentence, before), None, True)
    return None


def some_of_them(sentence: Sentence, place: int, noun: Noun, told: Noun) -> bool:
    """Whether what stands before a share only says what some of those `told` before do: 闹到区里的|不到一成;
    but 要停车位的占46%，要花园的|占41%."""
    if sentence.text[told.end] == "的":
        return False
    described = sentence.text[noun.end : noun.end + 1] == "的"
    if not described or noun.text.endswith(sentence.grammar.measure_heads):
        return False
    first = parts_of(sentence.text, noun.start, noun.end, sentence.grammar)[0]
    governed = any(t.kind == "V" and t.end == noun.start for t in sentence.tokens[:place])
    return governed or first.kind in "VR"
