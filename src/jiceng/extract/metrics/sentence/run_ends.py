"""Verbs that end the run of characters before a number: 扩|至, 砍|掉, 区里补|3元."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from jiceng.extract.metrics.sentence.signs import Signs
from jiceng.words import is_word, words_of_class


@dataclass(frozen=True, slots=True)
class RunEnds:
    """Finds them by classes of characters; `paying` and `changes` are verbs of one sign."""

    signs: Signs
    paying: Container[str]
    changes: Container[str]
    no_perfect: Container[str]

    def resultative(self, text: str, start: int, end: int) -> int:
        """Where a verb with its complement begins that ends `text[start:end]` before a number, or `end`."""
        signs = self.signs
        if end - start < 2:
            return end
        if text[end - 2] in signs.only and text[end - 1] in self.paying and not is_word(text[end - 2 : end]):
            return end - 1  # 老年食堂只|卖8元
        if text[end - 1] not in signs.before_number:
            return end
        verbs = words_of_class("v")
        if end - start > 2 and text[end - 3 : end - 1] in verbs:
            return end - 3
        perfect = text[end - 1] == "了"
        if end - start > 2 and perfect and text[end - 2] in signs.completing and text[end - 3] in verbs:
            return end - 3  # 笔记本|写满了31个
        if perfect and text[end - 2] in verbs and text[end - 2 : end] not in self.no_perfect:
            return end - 2  # 物业|换了三家
        if text[end - 1] == "满" and is_word(text[end - 3 : end - 1]):
            return end - 1  # 积分|满
        if is_word(text[end - 2 : end]) and text[end - 2 : end] not in verbs:
            return end
        return end - 2 if text[end - 2] in verbs or text[end - 2] in self.changes else end

    def pays(self, text: str, start: int, end: int) -> bool:
        """Whether a run before a sum is who pays, and a verb of one sign: 区里补|3元."""
        alone = text[end - 2] not in self.signs.instead and not is_word(text[end - 2 : end])  # 以奖代补|5万元
        return end - start > 2 and text[end - 1] in self.signs.paid and alone


def completes(text: str, run: int, at: int) -> bool:
    """Whether the sign at `at` completes the verb of one sign before it, which ends no longer word."""
    if at - 2 >= run and is_word(text[at - 2 : at]):
        return False
    return text[at - 1] in words_of_class("v")
