"""The province that a text speaks of as 我省, and names only by a byname, in short or by its paper.

A provincial paper's readers know which 省 is meant: its own name (某某日报), what the province calls itself
(八闽大地, 全川), or a short form in mid-sentence (广东的社区) tell it, where they all tell the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng.articles.patterns import pattern
from jiceng.articles.shorts import is_body
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.names import names_something_smaller, usable_short
from jiceng.model import Division


def province(text: str, gazetteer: Gazetteer) -> Division | None:
    """That province; None if the text does not speak as one, or several are named or none."""
    kinds = {m["ours"] or m["all"] or m["office"] for m in pattern("whole_province").finditer(text)}
    if not kinds:
        return None
    found = {d.adcode: d for d in _told(text, gazetteer) if d.name[-1] in kinds}
    return next(iter(found.values())) if len(found) == 1 else None


def _told(text: str, gazetteer: Gazetteer) -> Iterator[Division]:
    for paper in pattern("publisher").finditer(text):
        yield from (d for d in gazetteer.named(paper["name"] or paper["reporter"] or "") if _is_one(d))
    for byname in pattern("byname").finditer(text):
        if (division := gazetteer.get(str(byname.lastgroup)[1:])) is not None:
            yield division
    for division in gazetteer.by_code.values():
        if _is_one(division) and division.name[-1] == "省" and _named(text, division):
            yield division


def _is_one(division: Division) -> bool:
    return division.level == "province" and not division.abolished


def _named(text: str, division: Division) -> bool:
    """Whether a province's short form stands anywhere, but in another's name or as another's example."""
    short = usable_short(division.name) or division.name
    for found in re.finditer(re.escape(short), text):
        at, end = found.span()
        aside = pattern("aside_before").search(text, max(0, at - 14), at)
        if not aside and not names_something_smaller(text, end) and not is_body(text, end):
            return True
    return False
