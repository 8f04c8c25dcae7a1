"""Words of a vocabulary where a text says them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, cast

from jiceng.words import is_word

_VERBAL = tuple("分帮报录约间课营")  # heads of one character that are verbs or measures, too
_CLOSE = tuple("等和与及的里上中内在由让是有")  # what may follow them where they are none
_FOLLOW = "上里内前后和"  # behind what is held or where (恳谈会上, 议事厅内), though 会上 and 议和 are words
_PEOPLE = tuple("员师者")  # behind who works with a thing: 网格员, 工程师


class Hit(NamedTuple):
    """A word of a vocabulary: body offsets and the notation of its concept."""

    start: int
    end: int
    group: str


hit_of = cast("Callable[[tuple[int, int, str]], Hit]", partial(tuple.__new__, Hit))
"""A hit of its start, end and group, in a third of the time: a page has hundreds."""


class Hits:
    """Occurrences of one vocabulary's words, with access by place."""

    def __init__(self, hits: list[Hit]) -> None:
        self.all = hits
        self._starts = [h.start for h in hits]

    def starting(self, start: int, end: int) -> list[Hit]:
        """Those that begin in `start:end`."""
        low = bisect_left(self._starts, start)
        return self.all[low : bisect_left(self._starts, end, low)]

    def within(self, start: int, end: int) -> list[Hit]:
        """Those that lie wholly in `start:end`."""
        return [hit for hit in self.starting(start, end) if hit.end <= end]

    def longest(self, start: int, end: int) -> list[Hit]:
        """Those in `start:end`, leftmost and longest, without overlap."""
        behind = start
        found = []
        for hit in self.starting(start, end):
            if hit.start >= behind and hit.end <= end:
                found.append(hit)
                behind = hit.end
        return found

    def at(self, start: int) -> Hit | None:
        """The longest that begins here."""
        found = bisect_left(self._starts, start)
        return self.all[found] if found < len(self.all) and self._starts[found] == start else None


def whole_head(text: str, hit: Hit) -> bool:
    """Whether a head's last character begins no other word (社 in 社区, 服务队 in 服务队伍); nor, where it is
    the only one, ends one (会 in 社会); nor is it what things are counted by."""
    if not _ended(text, hit) or (hit.end == hit.start + 1 and _acts(text, hit)):
        return False
    if hit.end - hit.start == 1 and hit.group == "place" and text[hit.start - 1 : hit.start].isdigit():
        return False  # 建成书屋12间: how many, not what
    return hit.end - hit.start > 1 or not is_word(text[hit.start - 1 : hit.end])


def _ended(text: str, hit: Hit) -> bool:
    """Whether a name or its head ends where it was found: not within a word (积分制 in 积分制度, but
    恳谈会｜上, 议事会｜商讨), nor before the 化 of an adjective (网格化, but 平台化解) or those who work with
    it (网格员)."""
    behind = text[hit.end : hit.end + 2]
    if behind[:1] in _PEOPLE and not is_word(behind):
        return False
    if behind[:1] == "化":
        return is_word(behind)
    if (
        not behind
        or behind[0] == "里"
        or (hit.end - hit.start > 2 and (behind[0] in _FOLLOW or is_word(behind)))
    ):
        return True  # 议事会｜商讨
    return not is_word(text[hit.end - 1 : hit.end + 1])


def whole_name(text: str, hit: Hit) -> bool:
    """Whether a well-known name is no part of a longer word or name."""
    return _ended(text, hit) and not _more(text, hit)


def _more(text: str, hit: Hit) -> bool:
    """Whether a name of the form 一格一警 goes on in the same way: 一格一警｜一律师."""
    name = text[hit.start : hit.end]
    if len(name) != 4 or name[0] != name[2] or text[hit.end : hit.end + 1] != name[0]:
        return False
    return not is_word(text[hit.end : hit.end + 2]) or is_word(text[hit.end + 1 : hit.end + 3])


def _acts(text: str, hit: Hit) -> bool:
    """Whether a head that may be a verb has an object: 巡逻队｜分三班, but 巡村分。"""
    behind = text[hit.end : hit.end + 1]
    return text[hit.start] in _VERBAL and "\u4e00" <= behind <= "\u9fff" and behind not in _CLOSE


def whole_verb(text: str, hit: Hit, organised: tuple[str, ...]) -> bool:
    """Whether a verb is no part of a longer dictionary word: 组织 in 党组织, 建设 in 建设者; nor is 组织 one
    behind what is `organised` (两新组织)."""
    reach = 2 if text[hit.start : hit.end] == "组织" else 1  # 基层组织 is a noun, 组织建设 may be two words
    if reach == 2 and text.endswith(organised, 0, hit.start):
        return False
    if hit.end == hit.start + 1 and is_word(text[hit.start : hit.end + 1]):
        return False  # 说｜和 is 说和, 设｜计 is 设计
    before = (text[at : hit.end] for at in range(max(hit.start - reach, 0), hit.start))
    return text[hit.end : hit.end + 1] not in ("者", "员") and not any(is_word(word) for word in before)


def in_word(text: str, hit: Hit) -> bool:
    """Whether a character begins or ends a word of two."""
    return is_word(text[hit.start : hit.end + 1]) or is_word(text[max(hit.start - 1, 0) : hit.end])
