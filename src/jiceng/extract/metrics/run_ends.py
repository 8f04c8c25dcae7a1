"""Verbs that end the run of characters before a number: 扩|至, 砍|掉, 区里补|3元."""

from __future__ import annotations

from collections.abc import Container

from jiceng.words import is_word, words_of_class

COMPLETING = frozenset("走掉到完满好出上下成起开住进")
ONLY = frozenset("只仅才再还均各又都刚净")
_NO_PERFECT = ("为了", "除了", "罢了", "极了")
_PAYING = frozenset("补付掏缴捐贴凑拨交")
_BEFORE_NUMBER = frozenset("至到了掉出完满足着走为成")  # 扩|至, 砍|掉, 装|了 right before a number


def resultative(text: str, start: int, end: int, paying: Container[str], changes: Container[str]) -> int:
    """Where a verb with its complement begins that ends `text[start:end]`, before a number; `end` if none."""
    if end - start < 2:
        return end
    if text[end - 2] in ONLY and text[end - 1] in paying and not is_word(text[end - 2 : end]):
        return end - 1  # 老年食堂只|卖8元
    if text[end - 1] not in _BEFORE_NUMBER:
        return end
    verbs = words_of_class("v")
    if end - start > 2 and text[end - 3 : end - 1] in verbs:
        return end - 3
    if end - start > 2 and text[end - 1] == "了" and text[end - 2] in COMPLETING and text[end - 3] in verbs:
        return end - 3  # 笔记本|写满了31个
    if text[end - 1] == "了" and text[end - 2] in verbs and text[end - 2 : end] not in _NO_PERFECT:
        return end - 2  # 物业|换了三家
    if text[end - 1] == "满" and is_word(text[end - 3 : end - 1]):
        return end - 1  # 积分|满
    if is_word(text[end - 2 : end]) and text[end - 2 : end] not in verbs:
        return end
    return end - 2 if text[end - 2] in verbs or text[end - 2] in changes else end


def pays(text: str, start: int, end: int) -> bool:
    """Whether a run before a sum is who pays, and a verb of one sign: 区里补|3元."""
    alone = text[end - 2] not in "代奖" and not is_word(text[end - 2 : end])  # 以奖代补|5万元
    return end - start > 2 and text[end - 1] in _PAYING and alone


def completes(text: str, run: int, at: int) -> bool:
    """Whether the sign at `at` completes the verb of one sign before it, which ends no longer word."""
    if at - 2 >= run and is_word(text[at - 2 : at]):
        return False
    return text[at - 1] in words_of_class("v")
