"""Chains whose text says how they stand: 上有区综治中心，下有社区综治站; 自上而下设立……."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jiceng.extract.tiers.places import Place, descends
from jiceng.extract.tiers.words import COUNT, Mention

_ITEM = re.compile("[^、和]+")
_LONGEST = 10  # characters of a body of any name


def stacked(place: Place) -> Sequence[Mention]:
    """The bodies above, between and below, each of which begins with its level."""
    tiers = [_body(place, *place.match.span(g)) for g in ("top", "middle", "bottom") if place.match[g]]
    named = [t for t in tiers if t is not None]
    return named if len(named) == len(tiers) and descends(named, strictly=True) else ()


def _body(place: Place, start: int, end: int) -> Mention | None:
    """The body that a clause names, without what it does there: 区综治中心｜统筹."""
    counted = COUNT.match(place.text[start:end])
    start += counted.end() if counted else 0
    held = next((m for m in place.words.mentions(place.text, start, end) if m.start == start), None)
    if held is None or not held.placed or held.rank is None:
        return None
    tail = place.text[held.end : end]
    if held.family != "place" and not place.names_body(tail):
        return held
    if not tail or place.acts(tail) or end - start > _LONGEST:
        return None  # 上有区统筹: no body is named
    return replace(place.made(start, end), rank=held.rank)


def downward(place: Place) -> Sequence[Mention]:
    """What is set up from top to bottom; most of the heights must be known."""
    at, end = place.match.span("list")
    tiers = [place.made(*m.span()) for m in _ITEM.finditer(place.text, at, end)]
    known = sum(t.rank is not None for t in tiers)
    return tiers if len(tiers) > 2 and 2 * known > len(tiers) and descends(tiers) else ()
