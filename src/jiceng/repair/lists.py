"""Lists at a seam: what official prose lists is mostly of one length, and often built alike.

In 政治领导力、思想|引领力、群众组织力 the item that the seam parts is as long as the others and ends as they
do. Where it is not, although all others are of one length, the seam is probably none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BOUND = re.compile(r"[^\u3400-\u9fff、]")  # where a list begins or ends
LONGEST = 9  # characters of an item
SURE = 2.0  # so many items of one length tell it surely


class _Side(NamedTuple):
    """The part of a list on one side of a seam."""

    part: str  # what stands between the seam and the next mark
    whole: tuple[str, ...]  # the items that are whole
    ended: bool  # whether a mark stands behind the part
    listed: bool  # whether it is plainly one of several


NOTHING = _Side("", (), False, False)


@lru_cache(maxsize=1 << 13)
def _left(text: str) -> _Side:
    items = text[_last_bound(text) :].split("、")
    # Words that lead to the list may stand before its first item: 实施党员先锋、……
    return _Side(items[-1], tuple(items[1:-1]), True, len(items) > 1)


@lru_cache(maxsize=1 << 13)
def _right(text: str) -> _Side:
    bound = _BOUND.search(text)
    items = text[: bound.start() if bound else len(text)].split("、")
    # Its last item is whole only where a mark ends it, and then other words may follow it in the same clause.
    ended = bound is not None or len(items) > 1
    return _Side(items[0], tuple(items[1:-1]), ended, len(items) > 1)


def _last_bound(text: str) -> int:
    at = len(text)
    while at and not _BOUND.match(text, at - 1):
        at -= 1
    return at


def lists(left: str, right: str) -> dict[str, float]:
    """The signs of a seam that stands in a list (both sides as `normal` gives them)."""
    if "、" not in left and "、" not in right:
        return {}
    one, other = _left(left), _right(right)
    known = one.whole + other.whole
    if not known or not other.part or not other.ended:
        return {}
    lengths = {len(item) for item in known}
    if len(lengths) > 1 or max(lengths) > LONGEST or min(lengths) < 2:
        return {}
    usual, item = lengths.pop(), one.part + other.part
    share = min(len(known), SURE) / SURE
    if not one.listed:  # what leads to the list stands before its first item
        fits = len(other.part) < usual <= len(item)
        return {"list may begin": share} if fits else {}
    found: dict[str, float] = {}
    if len(item) == usual:
        found["list of one length"] = share
        if any(item[0] == k[0] or item[-1] == k[-1] for k in known):
            found["list built alike"] = 1.0
    elif other.listed:
        found["list of other lengths"] = share
    return found
