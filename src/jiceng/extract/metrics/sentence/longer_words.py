"""Where a listed word only seems to stand in a text, since a longer one holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiceng.words import is_fragment, is_word

if TYPE_CHECKING:
    from jiceng.extract.metrics.sentence.tokens import Words


def inside_word(text: str, at: int, last: int, run: int, end: int, kind: str, words: Words) -> bool:
    """Whether jieba's dictionary has a longer word around `text[at:last]`: 按|期, 积极|分子, but 为|居民.

    Words of one character are found inside longer ones all the time: they count only where their neighbours
    agree.
    """
    signs = words.signs
    if last - at > 1:
        if text[last : last + 1] in signs.result or text[last : last + 1] == "第":
            return False  # 涌现|出, 排名|第
        if kind == "V" and last - at == 2 and _ends_longer(text, at, last, run, words):
            return True  # 运|动员
        if kind == "V" and last - at == 2 and _in_two_words(text, at, last, run, end):
            return True  # 信访|问题
        longer = kind in "AP" and last + 2 <= end and is_word(text[at : last + 2])
        if longer and kind == "A":
            following = words.at(text, last, end)
            longer = following is None or following[0] not in "VW"  # 全面|完成
        return longer or (last < end and is_word(text[at : last + 1]) and not is_word(text[last : last + 2]))
    if text[at] in "而不" and at - 2 >= run and is_word(text[at - 2 : at + 2]):
        return True  # 拔地而起, 屡教不改
    if text[at] in "均都" and text[last : last + 1] in signs.direct:
        return False  # 答复率|均|达100%
    if text[at] in signs.direct and text[at - 1] in "均都比" and run < at:  # 创建比|达82%
        return False
    if last < end and is_word(text[at : last + 1]) and not is_word(text[last : last + 2]):
        following = words.at(text, last, end)
        if following is None or (following[1] == last + 1 and text[last] not in signs.free):
            return True
    if run >= at or not is_word(text[at - 1 : last]):
        return False
    return not _ends_ahead(text, at, run, words)


def _ends_ahead(text: str, at: int, run: int, words: Words) -> bool:
    """Whether the sign before `at` ends a word: 工单|被退回, though 单被 is a word; but 群众|人均."""
    if text[at] == "均" and at - 3 >= run and is_word(text[at - 3 : at - 1]):
        return False
    ahead = text[at - 2 : at] if at - 2 >= run else ""
    return is_word(ahead) or ahead in words.named_for_deed


def _ends_longer(text: str, at: int, last: int, run: int, words: Words) -> bool:
    """Whether a longer word ends with `text[at:last]` that is more than a slip: 运|动员, but 满意度|提高."""
    if run >= at or text[at - 1] in words.signs.amount or not is_word(text[at - 1 : last]):
        return False
    if at - 2 >= run and is_word(text[at - 2 : at]):
        return False
    return is_word(text[at - 1 : at + 1]) or not is_fragment(text[at - 1 : last], text[at:last])


def _in_two_words(text: str, at: int, last: int, run: int, end: int) -> bool:
    """Whether the two signs of `text[at:last]` belong to a word on each side: 信访|问题 holds no 访问."""
    if run >= at or last >= end or not is_word(text[at - 1 : at + 1]) or not is_word(text[at + 1 : last + 1]):
        return False
    within = at - 2 >= run and is_word(text[at - 2 : at])
    return not within and not is_word(text[last : last + 2])


def rate_end(text: str, last: int) -> int | None:
    """Where the name of a rate ends that has in it the manner that ends at `last`: 及时|签收率, 成功|率."""
    for at in (last, last + 2):
        if text.startswith("率", at) and not text.startswith("率先", at):
            return at + 1
    return None
