"""What makes up a share: the phrase before 占."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.phrase import Noun, Sentence, head, make


def shared_out(sentence: Sentence, place: int) -> Noun | None:
    """What makes up a share: 少数民族人口|占总人口的36.7%; without it the whole (占|年度计划的53%)."""
    tokens = sentence.tokens
    first = place
    while first and tokens[first - 1].kind not in "BQ":
        first -= 1
    if first == place:
        return None
    text, end = sentence.text, tokens[place].start
    at = text.rfind("占", tokens[first].start, end)
    if (
        at < 0
        or (at > end - 3 and text[at - 1] != "的")
        or text[at + 1] in "比地有道用了据"
        or text[at - 1] in "侵抢强霸独多各约"
    ):
        return None
    before = [replace(t, end=min(t.end, at)) for t in tokens[first:place] if t.start < at]
    while before and before[0].kind in "TDPAR":
        before = before[1:]
    while before and before[-1].kind in "DP":
        before = before[:-1]
    inside = before[:-1] if before and before[-1].kind == "F" else before
    heads = sentence.grammar.lists["how_it_went"]
    if before and before[-1].kind == "X" and sentence.word(before[-1]).startswith(heads):
        before = [replace(t, kind="X") if t.kind == "V" else t for t in before]  # 项目完成|情况
        inside = before
    made = next((i for i in range(len(before), 0, -1) if before[i - 1].kind == "V"), 0)
    if made and before[-1].kind in "XW" and all(t.kind in "XWLC" for t in before[made:]):
        before = before[made:]  # 腾出|停车泊位占…
        inside = before
    if before and all(t.kind in ("XWFLCAVD" if inside is not before else "XWFLC") for t in before):
        if before[-1].kind == "F":
            start, last = before[0].start, before[-1].start  # 当场办结|的占六成
            if last - start < 2:
                return None
            return Noun(start, last, text[start:last], None, True)
        return make(sentence, head(sentence, before), None, True)
    mark = next((i for i in range(len(before) - 1, -1, -1) if before[i].kind == "F"), None)
    if mark is not None and before[mark + 1 :] and all(t.kind in "XW" for t in before[mark + 1 :]):
        return make(sentence, before[mark + 1 :], None, True)  # 这里处理的|热线工单占两成
    if before or tokens[first].kind == "Q":
        return None
    at += text[at + 1] == "到"  # 占到|全镇接诉量的1/3
    behind = [replace(t, start=max(t.start, at + 1)) for t in tokens[first:place] if t.end > at + 1]
    return make(sentence, [t for t in behind if t.kind in "XWF"], None, True)
